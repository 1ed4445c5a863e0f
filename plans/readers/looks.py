"""How the cells of a workbook look: hidden sheets, rows and columns, words crossed out, text boxes, formulas without a
value (.xlsx).

The values come from another library, which does not tell. Source: ECMA-376, part 1, 18.3 and 18.8.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from plans.readers.form import MOST_LINES, NoticeKind
from plans.readers.xml import tree_of

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAW: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_REL_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TRUE: Final = ("1", "true", "on")
_CELL: Final = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")


@dataclass
class Look:
    """One sheet: what of it is not to be taken as said, by 1-based row and column, and the texts of its boxes."""

    is_hidden: bool = False
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    struck: dict[tuple[int, int], str | None] = field(default_factory=dict)
    joined: set[int] = field(default_factory=set)  # rows into which a cell reaches from above
    reaches: dict[int, dict[int, int]] = field(
        default_factory=dict
    )  # row -> column from 0 -> columns of its cell
    boxes: list[str] = field(default_factory=list)
    formulas: list[tuple[int, str]] = field(
        default_factory=list
    )  # row and name of cells without a stored value
    choices: dict[int, list[str]] = field(default_factory=dict)  # column from 0 -> its drop-down list

    def kept(self, row: int, column: int, text: str) -> tuple[str, NoticeKind | None]:
        """What of a cell's text stays, and why the rest does not."""
        if self.is_hidden or row in self.rows or column in self.columns:
            return "", "hidden"
        if (row, column) not in self.struck:
            return text, None
        return self.struck[row, column] or "", "struck"


def read_looks(data: bytes) -> dict[str, Look]:
    """Sheet name -> how it looks. Raises: what zipfile and the XML parser raise for a broken file."""
    with ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:
            return {}
        book = _Book(archive, names)
        return dict(book.sheets())


