"""The card of a task (과제 카드): a list of sections, each an object of SECTIONS with its lines; the card knows none of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.chat import stale
from bot.chat.line import line, standing, waiting_words
from bot.chat.turn import Turn
from bot.completion.confirm import evidence_word
from bot.delays.request import reason_words
from bot.indicators import beside
from bot.privacy import guard
from bot.privacy.levels import Part
from bot.texts import message_length, render, round_words
from bot.texts.render import label, say, words
from jobs.milestones import share
from jobs.rounds.lifecycle import name_of, status_of
from plans.facts import figure
from reports.pledges import read_pledge_status
from reports.texts.states import ADJUSTMENT_STEP_WORDS, ADJUSTMENT_TYPE_WORDS, PLEDGE_WORDS
from store import adjustments, audit, milestones, officers, rounds, teams, yearround
from store.deliveries import Html
from store.models import Assignment, DelayRequest, Milestone, Series, Task, Team
from store.states import AssignmentKind, DelayState, MilestoneState

MOST_SHOWN = 15
PEOPLE_SHOWN = 12
MOST_DELAYS, MOST_WAITS = 8, 8
MILLION = 1_000_000
ROOM = 2000  # for what stands around the milestones


@dataclass(frozen=True)
class About:
    """What the card is about: the task, and the one of its milestones whose number was given, if any."""

    turn: Turn
    task: Task
    asked: Milestone | None


@dataclass(frozen=True)
class Section:
    """Its lines; none where there is nothing to say. `is_apart`: an empty line stands above it. `is_telling`: it says
    what the task is about, which nobody reads of a secret one."""

    lines: Callable[[About], Sequence[Html]]
    is_apart: bool = False
    is_telling: bool = False


def body(about: About) -> Html:
    """All sections in the order of the table."""
    parts: list[Html] = []
    for one in SECTIONS:
        told = [] if one.is_telling and about.task.is_secret else one.lines(about)
        if told:
            parts += [render.NOTHING] if one.is_apart and parts else []
            parts += told
    return render.joined(parts)


def _withdrawn(about: About) -> Iterator[Html]:
    if about.task.withdrawn_on is not None:
        yield say("overview.card.withdrawn", task=about.task, today=about.turn.today)


def _charge(about: About) -> Iterator[Html]:
    """주관, with the team where it is known, and who answers for it; where several do, who is accountable (주담당)."""
    if not guard.lets(Part.ORGANISATION):
        return
    yield say("overview.card.lead", department=_where(about))
    held = milestones.of_task(about.task, about.turn.today)
    named = [_person(one, is_alone=len(held) == 1) for one in held[:PEOPLE_SHOWN]]
    if len(held) > PEOPLE_SHOWN:
        named.append(label("overview.more-people", count=len(held) - PEOPLE_SHOWN))
    yield say("overview.card.people", people=named) if named else say("overview.card.vacant")


def _where(about: About) -> str:
    number = teams.of_task(about.turn.session, about.task, about.turn.today)
    if number is not None:
        return teams.full_name(about.turn.session.get_one(Team, number))
    where = about.task.department
    return where.name if where else label("overview.no-department")


def _person(one: Assignment, *, is_alone: bool) -> str:
    rank = f" {one.officer.rank}" if one.officer.rank else ""
    kind = "accountable" if one.kind is AssignmentKind.LEAD else "deputy"
    return f"{one.officer.name}{rank}" + ("" if is_alone and kind != "deputy" else label(f"overview.{kind}"))


def _others(about: About) -> Iterator[Html]:
    """관련부서 are departments of the organisation, 협업기관 all others that the document names."""
    session = about.turn.session
    names = [str(one) for one in about.task.related] if guard.lets(Part.ORGANISATION) else []
    known = {one: share.is_everybody(one) or officers.department(session, one) is not None for one in names}
    for key, is_known in (("support", True), ("partners", False)):
        if found := [one for one in names if known[one] is is_known]:
            yield say(f"overview.card.{key}", names=found)


def _budget(about: About) -> Iterator[Html]:
    amounts = [
        label("overview.card.amount", year=one.get("year"), amount=figure(Decimal(one["krw"]) / MILLION))
        for one in about.task.budgets
    ]
    if amounts:
        yield say("overview.card.budget", amounts=amounts)


def _period(about: About) -> Iterator[Html]:
    one, today = about.task, about.turn.today
    if one.start_on is not None or one.end_on is not None:
        days = (render.near_day(day, today) if day else "" for day in (one.start_on, one.end_on))
        yield say("overview.card.period", start=next(days), end=next(days))


def _pledge(about: About) -> Iterator[Html]:
    """분야, 공약 and 추진상황: that of the newest settled quarter, else the document's."""
    task = about.task
    if task.area:
        yield say("overview.card.area", area=task.area)
    if task.pledge:
        yield say("overview.card.pledge", task=task, pledge_no=task.pledge_no or "", pledge=task.pledge)
    row = rounds.newest_row(about.turn.session, task.id)
    if row is not None:
        state, of = PLEDGE_WORDS[status_of(row)], name_of(row.review_round)
        yield say("overview.card.settled-status", state=state, round=of)
    elif task.status:
        read = read_pledge_status(task.status)
        yield say("overview.card.status", state=PLEDGE_WORDS[read] if read else task.status)


