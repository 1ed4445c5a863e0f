"""One turn of a conversation: who speaks, with which arguments or which button, and the answers owed for it.

What every command is made of: `Turn`, `numbered` and `note` for what was typed, `Press` and `button` for what was
pressed, and the errors that say why nothing was done.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from types import FunctionType
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.privacy import guard
from bot.privacy.levels import Level, Part
from bot.settings import Settings
from bot.speech.dates import Leaning, When
from bot.speech.reading import IDS_MOST, NOTE_MOST
from bot.texts import message_length, render
from bot.texts.render import label, say, words
from jobs.authority.approval import Matter, decides_for
from jobs.authority.permissions import Action, Actor, Deed, may, may_dispose
from jobs.rules.policy import Rules
from jobs.settings import LinkSettings
from plans.text.characters import ASCII_DIGITS, ID_DIGITS, clean, has_words
from reports.scope import Scope
from reports.settings import RoundSettings
from reports.texts.speaking import speaking
from store import chat_links, deliveries, dialogues, milestones, officers
from store.audit import Who
from store.deliveries import Html, Message
from store.models import AuditEntry, ChatLink, Delivery, Dialogue, Milestone, Officer, Task
from store.states import DeliveryKind, DeliveryState, MilestoneState, PlanState, RoleName

EVENTS_MOST = 10  # messages of a kind that one person sends another in a day
EVENT_MOST = 40  # characters that the ledger has for the kind of a message
SAMPLE_NUMBER = "112"  # stands in the examples of commands; replaced by a number of the speaker's own
ROWS_MOST = 8  # rows of buttons under a message: more is a wall
Keyboard = list[list[dict[str, str]]]
Made = Callable[[], Message]
"""A message for somebody else, made when it is known who reads it: in that one's language (reports/texts/speaking.py)."""
Words = Callable[[], Html]
"""The same of a line in one."""
_ID = re.compile(rf"[#＃]?([0-9]{{1,{ID_DIGITS}}})(?:번)?(?=[\s,]|$)[\s,]*")
_SIGNED_ID = re.compile(r"[-+][0-9]+(?=[\s,]|$)")


class UsageError(Exception):
    """What a person typed cannot be done; the message says what was wrong. Nothing is changed.

    `ends_dialogue`: asking again would not help, so what was asked is forgotten.
    """

    def __init__(self, message: str, *, example: str | None = None, ends_dialogue: bool = False) -> None:
        super().__init__(message)
        self.reason = message
        self.example = example
        self.ends_dialogue = ends_dialogue

    def __str__(self) -> str:
        """The reason in plain words; `reason` is what a message has, where a line of the catalogue may hold foreign words."""
        return render.unmarked(self.reason) if isinstance(self.reason, Html) else self.reason


class RefusedError(UsageError):
    """The person may not do what was asked, whatever the words."""


class UnseenError(RefusedError):
    """There is nothing of that number that the person may see."""


@dataclass(frozen=True)
class Office:
    """What does not change from turn to turn: the organisation and its rules. `alarms_to`: the chat that hears alarms."""

    name: str
    zone: ZoneInfo
    rules: Rules
    links: LinkSettings
    bot_id: int
    rounds: RoundSettings = field(default_factory=RoundSettings)
    privacy: Level = Level.STANDARD
    alarms_to: int | None = None

    @classmethod
    def of(cls, settings: Settings, rules: Rules, bot_id: int) -> Self:
        """As the configuration has it."""
        own = settings.organisation
        level, alarms_to = settings.privacy.level, settings.operation.admin_chat_id
        return cls(own.name, own.zone, rules, settings.links, bot_id, settings.review, level, alarms_to)


