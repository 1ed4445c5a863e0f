"""A second reading of a page, by another library, for letters that PDFium does not tell: those of drawn fonts (Type 3)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from plans.readers.pdf.page import View
from plans.readers.pdf.places import Box, Glyph

DESCENT: Final = 0.2  # of a character's height that is below its line


class SecondReading:
    """The file as pdfminer.six reads it."""

    def __init__(self, data: bytes) -> None:
        self._pages = list(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))))

    def glyphs(
        self, index: int, boxes: Sequence[Box], known: Sequence[Glyph], view: View
    ) -> tuple[list[Glyph], list[Box]]:
        """The characters of a page that stand in one of these places and are not known, and in which none stands."""
        found = [glyph for glyph in self._glyphs(index, view) if any(box.touches(glyph) for box in boxes)]
        new = [glyph for glyph in found if not any(_is_same(glyph, other) for other in known)]
        return new, [box for box in boxes if not any(box.touches(glyph) for glyph in found)]

    def _glyphs(self, index: int, view: View) -> Iterator[Glyph]:
        page, resources = self._pages[index], PDFResourceManager()
        page.rotate, left, bottom = 0, page.mediabox[0], page.mediabox[1]
        device = _Letters(resources, laparams=None)
        PDFPageInterpreter(resources, device).process_page(page)
        for item in _characters(device.get_result()):
            x0, y0, x1, y1 = item.bbox
            box = view.box(x0 + left, y0 + bottom, x1 + left, y1 + bottom)
            yield Glyph(item.get_text(), *box, box.bottom - DESCENT * box.height, 0, is_apart=True)


class _Letters(PDFPageAggregator):
    """Nothing but the characters of a page."""

    def paint_path(self, *_: object) -> None:
        """No lines."""

    def render_image(self, *_: object) -> None:
        """No pictures."""


def _characters(item: Any) -> Iterator[Any]:
    if isinstance(item, LTChar):
        yield item
    elif hasattr(item, "__iter__"):
        for inner in item:
            yield from _characters(inner)


def _is_same(one: Glyph, other: Glyph) -> bool:
    near = max(one.size, other.size) / 2
    return (
        one.text == other.text
        and abs(one.left - other.left) <= near
        and abs(one.middle[1] - other.middle[1]) <= near
    )
