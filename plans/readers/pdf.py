""".pdf with text: ruled tables as rows, the other text as lines in reading order."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import product
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from plans.errors import PlanError
from plans.readers.form import Notice, Source, Spot, lost, same_width, table_lines

LINE_GAP: Final = 3.0  # points within which words stand on one line
EDGE: Final = 1.0  # points around a table that are looked at with it
THIN: Final = 1.5  # points: a line, no box
BAND: Final = 8.0  # points: less than a line of text is high
GRID: Final = 256, 64  # squares across and down over the boxes of a page
MIDDLE: Final = (0.3, 0.7)  # how far down a character a line runs that crosses it out


Box = tuple[float, float, float, float]  # left, top, right, bottom


def read(data: bytes) -> Source:
    """The text in the common form. Raises: PlanError."""
    lines: list[str] = []
    notices: list[Notice] = []
    has_text = False
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number, page in enumerate(document.pages, 1):
                has_text = has_text or bool(page.chars)
                found, struck = _page(page)
                spot = Spot("page", number)
                notices += [Notice("struck", spot, text, len(lines) + 1) for text in struck]
                notices += lost(
                    spot, "".join(char["text"] for char in page.chars), "\n".join([*found, *struck])
                )
                lines += found
                page.close()
    except (
        PDFPasswordIncorrect,
        PdfminerException,
        PDFSyntaxError,
        ValueError,
        KeyError,
        TypeError,
    ) as problem:
        is_locked = "PasswordIncorrect" in repr(problem)
        raise PlanError("password" if is_locked else "damaged") from problem
    if not has_text:
        raise PlanError("scanned")
    return Source("\n".join(same_width(lines)), notices)


def _page(page: Any) -> tuple[list[str], list[str]]:
    """The lines and tables of one page by their height, and what is crossed out on it."""
    crossed = _crossed_out(page)
    if crossed:
        gone = {_key(char) for char in crossed}
        page = page.filter(lambda item: item.get("object_type") != "char" or _key(item) not in gone)
    tables = [_whole(page, table) for table in page.find_tables()]
    cells = _Boxes(cell for table in tables for cell in table.cells)
    rest = page.filter(lambda item: not cells.hold(item))
    blocks: list[tuple[float, list[str]]] = [
        (line["top"], [line["text"].replace("\t", " ")])
        for line in rest.extract_text_lines(y_tolerance=LINE_GAP)
    ]
    for table in tables:
        rows = [[text or "" for text in row] for row in table.extract()]
        blocks.append((table.bbox[1], table_lines(rows)))
    found = [line for _, lines in sorted(blocks, key=lambda block: block[0]) for line in lines]
    return found, _runs(crossed)


def _whole(page: Any, table: Any) -> Any:
    """The table with its own outer edges as lines: one that is open at its sides has its first and last column, too."""
    x0, top, x1, bottom = bbox = table.bbox  # pdfplumber works it out anew each time
    cells = _Boxes(table.cells)
    if all(cells.hold(char) for char in page.chars if _is_inside(char, bbox)):
        return table
    left, upper, right, lower = page.bbox
    area = page.crop(
        (max(x0 - EDGE, left), max(top - EDGE, upper), min(x1 + EDGE, right), min(bottom + EDGE, lower))
    )
    edges = {"explicit_vertical_lines": [x0, x1], "explicit_horizontal_lines": [top, bottom]}
    found = area.find_tables(edges)
    return found[0] if len(found) == 1 and len(found[0].cells) > len(table.cells) else table


def _crossed_out(page: Any) -> list[dict[str, Any]]:
    """The characters through whose middle one thin line runs, as long as they are: no rule, no shaded frame."""
    bars = [bar for bar in (*page.lines, *page.rects) if bar["bottom"] - bar["top"] <= THIN]
    lines: dict[int, list[dict[str, Any]]] = {}
    for char in page.chars if bars else ():
        lines.setdefault(round(float(char["top"] + char["bottom"]) / 2 / BAND), []).append(char)
    crossed: list[dict[str, Any]] = []
    for bar in bars:
        band = round(float(bar["top"]) / BAND)
        near = [char for at in (band - 1, band, band + 1) for char in lines.get(at, ())]
        found = [char for char in near if _crosses(bar, char)]
        if found and _is_as_long(bar, found) and not any(_is_beside(bar, other) for other in bars):
            crossed += found
    return crossed


def _is_as_long(bar: dict[str, Any], chars: list[dict[str, Any]]) -> bool:
    left, right = min(char["x0"] for char in chars), max(char["x1"] for char in chars)
    return bool(abs(left - bar["x0"]) <= LINE_GAP and abs(right - bar["x1"]) <= LINE_GAP)


def _is_beside(bar: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two thin shapes lie on each other as the strips of a shading do."""
    distance = abs(float(bar["top"]) - float(other["top"]))
    return (
        other is not bar
        and 0 < distance <= BAND
        and bool(other["x0"] <= bar["x0"] and bar["x1"] <= other["x1"])
    )


def _crosses(bar: dict[str, Any], char: dict[str, Any]) -> bool:
    middle, height = (char["x0"] + char["x1"]) / 2, char["bottom"] - char["top"]
    at = (bar["top"] + bar["bottom"]) / 2 - char["top"]
    return bool(bar["x0"] <= middle <= bar["x1"] and MIDDLE[0] * height <= at <= MIDDLE[1] * height)


def _runs(chars: list[dict[str, Any]]) -> list[str]:
    """The texts of characters that stand on one line."""
    runs: dict[int, str] = {}
    for char in chars:
        line = round(float(char["top"]) / LINE_GAP)
        runs[line] = runs.get(line, "") + str(char["text"])
    return [text.strip() for text in runs.values() if text.strip()]


def _key(char: dict[str, Any]) -> tuple[float, float, str]:
    return float(char["x0"]), float(char["top"]), str(char["text"])


class _Boxes:
    """Boxes by the squares of a grid that they reach over, so that a character asks only those around it."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        found = list(boxes)
        self._left, self._top = (
            min((box[0] for box in found), default=0),
            min((box[1] for box in found), default=0),
        )
        self._wide = max(max((box[2] for box in found), default=0) - self._left, THIN) / GRID[0]
        self._high = max(max((box[3] for box in found), default=0) - self._top, THIN) / GRID[1]
        self._at: dict[tuple[int, int], list[Box]] = {}
        for box in found:
            (first, upper), (last, lower) = self._square(*box[:2]), self._square(*box[2:])
            for square in product(range(first, last + 1), range(upper, lower + 1)):
                self._at.setdefault(square, []).append(box)

    def _square(self, x: float, y: float) -> tuple[int, int]:
        return int((x - self._left) // self._wide), int((y - self._top) // self._high)

    def hold(self, item: dict[str, Any]) -> bool:
        """Whether it is a character in one of them."""
        if item.get("object_type") != "char":
            return False
        middle = self._square((item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2)
        return any(_is_inside(item, box) for box in self._at.get(middle, ()))


def _is_inside(item: dict[str, Any], box: Box) -> bool:
    """Whether the middle of a character lies in a table."""
    if item.get("object_type") != "char":
        return False
    x, y = float(item["x0"] + item["x1"]) / 2, float(item["top"] + item["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
