"""What may leave: levels, the guard of every message, what is blotted out."""
