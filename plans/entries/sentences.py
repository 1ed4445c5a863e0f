"""Running sentences of a plan with several times, each with its own act: 기준을 6월까지 마련하고 9월부터 시행한다 (줄글).

Read only where every time stands before its verb, the verbs are joined, and the sentence says what is to be done: what was
done, what a law says of itself, what may be and what others must do is none of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from plans.draft import Window
from plans.entries.phrase import Clause, clean_title, is_act, is_exact, is_figure
from plans.structure.sections import SectionKind
from plans.text.spelling import one_line
from plans.time.scan import find_dates
from plans.time.timeline import Context, Reading, parse_prefix

LEAST_TIMES: Final = 2
LONGEST: Final = 300
MOST_LETTERS: Final = 1_500
_BY: Final = re.compile(r"[월일기반]까지\s")
LEAST_LETTERS: Final = 2
_SENTENCES: Final = re.compile(r"(?<=다\.)\s+")
_FOOT_NOTE: Final = re.compile(r"(?<=다\.)\d{1,3}\)")
_AT: Final = re.compile(r"(?<=[월일기말초중])에(?:는|도)?(?=\s)")
_JOINT: Final = re.compile(
    r"(?<!\S)(?P<verb>\S*(?:고|여|해|아|어|며|서|[한친룬은]\s(?:뒤|후|다음)))(?P<end>,?)(?=\s|$)"
)
_DOING: Final = re.compile(r"(?:하고|하여|하며|해서|해|[한할]|하기로|한\s(?:뒤|후|다음))$")
_END: Final = re.compile(r"\s(?:계획|예정)(?:이다|임|입니다)?$|(?:한다|합니다|함)$")
_FINISHED: Final = re.compile(r"(?:을|를)?\s?완료$")
_TO_COME: Final = re.compile(r"(?:다|함|음|계획|예정|계획임|예정임|계획입니다|예정입니다)$")
_PAST: Final = re.compile(
    r"[가-힣](?:있|없|였|었|았)다$|[했됐났렸갔왔졌혔켰쳤]다$|바 있|지난해|작년|전년|[한된] 결과\s"
)
_PASSIVE: Final = re.compile(r"되(?:어|고|며|면서)|돼|된다$|됨$|[된될] (?:뒤|후|다음)|진다$")
_NOT_OURS: Final = re.compile(
    r"[가-힣]면\s|수 있|경우|야 (?:한다|함)|바랍니다|주시|(?:법|법률|시행령|시행규칙|조례|규칙)(?:은|는|이|가)\s"
)
_NO_ADVERB: Final = re.compile(r"(?:의|은|는|이|가|을|를|로|으로|보다|과|와|현재|기준)(?![가-힣])")
_WHO: Final = re.compile(r"^[가-힣][은는]\s")  # 시는, 군은
_PARTICLE: Final = re.compile(r"(?<=[가-힣)\]」』])(?:을|를|은|는|의)$")
_OBJECT_MARK: Final = re.compile(r"[가-힣)」』][을를]\s")
_HAS_OBJECT: Final = re.compile(r"[가-힣)」』](?:을|를|에|에서|으로|이|가|와|과)\s")
_LETTERS: Final = re.compile(r"[가-힣A-Za-z]")


@dataclass(frozen=True)
class _Time:
    """A time in a sentence: from `start` to `end`."""

    start: int
    end: int
    reading: Reading


def running(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """The acts of a line's sentences with their times; [] where none is such a sentence, or one of its times has no act."""
    if kind not in ("schedule", "content"):
        return []
    sentences = (one for one in sentences_of(body) if len(one) <= LONGEST)
    return [clause for sentence in sentences for clause in _acts(sentence, kind, context)]


def sentences_of(body: str) -> list[str]:
    """The sentences of a line, without the marks of their foot notes (마련한다.59))."""
    return _SENTENCES.split(_FOOT_NOTE.sub("", body))


def tells_of_acts(body: str) -> bool:
    """Whether a line is such a sentence, whatever its year."""
    is_prose = len(body) <= MOST_LETTERS and body.count(" ") > 1
    return is_prose and (bool(running(body, "content", _ANY_YEAR)) or any(map(_promises, sentences_of(body))))


def _promises(sentence: str) -> bool:
    """Whether a sentence says by when something is to be done: 방안을 ’31년 1분기까지 마련한다."""
    if not _BY.search(sentence) or not sentence.endswith("다.") or len(sentence) > LONGEST:
        return False
    text = sentence.rstrip(" .")
    is_told = any(one.search(text) for one in (_PAST, _PASSIVE, _NOT_OURS))
    return not is_told and any(token.month or "분기" in token.text for token in find_dates(text))


