"""Commands as /help teaches them: “/delay 112 7.20 의회 일정”, “완료 121 6.28 설치 완료”, “112 60%” (명령 형식).

A form is a verb, numbers and at most one date, length or percentage, in any order, then nothing or a reason or note.
It acts where every piece is sure and the words behind it leave it standing (`closed.py`), else it is a card.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.speech import closed, numbers
from bot.speech.dates import Leaning, Read, Shift, When, judge, read
from bot.speech.free import named_reason, names_event, read_free, reason_at
from bot.speech.names import BY_KOREAN, INTENTS, KOREAN, TOLD, VERBS
from bot.speech.politeness import is_polite, without_greeting
from bot.speech.reading import CHANGING, Certainty, Intent, Understood, asking
from bot.speech.whole import document_in
from plans.time.lazy import pattern
from plans.time.vocabulary import words_of

_SLASHED: Final = pattern(r"/(?P<word>[A-Za-z]+|[가-힣]+)(?:@\S+)?(?=[\s\d#＃:：]|$)\s*[:：]?\s*")
_WORD: Final = pattern(r"(?P<word>[가-힣]+|[A-Za-z]+)(?=$|[\s:：,.!~])")
_FILLER: Final = pattern(
    r"[\s,.:：·/&~!]+|(?:과제|일정|사업|건|번|및|and)(?=\s|[은는을를의도과와],?\s)|-\s|(?<=\S)(?:은|는|을|를|의|도|과|와|랑|건은?|번)(?=\s)"
)
_BEHIND: Final = pattern(r"(?:은|는|을|를|의|도|과|와|건은?|번)?(?=[\s,:：])[,:：]?\s*[:：]?\s*|[.!]?$")
_CLOSED_NAMES: Final = frozenset({"approve", "reject", "seen", "task", "nudge", "resume"})  # “126 승인”
_OF_NOTES: Final = pattern(r"(?:취소|삭제|지워|지우|없애|보여|조회|확인|뭐|수정|있[나어는]|어디)")
_ITEM_ALONE: Final = pattern(
    r"\d{3}(?=[,번]|\s(?!\s*[일주년개달])|$)"
)  # can be no date, and lists have many of them
_BARE: Final = pattern(r"\d{1,3}(?=\s|$)")
LONGEST_DATE: Final = 60  # characters
NEAR_DAYS: Final = 7  # a day that may lie so far ahead as well is rather a plan than done
FAR_PAST_DAYS: Final = 60  # a day that lies back further is rather a slip, or part of the note


@dataclass
class _Pieces:
    """What stood at the front of a form; `at`: where the rest begins."""

    verb: str | None = None
    ids: tuple[int, ...] = ()
    date: Read | None = None
    percent: int | None = None
    is_verb_first: bool = True
    is_told: bool = False
    at: int = 0
    is_sure: bool = True
    is_slashed: bool = False


def command(text: str, seen: str, when: When) -> Understood | None:
    """A text that begins with a slash; None where the command is not known. `seen`: the text as it is read."""
    found = _SLASHED.match(seen)
    word = found["word"].lower() if found else ""
    name = word if word in KOREAN else BY_KOREAN.get(word, word)
    if found is None or name not in KOREAN:
        return None
    if name in CHANGING:
        seen = " " * found.end() + seen[found.end() :]
        made = _shaped(name, _gather(text, seen, found.end(), name, when), text, when)
        return _or_free(made, text, seen, when, keeps_verb=True)
    return _named(name, text[found.end() :].strip(), when)


def _named(name: str, arguments: str, when: When) -> Understood:
    """Another command: its own name, with the numbers in front."""
    intent = INTENTS.get(name, name)
    mention = numbers.at(arguments, 0) if arguments else None
    is_whole = bool(arguments) or name in _LISTS
    ids = mention.ids if mention is not None and intent not in {Intent.AWAY, Intent.UPCOMING} else ()
    return Understood(
        intent, ids, certainty=Certainty.ACT if is_whole else Certainty.ASK, arguments=arguments
    )


def headed(text: str, seen: str, when: When) -> Understood | None:
    """The same without the slash: a verb among numbers, or another command's word in front; None for all else."""
    start = without_greeting(seen)
    pieces = _gather(text, seen, start, None, when)
    if pieces.verb is not None and pieces.ids:
        return _or_free(
            _shaped(pieces.verb, pieces, text, when), text, seen, when, keeps_verb=pieces.is_verb_first
        )
    if pieces.ids and pieces.percent is not None and is_polite(seen[pieces.at :]):
        return _shaped(Intent.PROGRESS, pieces, text, when)
    return _called(text, seen, start, pieces, when)


