"""Text of what the ledger owes: finished messages as they are, the daily message as its milestones stand now."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.chat.line import Section, action_row, capacity, line, pending_words, section, sparing_from
from bot.chat.lists import paging
from bot.chat.turn import ROWS_MOST, Keyboard, Office, Press, Turn
from bot.completion import evidence
from bot.digest import (
    followed,
    nudge,
    office_morning,
    open_asks,
    open_items,
    recurring,
    unreached,
    week,
    yearround,
)
from bot.digest.files import File, Files, made, may_have, wanted_of
from bot.digest.group_week import group_message
from bot.digest.to_check import rest, to_check
from bot.overview import why
from bot.privacy import guard
from bot.texts import message_length, render
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action, Standing, has, standing_of, viewable
from jobs.authority.superiors import rank
from jobs.owed import escalation, group_week
from reports.texts.speaking import speaking
from reports.texts.states import ROLE_WORDS
from store import deliveries, milestones
from store.db import meta
from store.deliveries import Html, Message
from store.detours import ASK_HOUR, DUE_TODAY, FALLBACK, ITEM_HOUR, NUDGE, UNREACHED
from store.models import Delivery, DeliveryItem, Milestone
from store.states import DeliveryKind, ItemState, MilestoneState, RoleName

Titled = tuple[str, list[Html]]  # a section's title and lines
# How much of a message each kind of line may take, in UTF-16 units: of a backlog the first are told and the others
# counted, so that the message never grows beyond what Telegram takes.
MISSED_ROOM, GOING_ROOM, WEEK_ROOM, FOLLOWED_ROOM = 500, 500, 500, 500
FRAME_ROOM = 700  # for head, foot and titles
VERB = "digest"
MOST_PAGES = 1000
CALLED = frozenset(
    {RoleName.LEAD, RoleName.HEAD, RoleName.BUREAU}
)  # roles that are a way to call their holder
LEAST_ITEMS = 3  # of a page, whatever else stands on it


class DigestRenderer:
    """Renders what jobs.deliver sends."""

    def __init__(self, office: Office, files: Files | None = None) -> None:
        """Without `files` they are made at once."""
        self.office = office
        self.files = files

    def __call__(self, session: Session, delivery: Delivery, now: datetime) -> Message | None:
        """The message, or None where nothing of it is left. Nothing goes out that has not passed here."""
        reader = delivery.officer.language if delivery.officer is not None else None
        with guard.speaking(self.office.privacy), speaking(reader):
            made = self._made(session, delivery, now)
            return guard.clean_message(made) if made is not None else None

    def _made(self, session: Session, delivery: Delivery, now: datetime) -> Message | None:
        if delivery.kind is DeliveryKind.DIGEST:
            return self.digest(session, delivery, now, is_repeat=delivery.uncertain_sends > 0)
        if delivery.target_id is not None and not delivery.payload:
            digest = deliveries.get(session, delivery.target_id)
            assert digest is not None
            self._leave_out(session, digest, now)
            return self.digest(session, digest, now, is_repeat=digest.uncertain_sends > 0)
        if delivery.event == group_week.EVENT:
            return group_message(session, delivery, self._today(now), self.office.zone)
        if delivery.event == UNREACHED:
            return unreached.event(
                session, delivery, self._today(now), is_repeat=delivery.uncertain_sends > 0
            )
        if delivery.event == FALLBACK:
            return unreached.by_fallback(session, delivery, self.office.name, self._today(now))
        if delivery.event == DUE_TODAY:
            return nudge.due_today(session, delivery, self._today(now), self.office.rules.calendar)
        if delivery.event == ASK_HOUR:
            return open_asks.hour(session, delivery, self._today(now))
        if delivery.event == ITEM_HOUR:
            return open_items.hour(session, delivery, self._today(now))
        if delivery.event == NUDGE:
            return nudge.message(session, delivery, self._today(now), self.office.rules.calendar)
        if not may_have(session, delivery, self._today(now)):
            return None
        document, photo = self._file(session, delivery, now), None
        if evidence.EVENT in delivery.payload:
            photo = evidence.shown(session, delivery, self._today(now))
            if photo is None:
                return None
        text = render.kept(delivery.payload)
        if delivery.uncertain_sends > 0:  # it may have arrived already
            text = render.joined([render.text("repeated"), text])
        return Message(text, delivery.payload["keyboard"], document, photo=photo)

    def _file(self, session: Session, delivery: Delivery, now: datetime) -> File:
        """Raises UnmadeError while it is being made."""
        if self.files is not None:
            return self.files.of(session, delivery, now)
        wanted = wanted_of(delivery)
        return made(session, wanted, self.office, now) if wanted is not None else None

    def _today(self, now: datetime) -> date:
        return self.office.rules.calendar.local_date(now)

    def _leave_out(self, session: Session, digest: Delivery, now: datetime) -> None:
        """What its reader may see no more, an edit does not bring up to date: it leaves the message."""
        assert digest.officer is not None
        held = [one for one in digest.items if one.milestone_id is not None and one.instead_of_id is None]
        held = [one for one in held if one.subject == milestones.subject(one.milestone_id or 0)]
        reader, today = standing_of(session, digest.officer, self._today(now)), self._today(now)
        seen = viewable(session, reader, [one.milestone_id or 0 for one in held], today)
        for one in held:
            if one.milestone_id not in seen and one.state is ItemState.INCLUDED:
                one.state = ItemState.CANCELLED

    def digest(self, session: Session, digest: Delivery, now: datetime, *, is_repeat: bool) -> Message | None:
        """The page of the daily message that its reader looks at."""
        assert digest.day is not None and digest.officer is not None
        today = self._today(now)
        included = [one for one in digest.items if one.state is ItemState.INCLUDED]
        for_office = office_morning.is_office(session, digest.officer, today)
        unreached_lines = office_morning.unreached_lines if for_office else unreached.lines
        items, missed = unreached.own(included), unreached_lines(session, included, today)
        if not items and not missed:
            return None
        reader = standing_of(session, digest.officer, today)
        rows = self._in_order(session, items, digest.day)
        turns = recurring.of([one for _, one in rows])
        rows = [row for row in rows if row[1] not in turns]
        days = {one.milestone_id: one.due_on for one in items}
        lines = [self._line(session, one, days[one.id], reader, today) for _, one in rows]
        going = yearround.asked(session, items)
        extras, extra_rows = to_check(
            session, self.office, today, items, is_office=for_office, digest_id=digest.id
        )
        if for_office:
            extras += office_morning.change_line(session, items, self.office, digest.day)
        overseen = week.overseen_lines(session, items, digest.officer, digest.day, self.office.rules.calendar)
        own_week = week.kept_line(session, digest, self.office.rules.calendar)
        watched = followed.lines(session, items, reader, today)
        late = week.late_button(session, items, digest.officer, today)
        if not (rows or turns or missed or extras or going or overseen or late or watched):
            return None  # all that it would say was settled meanwhile
        told = message_length.fitting(watched, FOLLOWED_ROOM, rest())
        asked = message_length.fitting(yearround.lines(going, today), GOING_ROOM, rest())
        titles = words("digest.section")
        above = _around(extras, missed, overseen)
        below = [(titles["recurring"], recurring.lines(session, turns, digest.day)), (titles["going"], asked)]
        below.append((titles["followed"], told))
        beside = [*extra_rows, *late, *recurring.rows(digest, turns), *yearround.rows(going[: len(asked)])]
        beside += [[]] * (bool(overseen) + bool(missed))
        cuts = message_length.pages(lines, _page_size(len(beside)), room=FRAME_ROOM + _taken(above + below))
        page = min(max(digest.page, 1), len(cuts))
        first = sum(len(cut) for cut in cuts[: page - 1])
        shown = rows[first : first + len(cuts[page - 1])]
        sections = [one for one in above if one[1] and page == 1]
        sections += _grouped(shown, cuts[page - 1])
        sections += [one for one in below if one[1] and page == len(cuts)]
        sparing = sparing_from(today, self.office.rules)
        action_rows = [
            row
            for _, one in shown
            if (row := action_row(one, today, sparing, is_moved=not _is_open(one, days)))
        ]
        counts = _counts([row for row in rows if _is_open(row[1], days)])
        numbers = [str(one.id) for _, one in shown if one.state is MilestoneState.PLANNED]
        waiting = {one.id for _, one in shown if pending_words(one, today, self.office.rules.calendar)}
        asked_for = [row for row in shown if row[1].id not in waiting and _is_open(row[1], days)]
        text = render.text(
            "digest",
            restored=self._restored(session, digest),
            is_office=for_office,
            is_repeat=is_repeat,
            day=digest.day,
            name=digest.officer.name,
            rank=digest.officer.rank or _rank_of(reader),
            organisation=self.office.name,
            sections=sections,
            counts=counts,
            has_late=any(where is Section.OVERDUE for where, _ in asked_for),
            example=" ".join(numbers[:2]) if len(numbers) > 1 else "",
            page=page,
            pages=len(cuts),
            has_open=bool(asked_for),
            how_to_answer=yearround.how_to_answer(going[: len(asked)]) if page == len(cuts) else [],
            own_week=own_week,
            is_overseer=bool(overseen),
        )
        keyboard = action_rows + extra_rows + late
        keyboard += recurring.rows(digest, turns) if page == len(cuts) else []
        keyboard += yearround.rows(going[: len(asked)]) if page == len(cuts) else []
        keyboard += [[week.status_button(session, digest.officer, today)]] if overseen else []
        keyboard += [unreached.list_button()] if missed and has(reader, Action.UNREACHED) else []
        keyboard = _with_why(keyboard, why.below(digest, [one for _, one in shown]))
        text = message_length.split(text)[0]  # should all of it come together, the tail is for /my
        return Message(text, keyboard + paging(VERB, page, len(cuts), digest.id))

    def _line(self, session: Session, one: Milestone, said_on: date, reader: Standing, today: date) -> Html:
        """What the message says of one item; `said_on`: the due day that it named first."""
        return line(
            one,
            today,
            self.office.rules.calendar,
            said_on=said_on,
            capacity=capacity(one, reader, today),
            promise=self._promise(session, one, today),
        )

    def _promise(self, session: Session, one: Milestone, today: date) -> str:
        """Who above is told next and when, while nobody has said why it is late; empty where nobody is."""
        if not escalation.is_silent(session, one, today):
            return ""
        step = escalation.next_step(session, one, today, self.office.rules)
        if step is None:
            return ""
        if step.level is RoleName.PLANNER:
            return label("digest.promise-office", day=step.on, today=today)
        return label("digest.promise", role=ROLE_WORDS[step.level], day=step.on, today=today)

    def _restored(self, session: Session, digest: Delivery) -> Html | None:
        """After a restore the first message says so: what its reader has reported since the backup is not known."""
        at = meta.instant(session, meta.RESTORED_AT)
        if at is None or not deliveries.is_first_digest_since(session, digest, at):
            return None
        made_at = meta.instant(session, meta.RESTORED_FROM)
        if made_at is None:
            return None
        return render.text("restored", made_at=made_at, zone=self.office.zone)

    def _in_order(
        self, session: Session, items: Sequence[DeliveryItem], day: date
    ) -> list[tuple[Section, Milestone]]:
        """Each milestone under the section it had on the day of the message, problems first."""
        by_id = {one.milestone_id: one for one in items if one.milestone_id is not None}
        found = milestones.by_ids(session, by_id)
        order = list(Section)
        rows = [(section(by_id[one.id].due_on, day, is_start=one.due_on is None), one) for one in found]
        return sorted(rows, key=lambda row: (order.index(row[0]), by_id[row[1].id].due_on, row[1].id))


def _rank_of(reader: Standing) -> str | None:
    """Whom nobody has given a rank is called by the highest role over others; see ROLE_WORDS."""
    held = [one.role for one in reader.roles if one.role in CALLED]
    return ROLE_WORDS[max(held, key=rank)] if held else None


def _page_size(rows_beside: int) -> int:
    """How many items a page has: each may bear a row of buttons, [왜 이 날짜?] and the pages another."""
    return max(LEAST_ITEMS, ROWS_MOST - 2 - rows_beside)


def _with_why(keyboard: Keyboard, asks: list[dict[str, str]]) -> Keyboard:
    """[왜 이 날짜?] below the rest: in a row of its own, or beside the last button where the rows would be a wall."""
    if len(keyboard) < ROWS_MOST - 1 or not keyboard:
        return keyboard + ([asks] if asks else [])
    return [*keyboard[:-1], keyboard[-1] + asks]


def _around(extras: list[Html], missed: list[Html], overseen: list[Html]) -> list[Titled]:
    """What stands above the items, each kind within its room."""
    titles = words("digest.section")
    return [
        (titles["to-check"], extras),
        (titles["unreached"], message_length.fitting(missed, MISSED_ROOM, rest())),
        (titles["week"], message_length.fitting(overseen, WEEK_ROOM, rest())),
    ]


def _taken(sections: list[Titled]) -> int:
    """The room that the sections take, in UTF-16 units."""
    return sum(message_length.units(text) + 2 for _, texts in sections for text in texts)


def _grouped(rows: list[tuple[Section, Milestone]], lines: list[Html]) -> list[Titled]:
    found: dict[str, list[Html]] = defaultdict(list)
    for (where, _), text in zip(rows, lines, strict=True):
        found[where.heading].append(text)
    return list(found.items())


def _is_open(milestone: Milestone, days: dict[int | None, date]) -> bool:
    """It stands as the message said: neither closed nor moved since."""
    is_moved = (milestone.due_on or milestone.start_on) != days[milestone.id]
    return milestone.state is MilestoneState.PLANNED and not is_moved


def _counts(rows: list[tuple[Section, Milestone]]) -> dict[str, int]:
    """How many stand in each section over all pages; 0 where nothing is left to do."""
    found = dict.fromkeys((one.heading for one in Section), 0)
    found |= dict.fromkeys(words("digest.section").values(), 0)
    for where, _ in rows:
        found[where.heading] += 1
    return found


def _is_own(turn: Turn, digest: Delivery) -> bool:
    """The speaker's own daily message, in the chat that is the speaker's now."""
    is_theirs = digest.officer_id == turn.actor.officer.id and digest.chat_id == turn.actor.link.chat_id
    return is_theirs and digest.kind is DeliveryKind.DIGEST


def turn_page(turn: Turn, press: Press) -> None:
    """[더 보기] of one's own daily message: `id` is the page, `revision` the message's number."""
    digest = deliveries.get(turn.session, press.revision)
    if digest is None or not _is_own(turn, digest):
        turn.answer("refused", reason=say("digest.over"))
        return
    digest.page = min(press.id, MOST_PAGES)
    deliveries.add(
        turn.session,
        DeliveryKind.EDIT,
        "digest",
        digest.chat_id,
        turn.now,
        officer_id=turn.actor.officer.id,
        cause=turn.cause,
        target_id=digest.id,
    )
