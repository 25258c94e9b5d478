"""`python -m haicap.config.cli` is the `haicap` command."""

from haicap.config.cli import main

main()
