"""“진행 중 60%”: how far it is."""

from __future__ import annotations

import re
from typing import Final

from bot.speech.acts import Heard, places, spoken
from bot.speech.leftover import chunks
from bot.speech.lexicon import Intent
from bot.speech.manners import CONDITIONAL, QUESTION, YET_TO_COME
from bot.speech.masking import PER_CENT
from bot.speech.reading import Understood, asking

MOST: Final = 100
HOW_FAR: Final = "어느 정도 진행되었습니까? “진행 번호 60%”처럼 숫자로 알려 주십시오."
_BOUND = re.compile(
    r"\s*(?:이상|이하|미만|넘|초과|가까이|남|도\s*(?:안|못|채)|[이가]?\s*(?:안|못)\s*[되돼됐됩미]|(?:으?로)?\s*(?:떨어|내려|하락|후퇴|올[랐라]|상승|향상)|p\b|포인트|\s?\+|밖에|만\s|부족|감|증|삭감|절감|증가|감소)"
)

_WHOLE: Final = re.compile(
    r"(?:전체|현재|지금|공사|공정|사업|과제|작업|업무|추진|진행)(?:\s*(?:공정|사업|과제|작업|추진|진행))?(?:[이가은는]|률|율)?"
)  # what is so far done is the item itself
_ABOUT = re.compile(
    r"(?:(?<![가-힣])(?:약|대략|거의|한|대충|얼추|최소|최대|적어도)|\b(?:about|around|approximately|nearly|almost|over|under|than|least|most|roughly))\s*$",
    re.IGNORECASE,
)


def progress(heard: Heard) -> Understood:
    text, ids = heard.words.text, heard.ids
    if heard.doubt:
        return asking(heard.doubt, ids)
    if not heard.words.percents and heard.is_negated:
        return asking(HOW_FAR, ids)
    is_mixed = len(ids) > 1 and Intent.DONE in heard.acts
    if (
        is_mixed
        or QUESTION.search(text)
        or CONDITIONAL.search(text)
        or YET_TO_COME.search(text)
        or len(heard.words.percents) > 1
    ):
        return asking(HOW_FAR, ids)
    if not heard.words.percents:
        return Understood(Intent.PROGRESS, ids, question=HOW_FAR)
    return _percent(heard)


def _percent(heard: Heard) -> Understood:
    found, acts = heard.words.percents[0], heard.acts
    if found["n"] is None or "." in found["n"] or int(found["n"]) > MOST:
        return asking("진행률은 0에서 100 사이의 숫자 하나로 알려 주십시오.", heard.ids)
    percent = int(found["n"])
    text, (place, end) = heard.words.text, places(heard.words, PER_CENT)[0]
    if _BOUND.match(text, end) or _ABOUT.search(text[:place]):
        return asking(f"진행률 {percent}%로 적을까요?", heard.ids)
    if percent == MOST and (Intent.DONE in acts or Intent.PROGRESS not in acts):
        return asking("완료로 등록할까요, 진행률 100%로 적을까요?", heard.ids)
    told = chunks(heard.words, _used(heard))
    if not {Intent.PROGRESS, Intent.DONE} & set(acts) and (told or not heard.ids):
        return asking(f"진행률 {percent}%로 적을까요?", heard.ids)
    if Intent.DONE in acts and any(not _is_behind(heard, one) and not _WHOLE.fullmatch(one) for one in told):
        return asking(f"진행률 {percent}%로 적을까요?", heard.ids)
    days = [told.value for _, told in heard.words.dates]
    if any(one != heard.words.when.today for one in days) or {
        Intent.STATUS,
        Intent.AWAY,
        Intent.HANDOVER,
    } & set(acts):
        return asking(f"진행률 {percent}%로 적을까요?", heard.ids)
    return Understood(
        Intent.PROGRESS,
        heard.ids,
        percent=percent,
        note=told[-1] if told and _is_behind(heard, told[-1]) else None,
    )


def _is_behind(heard: Heard, told: str) -> bool:
    """The words stand behind the percentage: a note, not the name of the thing."""
    place = places(heard.words, PER_CENT)[0][1]
    return told in heard.words.plain(place, len(heard.words.text))


def _used(heard: Heard) -> list[tuple[int, int]]:
    acts = [
        spoken(heard.words, act)
        for intent in (Intent.PROGRESS, Intent.DONE)
        for act in heard.acts.get(intent, [])
    ]
    return [*places(heard.words), *places(heard.words, PER_CENT), *acts]
