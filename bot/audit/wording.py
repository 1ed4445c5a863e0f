"""An entry of the log in words: who or what it is about, what changed, when and by what; nothing as the store has it.

What this version has no words for (an entry of a later one, a value that is none) is said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot.privacy import guard
from bot.privacy.levels import Part
from bot.texts import render
from bot.texts.render import label, words
from bot.texts.round_words import entry_states, states
from reports.ask_words import verdict_word
from reports.period import period_of
from reports.texts.states import (
    ADJUSTMENT_DECISION_WORDS,
    ADJUSTMENT_STEP_WORDS,
    ADJUSTMENT_TYPE_WORDS,
    GATE_WORDS,
    ITEM_KIND_WORDS,
    ITEM_STAGE_WORDS,
    JUDGEMENT_WORDS,
    PLEDGE_WORDS,
    REASON_WORDS,
    ROLE_WORDS,
    STATE_WORDS,
    outcome_word,
)
from store.models import AskAnswer, AuditEntry, Department, Officer, Plan, Round, RoundEntry, SnapshotRow

# Facts that no person reads, by key or "action.key": rows and chats by numbers that nobody sees, what follows from the
# change itself, what Telegram says in English. `--json` has them.
UNSAID: Final = frozenset(
    {
        "request",
        "evidence",
        "window_no",
        "printed",
        "held_id",
        "moved",
        "changed",
        "extend_on",
        "ask_on",
        "handover",
        "shared",
        "from",
        "error",
        "remind_from",
        "handed-over.until_on",
    }
)

NUMBER: Final = re.compile(r"(?:-?[0-9]{1,18})?")  # of a row or a chat; the store itself has none


class Wording:
    """Entries of one list, in words. `most`: letters of a text that somebody wrote, None for all of it; a list so short
    has days without the year of their entry."""

    def __init__(self, session: Session, zone: ZoneInfo, most: int | None = None) -> None:
        self.session, self.zone, self.most = session, zone, most
        self._subjects: dict[str, str] = {}
        self._people: dict[int, str] = {}

    def subject(self, entry: AuditEntry) -> str:
        """#112 for what has a number that people see, a person by name, anything else by what it is."""
        if entry.subject not in self._subjects:
            self._subjects[entry.subject] = self._subject(entry.subject)
        return self._subjects[entry.subject]

    def named(self, name: str) -> str:
        """The same of a subject by its name in the log."""
        return self._subject(name)

    def _subject(self, name: str) -> str:
        kind, _, number = name.partition(":")
        told = SUBJECTS.get(kind)
        if told is None or not NUMBER.fullmatch(number):
            return label("audit.unknown.subject")
        return told(self, int(number or 0))

    def changes(self, entry: AuditEntry) -> list[str]:
        """What was and what is, of every value that differs."""
        found, unknown = [], 0
        for key in self._keys(entry):
            name = name_of(entry.action, key)
            if name is None:
                unknown += 1
            elif key not in entry.before:
                found.append(f"{name}: {self._value(entry, key, entry.after[key])}")
            else:
                was, now = (
                    self._value(entry, key, values.get(key)) for values in (entry.before, entry.after)
                )
                found.append(f"{name} {was} → {now}")
        return [*found, label("audit.unknown.facts", count=unknown)] if unknown else found

    def values(self, entry: AuditEntry, of: Mapping[str, object]) -> list[str]:
        """All that `before` or `after` of the entry says."""
        named = [(name_of(entry.action, key), key) for key in of if not is_unsaid(entry.action, key)]
        found = [f"{name}: {self._value(entry, key, of[key])}" for name, key in named if name is not None]
        unknown = len(named) - len(found)
        return [*found, label("audit.unknown.facts", count=unknown)] if unknown else found

    def _keys(self, entry: AuditEntry) -> list[str]:
        keys = dict.fromkeys([*entry.before, *entry.after])
        if entry.reason is not None and entry.after.get("reason") == entry.reason:
            keys.pop("reason", None)  # it stands below the entry
        return [
            key
            for key in keys
            if entry.before.get(key) != entry.after.get(key) and not is_unsaid(entry.action, key)
        ]

    def _value(self, entry: AuditEntry, key: str, value: Any) -> str:
        if value in (None, "", [], {}):
            return label("audit.nothing")
        try:
            return FACTS[key](self, entry, value)
        except (KeyError, ValueError, TypeError, AttributeError):
            return label("audit.unknown.value")

    def person(self, number: int) -> str:
        """The person as the message may call them."""
        if number not in self._people:
            officer = self.session.get(Officer, number)
            shown = officer is not None and guard.lets(Part.ORGANISATION)
            self._people[number] = label(
                "audit.subject.officer",
                name=guard.named(officer) if officer is not None else None,
                rank=officer.rank if officer is not None and shown else None,
            )
        return self._people[number]

    def day(self, entry: AuditEntry, value: date) -> str:
        """With its year, but for a short list where the entry is of the same."""
        return (
            render.long_day(value)
            if self.most is None
            else render.near_day(value, entry.at.astimezone(self.zone).date())
        )


