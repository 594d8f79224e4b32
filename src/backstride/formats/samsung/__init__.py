"""Samsung Health's "download personal data": tables, and a JSON file for each recording."""
