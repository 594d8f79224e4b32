"""The JSON files of Garmin's account export ("Export Your Data")."""
