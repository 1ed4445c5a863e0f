"""Commands as /help teaches them: “/delay 112 7.20 의회 일정”, “완료 121 6.28 설치 완료”; what follows is kept as typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from bot.dates import Shift, When, judge, read
from bot.speech.absence import absence
from bot.speech.completion import UNSURE
from bot.speech.leftover import reason, trimmed
from bot.speech.lexicon import PATTERNS, Intent
from bot.speech.manners import CONDITIONAL, NOTE_ENDING, QUESTION, YET_TO_COME
from bot.speech.masking import masked
from bot.speech.numbers import OR_DAYS, Number, doubt_of, numbers
from bot.speech.reading import Understood, asking
from bot.speech.remarks import OF_NOTES
from bot.speech.unread import CORRECTED, REPORTED, TAKEN_BACK, changes_date, tells_time

_WORD = re.compile(r"(?P<word>[a-z]+)(?:@\S+)?(?P<rest>(?:[\s\d#].*)?)$", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(
    r"(?P<word>완료|연기|진행|메모|done|delay|postpone|progress|note)\s*[:：]?\s*(?P<rest>[#＃]?\d.*)$",
    re.IGNORECASE | re.DOTALL,
)
# Between two numbers something must stand: else a list of numbers is read in as many ways as it has digits.
_BEHIND = re.compile(
    r"(?P<ids>[#＃]?\d{1,9}(?:\s*번)?(?:[\s,]+[#＃]?\d{1,9}(?:\s*번)?)*)[\s,]*메모\s*[:：]?\s*(?P<rest>.*)$",
    re.DOTALL,
)
_JOIN = re.compile(r"\s*(?:번)?\s*(?:,|·|/|및|와|과|랑|and)?\s*", re.IGNORECASE)
_ODD_NOTE = re.compile(
    r"\s*(?:못|안\s|아직|예정|취소|연기|불가|전(?:\s|$|입)|하지|할|하겠|되면|하면|여부|중|않|보고서|율|일\s|기한|후|시|까지|인가|했나|됐나|된\s*건|not|yet)"
)
_DATE_OR_AMOUNT = re.compile(
    r"\d+\s*(?:[./년월주%일개시분명건]|퍼|프로|달|영업|근무|week|day|month|business|working)|20\d{6}(?!\d)"
    r"|\d{1,2}\s*(?:st|nd|rd|th)?\s*(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_BARE_MONTH = re.compile(r"[월달]$|month$|year$|분기$|반기$", re.IGNORECASE)
_PERCENT = re.compile(r"(?P<n>\d{1,3})\s*(?:%|퍼센트|프로)?(?=\s|$)\s*(?P<rest>.*)", re.DOTALL)
WORDS: Final = {
    "완료": Intent.DONE,
    "연기": Intent.DELAY,
    "postpone": Intent.DELAY,
    "진행": Intent.PROGRESS,
    "메모": Intent.NOTE,
}
MOST_PERCENT: Final = 100


def command(text: str, ahead: When, behind: When) -> Understood:
    """A text that began with a slash."""
    found = _WORD.match(text)
    if found is None:
        return headed(text, ahead, behind) or asking("없는 명령입니다. 사용법은 /help 를 눌러 주십시오.")
    word, rest = found["word"].lower(), found["rest"].strip()
    if word in {one.value for one in SHAPES}:
        return _shaped(Intent(word), rest, ahead, behind)
    if word == Intent.AWAY.value:
        return absence(rest, ahead)
    if word in {one.value for one in Intent} - {"ask", "none"}:
        return Understood(Intent(word), _front(rest)[0])
    return asking("없는 명령이거나 여기서 읽지 않는 명령입니다. 사용법은 /help 를 눌러 주십시오.")


_TAKEN_BACK: Final = re.compile(
    r"(?:취소|철회)\s*(?:해|하|요|부탁|바|$)|말고|아니라|아닌(?=\s)|안\s*(?:하|할|해도)"
)


_PERCENT_AGAIN: Final = re.compile(r"\d\s*(?:%|％|퍼센트|프로)")


def headed(text: str, ahead: When, behind: When) -> Understood | None:
    """The same without the slash, where numbers follow the word; None for everything else."""
    if found := _BEHIND.match(text):
        return _shaped(Intent.NOTE, f"{found['ids']} {found['rest']}", ahead, behind)
    found = _HEAD.match(text)
    if found is None:
        return None
    word = found["word"].lower()
    intent = WORDS.get(word) or Intent(word)
    read_so = _shaped(intent, found["rest"], ahead, behind)
    is_else = read_so.intent is Intent.ASK or not read_so.ids or _is_otherwise(read_so, ahead)
    return None if is_else else read_so


def _is_otherwise(found: Understood, ahead: When) -> bool:
    """The words behind a command typed without its slash take it back, put it off, or speak of other items."""
    told = found.note if found.intent in {Intent.DONE, Intent.PROGRESS} else found.reason
    if not told:
        return False
    if found.intent is Intent.PROGRESS:
        return any(one.search(told) for one in (CORRECTED, TAKEN_BACK, YET_TO_COME, _PERCENT_AGAIN))
    if masked(told, ahead).numbers:
        return True
    return found.intent is Intent.DONE and (tells_time(told) or any(one.search(told) for one in UNSURE))


def _front(text: str) -> tuple[tuple[int, ...], str, str | None]:
    """The numbers at the front, the rest, and why they are in doubt."""
    ids: list[int] = []
    at = 0
    doubt = None
    while (found := next(numbers(text[at:]), None)) is not None and found.start == 0:
        if _is_date_or_amount(text[at:], found) and ids:
            break
        ids += found.ids
        doubt = doubt or found.doubt
        joint = _JOIN.match(text, at + found.end)
        at = joint.end() if joint else at + found.end
    if odd := OR_DAYS.search(text):
        doubt = f"“{odd[0]}”이 번호인지 기간인지 알 수 없습니다."
    return tuple(dict.fromkeys(ids)), text[at:].strip(), doubt or doubt_of(text[:at])


def _is_date_or_amount(text: str, found: Number) -> bool:
    """The next number begins a date, a length or an amount: 121 6.28 · 121 2주 · 121 60%."""
    return found.doubt is not None or _DATE_OR_AMOUNT.match(text, found.start) is not None


def _shaped(intent: Intent, text: str, ahead: When, behind: When) -> Understood:
    return SHAPES[intent](text, ahead, behind)


def _done(text: str, _ahead: When, behind: When) -> Understood:
    ids, rest, doubt = _front(text)
    if doubt or not ids or _ODD_NOTE.match(rest) or rest.endswith(("?", "？")):
        return asking(doubt or "어느 일정을 마치셨는지 번호를 알려 주십시오.", ids)
    told = read(rest, behind)
    if told is None:
        return Understood(Intent.DONE, ids, note=trimmed(rest) or None)
    if isinstance(told.value, Shift):
        return asking("완료일을 알려 주십시오.", ids)
    judged = judge(told.value, behind)
    note = trimmed(told.rest) or None
    return Understood(
        Intent.DONE, ids, judged.day, note=note, question=judged.question, choices=judged.choices
    )


def _delay(text: str, ahead: When, _behind: When) -> Understood:
    ids, rest, doubt = _front(text)
    if doubt or not ids:
        return asking(doubt or "연기할 일정의 번호와 새 기한, 사유를 알려 주십시오.", ids)
    told = read(rest, ahead)
    if (
        told is None
        or QUESTION.search(told.rest)
        or CONDITIONAL.search(told.rest)
        or PATTERNS[Intent.DELAY].search(told.rest)
        or REPORTED.search(told.rest)
        or changes_date("", told.rest)
        or CORRECTED.search(told.rest)
        or TAKEN_BACK.search(told.rest)
    ):
        return asking("새 기한을 읽지 못했습니다. 번호 다음에 날짜나 기간을 적어 주십시오.", ids)
    if told.rest and _BARE_MONTH.search(told.text):
        return asking(f"“{told.text}”의 며칠인지 알려 주십시오.", ids)
    again = read(told.rest, ahead)
    if again is not None and isinstance(again.value, date | Shift):
        return asking("새 기한이 여럿입니다. 하나만 적어 주십시오.", ids)
    judged = judge(told.value, ahead)
    return Understood(
        Intent.DELAY,
        ids,
        judged.day,
        judged.shift,
        reason=reason(told.rest) or None,
        question=judged.question,
        choices=judged.choices,
        basis=told.basis,
    )


def _progress(text: str, _ahead: When, _behind: When) -> Understood:
    head, _, rest = text.strip().partition(" ")
    ids, left, doubt = _front(head)
    found = _PERCENT.match(rest.strip())
    if doubt or len(ids) != 1 or left or found is None or int(found["n"]) > MOST_PERCENT:
        return asking("일정 번호와 0에서 100 사이의 진행률을 알려 주십시오.", ids)
    return Understood(Intent.PROGRESS, ids, percent=int(found["n"]), note=trimmed(found["rest"]) or None)


def _note(text: str, _ahead: When, _behind: When) -> Understood:
    ids, rest, doubt = _front(text)
    if OF_NOTES.match(rest):
        return asking(
            "메모는 “/task 번호”에서 보실 수 있고, 직전 등록은 “되돌리기”로 거두실 수 있습니다.", ids
        )
    ending = NOTE_ENDING.match(rest)
    words = " ".join((rest[ending.end() :] if ending else rest).split()).lstrip("-–—:·, ")
    if doubt or not ids or not words:
        return asking(doubt or "번호와 남기실 메모를 알려 주십시오.", ids)
    return Understood(Intent.NOTE, ids, note=words)


SHAPES: Final[dict[Intent, Callable[[str, When, When], Understood]]] = {
    Intent.DONE: _done,
    Intent.DELAY: _delay,
    Intent.PROGRESS: _progress,
    Intent.NOTE: _note,
}
