""".docx: paragraphs and tables in order; a merged cell holds its text once."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from plans.errors import PlanError
from plans.readers.form import same_width, table_lines
from plans.readers.kinds import DAMAGED, EMPTY


def read(data: bytes) -> str:
    """The text in the common form. Raises: PlanError."""
    try:
        document = Document(io.BytesIO(data))
        lines = _lines(document)
    except (KeyError, ValueError, AttributeError, zipfile.BadZipFile) as problem:
        raise PlanError(DAMAGED) from problem
    if not any(line.strip() for line in lines):
        raise PlanError(EMPTY)
    return "\n".join(same_width(lines))


def _lines(document: object) -> list[str]:
    lines: list[str] = []
    body = document.element.body  # type: ignore[attr-defined]
    for child in body.iterchildren():
        if child.tag == qn("w:p"):
            lines += Paragraph(child, document).text.replace("\t", " ").split("\n")  # type: ignore[arg-type]
        elif child.tag == qn("w:tbl"):
            lines += ["", *table_lines(_rows(Table(child, document))), ""]  # type: ignore[arg-type]
    return lines


def _rows(table: Table) -> list[list[str]]:
    """Rows of texts; python-docx repeats a merged cell in every place it covers, here only the first has text.

    The elements themselves are kept in the set: an id alone is given anew once lxml drops its proxy.
    """
    seen: set[object] = set()
    rows: list[list[str]] = []
    for row in table.rows:
        texts: list[str] = []
        for cell in row.cells:
            texts.append("" if cell._tc in seen else cell.text)
            seen.add(cell._tc)
        rows.append(texts)
    return rows
