"""What a message lets out: by its level and by secrecy, inert (죽은 글자), and without telephone or resident numbers.

Whoever makes messages opens `speaking` first: the dispatcher for an update, the renderer for what is sent.
Outside of it (the terminal of the server) everything is printed as it is.

Telegram marks addresses, @names, /commands, #tags and the like by itself, in whatever text a bot sends: a reason with
"/stop" or an address in it would be a live button in the superior's chat. A word joiner inside breaks each of them; it
is not seen, and falls away again wherever the words come back in.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar, cast

from sqlalchemy.orm import object_session

from bot.privacy.levels import ATTRIBUTES, CARRIED, KEEPS_TYPED, PARTS_OF, Level, Part
from bot.privacy.own import LINES, label
from bot.privacy.patterns import (
    CARD,
    CELL,
    EMAIL,
    FOUR,
    LABELLED,
    LEADS,
    PHONES,
    PLAIN,
    RESIDENT,
    SIGN,
    UNLABELLED,
)
from reports.scope import Scope, ScopeKind
from reports.texts import CATALOGUE as TEXTS
from reports.texts.hidden_titles import hidden_title
from reports.texts.speaking import speaking as spoken
from reports.texts.states import GATE_WORDS, REASON_WORDS
from store.deliveries import Html, Message
from store.models import Department, Milestone, Officer, SnapshotRow, Task

_SECRET_PARTS = frozenset({Part.WORDS, Part.TITLE})
_SECRET_NAMES = frozenset({"title", "no", "expr", "before", "after"})
_UNSPOKEN = frozenset({type(None), bool, int, float, date, datetime, Html})
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


def kept(words: str | None, *, is_optional: bool = False) -> str | None:
    """What is stored of words that were typed. `is_optional`: they may as well be missing."""
    if words is None or takes_in() or words in _listed():
        return words
    voice = _VOICE.get()
    assert voice is not None
    voice.has_dropped = True
    if is_optional:
        return None
    with spoken(None):  # it is stored
        return label("privacy.not-kept")


def leave_out() -> None:
    """The end of a long text is kept nowhere."""
    if (voice := _VOICE.get()) is not None:
        voice.has_left_out = True


def take_unkept() -> tuple[bool, bool]:
    """Words were dropped, the end of a text was left out, since the last call."""
    voice = _VOICE.get()
    if voice is None:
        return False, False
    unkept = voice.has_dropped, voice.has_left_out
    voice.has_dropped = voice.has_left_out = False
    return unkept


@cache
def _listed() -> frozenset[str]:
    """Words that stay at every level, in whatever language they are: nobody typed them."""
    said = [*TEXTS.told("states.as-planned"), *LINES.told("privacy.not-kept")]
    return frozenset({*REASON_WORDS.codes(), *GATE_WORDS.codes(), *said})


def _anonymous(officer: Officer) -> str:
    return f"{label('privacy.somebody')} {officer.id}"


def named(officer: Officer) -> str:
    """The person as the message may call them."""
    return inert(officer.name) if lets(Part.NAME) else _anonymous(officer)


def name(words: str) -> str:
    """The same of a name that was typed or is kept as text."""
    return inert(words) if lets(Part.NAME) or not words else label("privacy.somebody")


def inert(words: str) -> str:
    """Words that people or documents wrote, so that nothing in them is live in a message; a terminal gets them as they
    are."""
    return broken(_without_emails(words)) if _VOICE.get() is not None else words


BREAK: Final = "\u2060"


def broken(text: str) -> str:
    """The same words to the eye; Telegram finds nothing in them."""
    text = SIGN.sub(BREAK, text) if LEADS.search(text) else text
    return CARD.sub(lambda digits: FOUR.sub(rf"\g<0>{BREAK}", digits[0]), text)


def plain(text: str) -> str:
    """The words as they were."""
    return text.replace(BREAK, "")


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
    if isinstance(thing, Milestone):
        thing = thing.task
    if isinstance(thing, Task):
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


class Foreign(str):
    """Inert words, with those that were given: a template prints these where it marks them as our `own`."""

    __slots__ = ("given",)
    given: str

    @classmethod
    def of(cls, words: str) -> str:
        if (made := inert(words)) == words:
            return words
        found = cls(made)
        found.given = words
        return found


class Shown:
    """A thing as templates have it: whatever they read of it passes what may go out."""

    __slots__ = ("_thing",)

    def __init__(self, thing: object) -> None:
        self._thing = thing

    def __getattr__(self, what: str) -> object:
        thing = self._thing
        value = getattr(thing, what)
        return value if type(value) in _UNSPOKEN else shown(_attribute(thing, what, value))

    def __str__(self) -> str:
        return inert(str(self._thing))


def shown(value: Any) -> Any:
    """What a template may have in the place of the value: words inert, whoever wrote them, things as `Shown`. What was
    rendered, and words of the code (Enum), are our own."""
    kind = type(value)
    if kind is str:
        return Foreign.of(value)
    if kind in _UNSPOKEN or hasattr(kind, "__html__") or isinstance(value, Enum | Foreign | Shown | tzinfo):
        return value
    if isinstance(value, dict):
        return _shown_table(value)
    if isinstance(value, tuple) and hasattr(kind, "_fields"):
        return kind(*map(shown, value))
    if isinstance(value, list | tuple | Iterator):
        return [shown(one) for one in value]
    return Foreign.of(value) if isinstance(value, str) else Shown(value)


def _shown_table(table: dict[Any, Any]) -> dict[Any, Any]:
    """Of the same kind, for one may count what is missing as 0."""
    made = {} if type(table) is dict else copy(table)
    made.clear()
    for key, value in table.items():
        made[shown(key)] = shown(_attribute(table, key, value) if isinstance(key, str) else value)
    return made


def _attribute(thing: Any, what: str, value: T) -> T | str | None:
    """What a template reads of a thing."""
    if isinstance(thing, Officer) and not lets(Part.NAME):
        hidden = {"name": _anonymous(thing), "rank": None, "department": None}
        return hidden.get(what, value)
    if isinstance(thing, Department) and what == "name" and not lets(Part.ORGANISATION):
        return label("privacy.hidden")
    if not isinstance(value, str):
        return value
    if (what in _SECRET_NAMES or what in ATTRIBUTES) and is_secret(thing):
        return hidden_title() if what == "title" else "" if what == "no" else label("privacy.hidden")
    part = ATTRIBUTES.get(what)
    return value if part is None or lets(part) else _hidden(part, value)


def facts(template: str, given: dict[str, object]) -> dict[str, object]:
    """What a template is told: what the level or a secret task forbids taken out, and all of it as it may be shown."""
    parts = {key: part for key, part in PARTS_OF.get(template, {}).items() if key in given}
    delicate = [key for key, part in parts.items() if part in _SECRET_PARTS and given[key]]
    is_about_secret = bool(delicate) and any(_holds_secret(value) for value in given.values())
    for key, part in parts.items():
        is_hidden = is_about_secret and key in delicate
        given[key] = _secret(part) if is_hidden else _allowed(part, given[key])
    return {key: one if type(one) in _UNSPOKEN else shown(one) for key, one in given.items()}


def _holds_secret(value: object) -> bool:
    if type(value) in _UNSPOKEN or isinstance(value, str):
        return False
    if isinstance(value, list):
        return any(_holds_secret(one) for one in value)
    if isinstance(value, dict):
        return any(is_secret(one) for one in value.values())
    return is_secret(value)


def _secret(part: Part) -> str | list[str]:
    return hidden_title() if part is Part.TITLE else label("privacy.hidden")


def _allowed(part: Part, value: object) -> object:
    if lets(part) or not value:
        return value
    if isinstance(value, list):
        return [label("privacy.somebody")] if part is Part.NAME else []
    return _hidden(part, str(value))


def _hidden(part: Part, value: str) -> str:
    """What stands in the place of a part that is not let out."""
    if part is Part.NAME:
        return label("privacy.somebody")
    return "" if part is Part.ORGANISATION else _without_words(value)


def _without_words(text: str) -> str:
    """A reason of the list stays; the words behind it do not."""
    code = text.partition(" — ")[0]
    return code if code in _listed() else label("privacy.hidden") if text else text


def clean(text: T_Text) -> T_Text:
    """The text without what no level lets out, and without addresses where the level forbids them."""
    return _without_emails(cast(T_Text, scrub(str(text))))


def clean_message(message: Message) -> Message:
    """The last look at a message before it goes out: text and labels of buttons; a file was looked at when made."""
    keyboard = [
        [one | {"text": clean(one["text"])} if "text" in one else one for one in row] for row in message.keyboard
    ]  # fmt: skip
    return replace(message, text=clean(message.text), keyboard=keyboard)


# --- what no message has, at no level: telephone numbers and resident numbers


def scrub(text: str) -> str:
    """The text with a word in the place of every telephone or resident number; dates, amounts, documents stay."""
    if UNLABELLED.search(text) is None and LABELLED.search(text) is None:
        return text
    return _without(PHONES, "phone", _without(RESIDENT, "resident", text))


def _without(pattern: re.Pattern[str], what: str, text: str) -> str:
    """The word for it in the place of each match, letters of full width read as the plain ones."""
    made, end = [], 0
    for found in pattern.finditer(text.translate(PLAIN)):
        made += [text[end : found.start()], label(f"privacy.gone.{what}")]
        end = found.end()
    return "".join([*made, text[end:]]) if made else text


def scrub_emails(text: str) -> str:
    """The same of mail addresses."""
    return EMAIL.sub(lambda _found: label("privacy.gone.email"), text)


def scrub_file(name: str, content: bytes) -> bytes:
    """The file with its texts scrubbed; a picture stays, its words are scrubbed before it is drawn."""
    if name.lower().endswith((".xlsx", ".docx")):
        return _scrub_office(content)
    if name.lower().endswith((".csv", ".txt", ".html")):
        return scrub(content.decode("utf-8")).encode("utf-8")
    return content


def _scrub_office(content: bytes) -> bytes:
    """Texts of cells and paragraphs, in the file as it is: everything else of it stays byte by byte."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            part = old.read(one)
            if one.filename.startswith(("xl/sharedStrings", "xl/worksheets/", "word/document")):
                part = CELL.sub(_scrub_cell, part.decode("utf-8")).encode("utf-8")
            new.writestr(one, part)
    return made.getvalue()


def _scrub_cell(found: re.Match[str]) -> str:
    return found[1] + scrub(found[2]) + found[3]
