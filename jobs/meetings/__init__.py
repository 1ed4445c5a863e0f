"""Meetings (회의): when they are held, what has to come before, what is decided."""
