""".docx: paragraphs, tables, text boxes and notes in order; a merged cell holds its text once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from plans.errors import PlanError
from plans.readers.form import TEXT, WIDEST, Notice, NoticeKind, Source, lost, same_width, spread, table_lines
from plans.text.spelling import COVERED

_BOX: Final = qn("w:txbxContent")
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS: Final = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_OFF: Final = ("0", "false", "off", "none")
_MARKS: Final[tuple[tuple[str, NoticeKind], ...]] = (
    ("w:strike", "struck"),
    ("w:dstrike", "struck"),
    ("w:vanish", "hidden"),
)
_GONE: Final = (qn("w:del"), qn("w:moveFrom"))
_AROUND: Final = tuple(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
"""What stands around paragraphs, rows and cells and is none of them: content controls, tracked insertions."""
_NOTES: Final = ("footnotes", "endnotes")
_DRAWN: Final = ("/word/diagrams/data", "/word/charts/chart")
_DRAWN_WORDS: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_FORMULA_WORDS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def read(data: bytes) -> Source:
    """The text in the common form. Raises: PlanError."""
    try:
        document = Document(io.BytesIO(data))
        found = _Reader()
        found.read(document)
    except (KeyError, ValueError, AttributeError, zipfile.BadZipFile) as problem:
        raise PlanError("damaged") from problem
    if not any(line.strip() for line in found.lines) and not found.notices:
        raise PlanError("empty")
    return Source("\n".join(same_width(found.lines)), found.notices)


@dataclass
class _Reader:
    """Collects lines and what does not stand in them."""

    lines: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def read(self, document: Any) -> None:
        self._blocks(document.element.body)
        self._notes(document)
        said = "\n".join([*self.lines, *(notice.text for notice in self.notices)])
        self.notices += lost(TEXT, _plain(document.element.body), said)
        self.notices += [Notice("lost", TEXT, text) for text in _drawn(document)]

    def _blocks(self, parent: Any) -> None:
        """Paragraphs and tables, those inside content controls and text boxes too."""
        for child in _within(parent, qn("w:p"), qn("w:tbl")):
            if child.tag == qn("w:p"):
                self.lines += self._text(child).split("\n")
                for box in _boxes(child):
                    self._blocks(box)
            else:
                self._table(child)

    def _table(self, table: Any) -> None:
        """A table; one of single cells is only a box around what stands in it."""
        rows = [list(_within(row, qn("w:tc"))) for row in _within(table, qn("w:tr"))]
        if all(len(row) <= 1 for row in rows):
            for cell in (cell for row in rows for cell in row):
                self._blocks(cell)
            return
        self.lines += ["", *table_lines(self._rows(table)), ""]

    def _rows(self, table: Any) -> list[list[str]]:
        """The texts of its cells; one that a merge covers is empty or COVERED, a row that is deleted is told."""
        rows: list[list[str]] = []
        for row in _within(table, qn("w:tr")):
            texts = self._row(row)
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                rows.append(texts)
            elif any(texts):
                self._notice("revised", " ".join(text for text in texts if text not in ("", COVERED)))
        return rows

    def _row(self, row: Any) -> list[str]:
        reaches: dict[int, int] = {}
        texts = [""] * _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        for cell in _within(row, qn("w:tc")):
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            is_covered = merge is not None and merge.get(qn("w:val")) != "restart"
            texts.append("" if is_covered else self._cell(cell))
            reaches[len(texts) - 1] = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
            texts += [""] * (reaches[len(texts) - 1] - 1)
        return spread(texts, reaches)

    def _cell(self, cell: Any) -> str:
        """All lines of a cell: those of a text box inside it too, and of an inner table one for each row."""
        lines: list[str] = []
        for child in _within(cell, qn("w:p"), qn("w:tbl")):
            if child.tag == qn("w:tbl"):
                lines += [
                    " ".join(text for text in row if text not in ("", COVERED)) for row in self._rows(child)
                ]
                continue
            lines.append(self._text(child))
            lines += [self._cell(box) for box in _boxes(child)]
        return "\n".join(lines)

    def _text(self, paragraph: Any) -> str:
        """A paragraph's own words; what is crossed out, hidden or deleted becomes a notice."""
        text = ""
        for run in paragraph.iter(qn("w:r")):
            if _owner(run) is not paragraph:
                continue
            words = "".join(_words(run))
            kind = _kind(run, paragraph)
            if kind is None:
                text += words
            elif words.strip():
                self._notice(kind, words.strip())
        return text

    def _notice(self, kind: NoticeKind, text: str) -> None:
        """Neighbouring runs of one kind are one notice."""
        line = len(self.lines) + 1
        last = self.notices[-1] if self.notices else None
        if last is not None and (last.kind, last.line) == (kind, line):
            self.notices[-1] = Notice(kind, last.spot, f"{last.text} {text}", line)
        else:
            self.notices.append(Notice(kind, TEXT, text, line))

    def _notes(self, document: Any) -> None:
        """Foot and end notes at the end, as remarks."""
        for part in document.part.package.iter_parts():
            if not any(str(part.partname).endswith(f"/{name}.xml") for name in _NOTES):
                continue
            for paragraph in parse_xml(part.blob).iter(qn("w:p")):
                text = self._text(paragraph).replace("\n", " ").strip()
                self.lines += [f"※ {text}"] if text else []


