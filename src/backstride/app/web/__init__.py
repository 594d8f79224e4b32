"""The web app: the same actions as the terminal, as pages served on this machine alone."""
