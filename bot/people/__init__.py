"""People: linked, assigned, away, handed over to, not reached."""