@dataclass
class Turn:
    """The speaker is known and linked. `cause` names the update, so that one update has one effect."""

    session: Session
    now: datetime
    today: date
    office: Office
    actor: Actor
    cause: str
    pressed_message_id: int | None = None
    topic_id: int | None = None  # of the chat's topics, in which the message was written and is answered
    answered_id: int | None = None  # the message that the speaker's one answers to
    was_away: bool = False  # the speaker could not be reached until this update
    wants_menu: bool = False
    has_rewritten: bool = False
    _parts: int = field(default=0)

    @property
    def who(self) -> Who:
        officer = self.actor.officer
        return Who(officer.id, officer.name, self.via, self.cause)

    @property
    def via(self) -> str:
        """By which way the speaker acts, as the log has it."""
        return f"telegram:{self.cause}"

    @property
    def deed(self) -> Deed:
        """What the speaker does by this update."""
        return Deed(self.session, self.who, self.now, self.office.rules)

    def deed_for(self, milestone: Milestone) -> Deed:
        """The same to this milestone: the log says where somebody stands in for an absent officer (대직)."""
        return self._deed_in_place_of(self.actor.absent_at(milestone, self.today))

    def deed_deciding(self, matter: Matter) -> Deed:
        """The same of a decision, which who stands in for an absent one makes in that one's place."""
        return self._deed_in_place_of(self._decides_for(matter))

    def decider(self, matter: Matter) -> str:
        """The speaker as whoever hears of the decision is told."""
        me, absent = guard.named(self.actor.officer), self._decides_for(matter)
        return (
            label("chat.capacity.actor", name=me, names=[guard.name(one) for one in absent]) if absent else me
        )

    def _decides_for(self, matter: Matter) -> list[str]:
        return decides_for(self.session, self.actor.officer.id, matter, self.today)

    def _deed_in_place_of(self, absent: list[str]) -> Deed:
        if not absent:
            return self.deed
        with speaking(None):  # the log is the organisation's
            name = label("chat.capacity.actor", name=self.actor.officer.name, names=absent)
        return replace(self.deed, who=replace(self.who, name=name))

    def may_dispose(self, officer: Officer, action: Action = Action.DISPOSE) -> bool:
        """The speaker may dispose of the officer; see jobs.authority.permissions.may_dispose."""
        return may_dispose(self.session, self.actor, officer, self.today, action)

    def ahead(self) -> When:
        """How dates of what is to come are read on this turn's day."""
        return When(self.today, Leaning.FUTURE, self.office.rules.calendar)

    def past(self) -> When:
        """The same of what has been."""
        return When(self.today, Leaning.PAST, self.office.rules.calendar)

    def refuse(
        self, template: str, keyboard: list[list[dict[str, str]]] | None = None, /, **facts: object
    ) -> None:
        """Owe the speaker the word that this is not for the speaker, with what is instead."""
        message = Message(render.text(template, **facts), keyboard or [])
        self.owe(DeliveryKind.REPLY, message, event="refused")

    def answer(
        self, template: str, keyboard: list[list[dict[str, str]]] | None = None, /, **facts: object
    ) -> None:
        """Owe the speaker the message of that template."""
        self.say(Message(render.text(template, **facts), keyboard or []))

    def registered(self, template: str, entry: AuditEntry, /, **facts: object) -> None:
        """Answer what was registered, with the button that takes it back for some minutes."""
        self.answer(template, self.undo_rows([entry]), **facts)

    def undo_rows(self, entries: list[AuditEntry]) -> Keyboard:
        """The button that takes the act of those entries back, and for how long."""
        shown = label("chat.button.undo", minutes=self.office.links.undo_minutes)
        return [[button(shown, "undo", entries[-1].id)]] if entries else []

    def owe(
        self,
        kind: DeliveryKind,
        message: Message | None,
        *,
        event: str = "answer",
        officer_id: int | None = None,
        chat_id: int | None = None,
        message_id: int | None = None,
        target_id: int | None = None,
    ) -> Delivery:
        """One row of the ledger more for this update; to the speaker where nobody else is named."""
        self._parts += 1
        return deliveries.add(
            self.session,
            kind,
            event,
            chat_id or self.actor.link.chat_id,
            self.now,
            officer_id=officer_id or self.actor.officer.id,
            cause=self.cause,
            part=self._parts,
            message=message,
            message_id=message_id,
            target_id=target_id,
            topic_id=self.topic_id if kind is DeliveryKind.REPLY else None,
        )

    def say(self, message: Message, view: dict[str, Any] | None = None) -> Delivery:
        """Owe the message; one that is too long for Telegram goes in parts, its buttons under the last, which is given.

        `view` says which list it shows, so that the list can be shown anew after one of its buttons.
        """
        *first, last = message_length.split(message.text)
        for text in first:
            self.owe(DeliveryKind.REPLY, Message(text, []))
        delivery = self.owe(DeliveryKind.REPLY, Message(last, message.keyboard))
        if view is not None:
            delivery.payload = delivery.payload | {"view": view}
        return delivery

    def pressed(self) -> Delivery | None:
        """The message whose button was pressed, where it is one of our answers in this chat."""
        if self.pressed_message_id is None:
            return None
        return deliveries.standing_at(
            self.session, self.actor.link.chat_id, self.pressed_message_id, DeliveryKind.REPLY
        )

    def send_file(self, kind: str, caption: Html, part: Part = Part.FILE, /, **wanted: Any) -> None:
        """Owe the speaker a file of that kind (bot/digest/files.py), which is made when it is sent: where the level lets
        it out, else the word where it is to be had. One of a kind waits at a time, however often it is asked for."""
        if not guard.lets(part):
            self.answer("no_file", is_log=part is Part.LOG_FILE)
            return
        event = _file_event(kind, wanted)
        if deliveries.is_waiting(self.session, self.actor.officer.id, event):
            self.answer("file_waits")
            return
        delivery = self.owe(DeliveryKind.REPLY, Message(caption, []), event=event)
        delivery.payload = delivery.payload | {kind: wanted}

    def send_of_scope(self, kind: str, caption: Html, scope: Scope) -> None:
        """The same of a scope, as far as the speaker sees it."""
        reader = str(self.actor.officer.id)
        self.send_file(
            kind, caption, kind=scope.kind.value, id=str(scope.id), name=scope.name, officer=reader
        )

    @property
    def asked(self) -> Dialogue | None:
        """What the speaker was asked and has not answered."""
        return dialogues.current(self.session, self.actor.officer.id, self.now)

    def ensure_asks(self, *_about: int) -> None:
        """Raises UsageError where the speaker cannot be asked back, about milestones of those numbers say."""

    def ask(self, kind: str, step: str, milestone: Milestone | None = None, /, **data: Any) -> None:
        """Remember what the speaker is asked: the next text answers it, for some minutes."""
        self.ensure_asks()
        until = self.now + timedelta(minutes=self.office.links.dialogue_minutes)
        number = milestone.id if milestone is not None else None
        officer_id = self.actor.officer.id
        dialogues.begin(self.session, officer_id, kind, step, until, milestone_id=number, data=data)

    def forget_asked(self) -> bool:
        """What the speaker was asked is over; True where there was something."""
        return dialogues.end(self.session, self.actor.officer.id)

    def rewrite_pressed(self, message: Message) -> None:
        """Put the message in the place of the one whose button was pressed."""
        self.has_rewritten = True
        if self.pressed_message_id is None:
            self.say(message)
        else:
            self.owe(DeliveryKind.EDIT, message, message_id=self.pressed_message_id)

    def tell(self, officer_id: int, event: str, template: str, /, **facts: object) -> bool:
        """Owe another person an event message; False where that person cannot be reached now. A fact that is a text of the
        catalogue is given as what makes it, and is made in that person's language."""
        return self.hand(officer_id, event, lambda: _event(template, facts)) is not None

    def tell_of(self, task: Task, officer_id: int, event: str, template: str, /, **facts: object) -> bool:
        """The same of a task to whoever answers for it; before its plan starts its officers hear nothing."""
        return not task.plan.awaits_start and self.tell(officer_id, event, template, **facts)

    def hand(self, officer_id: int, event: str, made: Made) -> Delivery | None:
        """Owe another person an event message, made in that person's language; None where that person cannot be reached
        now."""
        link = chat_links.active(self.session, officer_id)
        if link is None:
            return None
        with speaking(link.officer.language):
            return self._hand(link, event, made())

    def _hand(self, link: ChatLink, event: str, message: Message) -> Delivery:
        officer_id = link.officer_id
        me = self.actor.officer.id
        before = deliveries.told(self.session, officer_id, event, me, self.now)
        if len(before) >= EVENTS_MOST and before[0].chat_id == link.chat_id:
            return self._add_to(before[0], message)
        delivery = self.owe(
            DeliveryKind.EVENT, message, event=event, officer_id=officer_id, chat_id=link.chat_id
        )
        delivery.payload = delivery.payload | {"by": me}
        return delivery

    def _add_to(self, last: Delivery, message: Message) -> Delivery:
        """Nobody fills another's chat: from some messages of a kind on, what more is told in a day goes into the last
        one, which makes no sound. One with buttons gives way to the newest."""
        both = render.joined([render.kept(last.payload), message.text], "\n\n")
        is_long = message_length.units(both) > message_length.MOST_UNITS
        has_buttons = bool(message.keyboard or last.payload.get("keyboard"))
        shown = message if is_long or has_buttons else replace(message, text=both)
        self._revise(last, shown)
        last.payload = last.payload | shown.as_payload()
        return last

    def revise(self, delivery: Delivery, made: Made) -> None:
        """Bring a message that somebody was handed up to date, wherever it is on its way, in that one's language."""
        with speaking(delivery.officer.language if delivery.officer else None):
            self._revise(delivery, made())

    def _revise(self, delivery: Delivery, message: Message) -> None:
        if delivery.state is DeliveryState.PENDING:
            delivery.payload = delivery.payload | message.as_payload()
        elif (edit := deliveries.waiting_edit(self.session, delivery.id)) is not None and edit.payload:
            edit.payload = edit.payload | message.as_payload()
        elif delivery.state is not DeliveryState.FAILED:
            self.owe(
                DeliveryKind.EDIT,
                message,
                event=delivery.event,
                officer_id=delivery.officer_id,
                chat_id=delivery.chat_id,
                target_id=delivery.id,
            )

    def tell_planners(self, event: str, template: str, /, **facts: object) -> list[Officer]:
        """Owe the planning office, the speaker aside, an event message; gives whom it reaches."""
        found = officers.holders(self.session, RoleName.PLANNER, self.today)
        others = [one for one in found if one.id != self.actor.officer.id]
        return [one for one in others if self.tell(one.id, event, template, **facts)]

    def tell_chat(self, link: ChatLink, event: str, template: str, /, **facts: object) -> None:
        """Owe a chat that is nobody's from now on its last message."""
        with speaking(link.officer.language):
            message = _event(template, facts)
        delivery = self.owe(DeliveryKind.EVENT, message, event=event, chat_id=link.chat_id)
        delivery.officer_id = None

    def milestone(self, number: int, action: Action) -> Milestone:
        """The milestone, if the speaker may do the action to it. Raises UsageError with a reason that tells
        nothing about what the speaker may not see: an unknown number and somebody else's read the same."""
        found = milestones.get(self.session, number)
        is_allowed = found is not None and may(self.session, self.actor, action, found, self.today)
        if found is None or not (is_allowed or may(self.session, self.actor, Action.VIEW, found, self.today)):
            raise UnseenError(say("chat.error.unseen", number=number))
        is_changing = action in {Action.CHANGE, Action.EDIT, Action.REOPEN, Action.DECIDE, Action.NUDGE}
        if found.twin_of_id is not None and is_changing:
            raise UsageError(say("chat.error.twin", number=number, leader=found.twin_of_id))
        is_live = found.task.plan.state is PlanState.ACTIVE or found.outlives_plan
        if is_changing and not is_live:
            raise UsageError(say("chat.error.closed-plan", number=number))
        if not is_allowed:
            why = "not-decided" if action is Action.DECIDE else "only-seen"
            raise RefusedError(say(f"chat.error.{why}", number=number))
        return found

    def sample_number(self) -> str:
        """A number for examples that the speaker may really use: the first own open one."""
        mine = milestones.of_officer(self.session, self.actor.officer.id, self.today)
        return next((str(one.id) for one in mine if one.state is MilestoneState.PLANNED), SAMPLE_NUMBER)