_ANY_YEAR: Final = Context(2000)


def _acts(sentence: str, kind: SectionKind, context: Context) -> list[Clause]:
    text = _AT.sub("", one_line(sentence).rstrip(" ."))
    if not _is_plan(text, kind):
        return []
    is_prose = text.endswith("다")  # no item of a list that is in order of time
    times = _times(text, replace(context, before=None) if is_prose else context)
    if times is None or len(times) < LEAST_TIMES or _is_past(times, context.year):
        return []
    parts = _parts(text, times)
    if parts is None:
        return []
    things = _WHO.sub("", text[: times[0].start])
    thing = _PARTICLE.sub("", things.rpartition(",")[2].strip())
    titles = [_title(part, thing if at else "") for at, part in enumerate(parts)]
    is_given = bool(_OBJECT_MARK.search(f"{things.strip()} "))
    for title, part in zip(titles, parts, strict=True):
        is_done_to = bool(_OBJECT_MARK.search(part)) or is_act(title) or is_given
        if len(_LETTERS.findall(title)) < LEAST_LETTERS or is_figure(title) or not is_done_to:
            return []  # what happens by itself is nobody's act
    return [
        Clause(title, text[time.start : time.end], time.reading)
        for title, time in zip(titles, times, strict=True)
    ]


def _is_plan(text: str, kind: SectionKind) -> bool:
    """Whether a sentence says what is to be done: in the present or as a plan, in nobody else's name. 함 may tell of what was
    done, but for a list of what is planned."""
    if len(find_dates(text)) < LEAST_TIMES or any(one.search(text) for one in (_PAST, _PASSIVE, _NOT_OURS)):
        return False
    if re.search(r"[함음]$", text):
        return kind == "schedule"
    return bool(_TO_COME.search(text)) or _ends_in_act(text)


def _ends_in_act(text: str) -> bool:
    """Whether a text ends in a word for doing, known as such or since the sentence has it as a verb (개방하고 … 개방)."""
    last = text.rpartition(" ")[2]
    return is_act(text) or (len(last) >= LEAST_LETTERS and f" {last}하" in f" {text}")


def _times(text: str, context: Context) -> list[_Time] | None:
    """The times of a sentence, each whole and before a word; None where one is something else (3월의)."""
    found: list[_Time] = []
    for token in find_dates(text):
        if found and token.start < found[-1].end:
            continue
        one = _time_at(text, token.start, token.end, context)
        if one is None or _NO_ADVERB.match(text[one.end :]) or not _is_told(one.reading):
            return None
        if one.reading.windows:  # a month that falls back may be of the next year: that is asked
            context = Context(context.year, one.reading.windows[-1], "asked")
        found.append(one)
    return found


def _is_told(found: Reading) -> bool:
    """Whether a time is exact, or would be if its year were known."""
    return is_exact(found) or (found.trouble is not None and found.trouble.code == "year-unknown")


def _time_at(text: str, start: int, end: int, context: Context) -> _Time | None:
    """The time in which a date stands; it may begin a word before (내년 3월)."""
    before = text.rfind(" ", 0, max(0, start - 1)) + 1
    for at in (before, start):
        reading = parse_prefix(text[at:], context)
        if isinstance(reading, Reading) and at + reading.end >= end:
            return _Time(at, at + reading.end, reading)
    return None


def _is_past(times: Sequence[_Time], year: int | None) -> bool:
    """Whether a time ends before the plan's year."""
    windows: list[Window] = [window for time in times for window in time.reading.windows]
    ends = [window.due or window.start for window in windows]
    return year is not None and any(day is not None and day.year < year for day in ends)


def _parts(text: str, times: Sequence[_Time]) -> list[str] | None:
    """What is said of each time: up to the verb behind it that joins the next; None where no verb does."""
    parts: list[str] = []
    before = text[: times[0].start]
    for at, time in enumerate(times):
        if at == len(times) - 1:
            parts.append(f"{before} {text[time.end :]}")
            continue
        between = text[time.end : times[at + 1].start]
        joint = next(iter(_JOINT.finditer(between)), None)
        if joint is None:
            return None
        parts.append(f"{before} {between[: joint.end('verb')]}")
        before = between[joint.end() :]
    return parts


def _title(part: str, thing: str) -> str:
    """정비 기준을 마련하고 -> 정비 기준을 마련; a verb alone has the thing of the sentence before it."""
    said = _WHO.sub("", one_line(part))
    said = _DOING.sub("", _END.sub("", said)).strip(" ,")
    said = _FINISHED.sub("", said)  # what is to be finished is not done
    is_bare = bool(thing) and not _HAS_OBJECT.search(f"{said} ")
    return clean_title(f"{thing} {said}" if is_bare else said)
