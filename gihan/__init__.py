"""The program's name: `gihan`, `python -m gihan`, and its version."""

__version__ = "0.2.0"
