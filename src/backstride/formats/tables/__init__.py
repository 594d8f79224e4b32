"""Tables of activities: one row each, as services hand out beside or in place of the recordings."""
