"""Taking back what was just done (되돌리기)."""
