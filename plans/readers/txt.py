""".txt: UTF-8, UTF-16 or CP949, told apart by what the bytes are."""

from __future__ import annotations

import codecs
from typing import Final

from plans.errors import PlanError
from plans.readers.form import Source
from plans.text.lines import BULLETS

LEAST_CELLS: Final = 2  # of a row drawn with |
MOST_CONTROL: Final = 0.01  # share of control characters above which bytes are no text


def decode(data: bytes) -> str:
    """The text of `data`, line ends as \\n. Raises: PlanError where no encoding fits."""
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise PlanError("empty")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_text(text):
            return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    raise PlanError("not-text")


def _candidates(data: bytes) -> list[str]:
    """Encodings to try in order; UTF-16 without a mark shows in its zero bytes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    sample = data[:4000]
    if b"\0" in sample:
        zeros = sample[1::2].count(0), sample[0::2].count(0)
        return ["utf-16-le", "utf-16-be"] if zeros[0] >= zeros[1] else ["utf-16-be", "utf-16-le"]
    return ["utf-8-sig", "cp949"]


def is_text(text: str) -> bool:
    """Whether a decoded text is one: hardly any control characters."""
    control = sum(1 for c in text if ord(c) < 32 and c not in "\t\n\r\x0b\x0c")
    return control <= MOST_CONTROL * max(len(text), 1)


def read(data: bytes) -> Source:
    """The text as it is, so that line numbers are those of the file; rows drawn with | have cells."""
    lines = decode(data).split("\n")
    for run in _tables(lines):
        for at in run:
            row = lines[at].strip()
            row = row[1:-1] if row.startswith("|") else row
            lines[at] = "\t".join(text.strip() for text in row.split("|"))
    return Source("\n".join(lines))


def _tables(lines: list[str]) -> list[list[int]]:
    """The places of rows | a | b |, or a | b | c, that stand below each other and have as many cells."""
    runs: list[list[int]] = []
    for at, line in enumerate(lines):
        bars = _bars(line)
        if bars <= LEAST_CELLS:
            continue
        if runs and runs[-1][-1] == at - 1 and _bars(lines[at - 1]) == bars:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [run for run in runs if len(run) > 1]


def _bars(line: str) -> int:
    """One more than the cells of a row; a row without bars at its ends needs three cells to be one."""
    row = line.strip()
    if row.startswith("|") and row.endswith("|"):
        return line.count("|")
    inner = line.count(" | ")
    return inner + len("||") if inner >= LEAST_CELLS and row[:1] not in BULLETS else 0
