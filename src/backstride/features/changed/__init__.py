"""What changed before the pain began, against the runner's own past year."""
