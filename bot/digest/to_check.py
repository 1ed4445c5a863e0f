"""The lines of the daily message under “확인 필요”: one object a kind, with what it says and its buttons.

Which of them are owed to whom, jobs/owed says under the same name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from bot.asks.shown import confirm_buttons
from bot.chat.lists import Keyboard
from bot.chat.turn import Office, button
from bot.digest import (
    december_question,
    nudge,
    office_morning,
    open_asks,
    open_items,
    open_meetings,
    open_values,
)
from bot.digest.waiting_decisions import (
    check_line,
    late_line,
    late_ones,
    reopening_line,
    report_line,
    request_line,
)
from bot.texts import message_length, render
from bot.texts.render import label, say
from jobs.milestones.completion import CONFIRM
from jobs.milestones.delays import APPROVAL
from jobs.milestones.reopening import REOPEN
from jobs.owed import offer, office_notices, round_turns
from jobs.owed import open_asks as owed_asks
from jobs.owed import open_items as owed_items
from jobs.owed import open_meetings as owed_meetings
from jobs.owed import open_values as owed_values
from jobs.owed.waiting_decisions import ASKED_ANEW, last_call
from jobs.people import handover
from store import differences, escalations, groups, matters, milestones, requests
from store.asks import Seat
from store.deliveries import Html
from store.indicators import Seat as ValueSeat
from store.matters import YEAR_END
from store.models import AuditEntry, Delivery, DeliveryItem, Handover, Item, Milestone, Plan

UNCONFIRMED_SHOWN = 5
TOLD_ALONE = 2  # times that such a decision is told with its words


@dataclass(frozen=True)
class About:
    """What lines are made from: the items of one kind, looked at today."""

    session: Session
    office: Office
    today: date
    items: Sequence[DeliveryItem]
    is_office: bool = False  # for the planning office, in brief
    digest_id: int | None = None

    @property
    def numbers(self) -> list[int]:
        """Those in the items' names."""
        return [int(one.subject.partition(":")[2]) for one in self.items]


@dataclass(frozen=True)
class Line:
    """`kinds`: the first words of the items' names in the ledger. `room`: how much of the message it may take, in UTF-16
    units; of more the first are told, and `rest` counts the others (its name in the catalogue)."""

    kinds: tuple[str, ...]
    text: Callable[[About], Sequence[Html]]
    buttons: Callable[[About], Keyboard] = lambda _about: []
    room: int | None = None
    rest: str = "plain"


def to_check(
    session: Session,
    office_: Office,
    today: date,
    items: Sequence[DeliveryItem],
    *,
    is_office: bool = False,
    digest_id: int | None = None,
) -> tuple[list[Html], Keyboard]:
    """The lines and their buttons, in the order of LINES; what was settled meanwhile is left out."""
    texts: list[Html] = []
    rows: Keyboard = []
    for one in LINES:
        mine = [item for item in items if item.subject.partition(":")[0] in one.kinds]
        if mine:
            about = About(session, office_, today, mine, is_office, digest_id)
            told = [text for text in one.text(about) if text]
            texts += told if one.room is None else message_length.fitting(told, one.room, rest(one.rest))
            rows += one.buttons(about)
    return texts, rows


def rest(name: str = "plain") -> Callable[[int], Html]:
    """What is said of so many that there is no room for."""
    return lambda count: say(f"digest.rest.{name}", count=count)


def _button(verb: str, number: int = 0) -> dict[str, str]:
    return button(label(f"digest.button.{verb}"), verb, number)


def _one(verb: str) -> Callable[[About], Keyboard]:
    """One button for all of the kind."""
    return lambda _about: [[_button(verb)]]


def _each(verb: str) -> Callable[[About], Keyboard]:
    """A button for each, with its number."""
    return lambda about: [[_button(verb, number)] for number in about.numbers]


def _past(about: About) -> list[Html]:
    waiting = milestones.past_at_import(about.session)
    plans = [about.session.get_one(Plan, number) for number in about.numbers]
    return [
        render.text("past_line", title=plan.title, count=sum(one.task.plan_id == plan.id for one in waiting))
        for plan in plans
    ]


