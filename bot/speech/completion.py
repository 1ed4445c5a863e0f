"""“121번 6월 28일에 완료했습니다”: done, unless it is not, not yet, or perhaps."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.dates import Doubt, Found, Shift, judge
from bot.speech.acts import Heard, places, spoken
from bot.speech.leftover import chunks
from bot.speech.lexicon import Intent
from bot.speech.manners import CONDITIONAL, HEARSAY, MAYBE, NOT_DONE, QUESTION, STEP, YET_TO_COME
from bot.speech.masking import DATE, OTHER, Atom
from bot.speech.reading import Understood, asking

NOT_SURE: Final = (
    "완료로 등록할까요? 마치셨으면 “완료 번호”로, 기한 안에 어려우시면 “연기 번호 날짜 사유”로 보내 주십시오."
)
WHICH: Final = "어느 일정을 마치셨는지 번호를 알려 주십시오."
WHEN_WORDS: Final = re.compile(
    r"\d\s*[월일](?![가-힣])|어제|그저께|그제|엊그|지난|저번|요일|이틀|사흘|나흘|닷새|열흘|보름|주일|\d주|전에|부로|\b(?:ago|last|yesterday|today|tomorrow)\b",
    re.IGNORECASE,
)  # left over before the act: a day was told and not understood
_WITH_DAY: Final = {"에", "자", "자로", "부로", "날짜로", "날", "에는"}
_FRACTION: Final = re.compile(r"[1-9]\s*/\s*(?:\d|1[0-2])$|\d{1,2}\s*-\s*\d{1,2}$")
_BEFORE_ACT = re.compile(
    r"\s*(?:에는|에|자로|부로|날짜로|날)?\s*(?:№번?|은|는|을|를|건|[,\s()]|다|모두|전부|일부로)*$"
)


def completion(heard: Heard) -> Understood:
    """Seen with dates that lie behind."""
    text = heard.words.text
    ids = heard.ids
    if heard.doubt:
        return asking(heard.doubt, ids)
    if any(one.search(text) for one in (NOT_DONE, YET_TO_COME, QUESTION, CONDITIONAL, HEARSAY, MAYBE)):
        return asking(NOT_SURE, ids)
    if _is_step(heard):
        return asking(NOT_SURE, ids)
    day = _day(heard)
    if isinstance(day, Understood):
        return day
    question = _which(heard) if not ids or heard.means_all else None
    return Understood(Intent.DONE, ids, day, note=_note(heard), question=question)


def _is_step(heard: Heard) -> bool:
    """Before the act a step, an amount or a count is named: 1단계 완료, 예산 3억 집행 완료."""
    first = heard.acts[Intent.DONE][0].start()
    has_amount = any(atom.sign == OTHER and atom.at < first for atom in heard.words.atoms)
    return has_amount or STEP.search(heard.words.text[:first]) is not None


def _which(heard: Heard) -> str | None:
    """Without a number it is the item that was asked about, unless several or another one are spoken of."""
    if heard.ids:
        return WHICH if re.search(r"나머지|다른|번째", heard.words.text) else None
    has_counts = any(atom.sign == OTHER for atom in heard.words.atoms)
    return WHICH if heard.means_all or has_counts or chunks(heard.words, _used(heard)) else None


def _day(heard: Heard) -> date | Understood | None:
    """The day of completion, None for today; the question where a date is told that cannot be taken as it."""
    found = heard.words.dates
    if not found:
        first = heard.acts[Intent.DONE][0].start()
        is_dated = WHEN_WORDS.search(heard.words.plain(0, first)) is not None
        return asking("완료일을 알려 주십시오.", heard.ids) if is_dated else None
    if len(found) > 1:
        return asking("날짜가 여럿입니다. 한 건씩 완료일과 함께 보내 주십시오.", heard.ids)
    atom, told = found[0]
    if isinstance(told.value, Doubt | Shift) or not _is_of_act(heard, atom, told):
        reason = told.value.reason if isinstance(told.value, Doubt) else f"“{told.text}”이 완료일입니까?"
        choices = told.value.choices if isinstance(told.value, Doubt) else ()
        return asking(f"{reason} 완료일을 알려 주십시오.", heard.ids, choices)
    judged = judge(told.value, heard.words.when)
    return judged.day if judged.question is None else asking(judged.question, heard.ids, judged.choices)


def _is_of_act(heard: Heard, atom: Atom, told: Found) -> bool:
    """The date says when it was done: with 에, or right before the act, or at the very end."""
    text = heard.words.text
    if _FRACTION.fullmatch(told.text) and told.particle not in _WITH_DAY:
        return False
    if told.particle in _WITH_DAY:
        return True
    if told.particle:
        return False
    acts = heard.acts[Intent.DONE]
    ahead = [act for act in acts if act.start() > atom.at]
    if ahead and _BEFORE_ACT.fullmatch(text[atom.at + 1 : ahead[0].start()]):
        return True
    if re.fullmatch(r"[\s№,]*(?:번|은|는|건)?\s*", text[: atom.at]) and ahead:
        return True
    return re.fullmatch(r"[\s.!~)요]*(?:입니다|이에요|예요|임)?[\s.!~)]*", text[atom.at + 1 :]) is not None


def _used(heard: Heard) -> list[tuple[int, int]]:
    acts = [spoken(heard.words, act) for act in heard.acts[Intent.DONE]]
    return [*places(heard.words), *places(heard.words, DATE), *acts]


def _note(heard: Heard) -> str | None:
    """What is told behind the act and the day."""
    used = _used(heard)
    last = max(end for _, end in used)
    told = chunks(heard.words, [*used, (0, last)])
    return told[0] if told else None
