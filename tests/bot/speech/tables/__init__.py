"""Tables of what officers type, and the readings that they must get."""