def _handovers(about: About) -> list[Html]:
    found = [about.session.get_one(Handover, number) for number in about.numbers]
    return [
        render.text(
            "handover_line",
            giver=one.giver.name if one.giver else "",
            day=one.from_on,
            count=handover.count_open(about.session, one),
        )
        for one in found
    ]


def _vacant(about: About) -> list[Html]:
    tasks = office_notices.vacant_tasks(about.session, about.today)
    return [render.text("vacant_line", count=len(tasks), first=tasks[0] if tasks else None)]


def _late(about: About) -> list[Milestone]:
    return late_ones(about.session, about.numbers, about.today)


def _late_lines(about: About) -> list[Html]:
    found = _late(about)
    if about.is_office:
        return office_morning.late_lines(found, about.today)
    return [late_line(one, about.today) for one in found]


def _late_buttons(about: About) -> Keyboard:
    if about.is_office:
        return office_morning.nudge_rows(about.session, _late(about), about.digest_id, about.today)
    return nudge.rows(_late(about))


def _group(about: About) -> list[Html]:
    entries = [about.session.get_one(AuditEntry, number) for number in about.numbers]
    return [
        render.text(
            "group_line", department=one.after.get("department", ""), is_mute=one.action == groups.MUTE
        )
        for one in entries
    ]


def _days_off(about: About) -> list[Html]:
    """Nothing where some were entered meanwhile."""
    return [
        render.text(
            "days_off_line", year=year, is_missing=office_notices.has_no_own_days(about.session, year)
        )
        for year in about.numbers
    ]


def _decisions(about: About) -> list[Html]:
    """In the order in which they came up; what was told twice before is part of a count, but for a last call."""
    made = {
        APPROVAL: request_line,
        CONFIRM: report_line,
        REOPEN: reopening_line,
        round_turns.CHECK: check_line,
    }
    before, lines, again = matters.told_before(about.session, about.items), list[Html](), 0
    for item, number in zip(about.items, about.numbers, strict=True):
        line = made[item.rule](about.session, item, number, about.office, about.today)
        is_again = (
            item.rule in ASKED_ANEW and before[item.id] >= TOLD_ALONE and not _is_last_call(about, item)
        )
        again += bool(line) and is_again
        lines += [] if is_again else [line]
    return [*lines, say("digest.decisions-again", count=again)] if again else lines


def _offers(about: About) -> list[Html]:
    """Nothing where less is late by now."""
    late = milestones.late_counts(about.session, about.today)
    counts = [late.get(one.officer_id, 0) for one in about.items]
    return [say("digest.offer", count=one) for one in counts if one >= offer.MOST_LATE]


def _is_last_call(about: About, item: DeliveryItem) -> bool:
    """The day after it the request can be granted no more."""
    request = (
        requests.get(about.session, int(item.subject.partition(":")[2])) if item.rule == APPROVAL else None
    )
    return request is not None and item.due_on == last_call(request, about.office.rules.calendar)


def _decision_buttons(about: About) -> Keyboard:
    kinds = {one.rule for one in about.items}
    rows = [[_button("waiting")]] if kinds & ASKED_ANEW else []
    asked = sum(one.rule == APPROVAL for one in about.items)
    if asked > 1:
        rows[0].append(button(label("digest.button.approveall", count=asked), "approveall"))
    return rows + ([[_button("checklist")]] if round_turns.CHECK in kinds else [])


def _own_asks(about: About) -> list[Seat]:
    return open_asks.own(about.session, about.items[0].officer_id, about.numbers, about.today)


def _replies(about: About) -> list[Seat]:
    return open_asks.to_confirm(about.session, about.items[0].officer_id, about.today)


def _reply_buttons(about: About) -> Keyboard:
    found = _replies(about)
    return confirm_buttons(found) if found else []


def _reader(about: About) -> int:
    return about.items[0].officer_id


