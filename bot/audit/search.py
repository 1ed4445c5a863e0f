"""The log as people see it: what they type to search it, its lines, its export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.audit.files import Table, as_csv
from bot.audit.wording import Wording, action_of
from bot.audit.words import kind_of
from bot.chat.turn import UsageError
from bot.speech.dates import Doubt, Found, When
from bot.speech.dates import read as read_date
from bot.texts import doubt_words, render
from bot.texts.render import label, say
from jobs.milestones import mark_secret as secrecy
from plans.text.characters import ID_DIGITS, clean, number_of
from store import audit, milestones, officers
from store.audit import Search
from store.deliveries import Html
from store.models import AuditEntry, RoundEntry

MOST_IN_FILE = 10_000  # entries of one file in chat
MOST_LETTERS = 40  # of a text in a line of a message


def wanted(session: Session, text: str, past: When, zone: ZoneInfo) -> Search:
    """What was typed: a number, a name, a kind of change, days (one, or from~to), any other words.

    Raises UsageError for days in the wrong order.
    """
    subjects: tuple[str, ...] = ()
    actor_id, days, rest = None, [], []
    action, others = kind_of(clean(text))
    for word in others.replace("~", " ~ ").split():
        person = officers.find(session, word)
        when = read_date(word, past) if any(char.isdigit() for char in word) else None
        if word == "~":
            continue
        if (number := number_of(word.lstrip("#"), ID_DIGITS)) is not None:
            subjects = subjects_of(session, number)
        elif (day := _day(when)) is not None:
            days.append(day)
        elif len(person) == 1:
            actor_id = person[0].id
        else:
            rest.append(word)
    since, until = _span(days, zone)
    return Search(subjects, actor_id, action, since, until, " ".join(rest) or None)


def _day(when: Found | None) -> date | None:
    """The day that a word names alone. Raises UsageError for one that could be another."""
    if when is not None and isinstance(when.value, Doubt) and when.value.choices and not when.rest:
        raise UsageError(doubt_words.told(when.value), example=label("audit.examples"))
    return when.value if when is not None and not when.rest and isinstance(when.value, date) else None


def _span(days: Sequence[date], zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """From the start of the first day to the end of the last."""
    if not days:
        return None, None
    if len(days) > 2 or list(days) != sorted(days):
        raise UsageError(say("audit.wrong-days"), example=label("audit.examples"))
    first, last = days[0], days[-1]
    start = datetime.combine(first, time(), zone) if first.year > MINYEAR else None
    end = datetime.combine(last + timedelta(days=1), time(), zone) if last.year < MAXYEAR else None
    return start, end


def subjects_of(session: Session, number: int) -> tuple[str, ...]:
    """Every name that the log has for what people call by that number."""
    entries = session.scalars(select(RoundEntry.id).where(RoundEntry.task_id == number))
    own = [milestones.subject(number), f"task:{number}", f"adjustment:{number}"]
    return (*own, *(f"entry:{one}" for one in entries))


def lines(session: Session, entries: Sequence[AuditEntry], zone: ZoneInfo) -> list[Html]:
    """Each entry in two or three lines of a message: when and by whom, what changed, why."""
    wording = Wording(session, zone, MOST_LETTERS)
    return [_line(wording, one, is_bare=secrecy.is_about_secret(session, one)) for one in entries]


def _line(wording: Wording, entry: AuditEntry, *, is_bare: bool) -> Html:
    return render.text(
        "audit_line",
        at=render.long_moment(entry.at, wording.zone),
        actor=entry.actor,
        action=action_of(entry.action),
        subject=wording.subject(entry),
        changes=[] if is_bare else wording.changes(entry),
        reason=None if is_bare else entry.reason,
    )


def file_of(session: Session, text: str, past: When, zone: ZoneInfo) -> tuple[str, bytes]:
    """Name and content of the export of a search for chat, its newest entries: of secret tasks only who did what,
    and when. It is made while others wait to write, so it has an end; the server's `gihan audit` has none."""
    found = audit.search(session, wanted(session, text, past, zone), limit=MOST_IN_FILE)
    bare = frozenset(secrecy.subjects(session))
    return label("audit.file.name"), as_csv(Table(session, zone, found, bare))
