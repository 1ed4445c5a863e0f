"""What is remembered: the lowest room."""
