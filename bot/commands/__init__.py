"""One file per chat command: its help, its arguments, its effect."""