def action_of(action: str) -> str:
    """What was done."""
    return words("audit.actions").get(action) or label("audit.unknown.action")


def via_of(entry: AuditEntry) -> str:
    """By what it came: a message, a command on the server and its user there, the program itself."""
    kind, _, rest = entry.via.partition(":")
    told = words("audit.via").get(kind) or label("audit.unknown.via")
    if kind == "cli" and rest:
        return label("audit.via-user", via=told, user=rest)
    number = rest.rpartition(":")[2]
    return f"{told} {number}" if number.isdigit() else told


def name_of(action: str, key: str) -> str | None:
    """What the fact is called; None for one that this version does not know."""
    names = words("audit.facts")
    return names.get(f"{action}--{key}") or names.get(key) if key in FACTS else None


def is_unsaid(action: str, key: str) -> bool:
    return key in UNSAID or f"{action}.{key}" in UNSAID


def _department(telling: Wording, number: int) -> str:
    found = telling.session.get(Department, number)
    return label(
        "audit.subject.department", name=found.name if found and guard.lets(Part.ORGANISATION) else None
    )


def _plan(telling: Wording, number: int) -> str:
    found = telling.session.get(Plan, number)
    return label("audit.subject.plan", title=render.cut(found.title, 40) if found else None)


def _round(telling: Wording, number: int) -> str:
    found = telling.session.get(Round, number)
    return label("audit.subject.round", period=period_of(found) if found else None)


def _entry(telling: Wording, number: int) -> str:
    found = telling.session.get(RoundEntry, number)
    return label("audit.subject.entry", number=found.task_id if found else None)


def _row(telling: Wording, number: int) -> str:
    found = telling.session.get(SnapshotRow, number)
    return label("audit.subject.snapshot", number=found.task_id if found else None)


def _reply(telling: Wording, number: int) -> str:
    found = telling.session.get(AskAnswer, number)
    shown = found is not None and guard.lets(Part.ORGANISATION)
    return label(
        "audit.subject.reply",
        number=found.ask_id if found is not None else None,
        name=found.department.name if found is not None and shown else None,
    )


def _number(_telling: Wording, number: int) -> str:
    return f"#{number}"


# What the log's subjects are called, by the beginning of their names.
SUBJECTS: Final[dict[str, Callable[[Wording, int], str]]] = {
    "milestone": _number,
    "task": _number,
    "series": _number,
    "adjustment": lambda _, number: label("audit.subject.adjustment", number=number),
    "officer": Wording.person,
    "department": _department,
    "group": lambda *_: label("audit.subject.group"),
    "plan": _plan,
    "round": _round,
    "ask": lambda _, number: label("audit.subject.ask", number=number),
    "reply": _reply,
    "item": lambda _, number: label("audit.subject.item", number=number),
    "meeting": lambda _, number: label("audit.subject.meeting", number=number),
    "indicator": lambda _, number: label("audit.subject.indicator", number=number),
    "entry": _entry,
    "snapshot": _row,
    "form": lambda _, number: label("audit.subject.form", number=number),
    "area": lambda *_: label("audit.subject.area"),
    "store": lambda *_: label("audit.subject.store"),
    "calendar": lambda *_: label("audit.subject.calendar"),
    "upload": lambda *_: label("audit.subject.upload"),
}

