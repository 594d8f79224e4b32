"""`python -m backstride` is `backstride`."""

from backstride.app.cli import main

main()
