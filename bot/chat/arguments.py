"""Arguments of chat commands: numbers, notes and reasons, read and limited in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.privacy import guard
from bot.speech.reading import NOTE_MOST
from bot.texts.render import josa
from plans.characters import ASCII_DIGITS, ID_DIGITS, clean, has_words

IDS_MOST = 20  # numbers in one command

__all__ = ["NOTE_MOST", "Numbered", "RefusedError", "UsageError", "clean", "ensure_words", "note", "numbered"]
_ID = re.compile(rf"[#＃]?([0-9]{{1,{ID_DIGITS}}})(?:번)?(?=[\s,]|$)[\s,]*")
_SIGNED_ID = re.compile(r"[-+][0-9]+(?=[\s,]|$)")


class UsageError(Exception):
    """What a person typed cannot be done; the message says what was wrong. Nothing is changed.

    `ends_dialogue`: asking again would not help, so what was asked is forgotten.
    """

    def __init__(self, message: str, *, example: str | None = None, ends_dialogue: bool = False) -> None:
        super().__init__(message)
        self.example = example
        self.ends_dialogue = ends_dialogue


class RefusedError(UsageError):
    """The person may not do what was asked, whatever the words."""


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
        raise UsageError("번호는 메시지에 적힌 # 뒤의 숫자만 적어 주십시오.")
    unique = list(dict.fromkeys(ids))
    if len(unique) > IDS_MOST:
        raise UsageError(f"한 번에 {IDS_MOST}건까지 처리할 수 있습니다. 나누어 보내 주십시오.")
    return Numbered(unique, text[position:].strip())


def note(text: str, what: str) -> str | None:
    """A note or reason as far as the level keeps it, None where empty; `what` names it (사유). A reason has words: a
    letter or digit that one sees. Of a longer one the beginning is kept, and the answer says that the rest was left
    out."""
    cleaned = clean(text)
    if len(cleaned) > NOTE_MOST:
        cleaned = cleaned[:NOTE_MOST].rstrip()
        guard.leave_out()
    says_something = has_words(cleaned) or what in guard.OPTIONAL
    return guard.kept(cleaned if cleaned and says_something else None, what)


def ensure_words(what: str) -> None:
    """Raises UsageError where the level keeps nothing that is typed, with what to do instead."""
    if not guard.takes_in():
        raise UsageError(
            f"{josa(what, '은/는')} 이 대화방에 남기지 않습니다(개인정보 설정 ‘최소’). 바뀐 것은 없습니다."
            " 사유는 버튼의 목록에서 고르시고, 자세한 내용은 문서로 남긴 뒤 문서번호만 “/evidence 번호 문서번호”로 적어 주십시오."
        )
