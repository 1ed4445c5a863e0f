"""“2주 연기 부탁드립니다 의회 일정”: another due day, or a length from the milestone's own; with its reason."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.dates import Found, Shift, judge
from bot.speech.acts import Heard, places
from bot.speech.endings import is_wished
from bot.speech.leftover import chunks, reason, trimmed
from bot.speech.lexicon import PATTERNS, Intent
from bot.speech.manners import ALREADY_DELAYED, CONDITIONAL, MAYBE, NOT_DELAYED, NOT_DONE, QUESTION
from bot.speech.masking import Atom
from bot.speech.reading import Understood, asking
from bot.speech.unread import (
    CORRECTED,
    HEDGED,
    ORDERED,
    REPORTED,
    TAKEN_BACK,
    changes_date,
    has_unread_number,
)

_OBJECT = re.compile(
    r"[가-힣]{2,}(?:을|를|(?<!부득)이|가)\s*$|[가-힣]{2,}일(?:자|정)?(?:은|는)?\s+$"
)  # right before the date: what is put off, where it is named
_OWN = re.compile(
    r"(?:기한|기간|날짜|일정|마감일?|기일|납기|건|과제|업무|사업|준공|완공|일자|(?:마감|기한|예정|준공|완공|완료|종료|납품|제출|처리|목표|만료)일)(?:을|를|이|가|은|는)?\s*$"
)
_NAME_OF_DAY = re.compile(
    r"(?:[가-힣]{2}\s*(?:예정)?|마감|납기)일(?:을|은|이|도)?$|(?:사업|공사|추진|용역)\s*기간(?:을|은|이|도)?$|(?:마감|기한|납기|시한)(?:을|은|이|도)?$|(?:추가|재차|재|또|다시|한\s*번\s*더?|당초|신청|변경|(?:연기\s*)?기간[은을]|좋겠|we|i)$|(?:\d{1,2}월\s*)?\d{1,2}일[을를]"
)
UNTIL_WHEN: Final = "언제까지 연기할까요? 날짜나 기간(2주, 한 달)을 알려 주십시오."
NOT_SURE: Final = "연기를 요청하시는 것인지 알 수 없습니다. “연기 번호 날짜 사유”로 보내 주십시오."
TWO_DATES: Final = "새 기한이 여럿입니다. 하나만 적어 주십시오."
_CLAUSE_OF_CAUSE: Final = re.compile(
    r"\s*(?:까지|로|으로|에|이|가)?\s*[^◆.,!?\n]{0,24}?(?:[혀여아어해워와려져쳐돼]서|라서|이라|때문에|으로 인해|관계로|되어|하여|탓에)\s"
)
_AS_CAUSE: Final = re.compile(
    r"(?:것|거)\s*같(?:아|애|았|고)(?:서|습니다)?(?=[\s,])|듯\s*(?:해|하여)서?(?=[\s,])"
)  # “어려울 것 같아 2주 연기”
_OF_ABSENCE: Final = re.compile(
    r"(?:휴가|연가|연차|병가|공가|출장|휴직|파견|교육|회의|행사|축제)(?:을|를|기간(?:을)?)?\s*$"
)  # what is put off is no item
_EVENT: Final = re.compile(
    r"(?:(?:보고|설명|간담|공청|토론|발표|위원|협의|심의|자문|평가|시연|박람|전시|음악|체험)회|(?:준공|착공|기공|개소|개관|개장|개통|협약|기념|발대|출범|제막|시상|수료|현판)식|행사|축제|회의|워크숍|워크샵|교육|점검|캠페인|공연|견학|답사|면접|개최|상정)(?:은|는|만|도)?\s*$"
)  # right before the new day: the meeting is put off, and the item perhaps not
_ANOTHER: Final = re.compile(r"나머지|다른 (?:건|것)|번째|아니고|아니라|아닌(?=\s)|말고|정정")
_NEGATED: Final = re.compile(r"\b(?:not|don't|do not|never)\b", re.IGNORECASE)
_HAPPENED: Final = re.compile(r"(?:delay|postpon|extend|defer|reschedul)\w*ed$", re.IGNORECASE)
_LONE_DAY: Final = re.compile(r"\d{1,2}일")
_RIGHT_BEHIND: Final = re.compile(
    r"(?:연기|연장|미[룸뤄]|늦[춤춰])[가-힣]*\s+$"
)  # “연기 3일”: three days, or the third
_AND_MORE: Final = re.compile(
    r"\s?(?:(?:처리|신청|요청)?(?:하고|하며|해\s?주시고|해\s?주고)|시고|시키고)[\s,]+(?!싶|자|№|◆)\S"
)  # a second thing is asked for in the same breath
_LISTED: Final = re.compile(r"№\s*[,~·/-]\s*$")  # “2, 3주”
_LONE_WEEKDAY: Final = re.compile(r"[월화수목금토일](?:요일|욜)?")
_UNKNOWN_LEAD: Final = re.compile(
    r"(?<![가-힣])(?!(?:연기|연장)\s)[가-힣]+(?<![로에서문라은는번을를이가과와도고며다요오건안전짜한]) +$"
)
_ALTERNATIVE: Final = re.compile(
    r"\s*(?:까지|으로부터|로부터|으로|로|부터|에서|기준(?:으로)?|에)?"
    r"\s*(?:,|/|또는|혹은|아니면|이나|내지|or|~|하고|의|\(|중|기준(?:으로)?)?\s*(?:안\s*되면|늦어도)?\s*",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"(?:해|하여|을|를)?\s*(?:신청|요청)?\s*(?:좀\s*)?(?:해?\s*(?:주세요|주십시오|주시기\s*바랍니다|줘요?)|부탁\s*(?:드립니다|드려요|드릴게요|합니다|해요)|바랍니다|신청합니다|요청합니다|요청드립니다)"
)
_BECAUSE_OF: Final = re.compile(
    r"[^.!?◆№]*(?:서|때문에|라|이라|으로|관계로|탓에|어요|습니다)(?:요)?[\s.!~]*$"
)
_AFTERTHOUGHT: Final = re.compile(r"(?:,|\b(?:because|due to|since|as)\b).*$", re.IGNORECASE | re.DOTALL)
_TOWARDS: Final = {
    "까지",
    "까지로",
    "까지만",
    "까지는",
    "으로",
    "로",
    "자로",
    "부로",
    "날짜로",
    "중으로",
    "이내",
    "내로",
    "내",
    "안에",
    "안으로",
}
_ADJACENT_AHEAD = re.compile(
    r"(?:간|만|씩|더|좀|을|를|\s|기한|정도|뒤|추가|,|(?:(?:공사|사업|추진)\s*)?(?:공기|기간)|일정|의|№번?|은|는)*"
)
_ADJACENT_BEHIND = re.compile(
    r"[가-힣]{0,3}\s*(?:을|를|은|해|기한|신청|요청|부탁|№번?|/|·|by|to|until|back|it|:|,|\s|주세요)*",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:해|하여|하|를|을)?\s*(?:신청|요청|처리)?\s*(?:좀\s*)?(?:해\s*주세요|해\s*주십시오|주십시오|주세요|주시기\s*바랍니다|줘요?|부탁\s*(?:드립니다|드려요|드릴게요|합니다|해요)?|바랍니다|바람|합니다|드립니다|해요|함|요|이요|back|하겠습니다|하고자\s*합니다|하려고\s*합니다|하려\s*합니다|필요합니다|필요해요|필요함|필요(?=[\s.,]|$)|이\s*필요합니다|가\s*필요합니다)?"
)


def postponement(heard: Heard) -> Understood:
    """Seen with dates that lie ahead."""
    ids = heard.ids
    if heard.doubt:
        return asking(heard.doubt, ids)
    if _is_unsure(heard):
        return asking(NOT_SURE, ids)
    when = _when(heard)
    if isinstance(when, Understood):
        return when
    if when is None:
        return Understood(Intent.DELAY, ids, reason=_reason(heard, None), question=UNTIL_WHEN)
    atom, told = when
    others = {other.text for one, other in heard.words.dates if one is not atom}
    if (why := _reason(heard, atom)) in others:
        return asking(TWO_DATES, ids)
    judged = judge(told.value, heard.words.when)
    return Understood(
        Intent.DELAY,
        ids,
        judged.day,
        judged.shift,
        reason=why,
        question=judged.question,
        choices=judged.choices,
        basis=told.basis,
    )


def _is_unsure(heard: Heard) -> bool:
    """Asked, made to depend on something, of something else, refused, or told as a thing that happened."""
    text, acts = heard.words.text, heard.acts[Intent.DELAY]
    if any(one.search(text) for one in (QUESTION, CONDITIONAL, ORDERED, CORRECTED, _ANOTHER)):
        return True
    if MAYBE.search(_AS_CAUSE.sub(" ", text)) or HEDGED.search(heard.words.plain(0, len(text))):
        return True
    if (heard.means_all and not heard.ids) or has_unread_number(text):
        return True
    if (
        len(acts) > 1
        or _NEGATED.search(text[: acts[0].end()])
        or _OF_ABSENCE.search(text[: acts[-1].start()])
    ):
        return True
    return not all(_is_asked_for(text, act) for act in acts) or _is_refused(heard)


def _is_asked_for(text: str, act: re.Match[str]) -> bool:
    """The act is a wish by its form and its ending, and nothing behind it makes news or hearsay of it."""
    tail = text[act.end() :]
    if "걸" in act[0] or _HAPPENED.search(act[0]) or not is_wished(text, act.end()):
        return False
    if _AND_MORE.match(tail):
        return False
    is_news = NOT_DELAYED.match(tail) or ALREADY_DELAYED.match(tail)
    return not is_news and REPORTED.search(tail) is None and TAKEN_BACK.search(tail) is None


def _is_refused(heard: Heard) -> bool:
    """안 미뤄도 · 못 늦춰: the negation directly before the act."""
    text = heard.words.text
    if any(re.search(r"(?:안|못|말고)\s*$", text[: act.start()]) for act in heard.acts[Intent.DELAY]):
        return True
    last = heard.acts[Intent.DELAY][-1]
    tail = text[last.end() :]
    if (asked := _ASKED.match(tail)) and asked.end():
        tail = _BECAUSE_OF.sub("", tail[asked.end() :])
    elif last[0].isascii():
        tail = _AFTERTHOUGHT.sub("", tail)
    return NOT_DONE.search(tail) is not None


def _when(heard: Heard) -> tuple[Atom, Found] | Understood | None:
    """The one date that the delay goes to: with 까지 or 로, or beside the act; else the only one there is."""
    found = heard.words.dates
    if heard.groups > 1 and len(found) > 1:
        return asking(TWO_DATES, heard.ids)
    ranks = [0 if _is_cause(heard, atom) else _rank(heard, atom, told) for atom, told in found]
    best = max(ranks, default=0)
    if best == 0:
        return None
    chosen = [one for one, rank in zip(found, ranks, strict=True) if rank == best]
    if len(chosen) > 1:
        return asking(TWO_DATES, heard.ids)
    if _OBJECT.search(text := heard.words.text[: chosen[0][0].at]) and not _OWN.search(text):
        return asking(NOT_SURE, heard.ids)
    if _EVENT.search(text):
        return asking(NOT_SURE, heard.ids)
    if _is_changed(heard, *chosen[0]):
        return asking(UNTIL_WHEN, heard.ids)
    if best == 1 and not _is_last(heard, chosen[0][0]):
        days = (chosen[0][1].value,) if isinstance(chosen[0][1].value, date) else ()
        return asking(UNTIL_WHEN, heard.ids, days)
    return chosen[0]


def _is_cause(heard: Heard, atom: Atom) -> bool:
    """“설명회가 12월 3일로 잡혀서 12월 18일까지”: the date stands in the clause that tells why, and another follows."""
    is_followed = any(other.at > atom.at for other, _ in heard.words.dates)
    told = _CLAUSE_OF_CAUSE.match(heard.words.text, atom.at + 1)
    return is_followed and told is not None and PATTERNS[Intent.DELAY].search(told[0]) is None


def _is_changed(heard: Heard, atom: Atom, told: Found) -> bool:
    """Beside the date stands a word that makes another one of it, or an alternative to it."""
    text = heard.words.text
    if changes_date(text[: atom.at], text[atom.at + 1 :]):
        return True
    if _LONE_DAY.fullmatch(told.text) and not told.particle and _RIGHT_BEHIND.search(text[: atom.at]):
        return True
    if isinstance(told.value, Shift) and text[: atom.at].endswith(("-", "−")):
        return True
    ahead = [number.ids for one, number in heard.words.numbers if one.at < atom.at]
    if ahead and ahead[-1][-1:] < (10,) and _LISTED.search(text[: atom.at]):
        return True
    if _LONE_WEEKDAY.fullmatch(told.text) and _UNKNOWN_LEAD.search(text[: atom.at]):
        return True
    return any(
        _belongs(heard, atom, told, other, value) for other, value in heard.words.dates if other is not atom
    )


def _belongs(heard: Heard, atom: Atom, told: Found, other: Atom, value: Found) -> bool:
    """Another date or length stands right beside it, with nothing but joining words between: 12. 10.부터 2주."""
    is_change = value.particle == "에서" and isinstance(told.value, date) and told.basis is None
    if is_change and not isinstance(value.value, Shift):
        return False  # from 12. 1. to 12. 10.
    first, last = sorted((atom.at, other.at))
    return _ALTERNATIVE.fullmatch(heard.words.text[first + 1 : last]) is not None


def _is_last(heard: Heard, atom: Atom) -> bool:
    """Nothing is told behind it that could make it a part of something else."""
    return not trimmed(heard.words.plain(atom.at + 1, len(heard.words.text)))


def _rank(heard: Heard, atom: Atom, told: Found) -> int:
    text = heard.words.text
    if told.particle in _TOWARDS:
        return 3
    if told.particle == "에서":
        return 0
    if isinstance(told.value, Shift) or not told.is_period:
        for act in heard.acts[Intent.DELAY]:
            if atom.at < act.start() and _ADJACENT_AHEAD.fullmatch(text[atom.at + 1 : act.start()]):
                return 2 if isinstance(told.value, Shift) or told.particle in {"", "에", "날"} else 1
            if act.end() <= atom.at and _ADJACENT_BEHIND.fullmatch(text[act.end() : atom.at]):
                return 2
            if act.start() <= atom.at < act.end():
                return 2
        return 1
    is_bare = not re.search(
        r"말|내|안|분기|반기|마지막|end\b|eo[my]\b|\bq[1-4]|half", told.text, re.IGNORECASE
    )
    follows = text[atom.at + 1 :].lstrip()
    return 0 if is_bare and follows and not follows.startswith(("연", "미", "늦")) else 2


def _reason(heard: Heard, when: Atom | None) -> str | None:
    """What is told besides the act, the numbers and the new date."""
    text = heard.words.text
    used = places(heard.words)
    gone = [atom for atom, told in heard.words.dates if told.particle == "에서"]
    used += [(atom.at, atom.at + 3) for atom in gone] + ([(when.at, when.at + 1)] if when is not None else [])
    for act in heard.acts[Intent.DELAY]:
        ending = _ENDING.match(text, act.end())
        end = ending.end() if ending else act.end()
        while end > act.end() and text[end - 1].isspace():
            end -= 1
        while (
            end < len(text)
            and "가" <= text[end] <= "힣"
            and not text[act.end() : end].endswith(("요", "다", "오"))
        ):
            end += 1  # the rest of the word is an ending of the act
        used.append((act.start(), end))
    told = [one for one in (reason(chunk) for chunk in chunks(heard.words, used)) if one]
    told = [one for one in told if not _NAME_OF_DAY.fullmatch(one)]
    return " ".join(told) or None
