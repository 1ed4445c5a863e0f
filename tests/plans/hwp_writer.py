"""Writes a small .hwp (한글 5): an OLE compound file with a header, character shapes and one section of records.

Source: 한글 문서 파일 형식 5.0; [MS-CFB]. Only what the tests need: paragraphs, tables with merged cells, text boxes,
words that are crossed out. Nothing is compressed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Final

SECTOR: Final = 512
MINI: Final = 64
MINI_BELOW: Final = 4096
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
PROPERTIES, CHAR_SHAPE = 16, 21
PARAGRAPH, TEXT, SHAPES, CONTROL, LIST, COMPONENT, TABLE, RECTANGLE = 66, 67, 68, 71, 72, 76, 77, 79
STRUCK: Final = 1 << 18
OBJECT: Final = 11  # the sign in a paragraph's text where a table or a drawing is anchored


def record(tag: int, level: int, data: bytes) -> bytes:
    if len(data) < 0xFFF:
        return struct.pack("<I", tag | level << 10 | len(data) << 20) + data
    return struct.pack("<II", tag | level << 10 | 0xFFF << 20, len(data)) + data


def paragraph(text: str, level: int = 0, is_struck: bool = False, anchor: bytes = b"") -> bytes:
    """A paragraph of one look; `anchor` is the four letters of the object that hangs on it, as they are stored."""
    held = struct.pack("<H", OBJECT) + anchor + bytes(8) + struct.pack("<H", OBJECT) if anchor else b""
    words = text.encode("utf-16-le") + held + struct.pack("<H", 13)
    head = struct.pack("<IIHBBHHHI", len(words) // 2, 0, 0, 0, 0, 1, 0, 0, 0)
    shapes = struct.pack("<II", 0, int(is_struck))
    return record(PARAGRAPH, level, head) + record(TEXT, level + 1, words) + record(SHAPES, level + 1, shapes)


def box(lines: Sequence[str]) -> bytes:
    """A paragraph on which a rectangle with words hangs."""
    inner = b"".join(paragraph(line, 3) for line in lines)
    return (
        paragraph("", anchor=b" osg")
        + record(CONTROL, 1, b" osg" + bytes(42))
        + record(COMPONENT, 2, b"cer$cer$" + bytes(188))
        + record(LIST, 3, struct.pack("<HIH", len(lines), 0, 0) + bytes(25))
        + inner
        + record(RECTANGLE, 3, bytes(33))
    )


Cell = tuple[int, int, int, int, str, bool]
"""Row, column, rows and columns it reaches over, text, is crossed out."""


def table(rows: int, columns: int, cells: Iterable[Cell]) -> bytes:
    """A paragraph on which a table hangs."""
    found = list(cells)
    per_row = [sum(cell[0] == row for cell in found) for row in range(rows)]
    shape = struct.pack("<IHHHHHHH", 0, rows, columns, 0, 0, 0, 0, 0) + struct.pack(f"<{rows}H", *per_row)
    out = paragraph("", anchor=b" lbt") + record(CONTROL, 1, b" lbt" + bytes(42))
    out += record(TABLE, 2, shape + struct.pack("<HH", 1, 0))
    for row, column, down, across, text, is_struck in found:
        place = struct.pack("<HIHHHHH", 1, 0, 0, column, row, across, down)
        out += record(LIST, 2, place + bytes(31)) + paragraph(text, 2, is_struck)
    return out


def document(body: bytes) -> bytes:
    """The file around the records of its one section."""
    header = (b"HWP Document File" + bytes(15) + bytes([0, 3, 0, 5]) + bytes(4)).ljust(256, b"\0")
    shapes = b"".join(record(CHAR_SHAPE, 1, _shape(properties)) for properties in (0, STRUCK))
    info = record(PROPERTIES, 0, struct.pack("<H", 1) + bytes(24)) + shapes
    return _compound(header, info, body)


def _shape(properties: int) -> bytes:
    return bytes(42) + struct.pack("<iI", 1000, properties) + bytes(24)


def _compound(header: bytes, info: bytes, section: bytes) -> bytes:
    """FileHeader, DocInfo and BodyText/Section0; streams below 4096 bytes lie in the stream of small ones."""
    section = section.ljust(MINI_BELOW, b"\0") if len(section) < MINI_BELOW else section
    small = _padded(header, MINI) + _padded(info, MINI)
    ends = len(_padded(header, MINI)) // MINI, len(small) // MINI
    small_chain = [*range(1, ends[0]), END, *range(ends[0] + 1, ends[1]), END]
    parts = [_padded(section), _padded(small), _padded(struct.pack(f"<{len(small_chain)}I", *small_chain))]
    parts.append(b"".join(_entries(header, info, section, small, ends[0], len(parts[0]) // SECTOR)))
    starts: list[int] = []
    chain: list[int] = []
    for part in parts:
        starts.append(len(chain))
        chain += [*range(len(chain) + 1, len(chain) + len(part) // SECTOR), END]
    tables = 1
    while (len(chain) + tables) * 4 > tables * SECTOR:
        tables += 1
    first = len(chain)
    chain += [FAT] * tables
    words = struct.pack(f"<{len(chain)}I", *chain)
    fat = words.ljust(tables * SECTOR, b"\xff")
    places = [*range(first, first + tables), *[FREE] * (109 - tables)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<IIIIIIIII", 0, tables, starts[3], 0, MINI_BELOW, starts[2], 1, END, 0)
    return head + struct.pack("<109I", *places) + b"".join(parts) + fat


def _padded(data: bytes, unit: int = SECTOR) -> bytes:
    return data.ljust(-(-len(data) // unit) * unit, b"\0")


def _entries(
    header: bytes, info: bytes, section: bytes, small: bytes, info_at: int, small_at: int
) -> list[bytes]:
    """The directory: five entries, siblings as one chain to the right."""
    return [
        _entry("Root Entry", 5, FREE, 1, small_at, len(small)),
        _entry("DocInfo", 2, 2, FREE, info_at, len(info)),
        _entry("BodyText", 1, 3, 4, 0, 0),
        _entry("FileHeader", 2, FREE, FREE, 0, len(header)),
        _entry("Section0", 2, FREE, FREE, 0, len(section)),
        *[_entry("", 0, FREE, FREE, 0, 0)] * 3,
    ]


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    words = name.encode("utf-16-le")
    out = words.ljust(64, b"\0") + struct.pack("<HBB", len(words) + 2 if name else 0, kind, 1)
    return out + struct.pack("<III", FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
