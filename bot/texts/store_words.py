"""Why the store cannot be used, in words."""

from __future__ import annotations

from bot.texts.render import label
from store.backup.archive import BackupError
from store.db.causes import Cause
from store.db.errors import StoreError


def told(error: StoreError) -> str:
    """One line for the operator."""
    facts = {key: _fact(one) for key, one in error.facts.items()}
    if isinstance(error, BackupError):
        return label(f"store.backup.{error.code}", **facts)
    return label(f"store.{error.code}", **facts)


def cause(found: Cause) -> str:
    """What a database's error means, without a full stop."""
    return label(f"store.cause.{found.kind}", code=found.code)


def _fact(value: object) -> object:
    return cause(value) if isinstance(value, Cause) else value