def _event(template: str, facts: Mapping[str, object]) -> Message:
    told = {key: one() if isinstance(one, (FunctionType, partial)) else one for key, one in facts.items()}
    return Message(render.text(template, **told), [])


def _file_event(kind: str, wanted: dict[str, Any]) -> str:
    """The kind of a file in the ledger: a draft's sheet is one of its own, a report one a format."""
    own = wanted.get("upload") or (str(wanted["name"]).rpartition(".")[2] if kind == "report" else "")
    return f"file:{kind}:{own}"[:EVENT_MOST]


# --- what was typed


@dataclass(frozen=True)
class Numbered:
    """The numbers at the front, each once, in their order, and what follows them."""

    ids: list[int]
    rest: str


def numbered(text: str) -> Numbered:
    """Raises UsageError for too many numbers; no numbers give an empty list."""
    ids: list[int] = []
    position = 0
    text = text.strip()
    read = text.translate(ASCII_DIGITS)  # of the same length
    while found := _ID.match(read, position):
        ids.append(int(found[1]))
        position = found.end()
    if _SIGNED_ID.match(read, position):
        raise UsageError(say("chat.error.signed"))
    unique = list(dict.fromkeys(ids))
    if len(unique) > IDS_MOST:
        raise UsageError(say("chat.error.too-many", count=IDS_MOST))
    return Numbered(unique, text[position:].strip())