Told = Callable[[Wording, AuditEntry, Any], str]


def _day(telling: Wording, entry: AuditEntry, value: str) -> str:
    return telling.day(entry, date.fromisoformat(value))


def _moment(telling: Wording, entry: AuditEntry, value: str) -> str:
    local = datetime.fromisoformat(value).astimezone(telling.zone)
    return f"{telling.day(entry, local.date())} {local:%H:%M}"


def _said(telling: Wording, _entry: AuditEntry, value: str) -> str:
    text = str(value)
    return label("audit.said", said=text if telling.most is None else render.cut(text, telling.most))


def _names(telling: Wording, _entry: AuditEntry, value: str | list[int]) -> str:
    """Names as they were written, or people by their numbers."""
    if isinstance(value, str):
        return ", ".join(guard.name(one) for one in value.split(", "))
    return ", ".join(telling.person(one) for one in value)


def _person(telling: Wording, _entry: AuditEntry, value: int) -> str:
    return telling.person(value)


def _departments(_telling: Wording, _entry: AuditEntry, value: list[str] | dict[str, str]) -> str:
    """Names of departments; of people by their numbers, where they are and how many."""
    if isinstance(value, dict):
        named = ", ".join(dict.fromkeys(value.values()))
        return label("audit.people-of", departments=named, count=len(value))
    return ", ".join(value)


def _department_of(telling: Wording, _entry: AuditEntry, value: int) -> str:
    found = telling.session.get(Department, value)
    return found.name if found is not None else label("audit.subject.department", name=None)


def _listed(_telling: Wording, _entry: AuditEntry, value: list[str]) -> str:
    return ", ".join(value)


def _amounts(_telling: Wording, _entry: AuditEntry, value: list[dict[str, Any]]) -> str:
    return label("corrections.budgets", budgets=value)


def _verdict(telling: Wording, entry: AuditEntry, value: str) -> str:
    """채택, 미흡: as the kind of the request calls it."""
    found = telling.session.get(AskAnswer, int(entry.subject.partition(":")[2]))
    return verdict_word(found.ask.kind, value) if found is not None else value


def _text(_telling: Wording, _entry: AuditEntry, value: object) -> str:
    return str(value)


def _roles(_telling: Wording, _entry: AuditEntry, value: str) -> str:
    told = {str(code): word for code, word in ROLE_WORDS.items()}
    return ", ".join(told[one] for one in value.split(", "))


def _numbered(_telling: Wording, _entry: AuditEntry, value: int) -> str:
    return f"#{int(value)}"


def _count(_telling: Wording, _entry: AuditEntry, value: int) -> str:
    return label("audit.count", count=int(value))


def _flag(_telling: Wording, _entry: AuditEntry, value: bool) -> str:
    return words("audit.flag")[{True: "yes", False: "no"}[value]]


def _code(table: Mapping[Any, str]) -> Told:
    return lambda _telling, _entry, value: {str(code): word for code, word in table.items()}[value]


def _state(_telling: Wording, entry: AuditEntry, value: str) -> str:
    tables: dict[str, Callable[[], Mapping[Any, str]]] = {
        "milestone": lambda: STATE_WORDS,
        "plan": lambda: words("documents.plans.state"),
        "round": states,
        "entry": entry_states,
        "ask": lambda: words("asks.state"),
        "reply": lambda: words("asks.reply-state"),
        "item": lambda: ITEM_STAGE_WORDS,
    }
    return _code(tables[entry.subject.partition(":")[0]]())(_telling, entry, value)


