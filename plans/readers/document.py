"""A file of any known format -> its text in the common form (파일 읽기)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from plans.errors import PlanError
from plans.readers import csv, md, txt
from plans.readers.kinds import DAMAGED, TEXT_KINDS, kind_of

WALL_S: Final = 90
LONGEST_TEXT: Final = 5_000_000  # characters; a plan has some hundred thousand
SLOW: Final = "파일을 읽는 데 시간이 너무 오래 걸립니다. 그림을 빼거나 나누어 다시 보내 주십시오."
LONG: Final = "문서가 너무 깁니다. 계획서 부분만 나누어 다시 보내 주십시오."


def read_text(path: Path) -> str:
    """The text of a plan file: lines, table rows with tabs. Raises: PlanError with one clear Korean sentence."""
    kind = kind_of(path)
    text = _read_here(path, kind) if kind in TEXT_KINDS else _read_in_child(path, kind)
    if len(text) > LONGEST_TEXT:
        raise PlanError(LONG)
    return text


def _read_here(path: Path, kind: str) -> str:
    reader = {".txt": txt.read, ".md": md.read, ".csv": csv.read}[kind]
    return reader(path.read_bytes())


def _read_in_child(path: Path, kind: str) -> str:
    """Reads an untrusted file in a process of its own, limited in memory and time."""
    command = [sys.executable, "-m", "plans.readers.child", kind, str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=WALL_S, check=False)  # noqa: S603 - our own module
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as problem:
        raise PlanError(SLOW) from problem
    except ValueError as problem:
        raise PlanError(DAMAGED) from problem
    if "error" in answer:
        raise PlanError(answer["error"])
    return str(answer["text"])
