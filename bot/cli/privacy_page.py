"""docs/privacy.md as `gihan privacy` prints it: made from the table in bot.privacy, from what the first line of each
message's template says, and from the words of the catalogue."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.privacy.kinds import headers
from bot.privacy.levels import CARRIED, KINDS, Kind, Level, Part
from bot.texts.render import label, labels, words

_HIGHER = (Level.STANDARD, Level.FULL)


def markdown() -> str:
    """The whole document."""
    kept = label("privacy.not-kept")
    levels = label(
        "privacy.page.levels", hidden=label("privacy.hidden"), kept=kept, somebody=label("privacy.somebody")
    )
    above = label("privacy.page.introduction"), levels, "", label("privacy.page.kinds"), ""
    each = "", label("privacy.page.each"), "", *_messages()
    always = label("privacy.page.always", phone=label("privacy.gone.phone"))
    below = "", always, "", label("privacy.page.rights")
    return "\n".join([*above, *_table(), *each, *below])


def _table() -> list[str]:
    """What the lowest level carries of each kind, and what each higher one adds."""
    levels, more = words("privacy.level"), label("privacy.page.more")
    head = [
        label("privacy.page.message"),
        levels[Level.MINIMAL],
        *(f"{levels[one]}: {more}" for one in _HIGHER),
    ]
    rows = [[words("privacy.kind")[kind], *_row(parts)] for kind, parts in KINDS.items()]
    return _lines(head, [*rows, labels("privacy.page.taken-in")])


def _messages() -> list[str]:
    """Every message with its kind, in the order of the kinds."""
    found = sorted(headers().items(), key=lambda one: (list(Kind).index(Kind(one[1].kind)), one[0]))
    rows = [
        [f"`{name}`", words("privacy.kind")[one.kind], one.when, one.to, one.condition] for name, one in found
    ]
    return _lines(labels("privacy.page.each-head"), rows)


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows)]


def _row(parts: frozenset[Part]) -> list[str]:
    carried = [parts & CARRIED[level] for level in Level]
    return [_parts(carried[0]), *(_parts(higher - lower) or "–" for lower, higher in pairwise(carried))]


def _parts(found: frozenset[Part]) -> str:
    return ", ".join(words("privacy.part")[one] for one in Part if one in found)
