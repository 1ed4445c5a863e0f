"""Registration links as sheets to be printed and cut (A4, PDF): pages of one department, a square code (QR) a person."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from gihan.fonts import KOREAN
from reports.drawing.sheet import drawable
from reports.invite_sheet import Invited, Sheets, Words

WIDTH, HEIGHT = 210.0, 297.0  # A4, in mm
MARGIN, HEAD, CODE, LINE = 12.0, 20.0, 40.0, 5.2
QUIET: Final = 5.5  # readers want so much white around a code
COLUMNS, ROWS = 2, 5
A_PAGE: Final = COLUMNS * ROWS
CARD_WIDTH, CARD_HEIGHT = (WIDTH - 2 * MARGIN) / COLUMNS, (HEIGHT - 2 * MARGIN - HEAD) / ROWS
NAME_MOST, DEPARTMENT_MOST = 14, 40  # letters
FONT: Final = "NanumGothic"
TITLE, SMALL = 13.0, 8.0  # points
CUT_HERE: Final = HexColor("#8a97a6")
Corner = tuple[float, float]
Bar = tuple[float, float, float, float]
"""Left, top, width and height, in mm from the upper left corner of the page."""


def pages(people: Sequence[Invited]) -> list[list[Invited]]:
    """Who stands together on a page: people of one department, in the order given."""
    found = []
    for _, some in groupby(people, key=lambda one: one.department):
        group = list(some)
        found += [group[first : first + A_PAGE] for first in range(0, len(group), A_PAGE)]
    return found


def pdf(sheets: Sheets) -> bytes:
    """The file: the same for the same links, whenever it is made."""
    pdfmetrics.registerFont(TTFont(FONT, KOREAN))
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(WIDTH * mm, HEIGHT * mm), invariant=1)
    canvas.setTitle(drawable(sheets.words.title))
    for page in pages(sheets.people):
        _page(canvas, page, sheets.words)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def _page(canvas: Canvas, people: Sequence[Invited], words: Words) -> None:
    department = people[0].department[:DEPARTMENT_MOST]
    _write(canvas, (MARGIN, MARGIN + 6), f"{department} {words.title}", TITLE)
    for place, one in enumerate(people):
        left = MARGIN + place % COLUMNS * CARD_WIDTH
        top = MARGIN + HEAD + place // COLUMNS * CARD_HEIGHT
        _card(canvas, (left, top), one, words)


def _card(canvas: Canvas, corner: Corner, one: Invited, words: Words) -> None:
    left, top = corner
    for x, y, width, height in squares(one.link, (left + QUIET, top + QUIET)):
        canvas.rect(x * mm, (HEIGHT - y - height) * mm, width * mm, height * mm, stroke=0, fill=1)
    beside, down = left + CODE + 2 * QUIET, top + QUIET + 4
    _write(canvas, (beside, down), f"{one.name[:NAME_MOST]} {one.rank[:NAME_MOST]}".strip(), TITLE)
    room = (left + CARD_WIDTH - beside) * mm
    lines = [line for text in words.how for line in simpleSplit(drawable(text), FONT, SMALL, room)]
    for line, text in enumerate(lines, start=1):
        _write(canvas, (beside, down + 2 + line * LINE), text, SMALL)
    canvas.saveState()
    canvas.setStrokeColor(CUT_HERE)
    canvas.setLineWidth(0.4)
    canvas.setDash(2, 1.5)
    below = (HEIGHT - top - CARD_HEIGHT + 1) * mm
    canvas.line(left * mm, below, (left + CARD_WIDTH) * mm, below)
    canvas.restoreState()


def _write(canvas: Canvas, at: Corner, text: str, size: float) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(at[0] * mm, (HEIGHT - at[1]) * mm, drawable(text))


def squares(link: str, corner: Corner) -> list[Bar]:
    """The dark bars of the code of the link, as large as CODE, from its upper left corner."""
    matrix = segno.make_qr(link, error="m").matrix
    unit = CODE / len(matrix)
    return list(_bars(matrix, corner, unit))


def _bars(matrix: Sequence[Sequence[int]], corner: Corner, unit: float) -> Iterator[Bar]:
    """What is dark side by side is one."""
    for down, row in enumerate(matrix):
        at = 0
        for is_dark, run in groupby(row):
            count = len(list(run))
            if is_dark:
                yield corner[0] + at * unit, corner[1] + down * unit, count * unit, unit
            at += count
