"""“121번 6월 28일에 완료했습니다”: done, unless it is not, not yet, or perhaps."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.dates import Doubt, Found, Shift, judge
from bot.speech.acts import Heard, places, spoken
from bot.speech.endings import is_told
from bot.speech.leftover import chunks
from bot.speech.lexicon import Intent
from bot.speech.manners import CONDITIONAL, HEARSAY, MAYBE, NOT_DONE, QUESTION, STEP, YET_TO_COME
from bot.speech.masking import DATE, OTHER, Atom
from bot.speech.reading import Understood, asking
from bot.speech.unread import (
    CORRECTED,
    ORDERED,
    REPORTED,
    TAKEN_BACK,
    has_unread_number,
    is_clause,
    tells_time,
)

NOT_SURE: Final = (
    "완료로 등록할까요? 마치셨으면 “완료 번호”로, 기한 안에 어려우시면 “연기 번호 날짜 사유”로 보내 주십시오."
)
UNSURE: Final = (
    NOT_DONE,
    YET_TO_COME,
    QUESTION,
    CONDITIONAL,
    HEARSAY,
    MAYBE,
    REPORTED,
    ORDERED,
    CORRECTED,
    TAKEN_BACK,
)
"""Said of a completion, each makes a question of it."""
_COUNT: Final = re.compile(r"\d+\s*(?:건|개)")
_REQUESTED: Final = re.compile(
    r"완료\s*(?:를|을)?\s*(?:요청|요망|촉구|독려)"
)  # somebody else is to finish it
_PRESENT: Final = re.compile(r"\s?(?:합니[다당]|됩니[다당]|해요|돼요|되요|한다|된다)(?![가-힣])")
_SYLLABLE: Final = re.compile(r"(?<![가-힣◆№■％])[가-힣]\s*$")
_WHOLE: Final = frozenset(
    "다건번것거꼭싹잘또막일은는을를도저제네예넵넹옙응음어아앗오내"
)  # of one syllable, and no part of the whole
COUNT_WORDS: Final = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6}
_COUNTED: Final = re.compile(
    rf"(?<![가-힣])(?P<n>{'|'.join(COUNT_WORDS)})\s?(?:건|개|곳|군데|가지)(?![가-힣]{{2}})"
)
_ALSO: Final = {"도요", "도", "도요요"}
_NO_NOTE: Final = {"변경", "수정", "체크", "저장", "표시"}
WHICH: Final = "어느 일정을 마치셨는지 번호를 알려 주십시오."
WHEN_WORDS: Final = re.compile(
    r"\d\s*[월일](?![가-힣])|어제|그저께|그제|엊그|지난|저번|요일|이틀|사흘|나흘|닷새|열흘|보름|주일|\d주|[일주달월흘루틀]\s*전|부로|전날|(?<![가-힣])[당익]일(?![가-힣])|옛날|예전|얼마|그때|당시|작년|올해|중순|월\s*[초말]|\b(?:ago|last|yesterday|today|tomorrow)\b",
    re.IGNORECASE,
)  # left over before the act: a day was told and not understood
_CLOCK: Final = re.compile(r"시(?:\s*(?:\d{1,2}\s*분|반))?$|\d:\d\d$")
_WITH_DAY: Final = {"에", "자", "자로", "부로", "날짜로", "날", "에는"}
_FRACTION: Final = re.compile(r"[1-9]\s*/\s*(?:\d|1[0-2])$|\d{1,2}\s*-\s*\d{1,2}$")
_BEFORE_ACT = re.compile(
    r"\s*(?:에는|에|자로|부로|날짜로|날)?\s*(?:№번?|은|는|을|를|건|[,\s()]|다|모두|전부|최종|일부로)*$"
)


def completion(heard: Heard) -> Understood:
    """Seen with dates that lie behind."""
    text = heard.words.text
    ids = heard.ids
    if heard.doubt:
        return asking(heard.doubt, ids)
    if (
        _REQUESTED.search(text)
        or any(one.search(text) for one in UNSURE)
        or not all(is_told(text, act.end()) for act in heard.acts[Intent.DONE])
    ):
        return asking(NOT_SURE, ids)
    if _is_ahead(heard) or _is_step(heard) or _is_otherwise(heard) or _is_mixed(heard):
        return asking(NOT_SURE, ids)
    day = _day(heard)
    if isinstance(day, Understood):
        return day
    question = _which(heard) if not ids or heard.means_all else None
    return Understood(Intent.DONE, ids, day, note=_note(heard), question=question)


def _is_ahead(heard: Heard) -> bool:
    """“월요일에 완료합니다”: with a day and not in the past tense it may be a promise."""
    text = heard.words.text
    has_day = any(told.value != heard.words.when.today for _, told in heard.words.dates)
    return has_day and any(_PRESENT.match(text, act.end()) for act in heard.acts[Intent.DONE])


def _is_step(heard: Heard) -> bool:
    """Before the act a step, an amount or a count is named: 1단계 완료, 예산 3억 집행 완료."""
    first = heard.acts[Intent.DONE][0].start()
    has_amount = any(
        atom.sign == OTHER and atom.at < first and not _is_harmless(heard, atom) for atom in heard.words.atoms
    )
    return has_amount or _is_part(heard) or STEP.search(heard.words.text[:first]) is not None


def _is_otherwise(heard: Heard) -> bool:
    """Words ahead of the act that are a clause of their own, or a time behind it that was not read."""
    first = heard.acts[Intent.DONE][0].start()
    used = _used(heard)
    ahead = chunks(heard.words, [*used, (first, len(heard.words.text))])
    note = _note(heard)
    if has_unread_number(heard.words.text[:first]):
        return True
    return any(map(is_clause, ahead)) or (note is not None and not heard.words.dates and tells_time(note))


def _is_mixed(heard: Heard) -> bool:
    """Between the numbers, or behind the last one, stands more than that they are done: 121번처럼 122번도 완료."""
    if heard.groups < 2:
        return False
    text, acts = heard.words.text, heard.acts[Intent.DONE]
    first, last = (heard.words.numbers[place][0].at for place in (0, -1))
    used = _used(heard)
    between = chunks(heard.words, [*used, (0, first), (last, len(text))])
    behind = [] if any(act.start() > last for act in acts) else chunks(heard.words, [*used, (0, last + 1)])
    return bool(between or [one for one in behind if one not in _ALSO])


def _is_part(heard: Heard) -> bool:
    """A syllable before 완료 that makes less of it (가완료, 반 완료), or a count in words of others than the numbers."""
    text, acts = heard.words.text, heard.acts[Intent.DONE]
    syllables = [_SYLLABLE.search(text[: act.start()]) for act in acts]
    counts = [COUNT_WORDS[found["n"]] for found in _COUNTED.finditer(text)]
    return any(one is not None and one[0].strip() not in _WHOLE for one in syllables) or any(
        one != len(heard.ids) or one == 1 for one in counts
    )


def _is_harmless(heard: Heard, atom: Atom) -> bool:
    """A clock time, or the count of the very numbers that are told: 121, 122번 2건."""
    is_count = _COUNT.fullmatch(atom.text.strip()) is not None
    return _CLOCK.search(atom.text) is not None or (
        is_count and int(re.findall(r"\d+", atom.text)[0]) == len(heard.ids) > 1
    )


def _which(heard: Heard) -> str | None:
    """Without a number it is the item that was asked about, unless several or another one are spoken of."""
    if heard.ids:
        return WHICH if re.search(r"나머지|다른|번째", heard.words.text) else None
    first = heard.acts[Intent.DONE][0].start()
    has_counts = any(
        atom.sign == OTHER and (atom.at < first or _COUNT.fullmatch(atom.text.strip()))
        for atom in heard.words.atoms
    )
    ahead = chunks(heard.words, [*_used(heard), (first, len(heard.words.text))])
    return WHICH if heard.means_all or has_counts or ahead else None


def _day(heard: Heard) -> date | Understood | None:
    """The day of completion, None for today; the question where a date is told that cannot be taken as it."""
    found = heard.words.dates
    if not found:
        first = heard.acts[Intent.DONE][0].start()
        ahead = heard.words.plain(0, first)
        is_dated = WHEN_WORDS.search(ahead) is not None or tells_time(ahead)
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
    return (
        re.fullmatch(
            r"[\s.!~)요]*(?:입니다|이에요|예요|임)?[\s.!~),]{0,9}(?:thanks?(?: you)?|thx|감사합니다|수고하세요)?[\s.!~]*",
            text[atom.at + 1 :],
            re.IGNORECASE,
        )
        is not None
    )


def _used(heard: Heard) -> list[tuple[int, int]]:
    acts = [spoken(heard.words, act) for act in heard.acts[Intent.DONE]]
    return [*places(heard.words), *places(heard.words, DATE), *acts]


def _note(heard: Heard) -> str | None:
    """What is told behind the act and the day."""
    used = _used(heard)
    last = max(end for _, end in used)
    told = chunks(heard.words, [*used, (0, last)])
    return told[0] if told and told[0] not in _NO_NOTE else None
