"""Days as calendars name them: 12. 5.(금), '26.12.5., 12/5, 2026년 12월 5일, 다음 달 15일, 10일, 20261205 (날짜)."""

from __future__ import annotations

from datetime import date
from typing import Final

from plans.time.cursor import number
from plans.time.days import MONTHS, Doubt, Leaning, Shift, in_some_year, make, month_after, name
from plans.time.lazy import pattern
from plans.time.numerals import MOST_DAYS, SINO, sino
from plans.time.said import Needs, Rule, Said, Spoken
from plans.time.vocabulary import ALONE, COMING, LATER, LENGTHENED, REFS, WEEKDAYS_EN, YEARS
from plans.time.words import WEEKDAY_NAMES, WEEKDAYS

CENTURY: Final = 2000
FAR_YEARS: Final = 10  # a two-digit year without its apostrophe further off is no year
_NO_DAY: Final = ("간", "동안", "차", "째", "차째", *LATER, "전")


def year(cursor: Spoken) -> int | None:
    """올해 · 내년 · 2026년 · 26년도 · '27. (before a month with 월)."""
    word = cursor.take(*YEARS)
    if word is not None:
        return cursor.when.today.year + YEARS[word.text]
    is_quoted = cursor.take("apos") is not None
    token = cursor.take("num")
    if token is None or len(token.text) not in (2, 4) or token.number < 0:
        return None
    value = token.number if len(token.text) == 4 else CENTURY + token.number
    if cursor.touches() and cursor.take("년", "년도") is not None:
        return value
    is_dotted = (is_quoted or len(token.text) == 4) and cursor.take("dot") is not None
    return value if is_dotted and cursor.sees("월", ahead=1) and CENTURY <= value < CENTURY + 100 else None


def month_word(cursor: Spoken) -> int | None:
    """12월 · 십이월 · 유월 (1 to 12, or a number that is no month)."""
    odd = cursor.take("유월", "시월")
    if odd is not None:
        return 6 if odd.text == "유월" else 10
    value = cursor.attempt(lambda c: sino(c, 0, 99))
    return value if value is not None and cursor.take("월") is not None else None


def month_ref(cursor: Spoken) -> tuple[int, int] | None:
    """이번 달 · 다음 달 · 내달 · 익월 · 지난달: its year and month."""
    word = cursor.take(*REFS)
    if word is None or (word.text in ALONE and not cursor.touches()):
        return None
    if cursor.sees("분기") or cursor.take("달", "월") is None:
        return None
    return month_after(cursor.when.today, REFS[word.text])


def weekday(cursor: Spoken) -> int | None:
    """(금) · (금요일) · 금요일 · 금욜 · 금 at the end of a word; (fri)."""
    is_open = cursor.take("comma") is None and cursor.take("open") is not None
    word = cursor.take(*WEEKDAYS, *(WEEKDAYS_EN if is_open else ()))
    if word is None:
        return None
    index = WEEKDAYS_EN.get(word.text, -1)
    index = WEEKDAY_NAMES.index(word.text) if index < 0 else index
    is_full = cursor.take("요일", "욜") is not None
    if is_open:
        is_closed = cursor.take("close") is not None
        if cursor.sees("까지", ahead=1):
            cursor.take("dot")
        return index if is_closed else None
    return index if is_full or _ends_word(cursor) else None


def _ends_word(cursor: Spoken) -> bool:
    """A single letter is a weekday at the end of a word, or right before 까지 or 에."""
    after = cursor.text[cursor.end : cursor.end + 2]
    return not after[:1].isalnum() or after.startswith("까지") or after in {"에", "에 "}


def checked(cursor: Spoken, day: date | Doubt) -> date | Doubt:
    """The day; a weekday written behind it must be its own."""
    index = cursor.attempt(weekday)
    if index is None or isinstance(day, Doubt) or day.weekday() == index:
        return day
    real, today = day.weekday(), cursor.when.today
    near = date.fromordinal(day.toordinal() + (index - real + 3) % 7 - 3)
    days = (day, near) if (near >= today) == cursor.is_ahead else (day,)
    reason = f"{name(day)[:-3]}은 {WEEKDAY_NAMES[index]}요일이 아니라 {WEEKDAY_NAMES[real]}요일입니다."
    return Doubt(reason, tuple(sorted(days)))


def numeric(cursor: Spoken) -> Said | None:
    """2026. 12. 4.(금) · '26-12-4 · 12/4 · 올해 12. 4일 · 12/25/2026 · 20261205, and 261205 before 까지."""
    named = cursor.attempt(year)
    token = cursor.peek()
    found = (
        _NUMERIC.match(cursor.text, token.start)
        if token is not None and token.kind in ("num", "apos")
        else None
    )
    if found is None:
        return None
    cursor.pass_to(found.end())
    if found["whole"]:
        text = "20" + found["whole"] if len(found["whole"]) == 6 else found["whole"]
        return Said(make(int(text[:4]), int(text[4:6]), int(text[6:])))
    if found["last"]:
        return _american(cursor, int(found["a"]), int(found["b"]), int(found["last"]))
    is_closed = found["close"] is not None
    if found["close"] == "일" and (
        cursor.sees(*_NO_DAY) or (found["t"] == "-" and not found["y"] and "-" in found[0])
    ):
        return (
            None
            if cursor.sees(*_NO_DAY)
            else Said(Doubt(f"“{cursor.words}”: 날짜인지 기간인지 알 수 없습니다."))
        )
    month, day = int(found["m"]), int(found["d"])
    value = int(found["y"] or 0) + (CENTURY if found["y"] and len(found["y"]) == 2 else 0) or named
    if (
        found["y"]
        and len(found["y"]) == 2
        and not found["quote"]
        and abs((value or 0) - cursor.when.today.year) > FAR_YEARS
    ):
        return Said(Doubt(f"“{cursor.words}”의 연도를 알 수 없습니다."))
    exact = make(value, month, day) if value else in_some_year(lambda one: make(one, month, day), cursor.when)
    return Said(checked(cursor, exact), is_bare=not (is_closed or value or cursor.sees("open")))


