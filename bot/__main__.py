"""`python -m bot`: the same as the `gihan` command."""

from bot.cli import main

main()