def _watched(about: About) -> Iterator[Html]:
    if about.task.is_watched:
        yield say("overview.card.watched", task=about.task, today=about.turn.today)


def _milestones(about: About) -> Iterator[Html]:
    """The asked one first, as many as fit, and how many were left out."""
    number = about.asked.id if about.asked is not None else None
    ordered = sorted(
        about.task.milestones, key=lambda one: (one.id != number, one.due_on is None, one.due_on, one.id)
    )
    today, calendar = about.turn.today, about.turn.office.rules.calendar
    shown = [line(one, today, calendar, with_task=False) for one in ordered]
    page = message_length.pages(shown, MOST_SHOWN, ROOM)[0]
    for at, one in enumerate(page):
        yield from [render.NOTHING, one] if at else [one]
    if more := len(ordered) - len(page):
        yield from (render.NOTHING, say("overview.card.more", count=more))
    if not ordered and not yearround.of_task(about.turn.session, about.task.id):
        yield say("overview.card.no-milestones")


def _going(about: About) -> Iterator[Html]:
    for one in yearround.of_task(about.turn.session, about.task.id):
        yield _going_line(one, about)


def _going_line(one: Series, about: About) -> Html:
    return say("overview.card.going", series=one, today=about.turn.today)


def _waits(about: About) -> list[Html]:
    """What waits, and for whom: requests, reports, what is outside the office, adjustments, the self-check."""
    found = [
        *(told for one in about.task.milestones for told in _waits_of(one, about.turn)),
        *_adjustments(about),
        *_check(about),
    ]
    shown = found[:MOST_WAITS]
    if more := len(found) - len(shown):
        shown.append(say("overview.card.more-waits", count=more))
    return [say("overview.card.waits"), *shown] if shown else []


def _waits_of(one: Milestone, turn: Turn) -> Iterator[Html]:
    for request in one.delays:
        if request.state is DelayState.PENDING:
            days = (turn.today - turn.office.rules.calendar.local_date(request.requested_at)).days + 1
            until = render.near_day(request.new_due_on, turn.today)
            yield say("overview.card.waits-delay", number=one.id, until=until, days=days)
    if one.state is MilestoneState.REPORTED and one.reported_at is not None:
        days = (turn.today - turn.office.rules.calendar.local_date(one.reported_at)).days + 1
        yield say("overview.card.waits-report", number=one.id, days=days)
    elif one.state is MilestoneState.ON_HOLD or waiting_words(one, turn.today):
        yield say("overview.card.waits-outside", number=one.id, state=standing(one, turn.today))


