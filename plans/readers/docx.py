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
from docx.table import Table

from plans.errors import PlanError
from plans.readers.form import TEXT, Notice, NoticeKind, Source, lost, same_width, table_lines

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
_NOTES: Final = ("footnotes", "endnotes")


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
        self._blocks(document.element.body, document)
        self._notes(document)
        said = "\n".join([*self.lines, *(notice.text for notice in self.notices)])
        self.notices += lost(TEXT, _plain(document.element.body), said)

    def _blocks(self, parent: Any, document: Any) -> None:
        """Paragraphs and tables, those inside content controls and text boxes too."""
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                self.lines += self._text(child).split("\n")
                for box in _boxes(child):
                    self._blocks(box, document)
            elif child.tag == qn("w:tbl"):
                self._table(child, document)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                self._blocks(child, document)

    def _table(self, element: Any, document: Any) -> None:
        """python-docx repeats a merged cell in every place it covers, here only the first has text.

        The elements themselves are kept in the set: an id alone is given anew once lxml drops its proxy.
        """
        seen: set[object] = set()
        rows: list[list[str]] = []
        for row in Table(element, document).rows:
            texts: list[str] = []
            for cell in row.cells:
                texts.append("" if cell._tc in seen else self._cell(cell._tc))
                seen.add(cell._tc)
            rows.append(texts)
        self.lines += ["", *table_lines(rows), ""]

    def _cell(self, element: Any) -> str:
        """All paragraphs of a cell, those of a table or a text box inside it included."""
        return "\n".join(self._text(one) for one in element.iter(qn("w:p")) if not _is_fallback(one, element))

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
    return "\n".join(one.text or "" for one in body.iter(qn("w:t")) if not _is_fallback(one, body))
