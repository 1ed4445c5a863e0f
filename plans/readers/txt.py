""".txt: UTF-8, UTF-16 or CP949, told apart by what the bytes are."""

from __future__ import annotations

import codecs
from typing import Final

from plans.errors import PlanError
from plans.readers.bars import rows_in, with_whole_rows
from plans.readers.form import Source

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
    for at, cells in rows_in(lines, least=2).items():
        lines[at] = "\t".join(cells) if len(cells) > 1 else lines[at]
    return Source("\n".join(with_whole_rows(lines)))
