"""Dates as they stand in a sentence of the chat: at the front of a text, or anywhere in it (말 속의 날짜).

The longest reading wins; what stands beside it counts: a clock time and a particle are read over, a word that makes
another day of it, a second date, another day in brackets make a doubt. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from plans.time.cursor import number
from plans.time.days import Doubt, Leaning, Shift, Value, When
from plans.time.lazy import pattern
from plans.time.rules import Rule, Said, Spoken
from plans.time.said import RULES
from plans.time.tokens import Token
from plans.time.vocabulary import DAY_PARTS, DAYS, LEADS, spoken_tokens, words_of

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
_PARTICLES: Final[dict[str, list[str]]] = {}
for _one in sorted({*_SURE, *(one + tail for one in _VAGUE for tail in _TAILS)}, key=len, reverse=True):
    _PARTICLES.setdefault(_one[0], []).append(_one)
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
_OR: Final = ("", "에서", "이나", "내지", "또는", "혹은", "아니면", "부터", "로")
MOST_DATES: Final = 20  # in one message; who names more has pasted a table
_NO_START: Final = ".,-/:￦₩$"
_AMOUNT: Final = pattern(r"(?:억|만원|백만|천만|조원|[배점%％]|퍼센트|km|m|ha|㎡)(?![가-힣A-Za-z])")


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
    return tuple(islice(_scan(text, when), MOST_DATES))


def _scan(text: str, when: When) -> Iterator[Found]:
    tokens, at, end = spoken_tokens(text), 0, 0
    while at < len(tokens):
        found = _at(text, tokens, at, when) if tokens[at].start >= end else None
        if found is not None:
            yield found
            end = found.end
        at += 1


def front(text: str, when: When) -> Found | None:
    """The date that the text begins with, an English preposition read over."""
    tokens = spoken_tokens(text)
    at = 1 if tokens and tokens[0].text in _TOWARDS else 0
    return _at(text, tokens, at, when) if len(tokens) > at else None


def _may_begin(text: str, tokens: list[Token], at: int) -> bool:
    """Nothing stands directly before it that would make it a part of something else."""
    token, before = tokens[at], text[tokens[at].start - 1] if tokens[at].start else " "
    if token.kind not in ("num", "word", "apos", "plus"):
        return False
    if before.isspace():
        is_cut = at > 1 and tokens[at - 1].kind in ("dot", "slash") and tokens[at - 2].kind == "num"
        return not (is_cut and token.kind == "num")
    if before in _NO_START:
        return not (token.start > 1 and text[token.start - 2].isdigit()) and before not in "￦₩$"
    if "가" <= before <= "힣":
        return (token.kind == "num" and before != "제") or (before in LEADS and len(token.text) > 1)
    if before.isdigit():
        return token.text in DAYS and len(token.text) > 1  # 104어제
    return before not in "+＋" and not (before.isascii() and before.isalpha())


def _at(text: str, tokens: list[Token], at: int, when: When) -> Found | None:
    """The date that begins there, with what stands beside it."""
    if tokens[at].key not in BY_START or not _may_begin(text, tokens, at):
        return None
    found = _longest(text, tokens, at, when)
    if found is None:
        return None
    led = tokens[at - 1] if at else None
    if (
        led is not None
        and led.text in _LEADING
        and (at < 2 or tokens[at - 2].end < led.start)
        and led.end <= found.start
        and (led.end == found.start or text[led.end] == " ")
    ):
        return _doubted(found, f"“{text[led.start : found.stop].strip()}”: 며칠인지 날짜로 알려 주십시오.")
    after = next((i for i in range(at, len(tokens)) if tokens[i].start >= found.end), len(tokens))
    if after < len(tokens) and tokens[after].kind == "open":
        return _told_again(text, tokens, found, after, when)
    return _with_second(text, tokens, found, after, when)


def _doubted(found: Found, reason: str, *days: date) -> Found:
    own = (found.value,) if isinstance(found.value, date) else ()
    return found._replace(said=found.said._replace(value=Doubt(reason, days or own)))


def _told_again(text: str, tokens: list[Token], found: Found, at: int, when: When) -> Found:
    """다음 주 금요일(12. 4.): the same day told twice, or a doubt between the two."""
    told = _longest(text, tokens, at + 1, when) if at + 1 < len(tokens) else None
    close = next((one for one in tokens[at + 1 :] if told is not None and one.start >= told.end), None)
    if told is None or close is None or close.kind != "close":
        return found
    known = found.value.choices if isinstance(found.value, Doubt) else (found.value,)
    word, end = _particle(text, close.end)
    whole = told._replace(
        start=found.start,
        stop=close.end,
        end=end,
        text=text[found.start : close.end],
        particle=word or found.particle,
    )
    if isinstance(told.value, date) and told.value in known:
        return whole
    days = sorted({one.value for one in (found, told) if isinstance(one.value, date)})
    return _doubted(whole, f"“{whole.text}”의 두 날짜가 다릅니다.", *days)


def _with_second(text: str, tokens: list[Token], found: Found, at: int, when: When) -> Found:
    """Another date on its heels: 12. 4. 12. 11. · 12월 4일이나 11일 · 일주일에서 열흘 · 7.5~7.9."""
    is_or = found.particle in _OR and (found.particle != "로" or isinstance(found.value, Shift))
    if not is_or or at >= len(tokens) or text[: found.start].rstrip().endswith("from"):
        return found
    at += tokens[at].kind in ("tilde", "dash") or tokens[at].text in ("or", "to", "내지", "또는", "혹은")
    second = _longest(text, tokens, at, when) if at < len(tokens) else None
    if second is None:
        return found
    said = text[found.start : second.stop].strip()
    days = sorted({one.value for one in (found, second) if isinstance(one.value, date)})
    whole = found._replace(stop=second.stop, end=second.end, particle=second.particle)
    return whole._replace(said=found.said._replace(value=Doubt(f"“{said}”에 날짜가 둘입니다.", tuple(days))))


@lru_cache(maxsize=256)
def _keys(text: str) -> frozenset[str]:
    return frozenset(one.key for one in spoken_tokens(text))


def _longest(text: str, tokens: list[Token], at: int, when: When) -> Found | None:
    """The longest date that begins there and ends where a date may end."""
    best: Found | None = None
    keys = _keys(text)
    for rule in BY_START.get(tokens[at].key, ()):
        if any(map(keys.isdisjoint, rule.needs)):
            continue
        cursor = Spoken(tokens, at, text, when)
        said = rule(cursor)
        if said is None or cursor.at == at:
            continue
        found = _ended(cursor, said)
        if found is not None and (best is None or found.end > best.end):
            best = found
    return best


def _ended(cursor: Spoken, said: Said) -> Found | None:
    text, start, stop = cursor.text, cursor.tokens[cursor.first].start, cursor.end
    has_clock = cursor.attempt(_clock) is not None
    end = cursor.end
    ends = [
        one
        for one in (_particle(text, end), ("", end))
        if _is_border(text, one[1], has_sign=said.is_bare and one[1] == stop)
    ]
    if not ends:
        return None
    word, after = ends[0]
    if word.startswith("중") and not said.is_period and any(map(str.isdigit, text[start:stop])):
        return None
    found = Found(start, end, after, said, text[start:stop].strip(), word, has_clock)
    if word.startswith(_VAGUE) and not isinstance(said.value, Doubt):
        return _doubted(found, f"“{text[start:after].strip()}”: 며칠인지 날짜로 알려 주십시오.")
    is_last = found.text.endswith(("말일", "마지막 날"))
    if (
        said.is_period
        and cursor.when.leaning is Leaning.PAST
        and isinstance(said.value, date)
        and not is_last
    ):
        return _doubted(found, f"“{found.text}”의 며칠인지 알려 주십시오.")
    return found


def _clock(cursor: Spoken) -> bool | None:
    """오후 6시 · 18:00 · 아침 · 퇴근 전 · at 6 pm: read over."""
    cursor.take("at", "in")
    cursor.take("the")
    start = cursor.at
    while (word := cursor.take(*DAY_PARTS)) is not None:
        cursor.take("중", *(("전",) if word.text == "퇴근" else ()))
    is_hour = cursor.take("clock") is not None or cursor.attempt(_hour) is not None
    cursor.take("am", "pm")
    is_word = cursor.at > start and cursor.tokens[cursor.at - 1].kind == "word"
    return True if is_hour or is_word else None


def _hour(cursor: Spoken) -> bool | None:
    if number(cursor, 0, 24) is None or not (cursor.sees("am", "pm") or cursor.take("시")):
        return None
    cursor.take("반") or cursor.attempt(
        lambda c: True if number(c, 0, 59) is not None and c.take("분") else None
    )
    return True


def _particle(text: str, at: int) -> tuple[str, int]:
    """The particle there and its end; one blank may stand before it."""
    start = at + (text[at : at + 1] == " ")
    best = next(
        (one for one in _PARTICLES.get(text[start : start + 1], ()) if text.startswith(one, start)), ""
    )
    end = start + len(best)
    goes_on = "가" <= text[end : end + 1] <= "힣" and not text.startswith(_FOLLOWS, end)
    is_apart = start > at and (goes_on or text.startswith("이상 없", start))
    return ("", at) if not best or is_apart else (best, end)


def _is_border(text: str, at: int, *, has_sign: bool) -> bool:
    """A date may end there: nothing follows that makes another word or an amount of it."""
    char = text[at : at + 1]
    if not char or char.isspace():
        return not (has_sign and _AMOUNT.match(text, at + 1))
    if "가" <= char <= "힣":
        return text.startswith(_FOLLOWS, at)
    is_open = char.isalnum() or char in "%％￦₩:'’-" or (char in ".,/" and text[at + 1 : at + 2].isdigit())
    return "ㄱ" <= char <= "ㅣ" or not is_open
