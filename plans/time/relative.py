"""Days as seen from today: 모레, 열흘 뒤, 3영업일 뒤, 다음 주 금요일; and lengths: 2주, 한 달, +2w, D+7 (상대 날짜)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from plans.time.days import Doubt, Leaning, Shift, Value, name
from plans.time.numerals import Length, length
from plans.time.rules import Rule
from plans.time.said import ONE_DAY, Spoken
from plans.time.vocabulary import LATER, LENGTHENED

MOST_STEPS: Final = 366


def working_days_from(cursor: Spoken, count: int) -> date:
    """The day so many working days after (before, where negative) today, which is not counted."""
    day, step = cursor.when.today, ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(min(abs(count), MOST_STEPS)):
        day += step
        while not cursor.when.calendar.is_working(day):
            day += step
    return day


def moved(cursor: Spoken, found: Length, sign: int = 1) -> date | Doubt:
    """So long after today, or before it."""
    if found.is_working:
        return working_days_from(cursor, sign * found.shift.days)
    try:
        return Shift(sign * found.shift.days, sign * found.shift.months).from_day(cursor.when.today)
    except (ValueError, OverflowError):
        return cursor.unclear()


def next_weekday(index: int, today: date) -> date:
    """The first such weekday after today."""
    return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)


def last_weekday(index: int, today: date) -> date:
    """The last such weekday before today."""
    return today - timedelta(days=(today.weekday() - index - 1) % 7 + 1)


def one_of(cursor: Spoken, *days: date) -> date | Doubt:
    """The day where all readings are one, else all of them are offered."""
    return days[0] if len(set(days)) == 1 else cursor.unclear(*sorted(set(days)))


def _later(cursor: Spoken, length: Length) -> Value:
    """2주 뒤; 2주 뒤로 can be counted from today and from the due day."""
    day, before = moved(cursor, length), cursor.tokens[cursor.at - 1].text
    if (
        before not in {"뒤", "후"}
        or not cursor.touches()
        or not cursor.take("로", "으로")
        or isinstance(day, Doubt)
    ):
        return day
    return Doubt(f"“{cursor.words}”: 오늘부터인지({name(day)}) 현재 기한부터인지 알 수 없습니다.", (day,))


def _weeks_later(cursor: Spoken, length: Length, weekday: int) -> Value:
    """3주 뒤 금요일: the Friday of that week, where counting from the coming Friday gives the same one."""
    days, today = length.shift.days, cursor.when.today
    if length.shift.months or days % 7 or length.is_working:
        return cursor.unclear()
    that = cursor.monday() + timedelta(days=weekday + days)
    return one_of(
        cursor,
        that,
        that if weekday == today.weekday() else next_weekday(weekday, today) + timedelta(days=days),
    )


def _lengthened(cursor: Spoken, length: Length) -> Value | None:
    """2주 · 일주일만 더 · +3일; “10일” only with a word of more."""
    is_apart = cursor.sees("만", "간", "씩") and cursor.sees(*LENGTHENED, ahead=1)
    is_more = cursor.sees(*LENGTHENED) or is_apart or cursor.tokens[cursor.first].kind != "num"
    is_only = (
        cursor.stands("동안", "간", "만", "씩")
        and cursor.take("동안", "간", "만", "씩") is not None
        and cursor.take("뒤") is not None
    )
    if is_only and cursor.take("로", "으로") is None:  # 일주일만 뒤로
        return None
    if (length.is_day and not is_more) or cursor.stands(*LATER, "전", "까지", "에", "내", "안", "차", "째"):
        return None
    if cursor.when.leaning is Leaning.PAST:
        return Doubt("날짜가 아니라 기간입니다.")
    if length.is_working:
        return Doubt("근무일로 센 연기는 날짜로 적어 주십시오.")
    return length.shift if length.shift.days or length.shift.months else Doubt("0일은 기간이 아닙니다.")


def _both(cursor: Spoken, **_: object) -> Value | None:
    """A second length behind the first one: nobody knows which is meant, or what they make together."""
    if cursor.attempt(length) is None:
        return None
    cursor.take(*LATER)
    return cursor.unclear()


def _ranged(cursor: Spoken, length: Length, **_: object) -> Value | None:
    return None if length.is_day and not cursor.is_ahead else cursor.unclear()


def _vague(cursor: Spoken, vague: str = "", **_: object) -> Value:
    days = (2, 3) if vague.startswith("엊그") else ()
    return cursor.unclear(*(cursor.when.today - timedelta(days=one) for one in days))


def _of_week(cursor: Spoken, ref: int, weekday: int) -> Value | None:
    is_named = cursor.take("요일", "욜") is not None
    after = cursor.text[cursor.end : cursor.end + 2]
    goes_on = after[:1].isalnum() and not after.startswith(("까지", "에"))
    return cursor.day_of(ref, weekday) if is_named or not goes_on else None


def _week(cursor: Spoken, ref: int = 2) -> Value:
    days = [cursor.monday(ref) + timedelta(days=offset) for offset in range(5)]
    fitting = [one for one in days if (one > cursor.when.today) == cursor.is_ahead]
    return Doubt(f"“{cursor.words}”: 무슨 요일인지 알려 주십시오.", tuple(fitting))


def _gone(cursor: Spoken, weekday: int) -> Value:
    """지난 금요일: within the current week it may be this one or the one before."""
    day = last_weekday(weekday, cursor.when.today)
    return one_of(cursor, day, day - timedelta(days=7) if day >= cursor.monday() else day)


def _weekday(cursor: Spoken, weekday: int) -> Value:
    """The coming one for a due day, the last one for what was done; on that weekday itself it is asked."""
    today = cursor.when.today
    near = next_weekday(weekday, today) if cursor.is_ahead else last_weekday(weekday, today)
    return (
        Doubt("오늘인지 다른 주인지 알 수 없습니다.", (today, near)) if weekday == today.weekday() else near
    )


_FROM: Final = "오늘|금일|지금|현재|앞으로? 로|으로? 부터?"
_NAMED: Final = "{weekday} 요일|욜"
RULES: Final = (
    Rule("내일|낼 모레", lambda c: c.when.today + timedelta(days=2)),
    Rule("모래 &까지", lambda c: c.when.today + timedelta(days=2)),
    Rule("{day}", lambda c, day: c.when.today + timedelta(days=day)),
    Rule(f"{_FROM} {{length}} 전 !까지", lambda c, length: moved(c, length, -1), counted=True),
    Rule(f"{_FROM} {{length}} {{later}} 의? {_NAMED}", _weeks_later),
    Rule(f"{_FROM} {{length}} 뒤|후|이내|있다가|내|안|내에|안에|안으로|내로 !요일", _later, counted=True),
    Rule("딱|총|꼭? plus? {length}", _lengthened),
    Rule("d ~plus {number}", lambda c, number: Shift(days=number) if c.is_ahead else None),
    Rule("{length} 반 {later}?", _vague),
    Rule("{length} {about} 만|뒤|후?", _vague),
    Rule("{length} 에서|이나|혹은|또는|내지|아니면|부터|tilde|dash|or|to|하고?", _both),
    Rule("{count} tilde|dash|comma|내지|에서 {length}", _ranged),
    Rule("{ref} 주 의? {weekday}", _of_week),
    Rule("{ref} 주 초|말|중순|중|안|내?", _week, period=True),
    Rule(f"다음 다음 주 의? {_NAMED}", lambda c, weekday: c.day_of(2, weekday)),
    Rule("다음 다음 주", _week, period=True),
    Rule(f"오는|돌아오는|다가오는 {_NAMED}", lambda c, weekday: next_weekday(weekday, c.when.today)),
    Rule(f"지난|저번 {_NAMED}", _gone),
    Rule(f"다음 {_NAMED}", lambda c, weekday: one_of(c, next_weekday(weekday, c.when.today), c.day_of(1, weekday))),
    Rule(_NAMED, _weekday),
    Rule("다음 영업일|근무일", lambda c: working_days_from(c, 1)),
    Rule("영업일|근무일 기준? 으로|로? {count} 일 뒤|후|이내|내", working_days_from),
    Rule("영업일|근무일 기준? 으로|로? {count} 일", lambda c, **_: c.unclear()),
    Rule("{vague} 뒤|후|전?", _vague),
    Rule("{few} 일|주|달|주일|개월|시일", _vague),
    Rule("이번|다음 주말|주중 {weekday}? 요일|욜?", _vague)
)  # fmt: skip
