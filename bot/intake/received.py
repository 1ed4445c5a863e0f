"""What Telegram gives, before anything reads it: updates cut out of an answer as the JSON text they came as.

The text is cut by its brackets alone, in one pass: what is nested too deep, or holds numbers or letters that nobody
can take, is one update among the others and not the end of them.
"""

import hashlib
import json
import re
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeGuard, TypeVar

from telegram import Bot, File, User
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.chat.update import LARGEST
from jobs.delivery.telegram_errors import UNREADABLE
from store.inbox import content

P = ParamSpec("P")
T = TypeVar("T")

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},"]', re.DOTALL)
_RESULT = re.compile(r"\s*:\s*\[")
_NUMBER = re.compile(r"\s*:\s*(?P<number>\d{1,19})\s*[,}]")
_OPENING, _CLOSING = "[{", "]}"


@dataclass(frozen=True)
class Received:
    """One update: the number it is known by, its chat where it names one that can be, and its text.

    `confirmed_by`: the offset that confirms it to Telegram; None where it bears no number of Telegram's.
    """

    update_id: int
    chat_id: int | None
    text: str
    confirmed_by: int | None


def received(text: str) -> Received:
    """The update of a text, whatever it is: one without a number of its own gets one that is below 0, and for the
    same text the same."""
    raw = text.replace("\0", "\ufffd").encode("utf-8", "replace")  # what a store has no room for
    text = raw.decode()
    found = content(text)
    number = _number_of(found, text)
    if number is None:
        digest = hashlib.sha256(raw).digest()
        return Received(-1 - (int.from_bytes(digest[:8]) >> 1), chat_of(found), text, None)
    return Received(number, chat_of(found), text, number + 1)


def _number_of(found: Any, text: str) -> int | None:
    number = found.get("update_id") if isinstance(found, dict) else _written_number(text)
    return number if _is_number(number) and number >= 0 else None


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and -LARGEST <= value < LARGEST


def _written_number(text: str) -> int | None:
    """The update's number in a text that is too much for a reader of JSON."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
        if depth == 1 and token[0] == '"update_id"' and (found := _NUMBER.match(text, token.end())):
            return int(found["number"])
    return None


def chat_of(update: Any) -> int | None:
    """The chat that an update comes from; None where it names none, or no number that the store has room for."""
    if not isinstance(update, dict):
        return None
    for part in update.values():
        for one in (part, part.get("message")) if isinstance(part, dict) else ():
            chat = one.get("chat") if isinstance(one, dict) else None
            if isinstance(chat, dict) and _is_number(number := chat.get("id")):
                return number
    return None


def is_json(text: str) -> bool:
    """Whether it is JSON at all, however much of it."""
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    except (ValueError, RecursionError):  # too many digits, or nested too deep
        return True
    return True


def cut(answer: str) -> list[str] | None:
    """The elements of "result", each as it stands; None where the answer has no such list.

    Raises ValueError where the answer ends before the list does.
    """
    depth, tokens = 0, _TOKEN.finditer(answer)
    for token in tokens:
        depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
        if depth == 1 and token[0] == '"result"' and (found := _RESULT.match(answer, token.end())):
            next(tokens)  # the list's bracket
            return list(_elements(answer, found.end(), tokens))
    return None


def _elements(answer: str, begin: int, tokens: Iterator[re.Match[str]]) -> Iterator[str]:
    depth = 0
    for token in tokens:
        mark = token[0]
        if mark == '"':
            break
        if depth == 0 and mark in ",]":
            if text := answer[begin : token.start()].strip():
                yield text
            if mark == "]":
                return
            begin = token.end()
        depth += (mark in _OPENING) - (mark in _CLOSING)
    raise ValueError("the list of updates has no end")


class UpdatesRequest(HTTPXRequest):
    """Fetches updates without reading them: "result" is a list of texts. Everything else is read as usual."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        text = payload.decode("utf-8", "replace")
        try:
            updates = cut(text)
            return json.loads(text) if updates is None else {"ok": True, "result": updates}
        except (ValueError, RecursionError):
            raise TelegramError("Invalid server response") from None


def _readable(ask: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """The same question; an answer of which the library can make nothing is trouble on the way, as any other."""

    @wraps(ask)
    async def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await ask(*args, **kwargs)
        except TelegramError:
            raise
        except Exception as error:
            raise NetworkError(UNREADABLE) from error

    return asked


class RawBot(Bot):
    """A bot that is given its updates as text, and that takes no answer for what it is not."""

    get_webhook_info = _readable(Bot.get_webhook_info)
    set_webhook = _readable(Bot.set_webhook)
    delete_webhook = _readable(Bot.delete_webhook)
    get_chat = _readable(Bot.get_chat)

    @_readable
    async def get_file(self, *args: Any, **kwargs: Any) -> File:
        """Raises NetworkError where the file is named by a place on this machine: nothing of it is sent to anybody."""
        found = await super().get_file(*args, **kwargs)
        if found.file_path is None or not found.file_path.startswith(self.base_file_url):
            raise NetworkError(UNREADABLE)
        return found

    @_readable
    async def get_me(self, *args: Any, **kwargs: Any) -> User:
        """Raises NetworkError where it is no bot that answers: something in between does."""
        found = await super().get_me(*args, **kwargs)
        if not found.is_bot or not found.username or not 0 < found.id < LARGEST:
            raise NetworkError(UNREADABLE)
        return found

    async def get_raw_updates(
        self, *, offset: int | None, limit: int, timeout_s: int, allowed: Sequence[str]
    ) -> list[str]:
        """As `get_updates`, but each update is the JSON text it came as. Held by tests/bot/intake/test_received.py, for it
        goes by the inner way of the library."""
        asked: dict[str, Any] = {
            "offset": offset,
            "limit": limit,
            "timeout": timeout_s,
            "allowed_updates": allowed,
        }
        wait_s = (self._request[0].read_timeout or 0.0) + timeout_s  # Telegram itself waits so long for news
        updates: list[str] = await self._post("getUpdates", asked, read_timeout=wait_s)
        return updates
