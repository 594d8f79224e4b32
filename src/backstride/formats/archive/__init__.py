"""Zips and compressed files, member by member."""
