"""The picture of a scope: progress by department, a Gantt of its projects, the year's burn-up. Pure drawing.

A glyph that the font lacks is an error; what people typed is brought down to what the font has before it is drawn.
Nothing global of matplotlib is touched, so pictures can be drawn in several threads at once.
"""

import io
import warnings
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font

from reports import texts

FONT_PACKAGE = "koreanize_matplotlib"  # only its font files are used; importing it changes global settings
FONT_FILE = "NanumGothic.ttf"
DPI = 150  # below that the small letters of the months run together
WIDTH, LEFT, RIGHT, ROW = 10.0, 3.1, 0.9, 0.27  # inches
HEAD, GAP, AXIS, BURN_UP = 0.9, 0.6, 0.45, 3.0
SIZE, SMALL, TITLE = 9.0, 8.0, 13.0  # points
MOST_MONTHS = 12  # names of months side by side
MOST_ROWS = 60  # of one chart: what is beyond is counted below it
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)  # between the marks of an axis, five at most
LACKING = "·"  # stands for a letter that the font has not
DONE, OPEN, LATE, PLAN, NOW = "#3b7dd8", "#cfd8e3", "#d9534f", "#8a97a6", "#2f9e44"


@dataclass(frozen=True)
class Bar:
    """One department: its dated milestones."""

    name: str
    done: int
    overdue: int
    total: int


@dataclass(frozen=True)
class Mark:
    """One due day of a project."""

    on: date
    is_done: bool
    is_late: bool


@dataclass(frozen=True)
class Project:
    """One row of the Gantt."""

    name: str
    start: date
    end: date
    marks: tuple[Mark, ...]

    @property
    def late(self) -> int:
        return sum(one.is_late for one in self.marks)


@dataclass(frozen=True)
class Picture:
    """`title` and `as_of` (the moment with its zone) stand above; `planned` and `done` are days of this year's
    milestones, one each."""

    title: str
    as_of: str
    today: date
    bars: list[Bar] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    planned: list[date] = field(default_factory=list)
    done: list[date] = field(default_factory=list)


@cache
def font_path() -> Path:
    """The Korean font. Raises FileNotFoundError where the package is not there."""
    spec = find_spec(FONT_PACKAGE)
    path = Path(spec.origin).parent / "fonts" / FONT_FILE if spec and spec.origin else None
    if path is None or not path.is_file():
        raise FileNotFoundError(f"{FONT_PACKAGE}: {FONT_FILE}")
    return path


@cache
def _letters() -> frozenset[int]:
    return frozenset(get_font(str(font_path())).get_charmap())


def drawable(text: str) -> str:
    """The text on one line with letters of the font only."""
    line = " ".join(text.split())
    return "".join(char if ord(char) in _letters() else LACKING for char in line).replace("$", "＄")


def font(size: float) -> FontProperties:
    return FontProperties(fname=str(font_path()), size=size)


def saved(figure: Figure, dpi: int) -> bytes:
    """The file. Raises RuntimeError for a glyph that the font lacks."""
    content = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            figure.savefig(content, format="png", dpi=dpi)
        except UserWarning as error:
            raise RuntimeError(str(error)) from error
    return content.getvalue()


def png(picture: Picture) -> bytes:
    """The file. Raises RuntimeError for a glyph that the font lacks."""
    return saved(draw(picture), DPI)


def draw(picture: Picture) -> Figure:
    """The figure, as high as its rows need."""
    bars, projects = picture.bars[:MOST_ROWS], picture.projects[:MOST_ROWS]
    bar_height, gantt_height = max(1, len(bars)) * ROW, max(1, len(projects)) * ROW
    height = HEAD + bar_height + gantt_height + BURN_UP + 3 * (GAP + AXIS)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI)
    FigureCanvasAgg(figure)
    figure.text(
        0.02, 1 - 0.32 / height, _fit(figure, picture.title, TITLE, WIDTH - 0.5), fontproperties=font(TITLE)
    )
    figure.text(0.02, 1 - 0.62 / height, drawable(picture.as_of), fontproperties=font(SMALL), color=PLAN)
    top = height - HEAD - GAP
    _bars(_panel(figure, top, bar_height), bars, len(picture.bars) - len(bars))
    top -= bar_height + AXIS + GAP
    _gantt(_panel(figure, top, gantt_height), projects, picture, len(picture.projects) - len(projects))
    top -= gantt_height + AXIS + GAP
    _burn_up(_panel(figure, top, BURN_UP), picture)
    return figure


def _panel(figure: Figure, top: float, height: float) -> Axes:
    """Axes whose upper edge lies `top` inches above the lower edge of the figure."""
    whole = figure.get_figheight()
    axes = figure.add_axes(
        (LEFT / WIDTH, (top - height) / whole, (WIDTH - LEFT - RIGHT) / WIDTH, height / whole)
    )
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.tick_params(axis="x", pad=8)  # below the lowest label of the left edge
    return axes


