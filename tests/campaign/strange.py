"""Random updates: whatever Telegram's types allow, and what they do not; the seed decides all of it.

The types are read from the library's classes, so that a new kind of update is played from the day it is known there.
"""

from __future__ import annotations

import inspect
import json
import random
import re
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import telegram

from bot.routing.registry import BY_KOREAN, COMMANDS, PRESSES

NUMBER = "$ID"  # stands for the update's number, which the queue gives
DEEPEST = 4
NUMBERS = [
    0,
    1,
    -1,
    2,
    7,
    100,
    1 << 31,
    (1 << 31) - 1,
    -(1 << 31),
    1 << 53,
    (1 << 63) - 1,
    -(1 << 63),
    1 << 63,
    1 << 64,
    10**30,
]
TEXTS = [
    *(
        "",
        " ",
        "\u3164",
        "\u2800",
        "\u00a0" * 40,
        "\n" * 60,
        "\t\t",
        "a\x00b",
        "\ud800",
        "끝\udfff처음",
        "\ufeff",
    ),
    *(
        "\u202eقانون",
        "\u2066가\u2069나",
        "שלום 104 완료",
        "😀" * 60,
        "👨‍👩‍👧‍👦",
        "🇰🇷",
        "é" * 40,
        "각",
        "Z\u0351\u036b\u0343" * 60,
    ),
    *(
        "<b>굵게",
        "<a href='https://example.org'>누르십시오</a>",
        "&lt;i&gt;",
        "</pre>",
        "*_`[",
        "{{ 7 * 7 }}",
        "${x}",
        "%s%n",
    ),
    *(
        "@gihan_bot /stop",
        "https://example.org/?a=1",
        "#태그",
        "tg://user?id=1",
        "'; DROP TABLE milestone; --",
        "../../etc/passwd",
    ),
    *(
        "네",
        "아니요",
        "취소",
        "감사합니다",
        "완료",
        "연기",
        "101",
        "101 102 103 104 105 106 107 108 109 완료했습니다",
    ),
    *(
        "내일까지 연기",
        "다음 주 금요일로 미뤄 주세요",
        "112번 50% 진행",
        "25²",
        "١٠٤ 완료",
        "１０４ 완료",
        "done 104 106",
        "가" * 5000,
    ),
    *(
        "1" * 40,
        "(" * 300,
        "1-" * 200,
        "완료 " * 100,
        "2026. 7. " * 60,
        "26.13.45",
        "0.0.0",
        "13월 32일",
        "-1일 뒤",
        "999999999999년",
    ),
]
STATUSES = ["creator", "administrator", "member", "restricted", "left", "kicked", "?"]
PLACES = ["private", "group", "supergroup", "channel", "sender", "?"]
UPDATES = list(inspect.signature(telegram.Update).parameters)[1:-1]


@dataclass(frozen=True)
class Part:
    """One field of a type of Telegram's."""

    name: str
    kind: type
    is_list: bool
    is_needed: bool


@cache
def parts_of(owner: type) -> tuple[Part, ...]:
    found = []
    for name, one in inspect.signature(owner).parameters.items():
        if name != "api_kwargs" and one.kind is not inspect.Parameter.VAR_KEYWORD:
            kind, is_list = _kind(one.annotation)
            found.append(
                Part(
                    "from" if name == "from_user" else name,
                    kind,
                    is_list,
                    one.default is inspect.Parameter.empty,
                )
            )
    return tuple(found)


def _kind(annotation: Any) -> tuple[type, bool]:
    """The type of a field, and whether it is a list of it; text where it cannot be told."""
    if isinstance(annotation, str):
        names = re.findall(r"\w+", annotation)
        known = [getattr(telegram, name) for name in names if isinstance(getattr(telegram, name, None), type)]
        plain = [one for one in (int, float, bool, str) if one.__name__ in names]
        return (known or plain or [str])[0], "Sequence" in names or "list" in names
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        return _kind(next(one for one in typing.get_args(annotation) if one is not type(None)))
    if (inside := typing.get_args(annotation)) and typing.get_origin(annotation) is not dict:
        return _kind(inside[0])[0], True
    if isinstance(annotation, typing.ForwardRef):
        return _kind(annotation.__forward_arg__)
    return (annotation, False) if isinstance(annotation, type) else (str, False)


