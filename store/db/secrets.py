"""Secrets that stand in files of their own: `token_file` and its like."""

import os
from pathlib import Path

from store.db.errors import StoreError

LONGEST = 4096  # bytes


class SecretFileError(StoreError):
    """The file cannot be read, or there is nothing in it; the message names the key, never the content."""


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
        raise SecretFileError(
            f"{key}: {path} 파일을 읽을 수 없습니다. 비밀값 한 줄을 적은 파일을 두고, 실행하는 계정이 읽게 해 주십시오."
        ) from error
    if not found or "\n" in found:
        raise SecretFileError(f"{key}: {path} 에 비밀값 한 줄만 적어 주십시오.")
    return found
