"""What the first message of a week says besides: a reader's own counts, and for those above the counts of what they oversee."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from bot.chat.turn import button
from bot.texts import render
from bot.texts.render import label
from jobs.milestones.delays import APPROVAL
from jobs.owed.managers_week import COUNTS, overseen
from jobs.owed.waiting_decisions import ASKED_ANEW
from jobs.rules.calendar import WorkCalendar
from reports import still
from reports.scope import Scope, ScopeKind
from reports.still import Why
from reports.texts.hidden_titles import shown_title
from reports.week import away_this_week, of_the_week, own_counts, week_counts
from store import milestones, requests, yearround
from store.deliveries import Html
from store.models import Delivery, DeliveryItem, Officer
from store.states import MilestoneState

NAMED = 3  # of a department, in its lead's message


def status_button(session: Session, reader: Officer, today: date) -> dict[str, str]:
    """To the counts of what the lines are of: where that is one team, the team's."""
    found = overseen(session, reader.id, today)
    if len(found) == 1 and (one := found[0]) and one.kind is ScopeKind.TEAM:
        return button(label("digest.button.status"), "stteam", one.id, 1)
    return button(label("digest.button.status"), "status", 1)


def late_button(
    session: Session, items: Sequence[DeliveryItem], reader: Officer, today: date
) -> list[list[dict[str, str]]]:
    """[늦은 일정 보기] in the week's first message, while something of the reader's own is late."""
    if not any(one.rule == COUNTS for one in items):
        return []
    late = len(milestones.late_of(session, reader.id, today))
    return [[button(label("digest.button.mylate", count=late), "mylate")]] if late else []


def overseen_lines(
    session: Session, items: Sequence[DeliveryItem], reader: Officer, today: date, calendar: WorkCalendar
) -> list[Html]:
    """One line for each department or team that the reader leads, or for the whole organisation."""
    if not any(one.rule == COUNTS for one in items):
        return []
    found = []
    for one in overseen(session, reader.id, today):
        found.append(
            render.text(
                "week_line",
                name=one.name if one else label("digest.whole"),
                counts=week_counts(session, today, calendar.zone, one),
            )
        )
        if one is None:
            found += _still(session, calendar.at(today, time()))
        else:
            found += _named(session, one, today, _decided(session, items)) + _away(session, one, today)
    return found


def _still(session: Session, now: datetime) -> list[Html]:
    """Which tasks stand still, a line for each reason with the first one; none where none does."""
    standing = still.still(session, now)
    found = {why: [one.task for one in standing if one.why is why] for why in Why}
    return [
        render.text("week_still", why=why, task=tasks[0], others=len(tasks) - 1, days=still.STILL_DAYS)
        for why, tasks in found.items()
        if tasks
    ]


def _decided(session: Session, items: Sequence[DeliveryItem]) -> set[int]:
    """The milestones of which the message says already that the reader's decision is waited for."""
    numbers = {(one.rule, int(one.subject.partition(":")[2])) for one in items if one.rule in ASKED_ANEW}
    asked = [requests.get(session, number) for rule, number in numbers if rule == APPROVAL]
    return {one.milestone_id for one in asked if one} | {one for rule, one in numbers if rule != APPROVAL}


def _named(session: Session, scope: Scope, today: date, told: set[int]) -> list[Html]:
    """The three that matter most this week, of which the message does not speak already."""
    return [
        render.text(
            "week_named",
            milestone=one,
            today=today,
            people=[each.officer.name for each in milestones.assignees(one, today)],
        )
        for one in [each for each in of_the_week(session, today, scope) if each.id not in told][:NAMED]
    ]


def _away(session: Session, scope: Scope, today: date) -> list[Html]:
    """Who is away this week, and how much of theirs is due meanwhile."""
    found = []
    for one in away_this_week(session, today, scope):
        theirs = milestones.of_officer(session, one.officer_id, max(one.from_on, today))
        due = [
            each
            for each in theirs
            if each.state is MilestoneState.PLANNED
            and each.due_on is not None
            and one.from_on <= each.due_on <= one.until_on
        ]
        found.append(render.text("week_away", absence=one, due=len(due), today=today))
    return found


def kept_line(session: Session, digest: Delivery, calendar: WorkCalendar) -> Html:
    """The reader's own counts as they were when the message was first made, however it is edited later."""
    assert digest.officer is not None and digest.day is not None
    if "week" not in digest.payload:
        line = own_line(session, digest.officer, digest.day, calendar)
        digest.payload = digest.payload | {"week": line}
    return render.kept(digest.payload, "week")


def own_line(session: Session, reader: Officer, day: date, calendar: WorkCalendar) -> Html:
    """The reader's own counts on the first working day of a week; empty on any other day, and for whom they would
    say nothing."""
    if calendar.first_of_week(day) != day:
        return render.NOTHING
    counts = own_counts(session, day, calendar.zone, reader.id)
    going = yearround.of_officer(session, reader.id, day)
    standing = still.of_officer(session, calendar.at(day, time()), reader.id)
    if counts.is_empty and not going and not standing:
        return render.NOTHING
    first = standing[0] if standing else None
    named = shown_title(first.task) if first else ""
    return render.text(
        "week_own",
        counts=counts,
        going=len(going),
        still=len(standing),
        first=named,
        waited=first.days if first else 0,
    )