# How each fact that an entry may have is told; what it is called stands in `audit.facts` of the catalogue.
FACTS: Final[dict[str, Told]] = {
    **dict.fromkeys(
        (
            *("due_on", "start_on", "done_on", "original_due_on", "explained_due_on", "review_on"),
            *(
                "seen_until_on",
                "wished_due_on",
                "withdrawn_on",
                "end_on",
                "from_on",
                "starts_on",
                "until_on",
                "as_of_on",
                "answered_on",
                "on",
                "since",
                "period_end",
            ),
        ),
        _day,
    ),
    **dict.fromkeys(
        ("reported_at", "reopen_at", "answered_at", "confirmed_at", "signed_at", "evaluated_at", "made_at"),
        _moment,
    ),
    **dict.fromkeys(
        ("reported_by_id", "answered_by_id", "confirmed_by_id", "signed_by_id", "evaluated_by_id"), _person
    ),
    **dict.fromkeys(
        (
            *("note", "reason", "answer", "comment", "opinion", "results", "problems", "next_plan"),
            *("sent_back_reason", "title", "expr", "value", "source", "time", "area", "pledge"),
            *("withdrawn_reason", "indicator", "target", "kpi_value"),
        ),
        _said,
    ),
    **dict.fromkeys(("officers", "substitute", "name", "invited_by"), _names),
    **dict.fromkeys(("people", "missed"), _departments),
    **dict.fromkeys(("department", "bureau", "team", "rank", "alias", "status", "version", "no"), _text),
    **dict.fromkeys(("year", "month"), _text),
    **dict.fromkeys(("twin_of_id", "same_as", "task_id"), _numbered),
    **dict.fromkeys(
        (
            *(
                "tasks",
                "milestones",
                "series",
                "rows",
                "count",
                "messages",
                "received",
                "mentions",
                "indicators",
            ),
            *("chat_link", "invite", "fallback_channel", "dialogue", "card", "absence"),
        ),
        _count,
    ),
    **dict.fromkeys(
        (
            "is_watched",
            "is_secret",
            "outlives_plan",
            "before_start",
            "is_moved",
            "one_task",
            "is_open_ended",
            "is_on_behalf",
            "is_asked",
        ),
        _flag,
    ),
    **dict.fromkeys(("role", "level"), _code(ROLE_WORDS)),
    **dict.fromkeys(("self_status", "final_status"), _code(PLEDGE_WORDS)),
    "adjustment": _numbered,
    "milestone": _numbered,
    "language": lambda _telling, _entry, value: words("people.language.name")[value],
    "own_hour": lambda _telling, _entry, value: label("audit.hour", hour=int(value)),
    "bot_id": _text,
    "budgets": _amounts,
    "department_id": _department_of,
    "related": _listed,
    "decision": _code(ADJUSTMENT_DECISION_WORDS),
    "gate": _code(GATE_WORDS),
    "judgement": _code(JUDGEMENT_WORDS),
    "kind": lambda _telling, _entry, value: words("audit.evidence")[value],
    "item_kind": _code(ITEM_KIND_WORDS),
    "outcome": lambda _telling, _entry, value: outcome_word(value),
    "past_review": lambda _telling, _entry, value: words("audit.past-review")[value],
    "precision": lambda _telling, _entry, value: words("audit.precision")[value],
    "progress": lambda _telling, _entry, value: label("audit.percent", percent=int(value)),
    "reason_code": _code(REASON_WORDS),
    "reply": lambda _telling, _entry, value: words("asks.reply")[value],
    "verdict": _verdict,
    "every": _text,
    "opens_on": _day,
    "row_no": lambda _telling, _entry, value: str(int(value)),
    "became": lambda telling, _entry, value: telling.named(value),
    "roles": _roles,
    "done_times": lambda _telling, _entry, value: label("audit.times", count=int(value)),
    "seen_times": lambda _telling, _entry, value: label("audit.times", count=int(value)),
    "state": _state,
    "step": _code(ADJUSTMENT_STEP_WORDS),
    "type": _code(ADJUSTMENT_TYPE_WORDS),
}
