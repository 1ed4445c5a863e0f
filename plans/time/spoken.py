"""Dates as they stand in a sentence of the chat: at the front of a text, or anywhere in it (말 속의 날짜).

The longest reading wins; what stands beside it counts: a clock time and a particle are read over, a word that makes
another day of it, a second date, another day in brackets make a doubt. Nothing is guessed.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from plans.time.days import Doubt, Leaning, Shift, Value, When
from plans.time.lazy import pattern
from plans.time.rules import Rule, Said, Spoken
from plans.time.said import RULES
from plans.time.vocabulary import DAYS, LEADS, spoken_tokens, words_of

BY_START: Final[dict[str, list[Rule]]] = {}
for _rule in RULES:
    for _start in _rule.starts:
        BY_START.setdefault(_start, []).append(_rule)
_SURE: Final = words_of(
    "까지로 까지는 까지만 까지 으로 로 이내 내로 안에 안으로 에는 에 자로 자 부로 날짜로 일자로 일자 중으로 중 내 만 간 동안 날"
)
_VAGUE: Final = words_of(
    "이전 이후 쯤 께 경 무렵 즈음 전후 안팎 내외 정도 이상 이하 미만 넘게 남짓 가까이 부터 에서부터 으로부터 로부터 이나 혹은"
    " 또는 아니면 내지 전 지나 지나서"
)
"""Behind a day or a length: one does not know which is meant."""
_TAILS: Final = ("까지로", "까지", "에", "으로", "로", "서", "")
_PARTICLE: Final = pattern(
    "|".join(sorted({*_SURE, *(one + tail for one in _VAGUE for tail in _TAILS)}, key=len, reverse=True))
)
_FOLLOWS: Final = words_of(
    "연기 연장 미루 미뤄 미룸 미룰 늦추 늦춰 늦춤 순연 유예 변경 조정 옮 완료 끝 마치 마쳤 마침 마무리 했 함 부탁 신청 더 씩 요"
    " 이요 입니다 이에요 예요 임 바꿔 한달 처리 종료 예정 다"
)
"""What may follow a date without a space."""
_LEADING: Final = words_of(
    "매 매주 매월 매달 매년 격주 격월 차차 내후 전전 그 그다음 다음 대략 거의 최소 최대 적어도 늦어도 빨라야 약 한 다음번"
)
"""Before it: another day than the words alone would say, or one of many."""
_TOWARDS: Final = ("by", "to", "until", "till", "on", "for")
_BETWEEN: Final = ("tilde", "dash", "or", "to", "내지", "또는", "혹은")
_OR: Final = ("", "에서", "이나", "내지", "또는", "혹은", "아니면", "부터", "로")
MOST_DATES: Final = 20  # in one message; who names more has pasted a table
_NO_START: Final = ".,-/:￦₩$"
_AMOUNT: Final = pattern(r"(?:억|만원|백만|천만|조원|[배점%％]|퍼센트|km|m|ha|㎡)(?![가-힣A-Za-z])")
_CLOCK: Final = pattern(
    r"\s*(?:(?:at|in)\s)?(?:the\s)?(?:(?:(?:새벽|아침|오전|점심|정오|낮|오후|저녁|밤|자정|퇴근(?:\s?전)?|늦게|일찍|무렵|morning|noon|afternoon|evening|night)(?:\s?중)?\s*)+(?P<hour>HOUR)?|HOUR)".replace(
        "HOUR",
        r"(?:\d{1,2}:\d\d|(?:1?\d|2[0-4])\s?(?:시(?:\s?반|\s?\d{1,2}\s?분)?|(?=[ap]m)))(?:\s?[ap]m\b)?",
    )
)
"""오후 6시 · 18:00 · 아침 · 퇴근 전 · at 6 pm."""


class Found(NamedTuple):
    """A date expression in a text, from `start` up to `stop`; with its clock time and particle up to `end`."""

    start: int
    stop: int
    end: int
    said: Said
    text: str
    particle: str = ""
    has_clock: bool = False

    @property
    def value(self) -> Value:
        return self.said.value


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


def front(text: str, when: When) -> Found | None:
    """The date that the text begins with, an English preposition read over."""
    line = _Line(text, when)
    return line.at(int(bool(line.tokens) and line.tokens[0].text in _TOWARDS))


def _doubted(found: Found, reason: str, *days: date) -> Found:
    own = (found.value,) if isinstance(found.value, date) else ()
    return found._replace(said=found.said._replace(value=Doubt(reason, tuple(sorted({*(days or own)})))))


class _Line:
    """A text with its tokens, seen from a day."""

    def __init__(self, text: str, when: When) -> None:
        self.text, self.when, self.tokens = text, when, spoken_tokens(text)
        self.keys = {one.key for one in self.tokens}

    def at(self, at: int) -> Found | None:
        """The date that begins there, with what stands beside it."""
        found = self.longest(at) if at < len(self.tokens) and self.may_begin(at) else None
        if found is None:
            return None
        led = self.text[: found.start].split(" ")[-2:]  # the word before, with one blank or none
        lead = led[-1] or (led[0] if len(led) > 1 else "")
        if lead in _LEADING:
            reason = f"“{lead} {found.text}”: 며칠인지 날짜로 알려 주십시오."
            return _doubted(found, reason)
        after = next((i for i in range(at, len(self.tokens)) if self.tokens[i].start >= found.end), None)
        if after is None:
            return found
        return (
            self.told_again(found, after)
            if self.tokens[after].kind == "open"
            else self.with_second(found, after)
        )

    def may_begin(self, at: int) -> bool:
        """A rule can begin so, and nothing stands directly before it that would make it a part of something else."""
        token, before = self.tokens[at], self.text[self.tokens[at].start - 1 : self.tokens[at].start] or " "
        if token.key not in BY_START or token.kind not in ("num", "word", "apos", "plus"):
            return False
        if before.isspace():
            is_cut = (
                at > 1 and self.tokens[at - 1].kind in ("dot", "slash") and self.tokens[at - 2].kind == "num"
            )
            return not (is_cut and token.kind == "num")
        if before in _NO_START:
            return not (token.start > 1 and self.text[token.start - 2].isdigit()) and before not in "￦₩$"
        if "가" <= before <= "힣":
            return (token.kind == "num" and before != "제") or (before in LEADS and len(token.text) > 1)
        if before.isdigit():
            return token.text in DAYS and len(token.text) > 1  # 104어제
        return before not in "+＋" and not (before.isascii() and before.isalpha())

    def told_again(self, found: Found, at: int) -> Found:
        """다음 주 금요일(12. 4.): the same day told twice, or a doubt between the two."""
        told = self.longest(at + 1)
        close = next((one for one in self.tokens[at + 1 :] if told and one.start >= told.end), None)
        if told is None or close is None or close.kind != "close":
            return found
        known = found.value.choices if isinstance(found.value, Doubt) else (found.value,)
        word, end = self.particle(close.end)
        text = self.text[found.start : close.end]
        whole = Found(found.start, close.end, end, told.said, text, word or found.particle, told.has_clock)
        if isinstance(told.value, date) and told.value in known:
            return whole
        days = [one.value for one in (found, told) if isinstance(one.value, date)]
        return _doubted(whole, f"“{text}”의 두 날짜가 다릅니다.", *days)

    def with_second(self, found: Found, at: int) -> Found:
        """Another date on its heels: 12. 4. 12. 11. · 12월 4일이나 11일 · 일주일에서 열흘 · 7.5~7.9."""
        is_or = found.particle in _OR and (found.particle != "로" or isinstance(found.value, Shift))
        if not is_or or self.text[: found.start].rstrip().endswith("from"):
            return found
        second = self.longest(at + (self.tokens[at].key in _BETWEEN))
        if second is None:
            return found
        whole = found._replace(stop=second.stop, end=second.end, particle=second.particle)
        days = [one.value for one in (found, second) if isinstance(one.value, date)]
        return _doubted(whole, f"“{self.text[found.start : second.stop].strip()}”에 날짜가 둘입니다.", *days)

    def longest(self, at: int) -> Found | None:
        """The longest date that begins there and ends where a date may end."""
        best: Found | None = None
        for rule in BY_START.get(self.tokens[at].key, ()) if at < len(self.tokens) else ():
            if any(map(self.keys.isdisjoint, rule.needs)):
                continue
            cursor = Spoken(self.tokens, at, self.text, self.when)
            said = rule(cursor)
            found = self.ended(cursor, said) if said is not None and cursor.at > at else None
            if found is not None and (best is None or found.end > best.end):
                best = found
        return best

    def ended(self, cursor: Spoken, said: Said) -> Found | None:
        """The date with its clock time and particle; None where it cannot end there."""
        start, stop, text = self.tokens[cursor.first].start, cursor.end, self.text
        clock = _CLOCK.match(text, stop)
        end = len(text[: clock.end()].rstrip()) if clock else stop
        word, after = self.particle(end)
        is_border = self.is_border(after, has_sign=said.is_bare and after == stop)
        if word and not is_border and self.is_border(end, has_sign=said.is_bare and end == stop):
            word, after, is_border = "", end, True
        is_length = word.startswith("중") and not said.is_period and any(map(str.isdigit, text[start:stop]))
        if not is_border or is_length:
            return None
        found = Found(start, end, after, said, text[start:stop].strip(), word, clock is not None)
        if word.startswith(_VAGUE) and not isinstance(said.value, Doubt):
            return _doubted(found, f"“{text[start:after].strip()}”: 며칠인지 날짜로 알려 주십시오.")
        is_last = found.text.endswith(("말일", "마지막 날")) or self.when.leaning is Leaning.FUTURE
        if said.is_period and isinstance(said.value, date) and not is_last:
            return _doubted(found, f"“{found.text}”의 며칠인지 알려 주십시오.")
        return found

    def particle(self, at: int) -> tuple[str, int]:
        """The particle there and its end; one blank may stand before it."""
        start = at + (self.text[at : at + 1] == " ")
        found = _PARTICLE.match(self.text, start)
        end = found.end() if found else at
        goes_on = "가" <= self.text[end : end + 1] <= "힣" and not self.text.startswith(_FOLLOWS, end)
        is_apart = start > at and (goes_on or self.text.startswith("이상 없", start))
        return ("", at) if found is None or is_apart else (found[0], end)

    def is_border(self, at: int, *, has_sign: bool) -> bool:
        """A date may end there: nothing follows that makes another word or an amount of it."""
        char, behind = self.text[at : at + 1], self.text[at + 1 : at + 2]
        if not char or char.isspace():
            return not (has_sign and _AMOUNT.match(self.text, at + 1))
        if "가" <= char <= "힣":
            return self.text.startswith(_FOLLOWS, at)
        is_open = char.isalnum() or char in "%％￦₩:'’-" or (char in ".,/" and behind.isdigit())
        return not is_open or "ㄱ" <= char <= "ㅣ"
