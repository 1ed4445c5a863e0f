"""What PDFium tells of a page: its characters, and the lines and shapes that are drawn on it (쪽의 내용).

Source: https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/ (fpdf_text.h, fpdf_edit.h).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal
from unicodedata import east_asian_width

import pypdfium2
import pypdfium2.raw as pdfium

from plans.readers.pdf.places import Box, Drawn, Glyph
from plans.readers.pdf.rules import Shape, drawn_of

HYPHEN: Final = 2  # what PDFium gives for a hyphen at the end of a line
UNKNOWN: Final = "\ufffd"
SURROGATES: Final = range(0xD800, 0xE000)
DEEPEST: Final = 15  # forms within forms
MOST_SHAPES: Final = 200_000  # of a page
INK: Final = 0.01  # points: what is thinner is a space
ABOUT: Final = 4.0  # points
MOST_POINTS: Final = 200  # of the outline of a filled shape: what has more is a drawing
STRAIGHT: Final = 0.5  # points aside over a stretch that is level or upright
SIDES: Final = 0.6  # of the outline of a box that is straight, where its corners are round
RECTANGLE: Final = 5  # points of a filled shape that is a box
BROAD: Final = 0.78  # of its height: as wide as a Korean syllable
SURE: Final = 1.0  # points between a letter and the next, which says that it is as wide as that
NARROW: Final = ("Na", "N", "H")


@dataclass(frozen=True)
class View:
    """From the place on the sheet to the place as it is shown, turned and cropped."""

    sheet: Box  # left, bottom, right, top in the sheet's own units, which count upwards
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        wide, high = self.sheet.right - self.sheet.left, self.sheet.bottom - self.sheet.top
        return (wide, high) if self.turns % 2 == 0 else (high, wide)

    def point(self, x: float, y: float) -> tuple[float, float]:
        sheet = self.sheet
        if self.turns == 0:
            return x - sheet.left, sheet.bottom - y
        if self.turns == 1:
            return y - sheet.top, x - sheet.left
        if self.turns == 2:
            return sheet.right - x, y - sheet.top
        return sheet.bottom - y, sheet.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def turn(self, across: float, up: float) -> int:
        """How a line that runs so on the sheet runs as it is shown."""
        is_level = abs(across) >= abs(up)
        on_sheet = (0 if across >= 0 else 2) if is_level else (3 if up > 0 else 1)
        return (on_sheet + self.turns) % 4


class Page:
    """One page of a document; to be closed."""

    def __init__(self, document: pypdfium2.PdfDocument, index: int) -> None:
        self._page = document[index]
        sheet = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(self._page, sheet)
        at = Box(sheet.left, min(sheet.bottom, sheet.top), sheet.right, max(sheet.bottom, sheet.top))
        self.view = View(at, pdfium.FPDFPage_GetRotation(self._page) % 4)
        self.size = self.view.size
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._told: set[int] = set()  # the pieces of text whose characters PDFium tells
        self._untold: list[Box] = []  # where it tells that there is one, but not which

    def close(self) -> None:
        self._page.close()

    def glyphs(self) -> list[Glyph]:
        """Its characters in the order in which the file has them; a space that PDFium only supposes is a mark on the
        next."""
        text = self._page.get_textpage()
        try:
            return _narrowed(list(self._glyphs(text.raw)))
        finally:
            text.close()

    def _glyphs(self, text: Any) -> Iterator[Glyph]:
        loose, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        view = self.view
        turns: dict[int, int] = {}
        is_apart = True
        for index in range(pdfium.FPDFText_CountChars(text)):
            letter, piece = _letter(text, index), _piece_of(text, index)
            if letter.isspace() and pdfium.FPDFText_IsGenerated(text, index) == 1:
                is_apart = True
                continue
            if piece not in turns:
                turns[piece] = self._turn(text, index)
            turn = turns[piece]
            if letter == UNKNOWN:
                self._take_untold(text, index)
                is_apart = True
                continue
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(text, index, loose)
            across, down = view.point(x.value, y.value)
            box = view.box(loose.left, loose.bottom, loose.right, loose.top)
            yield Glyph(letter, *box, across if turn % 2 else down, turn, is_apart)
            is_apart = False
        self._told |= turns.keys()

    def _turn(self, text: Any, index: int) -> int:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        return self.view.turn(matrix.a, matrix.b)

    def _take_untold(self, text: Any, index: int) -> None:
        ink = self._tight(text, index)
        if min(ink.width, ink.height) > INK:
            self._untold.append(ink)

    def _tight(self, text: Any, index: int) -> Box:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        return self.view.box(left.value, bottom.value, right.value, top.value)

    def drawn(self) -> Drawn:
        """Its lines, filled shapes, pictures, and the places of text of which its `glyphs` have none."""
        shapes: list[Shape] = []
        pictures: list[Box] = []
        told: set[tuple[int, ...]] = set()
        untold = self._untold
        for item, form in self._objects():
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                box = self._bounds(item, form)
                if _address(item) in self._told:
                    told.add(_about(box))
                elif box.width > INK and box.height > INK:
                    untold.append(box)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                shapes += self._shapes(item, form)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                pictures.append(self._bounds(item, form))
            if len(shapes) > MOST_SHAPES:
                break
        twice = [box for box in untold if _about(box) not in told]
        return drawn_of(shapes, pictures, twice, self.size)

    def _objects(self) -> Iterator[tuple[Any, Matrix]]:
        """Everything on the page with the place of the form in which it stands."""
        count = pdfium.FPDFPage_CountObjects(self._page)
        for index in range(count):
            yield from _inner(pdfium.FPDFPage_GetObject(self._page, index), AS_IS, 0)

    def _bounds(self, item: Any, form: Matrix) -> Box:
        left, bottom, right, top = self._edges
        pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        if form is AS_IS:
            return self.view.box(left.value, bottom.value, right.value, top.value)
        (x0, y0), (x1, y1) = form.point(left.value, bottom.value), form.point(right.value, top.value)
        return self.view.box(x0, y0, x1, y1)

    def _shapes(self, item: Any, form: Matrix) -> Iterator[Shape]:
        """The shapes of a path: each stretch of its lines, or the box that it fills."""
        fill, is_stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, is_stroked)
        count = pdfium.FPDFPath_CountSegments(item)
        if fill.value and RECTANGLE < count <= MOST_POINTS:
            yield from self._figures(item, form, count)
        elif fill.value:
            kind: Literal["fill", "figure"] = "fill" if count <= RECTANGLE else "figure"
            yield Shape(self._bounds(item, form), kind, _is_white(item))
        if is_stroked.value and count <= 2:
            yield Shape(self._bounds(item, form), "line", _is_white(item))
        elif is_stroked.value and (count <= MOST_POINTS or not fill.value):
            own = Matrix.of(item)
            for start, end in _stretches(item, count):
                (x0, y0), (x1, y1) = (self.view.point(*form.point(*own.point(*at))) for at in (start, end))
                yield Shape(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), "line", False)

    def _figures(self, item: Any, form: Matrix, count: int) -> Iterator[Shape]:
        """The shapes that one path fills: boxes, also with round corners, and others."""
        own, is_white = Matrix.of(item), _is_white(item)
        for outline in _outlines(item, count):
            points = [self.view.point(*form.point(*own.point(*at))) for at in outline]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = Box(min(xs), min(ys), max(xs), max(ys))
            straight = sum(
                max(abs(x1 - x0), abs(y1 - y0))
                for (x0, y0), (x1, y1) in pairwise([*points, points[0]])
                if min(abs(x1 - x0), abs(y1 - y0)) < STRAIGHT
            )
            is_box = straight >= SIDES * 2 * (box.width + box.height)
            yield Shape(box, "fill" if is_box else "figure", is_white)


_POINTER = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_text_object = _POINTER(ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0)


def _piece_of(text: Any, index: int) -> int:
    """The address of the piece of text to which a character belongs; 0 for none."""
    return _text_object(text, index) or 0


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _about(box: Box) -> tuple[int, ...]:
    """Where it is, but for a few points: text that is drawn twice there is told once."""
    return tuple(round(at / ABOUT) for at in box)


@dataclass(frozen=True)
class Matrix:
    """Where a thing within another stands."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    @classmethod
    def of(cls, item: Any) -> Matrix:
        found = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(item, found)
        return cls(found.a, found.b, found.c, found.d, found.e, found.f)

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, other: Matrix) -> Matrix:
        """Itself, standing in another."""
        a, b = other.a * self.a + other.c * self.b, other.b * self.a + other.d * self.b
        c, d = other.a * self.c + other.c * self.d, other.b * self.c + other.d * self.d
        return Matrix(a, b, c, d, *other.point(self.e, self.f))