def one_number(text: str, reason: str, example: str, *, is_all: bool = False) -> tuple[int, str]:
    """The one number at the front and what follows it; `is_all`: nothing may. Raises UsageError with the reason."""
    found = numbered(text)
    if len(found.ids) != 1 or (is_all and found.rest):
        raise UsageError(reason, example=example)
    return found.ids[0], found.rest


def note(text: str, *, is_optional: bool = False) -> str | None:
    """A note or reason as far as the level keeps it, None where empty; `is_optional`: it may as well be missing. A
    reason has words: a letter or digit that one sees. Of a longer one the beginning is kept, and the answer says that
    the rest was left out."""
    cleaned = clean(text)
    if len(cleaned) > NOTE_MOST:
        cleaned = cleaned[:NOTE_MOST].rstrip()
        guard.leave_out()
    says_something = has_words(cleaned) or is_optional
    return guard.kept(cleaned if cleaned and says_something else None, is_optional=is_optional)


def ensure_words(what: str) -> None:
    """Raises UsageError where the level keeps nothing that is typed, with what to do instead. `what`: its code in the
    catalogue."""
    if not guard.takes_in():
        raise UsageError(say("chat.error.not-kept", what=words("chat.typed")[what]))


# --- what was pressed: v1|verb|id|revision, under Telegram's 64 bytes. Whoever presses is checked at every press.

