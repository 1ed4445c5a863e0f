"""The level of the message that is being made, and what of a text, a name or a thing it lets out.

Whoever makes messages opens `speaking` first: the dispatcher for an update, the renderer for what is sent.
Outside of it (the terminal of the server) everything is printed as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from sqlalchemy.orm import object_session

from bot.privacy import inert as breaking
from bot.privacy.levels import ATTRIBUTES, CARRIED, KEEPS_TYPED, PART_OF_FACT, Level, Part
from bot.privacy.scrub import scrub, scrub_emails
from reports.scope import Scope, ScopeKind
from store.deliveries import Message
from store.models import Department, Milestone, Officer, SnapshotRow, Task
from store.words import AS_PLANNED, GATE_WORDS, HIDDEN_TITLE, REASON_WORDS

HIDDEN = "(생략)"
SOMEBODY = "직원"
NOT_KEPT = "(메신저에 적지 않음)"  # stands where words are needed and the level keeps none
LISTED = frozenset({*REASON_WORDS.values(), *GATE_WORDS.values(), AS_PLANNED, NOT_KEPT})
OPTIONAL = frozenset({"메모", "의견"})  # what may as well be missing
_SECRET_PARTS = frozenset({Part.WORDS, Part.TITLE})
_SECRET_NAMES = {"title": HIDDEN_TITLE, "no": "", "expr": HIDDEN, "before": HIDDEN, "after": HIDDEN}
T = TypeVar("T")
T_Text = TypeVar("T_Text", bound=str)  # what was rendered stays so


@dataclass
class Voice:
    """`has_dropped`: words that were typed are kept nowhere; `has_left_out`: of a long text the end is not. Their
    writer is told either."""

    level: Level
    has_dropped: bool = False
    has_left_out: bool = False


_VOICE: ContextVar[Voice | None] = ContextVar("voice", default=None)


@contextmanager
def speaking(level: Level) -> Iterator[Voice]:
    """Messages are made at that level until the block ends, in this thread alone."""
    voice = Voice(level)
    token = _VOICE.set(voice)
    try:
        yield voice
    finally:
        _VOICE.reset(token)


def lets(part: Part) -> bool:
    """The message that is being made may have the part in it."""
    voice = _VOICE.get()
    return voice is None or part in CARRIED[voice.level]


def takes_in() -> bool:
    """Words, files and pictures of the chat are kept."""
    voice = _VOICE.get()
    return voice is None or voice.level in KEEPS_TYPED


def kept(words: str | None, what: str) -> str | None:
    """What is stored of words that were typed. `what` names them (사유)."""
    if words is None or words in LISTED or takes_in():
        return words
    voice = _VOICE.get()
    assert voice is not None
    voice.has_dropped = True
    return None if what in OPTIONAL else NOT_KEPT


def take_dropped() -> bool:
    """Words were dropped since the last call."""
    voice = _VOICE.get()
    has_dropped = voice is not None and voice.has_dropped
    if voice is not None:
        voice.has_dropped = False
    return has_dropped


def leave_out() -> None:
    """The end of a long text is kept nowhere."""
    if (voice := _VOICE.get()) is not None:
        voice.has_left_out = True


def take_left_out() -> bool:
    """The end of a text was left out since the last call."""
    voice = _VOICE.get()
    has_left_out = voice is not None and voice.has_left_out
    if voice is not None:
        voice.has_left_out = False
    return has_left_out


def named(officer: Officer) -> str:
    """The person as the message may call them."""
    return inert(officer.name) if lets(Part.NAME) else f"{SOMEBODY} {officer.id}"


def name(words: str) -> str:
    """The same of a name that was typed or is kept as text."""
    return inert(words) if lets(Part.NAME) or not words else SOMEBODY


def inert(words: str) -> str:
    """Words that people or documents wrote, so that nothing in them is live in a message; a terminal gets them as they
    are."""
    if _VOICE.get() is None:
        return words
    return breaking.inert(_without_emails(words))


def printed(value: object) -> object:
    """What a template prints: words become inert, whoever wrote them; what is our own is marked so in the template."""
    return inert(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _without_emails(text: T_Text) -> T_Text:
    return text if "@" not in text or lets(Part.EMAIL) else cast(T_Text, scrub_emails(text))


def words(text: str, *about: object) -> str:
    """A text that somebody wrote; `about`: what it is about, which may be secret."""
    is_hidden = not lets(Part.WORDS) or any(is_secret(one) for one in about)
    return _without_words(text) if is_hidden else inert(text)


def scope(one: Scope) -> Scope:
    """The scope of a status, which may be a person."""
    return replace(one, name=name(one.name)) if one.kind is ScopeKind.PERSON else one


def is_secret(thing: object) -> bool:
    """It is a secret task, or belongs to one."""
    if isinstance(thing, Task | Milestone):
        return thing.is_secret
    if isinstance(thing, SnapshotRow):
        session = object_session(thing)
        task = session.get(Task, thing.task_id) if session and thing.task_id else None
        return task is not None and task.is_secret
    for owner in ("milestone", "task", "row"):
        found = getattr(thing, owner, None)
        if isinstance(found, Task | Milestone | SnapshotRow):
            return is_secret(found)
    return False


def reading(read: Callable[[Any, Any, str], Any]) -> Callable[[Any, Any, str], Any]:
    """The way in which templates read things, so that whatever is read passes what may go out."""
    return lambda environment, thing, what: _attribute(thing, what, read(environment, thing, what))


def _attribute(thing: Any, what: str, value: T) -> T | str | None:
    """What a template reads of a thing."""
    if isinstance(thing, Officer) and not lets(Part.NAME):
        hidden = {"name": f"{SOMEBODY} {thing.id}", "rank": None, "department": None}
        return hidden.get(what, value)
    if isinstance(thing, Department) and what == "name" and not lets(Part.ORGANISATION):
        return HIDDEN
    if not isinstance(value, str):
        return value
    if (what in _SECRET_NAMES or what in ATTRIBUTES) and is_secret(thing):
        return _SECRET_NAMES.get(what, HIDDEN)
    part = ATTRIBUTES.get(what)
    return value if part is None or lets(part) else _hidden(part, value)


def facts(template: str, given: dict[str, object]) -> dict[str, object]:
    """What a template is told, with what the level or a secret task forbids taken out."""
    parts = {key: part for key in given if (part := PART_OF_FACT.get(f"{template}.{key}")) is not None}
    if not parts:
        return given
    is_about_secret = any(_holds_secret(value) for value in given.values())
    return given | {
        key: _secret(part) if is_about_secret and part in _SECRET_PARTS and given[key] else _shown(part, given[key])
        for key, part in parts.items()
    }  # fmt: skip


def _holds_secret(value: object) -> bool:
    if isinstance(value, list):
        return any(_holds_secret(one) for one in value)
    if isinstance(value, dict):
        return any(is_secret(one) for one in value.values())
    return is_secret(value)


def _secret(part: Part) -> str | list[str]:
    return HIDDEN_TITLE if part is Part.TITLE else HIDDEN


def _shown(part: Part, value: object) -> object:
    if lets(part) or not value:
        return value
    if isinstance(value, list):
        return [SOMEBODY] if part is Part.NAME else []
    return _hidden(part, str(value))


def _hidden(part: Part, value: str) -> str:
    """What stands in the place of a part that is not let out."""
    if part is Part.NAME:
        return SOMEBODY
    return "" if part is Part.ORGANISATION else _without_words(value)


def _without_words(text: str) -> str:
    """A reason of the list stays; the words behind it do not."""
    code = text.partition(" — ")[0]
    return code if code in LISTED else HIDDEN if text else text


def clean(text: T_Text) -> T_Text:
    """The text without what no level lets out, and without addresses where the level forbids them."""
    return _without_emails(cast(T_Text, scrub(text)))


def clean_message(message: Message) -> Message:
    """The last look at a message before it goes out: text and labels of buttons; a file was looked at when made."""
    keyboard = [
        [one | {"text": clean(one["text"])} if "text" in one else one for one in row] for row in message.keyboard
    ]  # fmt: skip
    return replace(message, text=clean(message.text), keyboard=keyboard)