def _items(about: About) -> list[Item]:
    return open_items.own(about.session, about.items[0].officer_id, about.numbers, about.today)


def _values(about: About) -> list[ValueSeat]:
    return open_values.own(about.session, about.items[0].officer_id, about.numbers, about.today)


def _closing(about: About) -> list[Html]:
    """How many items wait to be closed, those that were closed meanwhile left out."""
    found = open_items.to_close(about.session, about.numbers)
    return [say("digest.items-close", count=len(found))] if found else []


def _unconfirmed(about: About) -> list[Html]:
    """Messages that nobody can vouch for; of many the first."""
    more, lines = len(about.numbers) - UNCONFIRMED_SHOWN, []
    if more > 0:
        lines.append(render.text("unconfirmed_more", count=more))
    for number in about.numbers[:UNCONFIRMED_SHOWN]:
        lost = about.session.get_one(Delivery, number)
        where = lost.officer.department if lost.officer else None
        at, name = (
            render.moment(lost.created_at, about.office.zone),
            lost.officer.name if lost.officer else label("digest.unlinked"),
        )
        lines.append(
            render.text("unconfirmed_line", at=at, name=name, department=where.name if where else None)
        )
    return lines


def _year_ends(about: About) -> list[Html]:
    people = dict.fromkeys(one.officer_id for one in about.items)
    return december_question.lines(about.session, people, about.numbers[0], about.today)


LINES = (
    Line(
        (APPROVAL, CONFIRM, REOPEN, round_turns.CHECK),
        _decisions,
        _decision_buttons,
        room=600,
        rest="decisions",
    ),
    Line(
        (owed_asks.ASK,),
        lambda about: open_asks.lines(about.session, _own_asks(about), about.today),
        lambda about: open_asks.rows(_own_asks(about)),
    ),
    Line(
        (owed_asks.CONFIRMING,),
        lambda about: open_asks.check_lines(_replies(about)),
        _reply_buttons,
    ),
    Line(
        (owed_items.ITEM,),
        lambda about: open_items.lines(_items(about), about.today),
        lambda about: open_items.rows(_items(about)),
    ),
    Line(
        (owed_values.VALUE,),
        lambda about: open_values.lines(about.session, _values(about)),
        lambda about: open_values.rows(about.session, _values(about)),
    ),
    Line(
        (owed_items.CLOSING,),
        _closing,
        lambda about: [[button(label("digest.button.itlist"), "itlist")]] if _closing(about) else [],
    ),
    Line(
        (owed_meetings.MEETING, owed_meetings.OFF),
        lambda about: open_meetings.lines(
            about.session, _reader(about), about.numbers, about.today, about.office.rules
        ),
        lambda about: open_meetings.rows(about.session, _reader(about), about.numbers, about.today),
    ),
    Line((office_notices.PAST,), _past, _one("pastopen")),
    Line((office_notices.HANDOVER,), _handovers, _each("packopen")),
    Line((office_notices.VACANT,), _vacant, _one("vacantopen")),
    Line((office_notices.GROUP,), _group),
    Line((office_notices.DAYS_OFF,), _days_off, _one("offlist")),
    Line(
        (office_notices.PLAN_END,),
        lambda about: [
            render.text("plan_end_line", plan=about.session.get_one(Plan, one)) for one in about.numbers
        ],
        _each("planendopen"),
    ),
    Line(
        (office_notices.DIFFERENCES,),
        lambda about: [render.text("review_line", count=differences.count_waiting(about.session))],
        _one("reviewopen"),
    ),
    Line(
        (escalations.RULE,),
        _late_lines,
        _late_buttons,
        room=600,
        rest="overdue",
    ),
    Line(
        (YEAR_END,),
        _year_ends,
        lambda about: [december_question.row(about.numbers[0])] if _year_ends(about) else [],
    ),
    Line((office_notices.UNCONFIRMED,), _unconfirmed),
    Line((offer.OFFER,), _offers, lambda about: [[_button("changed")]] if _offers(about) else []),
)
