"""/week: Friday's three sentences for the weekly report (주간업무보고) of what the speaker sees, and its files."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.chat.command import Command, misused
from bot.chat.turn import Office, Press, Turn, button
from bot.overview.status import overseen_name
from bot.privacy import guard
from bot.speech.dates import read
from bot.texts import render
from bot.texts.render import label
from jobs.authority.permissions import Action, overseen, standing_of
from plans.text.characters import clean
from reports import weekly, weekly_files
from reports.weekly import Part, Row, Week
from store.deliveries import Message
from store.models import Officer

VERB = "weekfile"
ENDINGS = ("txt", "xlsx")  # a button carries the place in this list, and the week's Monday
NAMED, DEPARTMENTS = 3, 8  # of a sentence, of a message


def show(turn: Turn, text: str) -> None:
    """Of this week, or of that in which the day lies."""
    day = turn.today
    if words := clean(text):
        found = read(words, turn.past())
        if found is None or not isinstance(found.value, date):
            raise misused("overview.week.no-day", "week")
        day = found.value
    turn.say(_message(turn, _week(turn, day)))


def _week(turn: Turn, day: date) -> Week:
    within = overseen(turn.session, turn.actor, Action.VIEW, turn.today)
    return weekly.week_of(turn.session, day, turn.office.zone, within)


def _said(part: Part, rows: list[Row]) -> str:
    """The sentence, with reasons as far as the level lets them out."""
    return weekly_files.sentence(part, [replace(one, why=guard.words(one.why)) for one in rows], NAMED)


def _message(turn: Turn, week: Week) -> Message:
    shown = list(week.departments.items())[:DEPARTMENTS]
    sections = [(name, [_said(part, parts[part]) for part in Part]) for name, parts in shown]
    text = render.text(
        "week",
        title=overseen_name(turn.session, turn.actor, turn.office.name, turn.today),
        monday=week.monday,
        sunday=week.sunday,
        sections=sections,
        more=len(week.departments) - len(shown),
    )
    number = week.monday.toordinal()
    row = [button(label(f"overview.week.{one}"), VERB, number, at) for at, one in enumerate(ENDINGS)]
    return Message(text, [row] if week.departments else [])


def press_file(turn: Turn, press: Press) -> None:
    monday = weekly.monday_of(date.fromordinal(min(max(press.id, 1), date.max.toordinal())))
    ending = ENDINGS[press.revision] if press.revision < len(ENDINGS) else ENDINGS[0]
    name = label("overview.week.file", monday=monday, ending=ending)
    caption = render.text("week_caption", monday=monday)
    reader = str(turn.actor.officer.id)
    turn.send_file("week", caption, monday=monday.isoformat(), name=name, officer=reader)


def file_of(
    session: Session, wanted: dict[str, str], office: Office, now: datetime
) -> tuple[str, bytes] | None:
    """Of what its reader sees when it is made; None where the reader is gone."""
    officer = session.get(Officer, int(wanted["officer"]))
    if officer is None:
        return None
    today = office.rules.calendar.local_date(now)
    standing = standing_of(session, officer, today)
    week = weekly.week_of(
        session,
        date.fromisoformat(wanted["monday"]),
        office.zone,
        overseen(session, standing, Action.VIEW, today),
    )
    title = overseen_name(session, standing, office.name, today)
    if wanted["name"].endswith(".xlsx"):
        return wanted["name"], weekly_files.xlsx(week, title)
    return wanted["name"], weekly_files.text(week, title).encode("utf-8-sig")


COMMAND = Command(
    name="week",
    effect=show,
    buttons={VERB: press_file},
)
