"""Files that the ledger owes (pictures, tables, exports): made beside everything else, one at a time.

Drawing takes seconds. Inside a transaction nobody else's answer would be written meanwhile, and inside the shared turn
of the senders nobody's would go out. So the message of a file that is not there yet is put off for a moment, and the
file is made by a thread of its own on a reading session; whoever asks for the same meanwhile gets the same file.
"""

import json
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.asks import files as ask_files
from bot.audit import search
from bot.chat.turn import Office
from bot.indicators import laggards
from bot.indicators import picture as kpi_picture
from bot.items import files as item_files
from bot.meetings import files as meeting_files
from bot.overview import pictures, week
from bot.people import invite
from bot.privacy import guard
from bot.rounds import publish
from bot.speech.dates import Leaning, When
from bot.texts import plan_words
from jobs.authority.permissions import Action, has, standing_of
from jobs.corrections.register_sheet import register_sheet
from jobs.delivery.deliver import UnmadeError
from plans.draft import PlanDraft
from plans.sheet.roster import FORM
from reports.texts.speaking import speaking
from store import audit
from store.db.engine import Store
from store.models import Delivery, Officer, PlanUpload

File = tuple[str, bytes] | None  # a name and its content; None where what it shows is gone
Make = Callable[[Session, Any, Office, datetime], File]
MOST_KEPT = 16


@dataclass(frozen=True)
class _Made:
    """A file that is there or on its way, with the state of the log when it was begun."""

    begun_at: datetime
    revision: int
    file: Future[File]


class Files:
    """The files of one process. `done` is called from another thread whenever one is there."""

    def __init__(self, store: Store, office: Office, done: Callable[[], None]) -> None:
        self.store = store
        self.office = office
        self.done = done
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="file")
        self._made: OrderedDict[str, _Made] = OrderedDict()

    def of(self, session: Session, delivery: Delivery, now: datetime) -> File:
        """The file of the message. Raises UnmadeError until it is there, and what the making raised."""
        wanted = wanted_of(delivery)
        if wanted is None:
            return None
        key, revision = json.dumps(wanted, sort_keys=True), audit.newest_id(session)
        known = self._made.get(key)
        is_older = known is not None and known.revision != revision and known.begun_at < delivery.created_at
        if known is None or (known.file.done() and (is_older or known.file.exception() is not None)):
            known = self._begun(key, wanted, now, revision)
        if not known.file.done():
            raise UnmadeError
        return known.file.result()

    def _begun(self, key: str, wanted: tuple[str, Any], now: datetime, revision: int) -> _Made:
        begun = _Made(now, revision, self._worker.submit(self._make, wanted, now))
        begun.file.add_done_callback(lambda _: self.done())
        self._made[key] = begun
        self._made.move_to_end(key)
        while len(self._made) > MOST_KEPT:
            self._made.popitem(last=False)
        return begun

    def _make(self, wanted: tuple[str, Any], now: datetime) -> File:
        with guard.speaking(self.office.privacy), self.store.read() as session:
            return made(session, wanted, self.office, now)

    def close(self) -> None:
        """Nothing more is begun."""
        self._worker.shutdown(wait=False, cancel_futures=True)


def wanted_of(delivery: Delivery) -> tuple[str, Any] | None:
    """Which file the message brings; None for none."""
    return next(((kind, delivery.payload[kind]) for kind in FILES if kind in delivery.payload), None)


def may_have(session: Session, delivery: Delivery, today: date) -> bool:
    """Whoever asked for the file of the message may still have it, or it brings none."""
    wanted = wanted_of(delivery)
    action = FILES[wanted[0]][0] if wanted is not None else None
    if action is None:
        return True
    reader = session.get(Officer, delivery.officer_id)
    return reader is not None and has(standing_of(session, reader, today), action)


def made(session: Session, wanted: tuple[str, Any], office: Office, now: datetime) -> File:
    """The file, with nothing in it that no message may have; it is the organisation's, whoever asked for it."""
    kind, what = wanted
    with speaking(None):
        file = FILES[kind][1](session, what, office, now)
    return (file[0], guard.scrub_file(*file)) if file is not None else None


def _sheet(session: Session, wanted: dict[str, Any], _office: Office, _now: datetime) -> File:
    """The spreadsheet of a draft, made from the draft as it was read."""
    upload = session.get(PlanUpload, wanted["upload"])
    if upload is None:
        return None

    from plans.sheet import writer  # noqa: PLC0415 - openpyxl takes long to load

    draft = PlanDraft.model_validate(upload.draft)
    bare = [task.model_copy(update={"phones": []}) for task in draft.tasks]
    return wanted["name"], writer.write_sheet(draft.model_copy(update={"tasks": bare}), plan_words.sheet())


def _register(session: Session, wanted: dict[str, Any], office: Office, now: datetime) -> File:
    """The whole register as a sheet that can be filled in and sent back."""
    title, help_ = plan_words.register()
    today = office.rules.calendar.local_date(now)
    return wanted["name"], register_sheet(session, today, title, help_, hides_secret=True)


def _roster(_session: Session, wanted: dict[str, Any], _office: Office, _now: datetime) -> File:
    """The empty list of people, to be filled in."""
    return wanted["name"], FORM.empty(plan_words.line("roster.sheet"), plan_words.roster_example())


def _audit(session: Session, wanted: dict[str, str], office: Office, now: datetime) -> File:
    past = When(office.rules.calendar.local_date(now), Leaning.PAST, office.rules.calendar)
    return search.file_of(session, wanted["text"], past, office.zone)


# The files that a person can ask for: by its kind, who may have it (None: whoever may ask), and what makes it.
FILES: dict[str, tuple[Action | None, Make]] = {
    "sheet": (None, _sheet),
    "register": (Action.PLANS, _register),
    "roster": (Action.PLANS, _roster),
    invite.SHEET: (Action.DISPOSE, invite.file_of),
    "report": (Action.REPORT, publish.file_of),
    "material": (Action.ROUNDS, publish.material_file),
    "picture": (Action.OVERVIEW, pictures.file_of),
    "year": (Action.OVERVIEW, pictures.year_of),
    "week": (None, week.file_of),
    "audit": (Action.AUDIT, _audit),
    "askbook": (Action.ASKS, ask_files.book_of),
    "askform": (Action.ASKS, ask_files.form_of),
    kpi_picture.PICTURE: (None, kpi_picture.file_of),
    "itembook": (Action.ITEMS, item_files.book_of),
    "packbook": (Action.MEETINGS, meeting_files.pack_of),
    "packpaper": (Action.MEETINGS, meeting_files.pack_of),
    "opinionsheet": (Action.MEETINGS, meeting_files.opinions_of),
    laggards.BOOK: (Action.KPI, laggards.pack_of),
    laggards.PAPER: (Action.KPI, laggards.pack_of),
}
