"""A second, plain reading of a 한글 document, past the library that reads it: every written letter of the body.

Page headers and footers are left out, as the first reading does. Source: KS X 6101 (.hwpx); 한글 문서 파일 형식 5.0 (.hwp).
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from dochan.cfb import OleFileIO
from dochan.hwp.records.para_text import parse_para_text

from plans.readers.formats import LARGEST_MEMBER
from plans.readers.xml import tree_of

_SECTION: Final = re.compile(r"Contents/section\d+\.xml")
_BESIDE: Final = frozenset({"header", "footer", "hiddenComment"})
_TEXT, _CONTROL, _LEAST_LEVEL = 67, 71, 1 << 10
_DRAWN: Final = frozenset({88, 90, 95})
"""Formulas, words drawn in a shape, charts: how their words are laid out is not written down."""
_RUN: Final = re.compile(r"[\uac00-\ud7a3]{2}[\uac00-\ud7a30-9 .,~()]{1,200}")
_BESIDE_IDS: Final = frozenset({b"daeh", b"toof", b"tmct"})
"""Page header, page footer and hidden remark: their four letters lie backwards in the file."""
_LONG: Final = 0xFFF
_PROPERTIES: Final = 36  # where the header has its bits
_IS_PACKED, _IS_DISTRIBUTED = 1, 4


def plain_text(path: Path) -> str:
    """All letters of the body in their order. Raises: what zipfile and the container's reader raise."""
    return "".join(_of_xml(path) if zipfile.is_zipfile(path) else _of_records(path))


def _of_xml(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in filter(_SECTION.fullmatch, archive.namelist()):
            root = tree_of(archive.read(name))
            if root is not None:
                yield from _words(root)


def _words(element: Element) -> Iterator[str]:
    """The texts below an element in order, but for those beside the body."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        name = one.tag.rpartition("}")[2]
        if name in ("t", "script"):  # the words of a run, and of a formula
            yield "".join(one.itertext())
        elif name not in _BESIDE:
            yield one.get("text", "") if name == "textart" else ""
            waiting += reversed(one)


def _of_records(path: Path) -> Iterator[str]:
    file = OleFileIO(str(path))
    try:
        bits = file.openstream("FileHeader").read()[_PROPERTIES]
        sections = [one for one in file.listdir() if one[0] == "BodyText"]
        for section in (
            [] if bits & _IS_DISTRIBUTED else sections
        ):  # its words lie elsewhere, and not in plain
            data = file.openstream("/".join(section)).read()
            if bits & _IS_PACKED:
                data = zlib.decompressobj(-15).decompress(data, LARGEST_MEMBER)
            yield from _texts(data)
    finally:
        file.close()


def _hangul(data: bytes) -> Iterator[str]:
    """What can only be words among other values: letters in a row that are all of the common ones."""
    for shift in (0, 1):
        text = data[shift : len(data) - (len(data) - shift) % 2].decode("utf-16-le", "replace")
        yield from (
            run for run in _RUN.findall(text) if run.encode("euc-kr", "ignore").decode("euc-kr") == run
        )


def _texts(data: bytes) -> Iterator[str]:
    """The texts of a section's records; those below a page header are passed over."""
    at, beside = 0, _LEAST_LEVEL
    while at + 4 <= len(data):
        (head,) = struct.unpack_from("<I", data, at)
        tag, level, size = head & 0x3FF, head >> 10 & 0x3FF, head >> 20
        at += 4
        if size == _LONG and at + 4 <= len(data):
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        if level <= beside:
            is_beside = tag == _CONTROL and data[at : at + 4] in _BESIDE_IDS
            beside = level if is_beside else _LEAST_LEVEL
        if tag == _TEXT and level <= beside:
            yield str(parse_para_text(data[at : at + size])["text"])
        elif tag in _DRAWN and level <= beside:
            yield from _hangul(data[at : at + size])
        at += size
