"""A sheet of pixels: what is drawn on it is listed first, in what order and where, and painted when the file is made.

Pure drawing: nothing global is touched. Straight edges lie on whole pixels, round ones are smoothed; a letter that the font
lacks is an error, so what people typed is brought down to what it has (`drawable`).
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from gihan.fonts import KOREAN

LACKING: Final = "·"  # stands for a letter that the font has not
CUT: Final = "…"
NONE: Final = "\uffff"  # is no letter: what the font draws for it stands for all that it lacks
POINTS: Final = 72  # an inch
FINE: Final = 8  # round things are drawn so many times larger and brought down
PAPER, INK = "white", "black"
COLORS: Final = 255  # are more than are drawn with: a third of the bytes of a picture of all colours
LOOK: Final = 24  # pixels: enough to tell two letters apart
Spot = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    left: float
    top: float
    right: float
    bottom: float
    color: str


@dataclass(frozen=True)
class Dot:
    """A round mark with an edge."""

    at: Spot
    radius: float
    edge: str
    face: str


@dataclass(frozen=True)
class Words:
    """A line of text; `anchor` says which point of it lies at `at`: l, m, r and a (top), m, s (base line)."""

    at: Spot
    text: str
    points: float
    anchor: str
    color: str


@dataclass
class Sheet:
    """Drawn things in their order."""

    width: int
    height: int
    dpi: int
    things: list[Box | Dot | Words] = field(default_factory=list)

    def inches(self, count: float) -> float:
        return count * self.dpi

    def points(self, count: float) -> float:
        return count * self.dpi / POINTS

    def box(self, left: float, top: float, right: float, bottom: float, color: str) -> None:
        self.things.append(Box(left, top, right, bottom, color))

    def across(self, left: float, right: float, y: float, color: str, points: float) -> None:
        """A horizontal line."""
        half = max(1, round(self.points(points))) / 2
        self.box(left, y - half, right, y + half, color)

    def down(self, x: float, top: float, bottom: float, color: str, points: float) -> None:
        """A vertical line."""
        half = max(1, round(self.points(points))) / 2
        self.box(x - half, top, x + half, bottom, color)

    def dashes(self, x: float, top: float, bottom: float, color: str, points: float) -> None:
        """A vertical line of dashes."""
        dash, gap = self.points(4), self.points(2)
        while top < bottom:
            self.down(x, top, min(top + dash, bottom), color, points)
            top += dash + gap

    def dot(self, at: Spot, points: float, edge: str, face: str) -> None:
        self.things.append(Dot(at, self.points(points) / 2, edge, face))

    def words(self, at: Spot, text: str, points: float, anchor: str = "ls", color: str = INK) -> None:
        self.things.append(Words(at, drawable(text), points, anchor, color))

    def long(self, text: str, points: float) -> float:
        """How many pixels wide the text is."""
        return font(self.points(points)).getlength(drawable(text))

    def cut(self, text: str, points: float, most: float) -> str:
        """As much of the text as fits into so many pixels."""
        if self.long(text, points) <= most:
            return text
        fits, over = 0, len(text)
        while over - fits > 1:
            middle = (fits + over) // 2
            if self.long(text[:middle] + CUT, points) <= most:
                fits = middle
            else:
                over = middle
        return text[:fits].rstrip() + CUT

    def png(self) -> bytes:
        """The file. Raises LookupError for a letter that the font lacks."""
        image = Image.new("RGB", (self.width, self.height), PAPER)
        pen = ImageDraw.Draw(image)
        for one in self.things:
            match one:
                case Box():
                    _fill(pen, one)
                case Words():
                    _write(pen, one, self.points(one.points))
                case Dot():
                    at = round(one.at[0] - one.radius), round(one.at[1] - one.radius)
                    mark = _round(one.radius, one.edge, one.face)
                    image.paste(mark, at, mark)
        content = io.BytesIO()
        few = image.quantize(COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(content, "PNG")
        return content.getvalue()


def _fill(pen: ImageDraw.ImageDraw, box: Box) -> None:
    """Its edges on whole pixels: neighbours touch, and what is thin does not vanish."""
    left, top = round(box.left), round(box.top)
    right, bottom = max(left + 1, round(box.right)), max(top + 1, round(box.bottom))
    pen.rectangle((left, top, right - 1, bottom - 1), fill=box.color)


def _write(pen: ImageDraw.ImageDraw, words: Words, size: float) -> None:
    if lacking := [char for char in words.text if not has(char)]:
        raise LookupError(f"no glyph: {lacking!a}")
    pen.text(_whole(words.at), words.text, font=font(size), anchor=words.anchor, fill=words.color)


def _whole(at: Spot) -> tuple[int, int]:
    return round(at[0]), round(at[1])


@cache
def _round(radius: float, edge: str, face: str) -> Image.Image:
    """The mark on a ground that is seen through."""
    side = 2 * round(radius) + 1
    large = side * FINE
    image = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    rim = round(radius * FINE * 0.3)
    pen.ellipse((0, 0, large - 1, large - 1), fill=edge)
    pen.ellipse((rim, rim, large - 1 - rim, large - 1 - rim), fill=face)
    return image.resize((side, side), Image.Resampling.BOX)


@cache
def font(size: float) -> ImageFont.FreeTypeFont:
    """Of so many pixels. Raises OSError where the file is not there."""
    return ImageFont.truetype(KOREAN, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def has(char: str) -> bool:
    """Whether the font has the letter: what it lacks is drawn as what is no letter."""
    return _look(char) != _look(NONE)


def _look(char: str) -> tuple[tuple[int, int], bytes]:
    mask = font(LOOK).getmask(char)
    return mask.size, bytes(mask)


def drawable(text: str) -> str:
    """The text on one line with letters of the font only."""
    return "".join(char if has(char) else LACKING for char in " ".join(text.split()))


def extent(sheet: Sheet, words: Words) -> tuple[float, float, float, float]:
    """The room that a text takes: left, top, right, bottom."""
    pen = ImageDraw.Draw(Image.new("L", (1, 1)))
    return pen.textbbox(
        _whole(words.at), words.text, font=font(sheet.points(words.points)), anchor=words.anchor
    )
