"""Files that commands write: the one place that makes them."""

import codecs
import os
from contextlib import suppress
from pathlib import Path

from bot.texts.render import label
from jobs.plans.registration import RegisterError

MAGIC = 64  # bytes by which a kind of file is told
OWNER = 0o600  # reads and writes, and nobody else
ARCHIVE = b"PK"  # spreadsheets and zip files


def write(file: Path, content: bytes, *, is_new: bool = False, is_secret: bool = False) -> None:
    """A new file is for its owner only, for names stand in most; an old one keeps what its owner allowed, unless what is
    written is secret.

    Raises RegisterError where the file cannot be made, must be new and is there, or is of another kind than what is to
    be written: a slip in a name must not cost the store, whatever link the name goes by.
    """
    try:
        if not is_new and file.is_file() and _is_other(file, content):
            raise RegisterError(label("cli.files.other-kind", file=file))
        with open(file, "xb" if is_new else "wb", opener=_for_owner) as made:
            if is_secret:
                os.fchmod(made.fileno(), OWNER)
            made.write(content)
    except FileExistsError as error:
        raise RegisterError(label("cli.files.there", file=file)) from error
    except OSError as error:
        raise RegisterError(label("cli.files.not-made", file=file, error=error.strerror)) from error


def _is_other(file: Path, content: bytes) -> bool:
    """There is something else in the file than an earlier one of what is written."""
    with file.open("rb") as there:
        head = there.read(MAGIC)
    return bool(head) and _kind(head) != _kind(content[:MAGIC])


def _kind(head: bytes) -> bytes:
    """Its signature; b"" for text."""
    with suppress(UnicodeDecodeError):
        if b"\0" not in head and not head.startswith(ARCHIVE):
            codecs.getincrementaldecoder("utf-8")().decode(head)
            return b""
    return head[:4]


def _for_owner(name: str, flags: int) -> int:
    return os.open(name, flags, OWNER)
