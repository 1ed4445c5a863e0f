"""/audit: the append-only log, searched by number, person, kind, days or words; page by page, or as a file."""

from __future__ import annotations

from bot.audit import search as audits
from bot.chat.command import Command
from bot.chat.lists import paging
from bot.chat.turn import Press, Turn, button
from bot.privacy import guard
from bot.privacy.levels import Part
from bot.texts import render
from bot.texts.render import label
from jobs.authority.permissions import Action
from store import audit
from store.deliveries import Message

VERB, FILE = "audit", "auditfile"
PER_PAGE = 8
QUERY = "audit"  # of the message's own payload: what was searched


def search(turn: Turn, text: str) -> None:
    _say(turn, text.strip())


def _say(turn: Turn, text: str) -> None:
    turn.say(page(turn, text, 1), {"verb": VERB, "page": 1, "number": 0, QUERY: text})


def page(turn: Turn, text: str, wanted: int) -> Message:
    zone = turn.office.zone
    looked = audits.wanted(turn.session, text, turn.past(), zone)
    total = audit.count(turn.session, looked)
    pages = max(1, -(-total // PER_PAGE))
    current = min(max(wanted, 1), pages)
    found = audit.search(turn.session, looked, limit=PER_PAGE, offset=(current - 1) * PER_PAGE)
    lines = audits.lines(turn.session, found, zone)
    shown = render.text(
        "list",
        title=_title(text),
        total=total,
        moment=f"{render.moment(turn.now, zone)} ({zone.key})",
        sections=[("", lines)] if lines else [],
        empty=label("audit.none", example=label("audit.examples")),
        hint="",
        page=current,
        pages=pages,
    )
    most = audits.MOST_IN_FILE if total > audits.MOST_IN_FILE else None
    rows = [[button(label("audit.as-file", count=most), FILE)]] if total else []
    return Message(shown, paging(VERB, current, pages) + rows)


def _title(text: str) -> str:
    if not text:
        return label("audit.title")
    return label("audit.title-of", said=guard.words(render.cut(text, 40)))


def _query(turn: Turn) -> str:
    """What the pressed message had searched; everything where it is not known any more."""
    shown = turn.pressed()
    view = shown.payload.get("view", {}) if shown is not None else {}
    return str(view.get(QUERY, ""))


def turn_page(turn: Turn, press: Press) -> None:
    turn.rewrite_pressed(page(turn, _query(turn), press.id))


def press_file(turn: Turn, _press: Press) -> None:
    """The whole search as a file, which is made when it is sent."""
    text = _query(turn)
    turn.send_file("audit", render.text("file_caption", what=_title(text)), Part.LOG_FILE, text=text)


COMMAND = Command(
    name="audit",
    effect=search,
    action=Action.AUDIT,
    buttons={VERB: turn_page, FILE: press_file},
)
