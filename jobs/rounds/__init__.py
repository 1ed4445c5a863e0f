"""The quarterly self-check: rounds, entries, what is frozen."""
