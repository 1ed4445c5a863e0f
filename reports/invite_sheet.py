"""Registration links as sheets to be printed and cut (A4, PDF): pages of one department, a square code (QR) a person.

Pure drawing, as reports/pictures.py.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import segno
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from reports.pictures import PLAN, SMALL, TITLE, drawable, font

WIDTH, HEIGHT, MM_AN_INCH = 210.0, 297.0, 25.4  # A4, in mm
MARGIN, HEAD, CODE, QUIET, LINE = (
    12.0,
    20.0,
    40.0,
    5.5,
    5.2,
)  # QUIET: readers want so much white around a code
COLUMNS, ROWS = 2, 5
A_PAGE = COLUMNS * ROWS
CARD_WIDTH, CARD_HEIGHT = (WIDTH - 2 * MARGIN) / COLUMNS, (HEIGHT - 2 * MARGIN - HEAD) / ROWS
NAME_MOST, DEPARTMENT_MOST = 14, 40  # letters
Corner = tuple[float, float]


@dataclass(frozen=True)
class Invited:
    """One person, with the one-time link."""

    department: str
    name: str
    rank: str
    link: str


@dataclass(frozen=True)
class Words:
    """What stands on each page (`title`, behind the department's name) and beside each code (`how`, a line each)."""

    title: str
    how: tuple[str, ...]


def pages(people: Sequence[Invited]) -> list[list[Invited]]:
    """Who stands together on a page: people of one department, in the order given."""
    found = []
    for _, some in groupby(people, key=lambda one: one.department):
        group = list(some)
        found += [group[first : first + A_PAGE] for first in range(0, len(group), A_PAGE)]
    return found


def pdf(people: Sequence[Invited], words: Words) -> bytes:
    """The file."""
    content = io.BytesIO()
    with PdfPages(content, metadata={"CreationDate": None}) as file:
        for page in pages(people):
            file.savefig(_page(page, words))
    return content.getvalue()


def _page(people: Sequence[Invited], words: Words) -> Figure:
    figure = Figure(figsize=(WIDTH / MM_AN_INCH, HEIGHT / MM_AN_INCH))
    FigureCanvasPdf(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), xlim=(0.0, WIDTH), ylim=(HEIGHT, 0.0))
    axes.set_axis_off()
    department = people[0].department[:DEPARTMENT_MOST]
    axes.text(MARGIN, MARGIN + 6, drawable(f"{department} {words.title}"), fontproperties=font(TITLE))
    for place, one in enumerate(people):
        left = MARGIN + place % COLUMNS * CARD_WIDTH
        top = MARGIN + HEAD + place // COLUMNS * CARD_HEIGHT
        axes.add_collection(PolyCollection(squares(one.link, (left + QUIET, top + QUIET)), facecolor="black"))
        beside, down = left + CODE + 2 * QUIET, top + QUIET + 4
        who = f"{one.name[:NAME_MOST]} {one.rank[:NAME_MOST]}".strip()
        axes.text(beside, down, drawable(who), fontproperties=font(TITLE))
        for line, text in enumerate(words.how, start=1):
            axes.text(beside, down + 2 + line * LINE, drawable(text), fontproperties=font(SMALL))
        axes.plot(
            [left, left + CARD_WIDTH], [top + CARD_HEIGHT - 1] * 2, color=PLAN, linewidth=0.4, dashes=(4, 3)
        )
    return figure


def squares(link: str, corner: Corner) -> list[list[Corner]]:
    """The dark bars of the code of the link, as large as CODE, from its upper left corner."""
    matrix = segno.make_qr(link, error="m").matrix
    unit = CODE / len(matrix)
    return [
        [(x, y), (x + width, y), (x + width, y + unit), (x, y + unit)]
        for x, y, width in _bars(matrix, corner, unit)
    ]


def _bars(
    matrix: Sequence[Sequence[int]], corner: Corner, unit: float
) -> Iterator[tuple[float, float, float]]:
    """Left, top and width of what is dark side by side."""
    for down, row in enumerate(matrix):
        at = 0
        for is_dark, run in groupby(row):
            count = len(list(run))
            if is_dark:
                yield corner[0] + at * unit, corner[1] + down * unit, count * unit
            at += count
