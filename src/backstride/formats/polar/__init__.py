"""The JSON files of Polar Flow's account export."""
