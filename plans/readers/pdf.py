""".pdf with text: ruled tables as rows, the other text as lines in reading order."""

from __future__ import annotations

import io
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from plans.errors import PlanError
from plans.readers.form import same_width, table_lines
from plans.readers.kinds import DAMAGED, PASSWORD

SCANNED: Final = (
    "글자가 없는 PDF(스캔한 그림)입니다. 한글·워드 원본이나 글자가 들어 있는 PDF를 보내 주십시오."
)
LINE_GAP: Final = 3.0  # points within which words stand on one line


def read(data: bytes) -> str:
    """The text in the common form. Raises: PlanError."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            lines = [line for page in document.pages for line in _page(page)]
            has_text = any(page.chars for page in document.pages)
    except (
        PDFPasswordIncorrect,
        PdfminerException,
        PDFSyntaxError,
        ValueError,
        KeyError,
        TypeError,
    ) as problem:
        is_locked = "PasswordIncorrect" in repr(problem)
        raise PlanError(PASSWORD if is_locked else DAMAGED) from problem
    if not has_text:
        raise PlanError(SCANNED)
    return "\n".join(same_width(lines))


def _page(page: Any) -> list[str]:
    """The lines and tables of one page by their height."""
    tables = page.find_tables()
    boxes = [table.bbox for table in tables]
    rest = page.filter(lambda item: not any(_is_inside(item, box) for box in boxes))
    blocks: list[tuple[float, list[str]]] = [
        (line["top"], [line["text"].replace("\t", " ")])
        for line in rest.extract_text_lines(y_tolerance=LINE_GAP)
    ]
    for table in tables:
        rows = [[text or "" for text in row] for row in table.extract()]
        blocks.append((table.bbox[1], table_lines(rows)))
    page.close()
    return [line for _, lines in sorted(blocks, key=lambda block: block[0]) for line in lines]


def _is_inside(item: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of a character lies in a table."""
    if item.get("object_type") != "char":
        return False
    x, y = float(item["x0"] + item["x1"]) / 2, float(item["top"] + item["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