VERSION = "v1"
MOST_BYTES = 64
PARTS = 4
MOST_NUMBER = 2**31 - 1  # what every database takes for an id


@dataclass(frozen=True)
class Press:
    """What a button says: the verb, the thing's number, and the revision it was drawn for (0: none)."""

    verb: str
    id: int
    revision: int


def data(verb: str, number: int = 0, revision: int = 0) -> str:
    text = f"{VERSION}|{verb}|{number}|{revision}"
    assert len(text.encode()) <= MOST_BYTES, text
    return text


STYLES = {
    **dict.fromkeys(
        (
            "done",
            "approve",
            "confirm",
            "cardyes",
            "upreg",
            "offreg",
            "hook",
            "hoall",
            "awayok",
            "pastdone",
            "chkok",
            "chksign",
            "rostake",
        ),
        "success",
    ),
    **dict.fromkeys(
        ("reject", "return", "keepdone", "chkback", "withdraw", "updrop", "difdrop", "planclose", "endclose"),
        "danger",
    ),
    **dict.fromkeys(
        ("waiting", "checklist", "pastopen", "reviewopen", "vacantopen", "planendopen"), "primary"
    ),
}
"""The colour of buttons by their verb: green does what was asked, red refuses or takes away, blue leads to what is to be
decided. What Telegram does not know yet, or an old client, it leaves out."""


def button(shown: str, verb: str, number: int = 0, revision: int = 0) -> dict[str, str]:
    """A button as messages carry it."""
    style = {"style": STYLES[verb]} if verb in STYLES else {}
    return {"text": shown, "data": data(verb, number, revision)} | style


def buttons(number: int, revision: int, *drawn: tuple[str, str]) -> list[dict[str, str]]:
    """A row of them about one thing, by their verbs and labels."""
    return [button(shown, verb, number, revision) for verb, shown in drawn]


def read_press(text: str | None) -> Press | None:
    """The press; None for data that is not ours, of another version, or forged."""
    parts = (text or "").split("|")
    if len(parts) != PARTS or parts[0] != VERSION:
        return None
    if not all(part.isascii() and part.isdigit() and len(part) <= 12 for part in parts[2:]):
        return None
    if int(parts[2]) > MOST_NUMBER or int(parts[3]) > MOST_NUMBER:
        return None
    return Press(parts[1], int(parts[2]), int(parts[3]))