def _or_free(made: Understood, text: str, seen: str, when: When, *, keeps_verb: bool) -> Understood:
    """A form that does not act is read as a sentence, too, which knows more of what stands behind the verb; where the
    verb stands in front, only for the day of the same act."""
    if made.acts or made.certainty is Certainty.ASK or made.intent == Intent.NOTE:
        return made
    free = read_free(text, seen, when)
    if keeps_verb:
        has_more = (
            made.day is None
            and made.shift is None
            and (free.day or free.shift)
            and free.intent == made.intent
        )
        return replace(free, words=made.words) if has_more and made.question and not free.parts else made
    has_day = free.intent == made.intent and bool(made.day or made.shift or made.choices) and not free.parts
    return (
        made
        if has_day or (free.intent in {Intent.ASK, Intent.NONE} and (not made.words or made.question))
        else free
    )


def _called(text: str, seen: str, start: int, pieces: _Pieces, when: When) -> Understood | None:
    """찾기 보행로 · 현황 도로과 · 승인 112 · 126 승인: a Korean word that stands alone, before a number, or before words
    that make no sentence."""
    whole = seen[start:].strip(" .!?~")
    if whole in BY_KOREAN:
        return _named(BY_KOREAN[whole], "", when)
    word = _WORD.match(seen, start)
    name = BY_KOREAN.get(word["word"]) if word else None
    if word is not None and name is not None and name not in CHANGING:
        rest = text[word.end() :].strip(" :：")
        is_argument = rest[:1].isdigit() or rest[:1] in tuple("#＃@")
        if is_argument or (rest and name in _TAKES_WORDS and closed.leaves_it(rest, when, is_reason=True)):
            return _named(name, rest, when)
    behind = BY_KOREAN.get(seen[pieces.at :].strip(" .!~"))
    if (
        pieces.ids
        and behind in _CLOSED_NAMES
        and pieces.date is None
        and pieces.percent is None
        and pieces.verb is None
    ):
        return _named(behind, " ".join(map(str, pieces.ids)), when)
    return None


_LISTS: Final = words_of(
    "my undo approve status overdue upcoming check round report watch secret adjustments audit unreachable past review plans"
    " help start lang stop seen bind unbind"
)
"""Commands that say something without arguments."""
_TAKES_WORDS: Final = words_of("find status overdue audit report round share assign handover away plans")


def _gather(text: str, seen: str, start: int, verb: str | None, when: When) -> _Pieces:
    """The pieces at the front, as far as they go; a date only behind a number. A word between them belongs to none of
    them where nothing follows it, and of a note nothing is read over."""
    found, at, last = _Pieces(verb=verb, is_slashed=verb is not None), start, start
    while at < len(seen) and len(found.ids) <= numbers.IDS_MOST:
        if filler := _FILLER.match(seen, at):
            at = filler.end()
            continue
        step = (
            _verb(found, text, seen, at)
            or _percent(found, seen, at)
            or _date(found, seen, at, when)
            or _number(found, seen, at)
        )
        if not step:
            break
        at = last = step
    behind = _BEHIND.match(seen, last)
    is_kept = found.verb == Intent.NOTE or any(map(str.isalpha, seen[last:at].lstrip()))
    found.at = behind.end() if behind and is_kept else last if is_kept else at
    return found


def _verb(found: _Pieces, text: str, seen: str, at: int) -> int:
    word = _WORD.match(seen, at)
    if word is None or found.verb is not None:
        return 0
    is_told = word["word"].startswith("완료") and word["word"][2:] in TOLD
    verb = "done" if is_told else VERBS.get(word["word"].lower())
    if verb is None:
        return 0
    found.verb, found.is_told, found.is_verb_first = verb, is_told, not found.ids
    found.is_sure &= text[at : word.end()] == word[0]  # a slip of the thumb is shown before it acts
    return word.end()


def _percent(found: _Pieces, seen: str, at: int) -> int:
    """The percentage; behind the verb of progress and a number a bare number is one, too."""
    if found.percent is not None or not found.ids or found.verb not in {None, Intent.PROGRESS, Intent.DONE}:
        return 0
    percent = next(
        (one for one in numbers.percents(seen[at : at + 12]) if one.start == 0 and one.is_exact), None
    )
    if percent is None and found.verb == Intent.PROGRESS:
        found.is_sure &= found.is_verb_first
        bare = _BARE.match(seen, at)
        found.percent = int(bare[0]) if bare and int(bare[0]) <= numbers.MOST_PERCENT else None
        return bare.end() if bare and found.percent is not None else 0
    if percent is not None:
        found.percent = percent.value
        return at + percent.end
    return 0


