"""A chat without a network: people write and press, the dispatcher acts, the ledger holds the answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from json import dumps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.chat.turn import Office
from bot.chat.update import read
from bot.digest.daily_message import DigestRenderer
from bot.documents.upload import Attachment
from bot.intake.dispatch import Dispatcher
from bot.privacy.levels import Level
from jobs.authority.permissions import Deed
from jobs.clock import real_now
from jobs.owed.scan import Scan
from jobs.plans.register import Registrar
from jobs.rules.calendar import WorkCalendar
from jobs.rules.policy import Rules
from jobs.settings import ApprovalSettings, CalendarSettings, LinkSettings, ReminderSettings
from plans.draft import MilestoneDraft, OfficerDraft, PlanDraft, Precision, TaskDraft, Window
from store import chat_links, deliveries, inbox, invites, milestones, officers
from store.audit import Who
from store.db.engine import Store
from store.deliveries import Message
from store.models import Delivery, Milestone, Officer
from store.states import DeliveryKind, DeliveryState, RoleName
from tests import template

SEOUL = ZoneInfo("Asia/Seoul")
TUESDAY = datetime(2026, 6, 30, 9, 10, tzinfo=SEOUL).astimezone(UTC)
BOT_ID = 42
AT_ONCE = ApprovalSettings(auto_days=366, lead_days=366)  # for tests that are not about who decides


class FakeClock:
    def __init__(self, now: datetime) -> None:
        self.current = now

    def now(self) -> datetime:
        return self.current

    def forward(self, **length: float) -> None:
        self.current += timedelta(**length)


def entry(
    title: str,
    due: date | None,
    start: date | None = None,
    precision: Precision = "day",
    expr: str = "2026. 7.",
    *,
    done: bool = False,
) -> MilestoneDraft:
    window = Window(start=start if start or due is None else due, due=due, precision=precision)
    kind = "dated" if due else "open"
    return MilestoneDraft(title=title, expr=expr, line=1, kind=kind, windows=[window], done=done)


def task(title: str, department: str, people: list[str], *entries: MilestoneDraft) -> TaskDraft:
    named = [OfficerDraft(name=name, rank="주무관") for name in people]
    return TaskDraft(no=None, title=title, department=department, officers=named, milestones=list(entries))


@dataclass(frozen=True)
class Saved:
    """An office that others go on from: its store, who is linked, the last numbers that Telegram gave."""

    store: bytes
    people: dict[str, int]
    update_id: int
    message_id: int


class Chat:
    """An office at 2026-06-30 09:10 KST with one active plan of the given tasks.

    A first delay takes effect at once, however long, unless `approval` says who decides.
    """

    def __init__(
        self,
        folder: Path,
        *tasks: TaskDraft,
        now: datetime = TUESDAY,
        approval: ApprovalSettings = AT_ONCE,
        store_url: str | None = None,
    ) -> None:
        self.store = Store(store_url or template.copy_to(folder / "gihan.db"))
        self.clock = FakeClock(now)
        self.rules = Rules(ReminderSettings(), WorkCalendar(CalendarSettings(), SEOUL), approval)
        self.office = Office("한별시", SEOUL, self.rules, LinkSettings(), BOT_ID)
        self.dispatcher = Dispatcher(self.store, self.office, self.clock)
        self.people: dict[str, int] = {}
        self._update_id = 1000
        self._message_id = 5000
        self._attachment: Attachment | None = None
        if tasks:
            self.register(*tasks)

    def saved(self) -> Saved:
        """How it is now; the office itself ends with it. On SQLite only."""
        self.store.close()
        assert self.store.path is not None
        return Saved(self.store.path.read_bytes(), self.people, self._update_id, self._message_id)

    @classmethod
    def resumed(cls, folder: Path, saved: Saved, approval: ApprovalSettings = AT_ONCE) -> Chat:
        """Goes on from what was saved, in a store of its own."""
        path = folder / "gihan.db"
        path.write_bytes(saved.store)
        office = cls(folder, approval=approval, store_url=f"sqlite:///{path}")
        office.people = dict(saved.people)
        office._update_id, office._message_id = saved.update_id, saved.message_id
        return office

    def register(self, *tasks: TaskDraft, title: str = "2026년 실행계획") -> None:
        self.put(self.draft(*tasks, title=title))

    def put(self, draft: PlanDraft, *, is_active: bool | None = None) -> None:
        """Register the draft as the command line does."""
        who = Who(None, "운영자", "cli", "import:test")
        with self.store.write() as session:
            now, rules = self.clock.now(), self.rules
            deed = Deed(session, who, now, rules)
            Registrar(deed, draft, "plan.txt", is_active=is_active).run()

    def draft(self, *tasks: TaskDraft, title: str = "2026년 실행계획", year: int = 2026) -> PlanDraft:
        return PlanDraft(plan_year=year, title=title, organisation="한별시", tasks=list(tasks))

    def set_privacy(self, level: Level) -> None:
        """From now on the office speaks at that level."""
        self.settle(privacy=level)

    def settle(self, **changed: Any) -> None:
        """From now on the office is otherwise in that."""
        self.office = replace(self.office, **changed)
        self.dispatcher = Dispatcher(self.store, self.office, self.clock)

    def officer(self, name: str) -> Officer:
        with self.store.read() as session:
            return officers.find(session, name)[0]

    def code(self, name: str, role: RoleName = RoleName.OFFICER, department: str = "기획예산실") -> str:
        """A fresh invite code; somebody the plan does not know is added."""
        with self.store.write() as session:
            found = officers.find(session, name)
            person = (
                found[0]
                if found
                else officers.ensure(session, name, officers.ensure_department(session, department))
            )
            until = self.clock.now() + timedelta(hours=72)
            return invites.create(session, person, role, self.clock.now(), until, None)[1]

    def join(self, name: str, role: RoleName = RoleName.OFFICER, department: str = "기획예산실") -> list[str]:
        """The person links; gives the answers."""
        self.people[name] = 9000 + len(self.people)
        return self.say(name, f"/start {self.code(name, role, department)}")

    def say(self, name: str, text: str | None, **extra: Any) -> list[str]:
        """What the chat is answered. Unknown names are strangers."""
        user = self.people.setdefault(name, 9000 + len(self.people))
        self._message_id += 1
        message = {
            "message_id": self._message_id,
            "date": 1,
            "chat": {"id": user, "type": "private"},
            "from": {"id": user, "is_bot": False, "first_name": name},
        }
        if text is not None:
            message["text"] = text
        return self.update({"message": message | extra}, user)

    def press(self, name: str, data: str, message_id: int = 1) -> list[str]:
        user = self.people[name]
        query = {
            "id": "1",
            "chat_instance": "1",
            "data": data,
            "from": {"id": user, "is_bot": False, "first_name": name},
            "message": {"message_id": message_id, "date": 1, "chat": {"id": user, "type": "private"}},
        }
        return self.update({"callback_query": query}, user)

    def send_document(self, name: str, attachment: Attachment | None) -> list[str]:
        """The person sends a file, already fetched and read."""
        document = {"file_id": "f", "file_unique_id": "u"}
        self._attachment = attachment and self.dispatcher.looked_at(attachment)
        return self.say(name, None, document=document)

    def update(self, content: dict[str, Any], chat_id: int, update_id: int | None = None) -> list[str]:
        """Hand in an update; gives the texts that are owed to the chat for it, edits left out."""
        self._update_id += 1
        json = {"update_id": update_id or self._update_id} | content
        with self.store.write() as session:
            rows = inbox.receive(session, BOT_ID, [(json["update_id"], chat_id, dumps(json))], real_now())
            ids = [row.id for row in rows]
        for inbox_id in ids:
            update = read(dumps(json), None)
            self.dispatcher.handle(inbox_id, update, self._attachment)
        self._attachment = None
        causes = [f"inbox:{inbox_id}" for inbox_id in ids]
        return [
            one.payload["text"]
            for one in self.owed(chat_id)
            if one.cause in causes and one.kind is not DeliveryKind.EDIT
        ]

    def owed(self, chat_id: int | None = None) -> list[Delivery]:
        with self.store.read() as session:
            query = select(Delivery).order_by(Delivery.id)
            rows = session.scalars(query if chat_id is None else query.where(Delivery.chat_id == chat_id))
            return list(rows)

    def keyboard(self, name: str) -> dict[str, str]:
        """Labels and data of the newest message owed to the person."""
        newest = [one for one in self.owed(self.people[name]) if one.kind is not DeliveryKind.EDIT][-1]
        return {one["text"]: one["data"] for row in newest.payload["keyboard"] for one in row}

    def tap(self, name: str, label: str) -> list[str]:
        """Press the button of the newest message whose label contains the words."""
        board = self.keyboard(name)
        return self.press(name, next(data for text, data in board.items() if label in text))

    def milestone(self, title: str) -> Milestone:
        with self.store.read() as session:
            found = session.scalars(select(Milestone).where(Milestone.title == title)).one()
            loaded = milestones.get(session, found.id)
            assert loaded is not None
            return loaded

    def number(self, title: str) -> int:
        return self.milestone(title).id

    def scan(self) -> None:
        with self.store.write() as session:
            Scan(session, self.clock.now(), self.rules).run()

    def send_all(self) -> list[tuple[int, str]]:
        """Everything owed goes out: (chat, text) of each message sent, edits included."""
        return [(chat_id, message.text) for chat_id, message in self.send_messages()]

    def send_messages(self) -> list[tuple[int, Message]]:
        """The same with keyboards and files."""
        return [(chat_id, message) for _, chat_id, message in self.sent_now()]

    def sent_now(self) -> list[tuple[int, int, Message]]:
        """The same with the number of each in the ledger."""
        sent = []
        render = DigestRenderer(self.office)
        with self.store.write() as session:
            waiting = select(Delivery).where(Delivery.state == DeliveryState.PENDING).order_by(Delivery.id)
            for delivery in session.scalars(waiting).all():
                message = render(session, delivery, self.clock.now())
                if message is None:
                    deliveries.cancel(delivery)
                    continue
                deliveries.finish(delivery, DeliveryState.SENT)
                delivery.message_id = delivery.message_id or 7000 + delivery.id
                delivery.sent_at = self.clock.now()
                sent.append((delivery.id, delivery.chat_id, message))
        return sent

    def link_state(self, name: str) -> str | None:
        with self.store.read() as session:
            link = chat_links.of_officer(session, self.officer(name).id)
            return link.state.value if link else None
