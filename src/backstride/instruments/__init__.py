"""Answers on a sheet or results of a test in; what they come to, and what changed, out."""
