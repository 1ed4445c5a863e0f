"""Copies of the whole store, on it and back."""
