"""The daily message: its lines, its buttons, its files."""
