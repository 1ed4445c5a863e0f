"""Secrets that stand in files of their own: `token_file` and its like."""

import os
from pathlib import Path

from store.db.errors import StoreError

LONGEST = 4096  # bytes


class SecretFileError(StoreError):
    """The file cannot be read, or there is nothing in it; its facts name the key, never the content."""


def _at_once(name: str, flags: int) -> int:
    """A pipe that nobody writes into is empty, not waited for."""
    return os.open(name, flags | os.O_NONBLOCK)


def read_secret(path: Path, key: str) -> str:
    """The one line that stands in the file. Raises SecretFileError."""
    try:
        with open(path, "rb", opener=_at_once) as file:
            whole = file.read(LONGEST + 1)
        if len(whole) > LONGEST:
            raise OSError("longer than a secret")
        found = whole.decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretFileError("no-secret-file", key=key, path=path) from error
    if not found or "\n" in found:
        raise SecretFileError("no-secret", key=key, path=path)
    return found