_NUMERIC: Final = pattern(
    r"(?P<whole>20\d{6}|\d{6}(?=\s?까지))(?!\d)|(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<last>20\d\d)(?!\d)"
    r"|(?P<quote>['’‘`´])?\s?(?:(?P<y>\d{4}|\d\d)\s*[.\-/．]\s*)?(?P<m>\d{1,2})\s*(?P<t>[.\-/．])\s*(?P<d>\d{1,2})(?!\d|:\d)"
    r"(?![.\-/]\s?\d{1,2}(?!\d|시|:))(?![.\-/]\d{3})(?P<close>일|\s?\.(?!\d))?"
)


def _american(cursor: Spoken, first: int, second: int, value: int) -> Said:
    """Month first or day first, where only one of them can be."""
    if first <= MONTHS < second or first == second:
        return Said(make(value, first, second))
    if second <= MONTHS < first:
        return Said(make(value, second, first))
    days = [one for one in (make(value, first, second), make(value, second, first)) if isinstance(one, date)]
    return Said(Doubt(f"“{cursor.words}”: 월과 일의 순서를 알 수 없습니다.", tuple(days)))


def worded(cursor: Spoken) -> Said | None:
    """12월 4일 · 올해 십이월 사일 · 오는 12월 4일."""
    cursor.take(*COMING, "지난")
    named = cursor.attempt(year)
    month = cursor.attempt(month_word)
    day = None if month is None else cursor.attempt(lambda c: sino(c, 0, 99))
    if month is None or day is None:
        return None
    of, before = month, cursor.tokens[cursor.at - 1].text
    if cursor.take("일") is None:
        if not before.endswith("일") or day <= 10:
            return None
        day -= 1  # 십이월 이십일: the last syllable is the unit
    if cursor.sees("간", "동안", "차", "째") and cursor.touches():
        return None
    on = day
    exact = (
        make(named, of, on) if named is not None else in_some_year(lambda one: make(one, of, on), cursor.when)
    )
    return Said(checked(cursor, exact))


def of_month(cursor: Spoken) -> Said | None:
    """다음 달 15일."""
    named = cursor.attempt(month_ref)
    day = None if named is None else cursor.attempt(lambda c: sino(c, 0, 99))
    if named is None or day is None or cursor.take("일") is None or cursor.sees("간", "동안", "차", "째"):
        return None
    return Said(checked(cursor, make(*named, day)))


def day_of_month(cursor: Spoken) -> Said | None:
    """10일 · 오는 10일 · the 10th: the next such day for a new due day, else the last one."""
    coming = cursor.take(*COMING, "지난", "the")
    token = cursor.peek()
    day = cursor.attempt(lambda c: number(c, 0, 999))
    is_spelt = day is None
    day = cursor.attempt(lambda c: sino(c, 1, 31)) if is_spelt else day
    if day is None or token is None:
        return None
    if coming is not None and coming.text == "the":
        has_unit = cursor.take("st", "nd", "rd", "th") is not None and not cursor.sees("of")
    else:
        has_unit = cursor.take("일") is not None
        if is_spelt and not has_unit and token.text.endswith("일") and day > 10:
            day, has_unit = day - 1, True
    if not has_unit or (is_spelt and cursor.text[cursor.end : cursor.end + 2] != "까지"):
        return None
    if (coming is None and cursor.sees(*_NO_DAY, *LENGTHENED)) or cursor.text[
        cursor.end : cursor.end + 1
    ] in {"정", "부"}:
        return None
    return _near_day(cursor, day, can_be_length=coming is None)


def _near_day(cursor: Spoken, day: int, *, can_be_length: bool) -> Said:
    today = cursor.when.today
    if 31 < day <= MOST_DAYS and cursor.is_ahead and can_be_length:
        return Said(Shift(days=day))
    if not 1 <= day <= 31:
        return Said(Doubt(f"{day}일은 없는 날짜입니다."))
    step = 1 if cursor.is_ahead and day < today.day else 0
    if cursor.when.leaning is Leaning.PAST and day > today.day:
        step = -1
        back, ahead = make(*month_after(today, -1), day), make(today.year, today.month, day)
        if isinstance(back, date) and isinstance(ahead, date) and ahead - today < today - back:
            return Said(Doubt(f"{name(ahead)}은 아직 오지 않은 날입니다.", (back,)))
    return Said(checked(cursor, make(*month_after(today, step), day)))


_YEARS: Final = frozenset({"apos", "num", *YEARS})
_COMING: Final = frozenset({*COMING, "지난"})
RULES: Final[tuple[tuple[Rule, frozenset[str], Needs], ...]] = (
    (numeric, _YEARS, ()),
    (worded, _YEARS | _COMING | {"유월", "시월", *SINO}, (frozenset({"월", "유월", "시월"}),)),
    (of_month, frozenset(REFS), (frozenset({"일"}), frozenset({"달", "월"}))),
    (day_of_month, _COMING | {"the", "num", *SINO}, ()),
)
"""Each with the words and kinds of tokens with which it can begin, and of which one must stand in the text."""