def _date(found: _Pieces, seen: str, at: int, when: When) -> int:
    """One date or length, not before a number has been told unless it can be nothing else."""
    if (
        found.date is not None
        or found.verb in {Intent.PROGRESS, Intent.NOTE}
        or not (found.ids or found.verb)
    ):
        return 0
    if _ITEM_ALONE.match(seen, at):
        return 0
    opened = seen[at] == "("
    at += opened
    is_done = found.verb == Intent.DONE or (found.verb is None and _VERB_OF_DONE.search(seen, at) is not None)
    told = read(
        seen[at : at + LONGEST_DATE], replace(when, leaning=Leaning.PAST if is_done else Leaning.FUTURE)
    )
    if (
        told is None
        or told.found is None
        or (not found.ids and seen[at].isdigit() and told.found.said.is_bare)
    ):
        return 0
    if found.verb is None and told.found.said.is_bare and not _VERB_NEXT.match(seen, at + told.found.end):
        return 0
    if opened and not seen.startswith(")", at + told.found.end):
        return 0
    found.date = told
    if opened:
        return at + told.found.end + 1
    found.is_sure &= not seen.startswith(("by ", "until ", "till "), at) or not is_done
    return at + told.found.end


_VERB_OF_DONE: Final = pattern(r"완료|done|finished|complete")
_VERB_NEXT: Final = pattern(r"\)?\s*(?:완료|연기|연장|done|finished|complete|delay|postpone)", re.IGNORECASE)


_MONTH_NEXT: Final = pattern(r"[\s./-]*(?:1[0-2]|0?[1-9])(?!\d|주|일|개|달|w|d)")
"""“/done 2026 11 3” forgot its number; “/done 2026” names #2026."""


def _number(found: _Pieces, seen: str, at: int) -> int:
    mention = numbers.at(seen, at)
    is_second = bool(found.ids) and found.verb == Intent.PROGRESS
    if mention is None or is_second or (found.date is not None and not mention.is_marked and found.ids):
        return 0
    is_joined = not found.ids or (
        seen[at - 1 : at].isspace() and seen[: at - 1].rstrip()[-1:].isdigit() and mention.is_marked
    )
    is_rate = (
        bool(found.ids) and not mention.is_marked and mention.ids[0] <= numbers.MOST_PERCENT < found.ids[0]
    )
    is_split = bool(found.ids) and not found.is_verb_first
    is_item = found.is_slashed and mention.is_year and not (found.ids or _MONTH_NEXT.match(seen, mention.end))
    found.ids = tuple(dict.fromkeys((*found.ids, *mention.ids)))
    found.is_sure &= (
        (mention.is_sure or is_item)
        and not is_split
        and not is_rate
        and not (is_joined and len(found.ids) > 1)
    )
    return mention.end


def _shaped(verb: str, pieces: _Pieces, text: str, when: When) -> Understood:
    """The reading of a form: acts, or is a card."""
    rest = text[pieces.at :].strip()
    can_request = verb != Intent.DONE or any(one in rest.split() for one in ("처리", "등록"))
    rest = "" if is_polite(rest, may_request=can_request) else rest
    if not pieces.ids:
        return replace(
            asking("어느 일정인지 골라 주십시오."), intent=verb, words=rest or None, certainty=Certainty.CARD
        )
    if verb == Intent.DONE and pieces.percent is not None:
        is_whole = pieces.percent == numbers.MOST_PERCENT
        return Understood(
            verb if is_whole else Intent.PROGRESS, pieces.ids, percent=None if is_whole else pieces.percent
        )
    made = {"done": _done, "delay": _delay, "progress": _progress, "note": _note}[verb](pieces, rest, when)
    if made.certainty is Certainty.ASK and pieces.is_sure:
        return made
    is_closed = (
        pieces.is_sure
        and made.question is None
        and (verb == Intent.NOTE or _is_told(made.words or ""))
        and not (pieces.is_told and rest)
    )
    return replace(made, certainty=_sure(is_closed and made.acts))


def _is_told(rest: str) -> bool:
    """A note is more than a mark behind the form (완료 x)."""
    return not rest or any("가" <= one <= "힣" for one in rest) or sum(map(str.isalpha, rest)) > 1


def _sure(is_so: bool) -> Certainty:
    return Certainty.ACT if is_so else Certainty.CARD


