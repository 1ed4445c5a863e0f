"""Who may do what, and who stands above whom."""