AS_IS: Final = Matrix()


def _inner(item: Any, form: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, form
    elif depth < DEEPEST:
        inside = Matrix.of(item).within(form)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _inner(pdfium.FPDFFormObj_GetObject(item, index), inside, depth + 1)


Point = tuple[float, float]


def _stretches(item: Any, count: int) -> Iterator[tuple[Point, Point]]:
    """From point to point along a path, without its curves."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind, at = pdfium.FPDFPathSegment_GetType(segment), (x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = at
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, at
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield at, start
        last = at


def _narrowed(glyphs: list[Glyph]) -> list[Glyph]:
    """Where a font does not tell how wide its letters are, they end where the next begins, and half-wide ones half-way."""
    found: list[Glyph] = []
    for glyph, after in zip(glyphs, [*glyphs[1:], None], strict=False):
        right, is_broad = glyph.right, glyph.right - glyph.left > BROAD * glyph.size
        nearest = after.left if after is not None and after.base == glyph.base else None
        is_sure = nearest is not None and abs(nearest - right) <= SURE and not (after and after.is_apart)
        if is_broad and not is_sure and glyph.turn == 0 and east_asian_width(glyph.text) in NARROW:
            right = (glyph.left + right) / 2
        if nearest is not None and glyph.left < nearest < right:
            right = nearest
        found.append(glyph if right == glyph.right else glyph._replace(right=right))
    return found


def _outlines(item: Any, count: int) -> Iterator[list[Point]]:
    """The points of each closed part of a path."""
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[Point] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if outline and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            yield outline
            outline = []
        outline.append((x.value, y.value))
    if outline:
        yield outline


def _letter(text: Any, index: int) -> str:
    code = pdfium.FPDFText_GetUnicode(text, index)
    if code == HYPHEN:
        return "-"
    if code == 0 and pdfium.FPDFText_HasUnicodeMapError(text, index) != 1:
        return " "
    return UNKNOWN if code == 0 or code in SURROGATES else chr(code)


def _is_white(item: Any) -> bool:
    """Whether what fills a shape is not seen on paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= WHITE


WHITE: Final = 252  # of 255
