"""Files that commands write: the one place that makes them."""

from __future__ import annotations

import os
from pathlib import Path

from jobs.plans.registration import RegisterError


def write(file: Path, content: bytes, *, is_new: bool = False) -> None:
    """A new file is for its owner only, for names stand in most; an old one keeps what its owner allowed.

    Raises RegisterError where the file cannot be made, or must be new and is there.
    """
    try:
        with open(file, "xb" if is_new else "wb", opener=_for_owner) as made:
            made.write(content)
    except FileExistsError as error:
        raise RegisterError(f"{file} 파일이 이미 있습니다. 새 파일 이름을 적어 주십시오.") from error
    except OSError as error:
        raise RegisterError(f"{file} 파일을 만들 수 없습니다 ({error.strerror}).") from error


def _for_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
