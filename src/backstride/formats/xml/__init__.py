"""GPX and TCX, read event by event, with what is damaged left out."""
