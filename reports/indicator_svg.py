"""The picture of an indicator as lines of a page (SVG), of what `indicator_picture` found: needs nothing that draws."""

from __future__ import annotations

from html import escape

from reports import texts
from reports.indicator_picture import KpiPicture

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, ROOM = 640, 260, 8, 20, 232, 16
BAR, PLAN, RANGE = "#3b7dd8", "#d9534f", "#f3d9a4"


def svg(found: KpiPicture) -> str:
    """The same bytes whenever it is made."""
    wide = (WIDTH - 2 * LEFT) / len(found.points)

    def y(value: float) -> float:
        return BOTTOM - max(value, 0) / found.most * (BOTTOM - TOP)

    def box(left: float, right: float, low: float, high: float, color: str) -> str:
        return (
            f'<rect x="{left:.1f}" y="{y(high):.1f}" width="{right - left:.1f}" height="{y(low) - y(high):.1f}" '
            f'fill="{color}"/>'
        )

    parts = [f'<line x1="{LEFT}" y1="{BOTTOM}" x2="{WIDTH - LEFT}" y2="{BOTTOM}" stroke="#000"/>']
    if found.low is not None and found.high is not None:
        parts.append(box(WIDTH - LEFT - wide, WIDTH - LEFT, found.low, found.high, RANGE))
    for at, one in enumerate(found.points):
        left = LEFT + at * wide
        middle = left + wide / 2
        if one.reached is not None:
            parts += [
                box(left + wide * 0.2, left + wide * 0.8, 0, one.reached, BAR),
                _number(middle, y(one.reached), one.told),
            ]
        if one.planned is not None:
            at_y = y(one.planned)
            parts.append(
                f'<line x1="{left:.1f}" y1="{at_y:.1f}" x2="{left + wide:.1f}" y2="{at_y:.1f}" stroke="{PLAN}" '
                'stroke-width="2"/>'
            )
        name = texts.line("indicators.picture.month", month=one.ends_on.month)
        parts.append(_words(middle, BOTTOM + 16, name))
    legend = texts.line("indicators.picture.legend", has_range=found.low is not None)
    return (
        f"<figure><figcaption>{escape(found.title)}<br>{escape(found.under)}<br><small>{escape(legend)}</small>"
        f'</figcaption><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(found.title)}" '
        f'style="width:100%;max-width:{WIDTH}px" font-size="11" font-family="sans-serif">{"".join(parts)}</svg></figure>'
    )


def _number(x: float, top: float, text: str) -> str:
    """In the bar, above one that is too low for it."""
    is_inside = BOTTOM - top > ROOM
    return _words(x, top + ROOM - 4 if is_inside else top - 4, text, "#fff" if is_inside else "#000")


def _words(x: float, y: float, text: str, color: str = "#000") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{color}">{escape(text)}</text>'
