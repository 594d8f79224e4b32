"""Sourced clinical data (TOML), its loader, and the three-valued rules it is written in."""