def _done(pieces: _Pieces, rest: str, when: When) -> Understood:
    document, rest = document_in(rest)
    acts = _sure(not rest or closed.leaves_it(rest, when, is_reason=False))
    made = Understood(Intent.DONE, pieces.ids, words=rest or None, document=document, certainty=acts)
    if pieces.date is None:
        return made
    if isinstance(pieces.date.value, Shift):
        return replace(made, question="완료일을 알려 주십시오.")
    judged = judge(pieces.date.value, replace(when, leaning=Leaning.PAST))
    found = pieces.date.found
    is_bare = found is not None and found.said.is_bare and bool(rest) and judged.day is not None
    is_event = is_bare and names_event(judged.day)
    is_until = found is not None and found.particle.startswith(("까지", "중", "내", "안", "이내"))
    is_far = judged.day is not None and (when.today - judged.day).days > FAR_PAST_DAYS
    is_ahead = not pieces.is_told and 0 < _days_ahead(pieces.date, when) <= NEAR_DAYS
    if (
        is_event
        or is_far
        or is_until
        or is_ahead
        or (found is not None and (found.has_clock or _LATER.match(found.text)))
        or judged.question
    ):
        return replace(
            made,
            day=None if is_event else judged.day,
            question=judged.question or _WHICH_DAY,
            choices=judged.choices,
        )
    return replace(made, day=judged.day)


def _days_ahead(told: Read, when: When) -> int:
    """How far ahead the same words lie when they are read as a plan (수요일에); 0 where they can be none."""
    ahead = None if told.found is None else read(told.found.text, replace(when, leaning=Leaning.FUTURE))
    return (ahead.value - when.today).days if ahead and isinstance(ahead.value, date) else 0


_LATER: Final = pattern(r"(?:by |the )?(?:end|close) of|eod|cob", re.IGNORECASE)  # of today
_WHICH_DAY: Final = "완료일이 맞는지 확인해 주십시오."


def _delay(pieces: _Pieces, rest: str, when: When) -> Understood:
    words = named_reason(rest) or rest
    is_closed = not rest or reason_at(rest) == 0 or closed.leaves_it(rest, when, is_reason=True)
    made = Understood(
        Intent.DELAY,
        pieces.ids,
        words=words or None,
        certainty=_sure(is_closed),
    )
    if pieces.date is None:
        return replace(
            made,
            question="새 기한을 읽지 못했습니다." if rest else "새 기한을 알려 주십시오.",
            certainty=Certainty.CARD if rest else Certainty.ASK,
        )
    judged = judge(pieces.date.value, replace(when, leaning=Leaning.FUTURE))
    question = judged.question or _may_be_else(pieces.date, has_words=bool(rest))
    if question is None and not words:
        question = "연기 사유를 알려 주십시오."
        made = replace(made, certainty=Certainty.ASK)
    return replace(
        made,
        day=judged.day,
        shift=judged.shift,
        question=question,
        choices=judged.choices,
        basis=pieces.date.basis,
    )


_DAY_ALONE: Final = pattern(r"\d+\s?일")
_PERIOD_ALONE: Final = ("월", "달", "분기", "반기", "년", "올해", "내년")


def _may_be_else(told: Read, *, has_words: bool) -> str | None:
    """What is asked of 7월 before words, which ends with July or belongs to the reason (7월 의회), and of 10일."""
    found = told.found
    if found is None:
        return None
    if has_words and found.said.is_period and not found.particle and found.text.endswith(_PERIOD_ALONE):
        return f"“{found.text}”의 며칠인지 알려 주십시오."
    is_day = _DAY_ALONE.fullmatch(found.text + found.particle)
    return f"“{found.text}”: 날짜인지 기간인지 알려 주십시오." if is_day else None


def _progress(pieces: _Pieces, rest: str, when: When) -> Understood:
    acts = _sure(not rest or closed.leaves_it(rest.removesuffix(" 중"), when, is_reason=True))
    is_one = pieces.percent is not None and len(pieces.ids) == 1 and pieces.date is None
    question = None if is_one else "진행률은 0에서 100 사이의 숫자로 알려 주십시오."
    if pieces.percent == numbers.MOST_PERCENT:
        question = "완료로 등록할지 진행률만 적을지 골라 주십시오."
    return Understood(
        Intent.PROGRESS,
        pieces.ids,
        percent=pieces.percent,
        words=rest or None,
        certainty=acts,
        question=question,
    )


def _note(pieces: _Pieces, rest: str, _when: When) -> Understood:
    """A note is whatever stands behind its verb."""
    is_asked = _OF_NOTES.match(rest) or rest.endswith(("?", "나요", "까요", "는지", "가요"))
    question = None if rest and not is_asked else "남길 메모를 적어 주십시오."
    return Understood(Intent.NOTE, pieces.ids, words=rest or None, certainty=Certainty.ACT, question=question)