def _adjustments(about: About) -> Iterator[Html]:
    for one in adjustments.of_task_under_way(about.turn.session, about.task.id):
        kind, step = ADJUSTMENT_TYPE_WORDS[one.type], ADJUSTMENT_STEP_WORDS[one.step]
        yield say("overview.card.waits-adjustment", number=one.id, kind=kind, step=step)


def _check(about: About) -> Iterator[Html]:
    for one in rounds.entries_of_task(about.turn.session, about.task.id, rounds.WORKING):
        state = round_words.entry_states()[one.state]
        yield say("overview.card.waits-check", round=name_of(one.review_round), state=state)


def _indicators(about: About) -> list[Html]:
    """성과지표 of the task, each with its counts and its as-of day."""
    return beside.of_task(about.turn, about.task)


def _note(about: About) -> Iterator[Html]:
    if about.asked is not None and about.asked.note:
        yield say("overview.card.note", milestone=about.asked)


def _evidence(about: About) -> Iterator[Html]:
    """What shows that it was done, with who handed it in."""
    zone = about.turn.office.zone
    shown = [
        f"{evidence_word(one)} ({guard.named(one.submitted_by)}, {render.moment(one.submitted_at, zone)})"
        for one in (about.asked.evidence if about.asked is not None else ())
        if one.removed_at is None
    ]
    if shown:
        yield say("overview.card.evidence", evidence=shown)


def _delays(about: About) -> Iterator[Html]:
    asked = about.asked
    if asked is None or not asked.delays:
        return
    original = asked.original_due_on
    yield say("overview.card.delays", number=asked.id, original=original)
    for place, one in list(enumerate(asked.delays, 1))[-MOST_DELAYS:]:
        yield say("overview.card.bullet", said=_delay_line(one, place, about))


def _delay_line(request: DelayRequest, place: int, about: About) -> Html:
    """One request: from when to when, what became of it and by whom, why."""
    today = about.turn.today
    by = guard.named(request.decided_by) if request.decided_by else ""
    is_at_once = request.state is DelayState.APPLIED and not request.level
    word = words("overview.delay")["at-once" if is_at_once else request.state]
    decided = (
        render.beside(word, by) if by and request.state in {DelayState.APPLIED, DelayState.REJECTED} else word
    )
    return say(
        "overview.delay-line",
        place=place,
        old=render.near_day(request.old_due_on, today),
        until=render.near_day(request.new_due_on, today),
        outcome=decided,
        reason=render.cut(reason_words(request), 60),
    )


def _history(about: About) -> Iterator[Html]:
    asked, turn = about.asked, about.turn
    if asked is None:
        return
    entries = audit.history(turn.session, milestones.subject(asked.id))
    if entries:
        yield say("overview.card.history", number=asked.id)
    for one in entries:
        facts: dict[str, Any] = stale.entry_facts(one, asked, turn.office.zone, turn.today)
        yield say("overview.card.done", **facts)


def _listed(lines: Callable[[About], Iterator[Html]]) -> Callable[[About], list[Html]]:
    return lambda about: list(lines(about))


SECTIONS: tuple[Section, ...] = (
    Section(_listed(_withdrawn)),
    Section(_listed(_charge)),
    Section(_listed(_others), is_telling=True),
    Section(_listed(_budget), is_telling=True),
    Section(_listed(_period)),
    Section(_listed(_pledge), is_telling=True),
    Section(_listed(_watched)),
    Section(_listed(_milestones), is_apart=True),
    Section(_listed(_going), is_apart=True),
    Section(_indicators, is_apart=True, is_telling=True),
    Section(_waits, is_apart=True),
    Section(_listed(_note), is_apart=True),
    Section(_listed(_evidence), is_apart=True),
    Section(_listed(_delays), is_apart=True),
    Section(_listed(_history), is_apart=True),
)