class _Book:
    def __init__(self, archive: ZipFile, names: set[str]) -> None:
        self.archive = archive
        self.names = names
        self.struck_styles = self._struck_styles()
        self.strings = self._struck_strings()

    def _xml(self, name: str) -> Element | None:
        return tree_of(self.archive.read(name)) if name in self.names else None

    def sheets(self) -> Iterator[tuple[str, Look]]:
        book = self._xml("xl/workbook.xml")
        targets = self._targets("xl/workbook.xml")
        for sheet in [] if book is None else book.iter(f"{_MAIN}sheet"):
            part = targets.get(sheet.get(_REL_ID, ""), "")
            look = Look(is_hidden=sheet.get("state", "visible") != "visible")
            self._read_sheet(part, look)
            yield sheet.get("name", ""), look

    def _targets(self, part: str) -> dict[str, str]:
        """Relation id -> the part it leads to."""
        folder, name = posixpath.split(part)
        relations = self._xml(f"{folder}/_rels/{name}.rels")
        found = [] if relations is None else [one for one in relations if one.get("TargetMode") != "External"]
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip(
                "/"
            )
            for one in found
        }

    def _struck_styles(self) -> set[int]:
        """The cell formats whose font is crossed out."""
        styles = self._xml("xl/styles.xml")
        if styles is None:
            return set()
        fonts = [_is_struck(font) for font in styles.findall(f"{_MAIN}fonts/{_MAIN}font")]
        formats = styles.findall(f"{_MAIN}cellXfs/{_MAIN}xf")
        ids = [int(one.get("fontId", "0")) for one in formats]
        return {index for index, font in enumerate(ids) if font < len(fonts) and fonts[font]}

    def _struck_strings(self) -> dict[int, str]:
        """Shared strings of which a part is crossed out -> what is left."""
        table = self._xml("xl/sharedStrings.xml")
        entries = [] if table is None else table.findall(f"{_MAIN}si")
        runs = {index: entry.findall(f"{_MAIN}r") for index, entry in enumerate(entries)}
        return {
            index: "".join(_run_text(run) for run in found if not _is_struck_run(run))
            for index, found in runs.items()
            if any(_is_struck_run(run) for run in found)
        }

    def _read_sheet(self, part: str, look: Look) -> None:
        root = self._xml(part)
        if root is None:
            return
        for column in root.iter(f"{_MAIN}col"):
            if column.get("hidden") in _TRUE:
                look.columns |= set(range(int(column.get("min", "1")), int(column.get("max", "1")) + 1))
        for row in root.iter(f"{_MAIN}row"):
            if row.get("hidden") in _TRUE:
                look.rows.add(int(row.get("r", "0")))
            for cell in row.iter(f"{_MAIN}c"):
                self._read_cell(cell, look)
        for merge in root.iter(f"{_MAIN}mergeCell"):
            look.joined |= _rows_below(merge.get("ref", ""))
            _add_reach(look, merge.get("ref", ""))
        for rule in root.iter(f"{_MAIN}dataValidation"):
            _add_choices(look, rule)
        for target in self._targets(part).values():
            if "/drawings/" in target and target.endswith(".xml"):
                look.boxes += self._boxes(target)

    def _read_cell(self, cell: Element, look: Look) -> None:
        place = _place(cell.get("r", ""))
        if place is None:
            return
        value = cell.findtext(f"{_MAIN}v", "")
        if cell.find(f"{_MAIN}f") is not None and cell.find(f"{_MAIN}v") is None:
            look.formulas.append((place[0], cell.get("r", "")))
        inner = [run for run in cell.iter(f"{_MAIN}r") if _is_struck_run(run)]
        if int(cell.get("s", "0")) in self.struck_styles:
            look.struck[place] = None
        elif cell.get("t") == "s" and value.isdigit() and int(value) in self.strings:
            look.struck[place] = self.strings[int(value)]
        elif inner:
            look.struck[place] = "".join(_run_text(run) for run in cell.iter(f"{_MAIN}r") if run not in inner)

    def _boxes(self, part: str) -> list[str]:
        """The lines of the text boxes drawn over a sheet."""
        root = self._xml(part)
        found = [] if root is None else root.iter(f"{_DRAW}p")
        lines = ["".join(text.text or "" for text in line.iter(f"{_DRAW}t")) for line in found]
        return [line.replace("\t", " ") for line in lines if line.strip()]


def _is_struck(font: Element | None) -> bool:
    mark = None if font is None else font.find(f"{_MAIN}strike")
    return mark is not None and mark.get("val", "1") in _TRUE


def _is_struck_run(run: Element) -> bool:
    return _is_struck(run.find(f"{_MAIN}rPr"))


def _run_text(run: Element) -> str:
    return "".join(text.text or "" for text in run.iter(f"{_MAIN}t"))


def _rows_below(reference: str) -> set[int]:
    """ "A3:B5" -> 4, 5."""
    ends = [place for part in reference.split(":") if (place := _place(part)) is not None]
    return set(range(ends[0][0] + 1, min(ends[-1][0], MOST_LINES) + 1)) if ends else set()


def _add_reach(look: Look, reference: str) -> None:
    """ "B3:D4" -> the second cell of row 3 reaches over three columns."""
    ends = [place for part in reference.split(":") if (place := _place(part)) is not None]
    if ends and ends[-1][1] > ends[0][1]:
        row, column = ends[0]
        look.reaches.setdefault(row, {})[column - 1] = ends[-1][1] - column + 1


def _add_choices(look: Look, rule: Element) -> None:
    """A drop-down list that is written out; one that stands in cells elsewhere is none."""
    listed = rule.findtext(f"{_MAIN}formula1", "").strip()
    place = _place(rule.get("sqref", "").split(":")[0].split(" ")[0])
    if rule.get("type") == "list" and place is not None and listed.startswith('"'):
        found = [one.strip() for one in listed.strip('"').split(",") if one.strip()]
        look.choices.setdefault(place[1] - 1, found)


def _place(reference: str) -> tuple[int, int] | None:
    """ "C12" -> (12, 3)."""
    found = _CELL.match(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
