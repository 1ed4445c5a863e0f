"""Days as seen from today: 모레, 열흘 뒤, 3영업일 뒤, 다음 주 금요일; and lengths: 2주, 한 달, +2w, D+7 (상대 날짜)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from plans.time.cursor import number
from plans.time.days import Doubt, Leaning, Shift, Value, name
from plans.time.numerals import Length, length, sino
from plans.time.said import ONE_DAY, Said, Spoken
from plans.time.vocabulary import ABOUT, ALONE, COMING, DAYS, FEW, LATER, LENGTHENED, REFS, VAGUE
from plans.time.words import WEEKDAY_NAMES, WEEKDAYS

MOST_STEPS: Final = 366
_OR: Final = ("에서", "이나", "혹은", "또는", "내지", "아니면", "부터", "tilde", "dash", "or", "to")


def day_word(cursor: Spoken) -> Said | None:
    """오늘 · 내일 모레 · 어젯밤."""
    word = cursor.take(*DAYS)
    if word is None:
        is_sand = cursor.take("모래") is None or not cursor.sees("까지")
        return None if is_sand else Said(cursor.when.today + timedelta(days=2))
    if word.text in {"내일", "낼"} and cursor.take("모레") is not None:
        return Said(cursor.when.today + timedelta(days=2))
    return Said(cursor.when.today + timedelta(days=DAYS[word.text]))


def working_days_from(cursor: Spoken, count: int) -> date:
    """The day so many working days after (before, where negative) today, which is not counted."""
    day, step = cursor.when.today, ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(min(abs(count), MOST_STEPS)):
        day += step
        while not cursor.when.calendar.is_working(day):
            day += step
    return day


def moved(cursor: Spoken, found: Length, sign: int) -> date | Doubt:
    """So long after today, or before it."""
    days, months = sign * found.shift.days, sign * found.shift.months
    if found.is_working:
        return working_days_from(cursor, days)
    try:
        return Shift(days, months).from_day(cursor.when.today)
    except (ValueError, OverflowError):
        return cursor.unclear()


def counted(cursor: Spoken) -> Said | None:
    """2주 뒤 · 오늘부터 열흘 후 · 사흘 이내 · 3일 전 · 2주 뒤로 (can be both, asked back) · 3주 뒤 금요일."""
    if cursor.take("오늘", "금일", "지금", "현재", "앞으로") is not None:
        cursor.take("로", "으로")
        cursor.take("부터")
    found = cursor.attempt(length)
    if found is None:
        return None
    if cursor.take("전") is not None:
        return None if cursor.sees("까지") else Said(moved(cursor, found, -1), is_counted=True)
    word = cursor.take(*LATER, "내", "안", "내에", "안에", "안으로", "내로")
    if word is None:
        return None
    if cursor.sees("의") and cursor.sees(*WEEKDAYS, ahead=1):
        cursor.at += 1
    letter = cursor.take(*WEEKDAYS)
    if letter is not None:
        is_named = cursor.take("요일", "욜") is not None
        return Said(_weeks_later(cursor, found, letter.text)) if is_named else None
    day = moved(cursor, found, 1)
    if (
        word.text in {"뒤", "후"}
        and cursor.touches()
        and cursor.take("로", "으로") is not None
        and isinstance(day, date)
    ):
        reason = f"“{cursor.words}”: 오늘부터인지({name(day)}) 현재 기한부터인지 알 수 없습니다."
        return Said(Doubt(reason, (day,)))
    return Said(day, is_counted=True)


def _weeks_later(cursor: Spoken, found: Length, letter: str) -> Value:
    """The Friday of that week, where counting from the coming Friday gives the same one."""
    index = WEEKDAY_NAMES.index(letter)
    if found.shift.months or found.shift.days % 7 or found.is_working:
        return cursor.unclear()
    days = {cursor.monday() + timedelta(days=index + found.shift.days)}
    if index != cursor.when.today.weekday():
        days.add(next_weekday(index, cursor.when.today) + timedelta(days=found.shift.days))
    return days.pop() if len(days) == 1 else cursor.unclear(*sorted(days))


def lengthened(cursor: Spoken) -> Said | None:
    """2주 · 일주일만 더 · +3일 · +2w · D+7; “10일” only with a word of more; 한 달 반, 2~3주, 며칠 are asked back."""
    is_plus = _plus(cursor)
    found = cursor.attempt(length)
    if found is None:
        return None
    if cursor.attempt(_or_more) is not None or cursor.attempt(_second_length) is not None:
        cursor.take(*LATER)
        return Said(cursor.unclear())
    if cursor.take(*ABOUT) is not None:
        cursor.take("만", *LATER)
        return Said(cursor.unclear())
    is_more = cursor.sees(*LENGTHENED) or (
        cursor.sees(*LENGTHENED, ahead=1) and cursor.sees("만", "간", "씩")
    )
    cursor.take("동안", "간", "만", "씩")
    if found.is_day and not (is_more or is_plus) and cursor.tokens[cursor.first].kind == "num":
        return None
    if cursor.sees(*LATER, "전", "까지", "에", "내", "안", "차", "째"):
        return None
    if cursor.when.leaning is Leaning.PAST:
        return Said(Doubt("날짜가 아니라 기간입니다."))
    if found.is_working:
        return Said(Doubt("근무일로 센 연기는 날짜로 적어 주십시오."))
    if not (found.shift.days or found.shift.months):
        return Said(Doubt("0일은 기간이 아닙니다."))
    return Said(found.shift)


def _plus(cursor: Spoken) -> bool:
    """+, and 딱 or 총 before it."""
    cursor.take("딱", "총", "꼭")
    token = cursor.peek()
    if token is not None and token.text in "+＋":
        cursor.at += 1
        return True
    cursor.at = cursor.first
    cursor.take("딱", "총", "꼭")
    return False


def _or_more(cursor: Spoken) -> bool | None:
    """The other end: 에서 열흘, 내지 열흘, ~3주, 반."""
    if cursor.take("반") is not None:
        return True
    return True if cursor.take(*_OR) is not None and cursor.attempt(length) is not None else None


def _second_length(cursor: Spoken) -> bool | None:
    cursor.take("하고")
    found = cursor.attempt(length)
    return None if found is None else True


def from_due_day(cursor: Spoken) -> Said | None:
    """D+7: so many days behind the due day."""
    token = cursor.peek(1)
    if cursor.take("d") is None or token is None or token.text not in "+＋":
        return None
    cursor.at += 1
    days = number(cursor, 1, 365)
    return None if days is None or not cursor.is_ahead else Said(Shift(days=days))


def ranged(cursor: Spoken) -> Said | None:
    """2~3주 · 2, 3일: nobody knows which."""
    first = cursor.attempt(lambda c: sino(c, 1, 99))
    if first is None or cursor.take("tilde", "dash", "comma", "내지", "에서") is None:
        return None
    found = cursor.attempt(length)
    return None if found is None or (found.is_day and not cursor.is_ahead) else Said(cursor.unclear())


def week_day(cursor: Spoken) -> Said | None:
    """다음 주 금요일 · 차주 화 · 다음 주 (asked back with its days)."""
    weeks = _weeks(cursor)
    if weeks is None:
        return None
    cursor.take("의")
    letter = cursor.take(*WEEKDAYS)
    if letter is not None and (cursor.take("요일", "욜") is not None or not _goes_on(cursor)):
        return Said(cursor.monday(weeks) + timedelta(days=WEEKDAY_NAMES.index(letter.text)))
    if letter is not None:
        cursor.at -= 1
    cursor.take("초", "말", "중순", "중", "안", "내")
    monday, today = cursor.monday(weeks), cursor.when.today
    days = [monday + timedelta(days=offset) for offset in range(5)]
    fitting = [one for one in days if (one > today) == cursor.is_ahead]
    return Said(Doubt(f"“{cursor.words}”: 무슨 요일인지 알려 주십시오.", tuple(fitting)), is_period=True)


def _weeks(cursor: Spoken) -> int | None:
    word = cursor.take(*REFS)
    if word is None:
        return None
    if word.text == "다음" and cursor.take("다음") is not None:
        return 2 if cursor.take("주") is not None else None
    if word.text in ALONE and not cursor.touches():
        return None
    return REFS[word.text] if cursor.take("주") is not None else None


def _goes_on(cursor: Spoken) -> bool:
    """The word goes on behind a single letter, and not with 까지 or 에."""
    after = cursor.text[cursor.end : cursor.end + 2]
    return after[:1].isalnum() and not after.startswith(("까지", "에"))


def next_weekday(index: int, today: date) -> date:
    """The first such weekday after today."""
    return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)


def last_weekday(index: int, today: date) -> date:
    """The last such weekday before today."""
    return today - timedelta(days=(today.weekday() - index - 1) % 7 + 1)


def weekday_alone(cursor: Spoken) -> Said | None:
    """금요일 · 오는 금요일 · 지난 금요일 · 다음 금요일: asked back where two weeks are as likely."""
    which = cursor.take(*COMING, "지난", "저번", "다음")
    letter = cursor.take(*WEEKDAYS)
    if letter is None or cursor.take("요일", "욜") is None:
        return None
    index, today, word = (
        WEEKDAY_NAMES.index(letter.text),
        cursor.when.today,
        which.text if which is not None else "",
    )
    ahead, behind = next_weekday(index, today), last_weekday(index, today)
    if word in COMING:
        return Said(ahead)
    if word in {"지난", "저번"}:
        is_near = behind >= cursor.monday()
        return Said(cursor.unclear(behind - timedelta(days=7), behind) if is_near else behind)
    if word == "다음":
        days = {ahead, cursor.monday(1) + timedelta(days=index)}
        return Said(days.pop() if len(days) == 1 else cursor.unclear(*sorted(days)))
    near = ahead if cursor.is_ahead else behind
    return Said(
        Doubt("오늘인지 다른 주인지 알 수 없습니다.", (today, near)) if index == today.weekday() else near
    )


def working_day(cursor: Spoken) -> Said | None:
    """다음 영업일 · 영업일 기준 5일 뒤."""
    if cursor.take("다음") is not None:
        return Said(working_days_from(cursor, 1)) if cursor.take("영업일", "근무일") is not None else None
    if cursor.take("영업일", "근무일") is None:
        return None
    cursor.take("기준")
    cursor.take("으로", "로")
    count = cursor.attempt(lambda c: sino(c, 1, 99))
    if count is None or cursor.take("일") is None:
        return None
    word = cursor.take(*LATER, "내", "전")
    if word is None:
        return Said(cursor.unclear())
    return Said(working_days_from(cursor, -count if word.text == "전" else count))


def vague(cursor: Spoken) -> Said | None:
    """며칠 뒤 · 조만간 · 주말 · 하루 이틀."""
    word = cursor.take(*VAGUE)
    if word is not None:
        cursor.take("뒤", "후", "전")
        days = (2, 3) if word.text.startswith("엊그") else ()
        return Said(cursor.unclear(*(cursor.when.today - timedelta(days=one) for one in days)))
    if cursor.take(*FEW) is not None:
        return (
            Said(cursor.unclear())
            if cursor.take("일", "주", "달", "주일", "개월", "시일") is not None
            else None
        )
    if cursor.take("이번", "다음") is not None and cursor.take("주말", "주중") is not None:
        cursor.attempt(weekday_alone)
        return Said(cursor.unclear())
    return None


RULES: Final = (
    day_word,
    counted,
    lengthened,
    from_due_day,
    ranged,
    week_day,
    weekday_alone,
    working_day,
    vague,
)
