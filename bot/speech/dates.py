"""Dates as they stand in a chat: at the front of a text or anywhere in it, and judged: past, too far, a day off (말 속의 날짜).

The longest reading wins; what stands beside it counts: a clock time and a particle are read over, a word that makes
another day of it, a second date, another day in brackets make a doubt. Nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from bot.speech.reading import Intent, Understood
from plans.time.rules import Rule, Spoken, readings, spoken_tokens
from plans.time.typed.dates import BY_START
from plans.time.typed.meanings import Doubt, Leaning, Shift, Value, When, month_end_after
from plans.time.typed.vocabulary import DAY, LEADS, words_of

__all__ = ["Doubt", "Found", "Leaning", "Shift", "Value", "When", "find", "month_end_after"]

MOST_DAYS: Final = 366  # a longer postponement is a slip of the pen or a change of the plan
MOST_MONTHS: Final = 12
MOST_CHOICES: Final = 5
MOST_DATES: Final = 20  # in one message; who names more has pasted a table
_SURE: Final = words_of(
    "까지로 까지는 까지만 까지 으로 로 이내 내로 안에 안으로 에는 에 자로 자 부로 날짜로 일자로 일자 중으로 중 내 만 간 동안 날"
)
_VAGUE: Final = words_of(
    "이전 이후 쯤 께 경 무렵 즈음 전후 안팎 내외 정도 이상 이하 미만 넘게 남짓 가까이 부터 에서부터 으로부터 로부터 이나 혹은 또는 아니면 내지 전 지나 지나서"
)
"""Behind a day or a length: one does not know which is meant."""
_TAILS: Final = ("까지로", "까지", "에", "으로", "로", "서", "")
_PARTICLE: Final = "|".join(
    sorted({*_SURE, *(one + tail for one in _VAGUE for tail in _TAILS)}, key=len, reverse=True)
)
_FOLLOWS: Final = words_of(
    "연기 연장 미루 미뤄 미룸 미룰 늦추 늦춰 늦춤 순연 유예 변경 조정 옮 완료 끝 마치 마쳤 마침 마무리 했 함 부탁 신청 더 씩 요 이요 입니다 이에요 예요 임 바꿔 한달 처리 종료 예정 다"
)
"""What may follow a date without a space."""
_LEADING: Final = words_of(
    "매 매주 매월 매달 매년 격주 격월 차차 내후 전전 그 그다음 다음 대략 거의 최소 최대 적어도 늦어도 빨라야 약 한 다음번"
)
"""Before it: another day than the words alone would say, or one of many."""
_TOWARDS: Final = ("by", "to", "until", "till", "on", "for")
_BETWEEN: Final = ("tilde", "dash", "or", "to", "내지", "또는", "혹은")
_OR: Final = ("", "에서", "이나", "내지", "또는", "혹은", "아니면", "부터", "로")
_AMOUNT: Final = r"(?:억|만원|백만|천만|조원|[배점%％]|퍼센트|km|m|ha|㎡)(?![가-힣A-Za-z])"
_HOUR: Final = r"(?:\d{1,2}:\d\d|(?:1?\d|2[0-4])\s?(?:시(?:\s?반|\s?\d{1,2}\s?분)?|(?=[ap]m)))(?:\s?[ap]m\b)?"
_CLOCK: Final = (
    r"\s*(?:(?:at|in)\s)?(?:the\s)?(?:(?:(?:새벽|아침|오전|점심|정오|낮|오후|저녁|밤|자정|퇴근(?:\s?전)?|늦게|일찍|무렵"
    rf"|morning|noon|afternoon|evening|night)(?:\s?중)?\s*)+(?P<hour>{_HOUR})?|{_HOUR})"
)
"""오후 6시 · 18:00 · 아침 · 퇴근 전 · at 6 pm."""
_READ_OVER: Final = (
    r"^\s*(?:(?:입니다|이에요|예요|이요|요|임)(?!\w))?\s*(?:더(?!\w))?\s*(?:(?:연기|연장|미룸|늦춤)(?!\w))?"
)


class Found(NamedTuple):
    """A date expression from `start` to `stop`, with clock time and particle to `end`; `rest`: behind one at the front."""

    start: int
    stop: int
    end: int
    value: Value
    text: str
    particle: str = ""
    has_clock: bool = False
    is_period: bool = False
    is_bare: bool = False
    is_counted: bool = False
    rest: str = ""

    @property
    def basis(self) -> str | None:
        """The words by which a day that is not written out was counted from today, for the answer that shows it."""
        return self.text if self.is_counted and isinstance(self.value, date) else None


@lru_cache(maxsize=256)
def find(text: str, when: When) -> tuple[Found, ...]:
    """Every date expression of the text, in order, none inside another."""
    line, dates, end = _Line(text, when), list[Found](), 0
    for at, token in enumerate(line.tokens):
        found = line.at(at) if token.start >= end and len(dates) < MOST_DATES else None
        if found is not None:
            dates.append(found)
            end = found.end
    return tuple(dates)


def read(text: str, when: When) -> Found | None:
    """The date at the front of the text, an English preposition read over; None where there is none."""
    line = _Line(text.strip(), when)
    found = line.at(int(bool(line.tokens) and line.tokens[0].text in _TOWARDS))
    if found is None:
        return None
    return found._replace(rest=re.sub(_READ_OVER, "", line.text[found.end :], count=1).strip(" ,;:"))


def judge(value: Value, when: When) -> Understood:
    """The reading with the day or length, or with a question and days to choose from; with both for a day off."""
    if isinstance(value, Shift):
        is_long = value.days > MOST_DAYS or value.months > MOST_MONTHS
        long = Understood(Intent.ASK, question=Doubt("long"))
        return long if is_long else Understood(Intent.ASK, shift=value)
    if isinstance(value, Doubt):
        return Understood(Intent.ASK, question=value, choices=_offered(value.choices, when))
    is_done, today, working = when.leaning is Leaning.PAST, when.today, when.calendar
    if is_done and value > today:
        return Understood(Intent.ASK, question=Doubt("done-ahead", facts={"day": value}), choices=(today,))
    if value < today and not is_done:
        return Understood(Intent.ASK, question=Doubt("passed", facts={"day": value}))
    if value > today + timedelta(days=MOST_DAYS):
        return Understood(Intent.ASK, day=value, question=Doubt("far", facts={"day": value}))
    if is_done or working.is_working(value):
        return Understood(Intent.ASK, day=value)
    days = (working.previous_or_same(value), value, working.next_or_same(value))
    choices = tuple(one for one in days if one >= today)
    return Understood(Intent.ASK, day=value, question=Doubt("day-off", facts={"day": value}), choices=choices)


def judged(made: Understood, found: Found, when: When) -> Understood:
    """The reading with the date that was found."""
    one, basis = judge(found.value, when), found.basis if when.leaning is Leaning.FUTURE else None
    return replace(
        made, day=one.day, shift=one.shift, question=one.question, choices=one.choices, basis=basis
    )


def _offered(days: tuple[date, ...], when: When) -> tuple[date, ...]:
    """The days that can be, each once; before a day off the working day ahead of it."""
    found = [day for day in days if day <= when.today]
    if when.leaning is Leaning.FUTURE:
        can_be = [one for day in days for one in (when.calendar.previous_or_same(day), day)]
        found = [one for one in can_be if one >= when.today]
    return tuple(dict.fromkeys(found))[:MOST_CHOICES]


class _Line:
    """A text with its tokens, seen from a day."""

    def __init__(self, text: str, when: When) -> None:
        self.text, self.when, self.tokens = text, when, spoken_tokens(text)
        self.keys = frozenset(one.key for one in self.tokens)

    def at(self, at: int) -> Found | None:
        """The date that begins there, with what stands beside it."""
        found = self.longest(at) if at < len(self.tokens) and self.may_begin(at) else None
        if found is None:
            return None
        lead = self.text[: found.start].removesuffix(" ").rpartition(" ")[2]
        if lead in _LEADING:
            return _doubted("which-day", f"{lead} {found.text}", found)
        after = next((i for i in range(at, len(self.tokens)) if self.tokens[i].start >= found.end), None)
        if after is None:
            return found
        beside = self.told_again if self.tokens[after].kind == "open" else self.with_second
        return beside(found, after)

    def may_begin(self, at: int) -> bool:
        """A rule can begin so, and nothing stands directly before it that would make it a part of something else."""
        token, before = self.tokens[at], self.text[self.tokens[at].start - 1 : self.tokens[at].start] or " "
        if token.key not in BY_START or token.kind not in ("num", "word", "apos", "plus"):
            return False
        if before.isspace():
            kinds = [one.kind for one in self.tokens[max(0, at - 2) : at + 1]]
            return kinds not in (["num", "dot", "num"], ["num", "slash", "num"])
        if before in ".,-/:￦₩$":
            return not (token.start > 1 and self.text[token.start - 2].isdigit()) and before not in "￦₩$"
        if "가" <= before <= "힣":
            return (token.kind == "num" and before != "제") or (before in LEADS and len(token.text) > 1)
        if before.isdigit():
            return token.text in DAY and len(token.text) > 1  # 104어제
        return before not in "+＋" and not (before.isascii() and before.isalpha())

    def told_again(self, found: Found, at: int) -> Found:
        """다음 주 금요일(12. 4.): the same day told twice, or a doubt between the two."""
        told = self.longest(at + 1)
        close = next((one for one in self.tokens[at + 1 :] if told and one.start >= told.end), None)
        if told is None or close is None or close.kind != "close":
            return found
        known = found.value.choices if isinstance(found.value, Doubt) else (found.value,)
        word, end = self.particle(close.end)
        text, word = self.text[found.start : close.end], word or found.particle
        whole = told._replace(start=found.start, stop=close.end, end=end, text=text, particle=word)
        if isinstance(told.value, date) and told.value in known:
            return whole
        return _doubted("two-days", text, whole, found, told)

    def with_second(self, found: Found, at: int) -> Found:
        """Another date on its heels: 12. 4. 12. 11. · 12월 4일이나 11일 · 일주일에서 열흘 · 7.5~7.9."""
        is_or = found.particle in _OR and (found.particle != "로" or isinstance(found.value, Shift))
        if not is_or or self.text[: found.start].rstrip().endswith("from"):
            return found
        second = self.longest(at + (self.tokens[at].key in _BETWEEN))
        if second is None:
            return found
        whole = found._replace(stop=second.stop, end=second.end, particle=second.particle)
        return _doubted("two", self.text[found.start : second.stop].strip(), whole, found, second)

    def longest(self, at: int) -> Found | None:
        """The longest date that begins there and ends where a date may end."""
        rules = BY_START.get(self.tokens[at].key, ()) if at < len(self.tokens) else ()
        told = readings(rules, self.tokens, at, self.text, self.when, self.keys) if rules else ()
        found = [one for said in told if (one := self.ended(self.tokens[at].start, *said)) is not None]
        return max(found, key=lambda one: one.end, default=None)

    def ended(self, start: int, rule: Rule, said: Spoken, value: Value) -> Found | None:
        """The date with its clock time and particle; None where it cannot end there."""
        stop, text = said.end, self.text
        clock = re.compile(_CLOCK).match(text, stop)
        end = len(text[: clock.end()].rstrip()) if clock else stop
        word, after = self.particle(end)
        is_border = self.is_border(after, has_sign=said.is_bare and after == stop)
        if word and not is_border and self.is_border(end, has_sign=said.is_bare and end == stop):
            word, after, is_border = "", end, True
        is_length = word.startswith("중") and not rule.is_period and any(map(str.isdigit, text[start:stop]))
        if not is_border or is_length:
            return None
        kind, words = (rule.is_period, said.is_bare, rule.is_counted), text[start:stop].strip()
        found = Found(start, end, after, value, words, word, clock is not None, *kind)
        if word.startswith(_VAGUE) and not isinstance(value, Doubt):
            return _doubted("which-day", text[start:after].strip(), found)
        is_last = found.text.endswith(("말일", "마지막 날")) or self.when.leaning is Leaning.FUTURE
        if rule.is_period and isinstance(value, date) and not is_last:
            return _doubted("which-of", found.text, found)
        return found

    def particle(self, at: int) -> tuple[str, int]:
        """The particle there and its end; one blank may stand before it."""
        start = at + (self.text[at : at + 1] == " ")
        found = re.compile(_PARTICLE).match(self.text, start)
        end = found.end() if found else at
        goes_on = "가" <= self.text[end : end + 1] <= "힣" and not self.text.startswith(_FOLLOWS, end)
        is_apart = start > at and (goes_on or self.text.startswith("이상 없", start))
        return ("", at) if found is None or is_apart else (found[0], end)

    def is_border(self, at: int, *, has_sign: bool) -> bool:
        """A date may end there: nothing follows that makes another word or an amount of it."""
        char, behind = self.text[at : at + 1], self.text[at + 1 : at + 2]
        if not char or char.isspace():
            return not (has_sign and re.compile(_AMOUNT).match(self.text, at + 1))
        if "가" <= char <= "힣":
            return self.text.startswith(_FOLLOWS, at)
        is_open = char.isalnum() or char in "%％￦₩:'’-" or (char in ".,/" and behind.isdigit())
        return not is_open or "ㄱ" <= char <= "ㅣ"


def _doubted(code: str, text: str, found: Found, *others: Found) -> Found:
    days = {one.value for one in others or (found,) if isinstance(one.value, date)}
    return found._replace(value=Doubt(code, tuple(sorted(days)), {"text": text}))
