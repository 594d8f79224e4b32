"""Numbers of a window of days, with the interval that unrecorded days leave open."""
