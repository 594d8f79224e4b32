"""What is measured, of one run and of a window of days: see `table.MEASURES`."""
