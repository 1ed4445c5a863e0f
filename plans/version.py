"""Which reader this is; whoever only asks that loads nothing else."""

from typing import Final

READER: Final = 9
"""Counted up when the same document is read otherwise. Plans remember theirs."""
