"""The operator as the log names whoever acts at the command line and is nobody on the list."""

from datetime import datetime

from jobs.texts import kept
from store.audit import Who


def operator(now: datetime, act: str) -> Who:
    """`act` names what is done."""
    return Who(None, kept("running.actor.operator"), "cli", f"{act}:{now.isoformat()}")