@dataclass
class Cast:
    """Who takes part. `officers` may act on what is theirs; `chats` are those of people who are not in the play: only
    somebody else ever writes there."""

    officers: Sequence[int]
    strangers: Sequence[int]
    chats: Sequence[int]
    milestones: Sequence[int]

    @property
    def people(self) -> Sequence[int]:
        return [*self.officers, *self.strangers]


@dataclass
class Strange:
    """Gives one update after another as the text it comes as. `is_whole`: each is JSON, for it stands in a list."""

    seed: int
    cast: Cast
    is_whole: bool = False
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def update(self) -> str:
        made: Callable[[], dict[str, Any]] = self.chance.choices(
            [self._message, self._press, self._of_any_kind, self._membership], [45, 25, 25, 5]
        )[0]
        content = {"update_id": NUMBER} | made()
        return self._broken(content) if self.chance.random() < 0.15 else _text(content)

    def _message(self) -> dict[str, Any]:
        sender = self._someone()
        message = self._in_chat(sender) | {
            "message_id": self._number(),
            "date": 1,
            "from": self._user(sender),
        }
        message["text"] = self._words()
        for part in self.chance.sample(parts_of(telegram.Message), self.chance.choice([0, 0, 0, 1, 2])):
            message.setdefault(part.name, self._value(part, 1))
        return {self.chance.choice(["message", "message", "message", "edited_message"]): message}

    def _press(self) -> dict[str, Any]:
        sender = self._someone()
        message = self._in_chat(sender) | {"message_id": self._number(), "date": self.chance.choice([0, 1])}
        query = {
            "id": "1",
            "chat_instance": "1",
            "from": self._user(sender),
            "message": message,
            "data": self._data(),
        }
        return {"callback_query": query}

    def _membership(self) -> dict[str, Any]:
        sender = self.chance.choice(self.cast.people)
        changed = {"chat": {"id": sender, "type": "private"}, "from": self._user(sender), "date": 1}
        for name in ("old_chat_member", "new_chat_member"):
            changed[name] = {"user": self._user(42), "status": self.chance.choice(STATUSES), "until_date": 0}
        return {"my_chat_member": changed}

    def _of_any_kind(self) -> dict[str, Any]:
        """Every kind of update, and kinds that nobody knows."""
        name = self.chance.choice([*UPDATES, "future_kind"])
        part = next((one for one in parts_of(telegram.Update) if one.name == name), None)
        return {name: self._value(part, 0) if part else self._anything()}

    def _someone(self) -> int:
        return self.chance.choice(self.cast.officers if self.chance.random() < 0.5 else self.cast.strangers)

    def _user(self, number: int) -> dict[str, Any]:
        return {"id": number, "is_bot": self.chance.random() < 0.02, "first_name": self._short()}

    def _in_chat(self, sender: int) -> dict[str, Any]:
        """Where the sender writes: mostly in private, in groups, sometimes where only others could."""
        place = self.chance.random()
        if place < 0.8:
            return {"chat": {"id": sender, "type": "private"}}
        if place < 0.9:
            number = -self.chance.randrange(1, 30)
            return {
                "chat": {
                    "id": number,
                    "type": self.chance.choice(["group", "supergroup"]),
                    "title": self._short(),
                }
            }
        if sender in self.cast.strangers and self.cast.chats:
            return {"chat": {"id": self.chance.choice(self.cast.chats), "type": "private"}}
        return {"chat": {"id": sender, "type": self.chance.choice(PLACES)}}

    def _words(self) -> str:
        number = self.chance.choice(self.cast.milestones)
        acts = ["완료", "연기", "진행", "메모", "확인", "도와 주세요"]
        return self.chance.choice(
            [
                self._short(),
                f"/{self.chance.choice(NAMES)} {number} {self._short()}",
                f"/{self.chance.choice(NAMES)}@gihan_bot {self._short()}",
                f"{self.chance.choice(KOREAN)} {self._short()}",
                f"{number} {self.chance.choice(acts)} {self._short()}",
                f"{self.chance.choice(acts)} {number} 7.{self.chance.randrange(40)} {self._short()}",
                self._short() + self._short(),
            ]
        )[:4096]

    def _short(self) -> str:
        return self.chance.choice(TEXTS)

    def _data(self) -> str:
        """What a button bears: a real verb with numbers of anybody's, or nothing that was ever on a button."""
        verb = self.chance.choice([*PRESSES, "digest", "?"])
        one = self.chance.choice([*self.cast.milestones, *self.cast.people, *range(12), *NUMBERS])
        two = self.chance.choice([0, 1, 2, 3, *NUMBERS])
        form = self.chance.choice(["v1|{}|{}|{}"] * 8 + ["v1|{}|{}", "v2|{}|{}|{}", "{}{}{}", "|||", ""])
        return form.format(verb, one, two) if self.chance.random() < 0.95 else self._short()[:64]

    def _value(self, part: Part, depth: int) -> Any:
        if self.chance.random() < 0.02:
            return self._anything()
        if part.is_list:
            return [self._one(part, depth) for _ in range(self.chance.choice([0, 1, 1, 2]))]
        return self._one(part, depth)

    def _one(self, part: Part, depth: int) -> Any:
        if part.kind in (telegram.User, telegram.Chat):
            return (
                self._user(self._someone())
                if part.kind is telegram.User
                else self._in_chat(self._someone())["chat"]
            )
        if issubclass(part.kind, telegram.TelegramObject):
            return self._object(part.kind, depth + 1)
        return self._plain(part)

    def _plain(self, part: Part) -> Any:
        if part.kind is bool:
            return self.chance.random() < 0.5
        if issubclass(part.kind, int | float) or part.kind is datetime:
            return self._number()
        named = {"status": STATUSES, "type": PLACES}.get(part.name)
        return self.chance.choice(named) if named else self._short()

    def _object(self, kind: type, depth: int) -> dict[str, Any]:
        known: list[type] = kind.__subclasses__() if kind.__module__.startswith("telegram.") else []
        kind = self.chance.choice([kind, *known])
        made = {}
        for part in parts_of(kind):
            is_there = self.chance.random() < (0.97 if part.is_needed else 0.25 / (1 + 4 * depth))
            if is_there and (depth < DEEPEST or not issubclass(part.kind, telegram.TelegramObject)):
                made[part.name] = self._value(part, depth)
        return made | {"status": self.chance.choice(STATUSES), "type": self.chance.choice(PLACES)}

    def _number(self) -> int:
        return (
            self.chance.choice(NUMBERS) if self.chance.random() < 0.3 else self.chance.randrange(1, 100_000)
        )

    def _anything(self) -> Any:
        return self.chance.choice(
            [None, True, 0, 1.5, -1e308, self._number(), self._short(), [], {}, [[]], [None], {"": {}}]
        )

    def _broken(self, content: dict[str, Any]) -> str:
        """A part left out, or of another kind, or a text that is no JSON any more."""
        kind = self.chance.randrange(6)
        if kind < 3:
            holder = self._somewhere(content)
            # Telegram's own number stays where it confirms: its stand-in forgets by it, as Telegram does.
            name = self.chance.choice(
                [one for one in holder if one != "update_id" or not self.is_whole] or ["x"]
            )
            if kind == 0:
                holder.pop(name, None)
            else:
                holder[name] = self._anything()
            return _text(content)
        text = _text(content)
        if kind == 3 and not self.is_whole:
            return text[: self.chance.randrange(len(text))]
        if kind < 5:
            return text[:-1] + f', "x": {"[" * 3000}{"]" * 3000}}}'
        return text.replace(
            '"date": 1', self.chance.choice(['"date": 1e999', '"date": -1', f'"date": {"9" * 4500}'])
        )

    def _somewhere(self, content: dict[str, Any]) -> dict[str, Any]:
        found, ahead = [content], [content]
        while ahead:
            inside = [one for one in ahead.pop().values() if isinstance(one, dict) and one]
            found, ahead = found + inside, ahead + inside
        return self.chance.choice(found)


NAMES = [one.name for one in COMMANDS if one.name != "stop"] + [
    "nonsense"
]  # who stopped would be a stranger from then on
KOREAN = sorted(BY_KOREAN)


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content).replace(f'"{NUMBER}"', NUMBER)