def _fit(figure: Figure, text: str, size: float, room: float) -> str:
    """The text cut to so many inches."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    shown = drawable(text)
    most = room * figure.dpi

    def width(part: str) -> float:
        return float(renderer.get_text_width_height_descent(part, font(size), ismath=False)[0])

    if width(shown) <= most:
        return shown
    while shown and width(shown + "…") > most:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def _heading(axes: Axes, text: str) -> None:
    axes.set_title(
        drawable(text),
        loc="left",
        fontproperties=font(SIZE + 1),
        pad=8,
        x=-LEFT / (WIDTH - LEFT - RIGHT) * 0.93,
    )


def _rows(axes: Axes, names: list[str]) -> None:
    """The names down the left edge, the first on top."""
    figure = axes.figure
    assert isinstance(figure, Figure)
    shown = [_fit(figure, name, SIZE, LEFT - 0.35) for name in names]
    axes.set_yticks(range(len(shown)), shown, fontproperties=font(SIZE))
    axes.set_ylim(len(shown) - 0.5, -0.5)


def _empty(axes: Axes, text: str) -> None:
    axes.set_axis_off()
    axes.text(0, 0.5, drawable(text), fontproperties=font(SIZE), transform=axes.transAxes, va="center")


def _bars(axes: Axes, bars: list[Bar], more: int) -> None:
    _heading(axes, texts.line("picture.bars.title", more=more))
    if not bars:
        _empty(axes, texts.line("picture.bars.none"))
        return
    _rows(axes, [one.name for one in bars])
    places = range(len(bars))
    shares = [[part / one.total if one.total else 0 for part in (one.done, one.overdue)] for one in bars]
    axes.barh(places, [1.0] * len(bars), color=OPEN, height=0.6)
    axes.barh(places, [one[0] for one in shares], color=DONE, height=0.6)
    axes.barh(places, [one[1] for one in shares], left=[one[0] for one in shares], color=LATE, height=0.6)
    for place, one in zip(places, bars, strict=True):
        axes.text(1.01, place, f"{one.done}/{one.total}", fontproperties=font(SMALL), va="center")
    axes.set_xlim(0, 1)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _months(axes: Axes, first: date, last: date) -> None:
    """A tick at the start of months, no more than fit side by side; the year where it changes.

    The month that has begun before the first day is named at that day, unless the next name would touch it.
    """
    starts = [first]
    while (day := (starts[-1].replace(day=1) + timedelta(days=32)).replace(day=1)) <= last:
        starts.append(day)
    if len(starts) > 1 and (starts[1] - first) * MOST_MONTHS < last - first:
        del starts[0]
    shown = starts[:: -(-len(starts) // MOST_MONTHS)]
    words = [
        f"{one.year}.{one.month}."
        if i == 0 or one.year != shown[i - 1].year
        else texts.line("picture.month", month=one.month)
        for i, one in enumerate(shown)
    ]
    axes.set_xticks([one.toordinal() for one in shown], words, fontproperties=font(SMALL))
    axes.set_xlim(first.toordinal(), last.toordinal())


def _today(axes: Axes, today: date) -> None:
    axes.axvline(today.toordinal(), color=NOW, linewidth=1, linestyle="--")


def _gantt(axes: Axes, projects: list[Project], picture: Picture, more: int) -> None:
    _heading(axes, texts.line("picture.gantt.title", more=more))
    if not projects:
        _empty(axes, texts.line("picture.gantt.none"))
        return
    _rows(axes, [one.name for one in projects])
    first = min(*(one.start for one in projects), picture.today) - timedelta(days=3)
    last = max(*(one.end for one in projects), picture.today) + timedelta(days=3)
    for place, one in enumerate(projects):
        start, end = one.start.toordinal(), one.end.toordinal()
        axes.barh(place, max(1, end - start), left=start, color=OPEN, height=0.35)
        for mark in one.marks:
            color = LATE if mark.is_late else DONE
            face = color if mark.is_done or mark.is_late else "white"
            axes.plot(
                mark.on.toordinal(),
                place,
                marker="o",
                markersize=5,
                markeredgecolor=color,
                markerfacecolor=face,
            )
    _months(axes, first, last)
    _today(axes, picture.today)


def _burn_up(axes: Axes, picture: Picture) -> None:
    year = picture.today.year
    _heading(axes, texts.line("picture.burn-up.title", year=year))
    if not picture.planned:
        _empty(axes, texts.line("picture.burn-up.none", year=year))
        return
    first, last = date(year, 1, 1), date(year, 12, 31)
    _steps(axes, picture.planned, first, last, PLAN)
    _steps(axes, picture.done, first, picture.today, DONE)
    most = max(len(picture.planned), len(picture.done))
    step = next((one for one in STEPS if one * 5 >= most), -(-most // 5))
    ticks = list(range(0, most + step, step))
    axes.set_yticks(ticks, [str(one) for one in ticks], fontproperties=font(SMALL))
    axes.set_ylim(0, ticks[-1] * 1.02)  # or the line of a plan that ends there is cut in half
    axes.grid(axis="y", color=OPEN, linewidth=0.6)
    axes.set_axisbelow(True)
    _months(axes, first, last)
    _today(axes, picture.today)


def _steps(axes: Axes, days: list[date], first: date, until: date, color: str) -> None:
    ordered = sorted(one for one in days if first <= one <= until)
    x = [first.toordinal(), *(one.toordinal() for one in ordered), until.toordinal()]
    y = [0, *range(1, len(ordered) + 1), len(ordered)]
    axes.step(x, y, where="post", color=color, linewidth=1.8)
