"""The JSON files of Fitbit's account export, also as Google Takeout hands it out."""
