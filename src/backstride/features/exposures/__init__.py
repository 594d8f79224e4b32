"""What a runner does that can change: one row an exposure, each read off a day by a tiny function."""