def _within(parent: Any, *tags: str) -> Iterator[Any]:
    """The children of these kinds in order, whatever stands around them."""
    for child in parent.iterchildren():
        if child.tag in tags:
            yield child
        elif child.tag in _AROUND:
            yield from _within(child, *tags)


def _number(element: Any, default: int) -> int:
    """The number that a property gives; no table is wider than WIDEST."""
    value = "" if element is None else str(element.get(qn("w:val"), ""))
    return min(int(value), WIDEST) if value.isascii() and value.isdigit() else default


def _drawn(document: Any) -> Iterator[str]:
    """The words of each diagram and chart, which stand in parts of their own and are not read."""
    for part in document.part.package.iter_parts():
        if str(part.partname).startswith(_DRAWN):
            found = (one.text or "" for one in parse_xml(part.blob).iter(_DRAWN_WORDS))
            if words := " ".join(text.strip() for text in found if text.strip()):
                yield words


def _words(run: Any) -> Iterator[str]:
    for part in run.iterchildren():
        if part.tag in (qn("w:t"), qn("w:delText")):
            yield (part.text or "").replace("\t", " ")
        else:
            yield _BREAKS.get(part.tag, "")


def _owner(run: Any) -> Any:
    """The paragraph that a run stands in; None inside the copy that old programs show."""
    for above in run.iterancestors():
        if above.tag == _FALLBACK:
            return None
        if above.tag == qn("w:p"):
            return above
    return None


def _is_fallback(paragraph: Any, root: Any) -> bool:
    for above in paragraph.iterancestors():
        if above is root:
            return False
        if above.tag == _FALLBACK:
            return True
    return False


def _boxes(paragraph: Any) -> list[Any]:
    """The text boxes anchored in a paragraph, each once."""
    return [box for box in paragraph.iter(_BOX) if not _is_fallback(box, paragraph) and not _is_inner(box)]


def _is_inner(box: Any) -> bool:
    return any(above.tag == _BOX for above in box.iterancestors())


def _kind(run: Any, paragraph: Any) -> NoticeKind | None:
    """Why a run's words do not count; None where they do."""
    if any(above.tag in _GONE for above in run.iterancestors()):
        return "revised"
    format_ = run.find(qn("w:rPr"))
    for name, kind in _MARKS:
        mark = None if format_ is None else format_.find(qn(name))
        if mark is not None and str(mark.get(qn("w:val"), "1")) not in _OFF:
            return kind
    return None


def _plain(body: Any) -> str:
    """The second reading: every written letter of the body, whatever stands around it."""
    letters = body.iter(qn("w:t"), _FORMULA_WORDS)
    return "\n".join(one.text or "" for one in letters if not _is_fallback(one, body))
