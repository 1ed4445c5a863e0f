"""An officer's desk without chat: milestones are promised, days pass, the ledger shows what is owed."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.authority.permissions import Deed
from jobs.delivery.deliver import Deliverer
from jobs.delivery.pace import Pace
from jobs.delivery.telegram_errors import SendError, SendFault
from jobs.milestones import changes, completion
from jobs.owed.scan import Scan
from jobs.rules.policy import Rules
from store import deliveries
from store.db.engine import Store
from store.deliveries import Html, Message
from store.models import ChatPause, Delivery, DeliveryItem, Milestone, Officer, Task
from store.states import DeliveryKind, DeliveryState, ItemState, MilestoneState, Precision
from tests import builders
from tests.builders import BOT, LONG_AGO, FakeClock


@dataclass
class Ticks:
    """Stands in for the module `time`."""

    at: float = 1000.0

    def monotonic(self) -> float:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += seconds


class Desk:
    """The rules, the store and one linked officer; every call is a transaction of its own."""

    def __init__(self, store: Store, rules: Rules, clock: FakeClock) -> None:
        self.store = store
        self.rules = rules
        self.clock = clock
        with store.write() as session:
            person = builders.linked(session)
            self.officer_id = person.id
            self.task_id = builders.task(session, person).id

    def promise(
        self,
        due: date | None,
        *,
        start: date | None = None,
        precision: Precision = Precision.DAY,
        remind_from: datetime | None = LONG_AGO,
        task_id: int | None = None,
    ) -> int:
        """A milestone of the task; gives its number."""
        with self.store.write() as session:
            of = session.get_one(Task, task_id or self.task_id)
            one = builders.milestone(
                session, of, due, start=start, precision=precision, remind_from=remind_from
            )
            return one.id

    def scan(self, now: datetime | None = None) -> int:
        """One pass at that instant; the clock stays there."""
        self.clock.current = now or self.clock.current
        with self.store.write() as session:
            return Scan(session, self.clock.now(), self.rules).run()

    def send(self, state: DeliveryState = DeliveryState.SENT) -> None:
        """Everything that waits is sent, or ends otherwise."""
        with self.store.write() as session:
            for one in builders.all_deliveries(session):
                if one.state is DeliveryState.PENDING:
                    deliveries.finish(one, state)
                    if state is DeliveryState.UNCERTAIN:
                        deliveries.release(one, ItemState.CARRIED)

    def pass_days(self, *days: datetime) -> None:
        """Scan and send at each of the instants."""
        for now in days:
            self.scan(now)
            self.send()

    def move(self, number: int, due: date) -> None:
        with self.store.write() as session:
            one = session.get_one(Milestone, number)
            now = self.clock.now()
            changes.move(Deed(session, BOT, now, self.rules), one, due_on=due, reason="의회", action="delay")

    def finish(self, number: int) -> None:
        with self.store.write() as session:
            one = session.get_one(Milestone, number)
            now = self.clock.now()
            completion.finish(Deed(session, BOT, now, self.rules), one, now.date(), None)

    def reopen(self, number: int) -> None:
        """What /undo does to what is done."""
        with self.store.write() as session:
            values: dict[str, object] = {"state": MilestoneState.PLANNED, "done_on": None}
            one = session.get_one(Milestone, number)
            changes.apply(Deed(session, BOT, self.clock.now(), self.rules), one, "undo", values)

    def items(self, number: int | None = None, officer_id: int | None = None) -> list[tuple[str, ItemState]]:
        """(rule, state) of the reminders in the ledger, oldest first."""
        with self.store.read() as session:
            query = select(DeliveryItem).order_by(DeliveryItem.id)
            if number is not None:
                query = query.where(DeliveryItem.milestone_id == number)
            if officer_id is not None:
                query = query.where(DeliveryItem.officer_id == officer_id)
            return [(one.rule, one.state) for one in session.scalars(query)]

    def standing(self, day: date, officer_id: int | None = None) -> list[str]:
        """The rules for which something stands in the digest of the day."""
        with self.store.read() as session:
            found = deliveries.digest_of(session, officer_id or self.officer_id, day)
            items = found.items if found else []
            return [one.rule for one in items if one.state is ItemState.INCLUDED]

    def days(self, officer_id: int | None = None) -> list[date | None]:
        """The days of the digests that were not cancelled."""
        with self.store.read() as session:
            return [
                one.day
                for one in builders.all_deliveries(session)
                if one.state is not DeliveryState.CANCELLED
                and one.kind is not DeliveryKind.EDIT
                and one.officer_id == (officer_id or self.officer_id)
            ]

    def next_look(self, number: int) -> date | None:
        with self.store.read() as session:
            return session.get_one(Milestone, number).next_remind_on


Answer = Exception | int


def fault(kind: SendFault, **more: float) -> SendError:
    """What Telegram answers where something is wrong."""
    pause, chat = more.get("retry_after_s"), more.get("new_chat_id")
    return SendError(kind, "in Telegram's words", pause, int(chat) if chat is not None else None)


@dataclass
class FakeSender:
    """Records what is sent and answers from a queue for each chat; without one, all goes well."""

    answers: dict[int, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    sent: list[tuple[int, str]] = field(default_factory=list)
    edited: list[tuple[int, int, str]] = field(default_factory=list)
    numbers: count[int] = field(default_factory=lambda: count(7000))

    def will_answer(self, chat_id: int, *answers: Answer) -> None:
        self.answers[chat_id].extend(answers)

    def _answer(self, chat_id: int) -> int:
        queue = self.answers[chat_id]
        answer = queue.popleft() if queue else next(self.numbers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def send(self, chat_id: int, message: Message) -> int:
        self.sent.append((chat_id, message.text))
        await asyncio.sleep(0)
        return self._answer(chat_id)

    async def edit(self, chat_id: int, message_id: int, message: Message) -> None:
        self.edited.append((chat_id, message_id, message.text))
        self._answer(chat_id)


def render(_session: Session, delivery: Delivery, _now: datetime) -> Message | None:
    """The rules that stand in a digest, the text of anything else; marked where it is a repetition."""
    mark = "again: " if delivery.uncertain_sends else ""
    if delivery.kind is DeliveryKind.DIGEST:
        rules = [one.rule for one in delivery.items if one.state is ItemState.INCLUDED]
        return Message(Html(mark + " ".join(rules)), [])
    return Message(Html(mark + delivery.payload.get("text", "edited")), [])


class Post:
    """The deliverer of a desk."""

    def __init__(self, desk: Desk, sender: FakeSender, real: FakeClock) -> None:
        self.desk = desk
        self.sender = sender
        self.real = real
        self.chat_id = 9000 + desk.officer_id
        self.deliverer = Deliverer(desk.store, sender, render, desk.rules, desk.clock, "one")
        ticking = count(0, 60)  # between two messages enough time passes for the pace
        self.deliverer.pace = Pace(lambda: float(next(ticking)))

    def owe(self, *texts: str, chat_id: int | None = None) -> list[int]:
        """Answers that wait to be sent; gives their rows' numbers."""
        with self.desk.store.write() as session:
            made = [builders.reply(session, chat_id or self.chat_id, text) for text in texts]
            for one in made:
                one.officer_id = self.desk.officer_id if chat_id is None else None
            return [one.id for one in made]

    def owe_digest(self, day: date, due: date | None = None) -> tuple[int, int]:
        """A daily message with one reminder; gives the numbers of the message and of the milestone."""
        number = self.desk.promise(due or day)
        with self.desk.store.write() as session:
            person = session.get_one(Officer, self.desk.officer_id)
            one = session.get_one(Milestone, number)
            return builders.digest(session, person, day, one).id, number

    def owe_edit(self, *, target_id: int | None = None, message_id: int | None = None) -> int:
        with self.desk.store.write() as session:
            return deliveries.add(
                session,
                DeliveryKind.EDIT,
                "digest",
                self.chat_id,
                LONG_AGO,
                officer_id=self.desk.officer_id,
                target_id=target_id,
                message_id=message_id,
            ).id

    def deliver(self, *, after_s: float = 0.0) -> None:
        """Everything that can be sent is, so many seconds of real time later."""
        self.real.forward(seconds=after_s)

        async def scene() -> None:
            await self.deliverer.deliver_all()
            await self.deliverer.finish()

        asyncio.run(scene())

    def get(self, number: int) -> Delivery:
        with self.desk.store.read() as session:
            found = deliveries.get(session, number)
            assert found is not None
            return found

    def state(self, number: int) -> DeliveryState:
        return self.get(number).state

    def paused_until(self, chat_id: int | None = None) -> datetime:
        """Until when nothing goes to the chat."""
        with self.desk.store.read() as session:
            return session.get_one(ChatPause, chat_id or self.chat_id).until_at

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.sender.sent]
