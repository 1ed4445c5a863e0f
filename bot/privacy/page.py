"""docs/privacy.md as `gihan privacy` prints it: made from the table in bot.privacy and the words of the catalogue."""

from itertools import pairwise

from bot.privacy.levels import CARRIED, KINDS, Level, Part
from bot.privacy.own import label, labels, words

_HIGHER = (Level.STANDARD, Level.FULL)


def markdown() -> str:
    """The whole document."""
    above = label("privacy.page.introduction"), label("privacy.page.levels"), label("privacy.page.kinds"), ""
    below = "", label("privacy.page.always"), label("privacy.page.rights")
    return "\n".join([*above, *_table(), *below])


def _table() -> list[str]:
    """What the lowest level carries of each kind, and what each higher one adds."""
    levels, more = words("privacy.level"), label("privacy.page.more")
    head = [
        label("privacy.page.message"),
        levels[Level.MINIMAL],
        *(f"{levels[one]}: {more}" for one in _HIGHER),
    ]
    rows = [[words("privacy.kind")[kind], *_row(parts)] for kind, parts in KINDS.items()]
    lines = [head, ["---"] * len(head), *rows, labels("privacy.page.taken-in")]
    return [f"| {' | '.join(line)} |" for line in lines]


def _row(parts: frozenset[Part]) -> list[str]:
    carried = [parts & CARRIED[level] for level in Level]
    return [_parts(carried[0]), *(_parts(higher - lower) or "–" for lower, higher in pairwise(carried))]


def _parts(found: frozenset[Part]) -> str:
    return ", ".join(words("privacy.part")[one] for one in Part if one in found)
