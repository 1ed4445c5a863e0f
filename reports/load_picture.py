"""The picture of a rehearsal: messages on each day, by person, by rule. Pure drawing, nothing global is touched."""

from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from reports import texts
from reports.pictures import font, saved
from reports.rehearsal import Rehearsal
from reports.rehearsal_words import assumed, rule_words

WIDTH, HEIGHT = 11.0, 8.0  # inches
DPI = 110
BAR, PEAK, REST = "#3b7dd8", "#d9534f", "#8a97a6"
MOST_RULES = 12


def png(found: Rehearsal) -> bytes:
    """The file. Raises RuntimeError for a glyph that the font lacks."""
    return saved(draw(found), DPI)


def draw(found: Rehearsal) -> Figure:
    figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(2, 2, height_ratios=(1.2, 1))
    title = texts.line(
        "rehearsal.picture.title",
        first=found.first,
        last=found.last,
        assumes=assumed(found.assumes),
        messages=found.messages,
    )
    figure.suptitle(title, fontproperties=font(13))
    _days(figure.add_subplot(grid[0, :]), found)
    _people(figure.add_subplot(grid[1, 0]), found)
    _rules(figure.add_subplot(grid[1, 1]), found)
    return figure


def _dress(axes: Axes, title: str) -> None:
    axes.set_title(title, fontproperties=font(10), loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font(8))


def _days(axes: Axes, found: Rehearsal) -> None:
    """A bar a day; the busiest ones stand out and carry their date."""
    span = (found.last - found.first).days + 1
    by_day = {one.date: one.messages for one in found.days}
    heights = [by_day.get(found.first + timedelta(days=at), 0) for at in range(span)]
    peaks = {(one.date - found.first).days for one in found.busiest[:3]}
    axes.set_ylim(0, 1.15 * max(heights, default=0) or 1)
    axes.bar(range(span), heights, width=1.0, color=[PEAK if at in peaks else BAR for at in range(span)])
    for one in found.busiest[:3]:
        at = (one.date - found.first).days
        text = f"{one.date.month}.{one.date.day}. {one.messages:,}"
        axes.annotate(text, (at, one.messages), ha="center", va="bottom", fontproperties=font(8))
    firsts = [at for at in range(span) if (found.first + timedelta(days=at)).day == 1]
    axes.set_xticks(firsts, [_month(found.first + timedelta(days=at)) for at in firsts])
    axes.set_xlim(-1, span)
    line = texts.line("rehearsal.picture.days", working_days=found.working_days, mean=found.mean)
    _dress(axes, line)


def _month(day: date) -> str:
    return texts.line("rehearsal.picture.month", month=day.month)


def _people(axes: Axes, found: Rehearsal) -> None:
    """How many people get how many messages over the span."""
    counts = [one.messages for one in found.people]
    if counts:
        axes.hist(counts, bins=min(20, max(counts) + 1), color=BAR, edgecolor="white")
    axes.set_ylim(bottom=0)  # after the bars: before them it would hold the upper edge at 1
    axes.set_xlabel(texts.line("rehearsal.picture.messages-of-one"), fontproperties=font(8))
    _dress(axes, texts.line("rehearsal.picture.people", people=len(found.people)))


def _rules(axes: Axes, found: Rehearsal) -> None:
    shown = list(reversed(found.rules[:MOST_RULES]))
    axes.set_xlim(0, 1.05 * max((one.lines for one in shown), default=0) or 1)
    axes.barh(range(len(shown)), [one.lines for one in shown], color=REST)
    axes.set_yticks(range(len(shown)), [rule_words(one.rule) for one in shown])
    _dress(axes, texts.line("rehearsal.picture.rules"))
