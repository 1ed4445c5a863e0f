"""Files that commands write."""

from __future__ import annotations

from pathlib import Path

from bot.registration import RegisterError


def write(file: Path, content: bytes) -> None:
    """Raises RegisterError where the file cannot be made."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise RegisterError(f"{file} 파일을 만들 수 없습니다 ({error.strerror}).") from error
