"""The parts of the app, one file each with its pages and what can be done on them."""
