"""Days as seen from today: 모레, 열흘 뒤, 3영업일 뒤, 다음 주 금요일; and lengths: 2주, 한 달."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.speech import numerals
from bot.speech.days import WEEKDAYS, Doubt, Leaning, Rule, Shift, Value, When, name
from jobs.calendar import ONE_DAY, WorkCalendar

DAYS: Final = {
    "그끄저께": -3, "그저께": -2, "그제": -2, "엊그저께": None, "엊그제": None, "어저께": -1, "어제": -1, "작일": -1, "전일": -1,
    "오늘": 0, "금일": 0, "당일": 0, "내일모레": 2, "낼모레": 2, "내일": 1, "낼": 1, "명일": 1, "익일": 1,
    "모레": 2, "내일 모레": 2, "그글피": 4, "글피": 3,
}  # fmt: skip
_PAST_ONLY: Final = {"전일"}
WEEKS: Final = (
    (r"다다음\s*주|다담\s*주|다음\s*다음\s*주|차차주", 2),
    (r"이번\s*주|금주|요번\s*주|이번\s*주중", 0),
    (r"다음\s*주|담\s*주|차주|내주|익주|돌아오는\s*주", 1),
    (r"지지난\s*주|저저번\s*주", -2),
    (r"지난\s*주|저번\s*주|전주", -1),
)
WEEK: Final = "|".join(f"(?P<week{index}>{words})" for index, (words, _) in enumerate(WEEKS))
MOST_STEPS: Final = 366
_MORE = r"(?:간|만|더|씩|\s*(?:만|더|연기|연장|미[루뤄룸]|늦[추춰춤]|순연|유예|늘[려리]|추가|필요|시간))"


def _word(found: re.Match[str], when: When) -> Value:
    word = " ".join(found[0].split())
    if word in _PAST_ONLY and when.leaning is Leaning.FUTURE:
        return Doubt(f"“{word}”이 며칠인지 알 수 없습니다.")
    steps = DAYS[word]
    if steps is None:
        days = tuple(when.today - timedelta(days=step) for step in (2, 3))
        return Doubt("“엊그제”가 며칠인지 알 수 없습니다.", days)
    return when.today + timedelta(days=steps)


def working_days_from(day: date, count: int, calendar: WorkCalendar) -> date:
    """The day so many working days after (before, where negative) the given one, which is not counted."""
    step = ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(min(abs(count), MOST_STEPS)):
        day += step
        while not calendar.is_working(day):
            day += step
    return day


def _moved(found: re.Match[str], when: When, sign: int) -> Value:
    length = numerals.length(found)
    if numerals.is_working(found):
        return working_days_from(when.today, sign * length.days, when.calendar)
    return Shift(sign * length.days, sign * length.months).from_day(when.today)


def _later(found: re.Match[str], when: When) -> Value:
    return _moved(found, when, 1)


def _ago(found: re.Match[str], when: When) -> Value:
    return _moved(found, when, -1)


def _later_or_longer(found: re.Match[str], when: When) -> Value:
    """“2주 뒤로 연기”: two weeks from today, or two weeks more."""
    day = _moved(found, when, 1)
    assert isinstance(day, date)
    reason = f"“{found[0].strip()}”가 오늘부터인지({name(day)}) 현재 기한부터인지 알 수 없습니다."
    return Doubt(reason, (day,))


def _length(found: re.Match[str], when: When) -> Value:
    if numerals.is_working(found):
        return Doubt("근무일로 센 연기는 날짜로 적어 주십시오.")
    length = numerals.length(found)
    if when.leaning is Leaning.PAST or not (length.days or length.months):
        return Doubt(
            "날짜가 아니라 기간입니다." if when.leaning is Leaning.PAST else "0일은 기간이 아닙니다."
        )
    return length


def _vague(found: re.Match[str], _when: When) -> Value:
    return Doubt(f"“{found[0].strip()}”가 며칠인지 알 수 없습니다.")


def _step(found: re.Match[str]) -> int:
    return next(step for index, (_, step) in enumerate(WEEKS) if found[f"week{index}"])


def _week_day(found: re.Match[str], when: When) -> Value:
    monday = when.today - timedelta(days=when.today.weekday()) + timedelta(weeks=_step(found))
    return monday + timedelta(days=WEEKDAYS.index(found["weekday"]))


def _bare_week(found: re.Match[str], when: When) -> Value:
    monday = when.today - timedelta(days=when.today.weekday()) + timedelta(weeks=_step(found))
    days = [monday + timedelta(days=offset) for offset in range(5)]
    fitting = [one for one in days if (one > when.today) == (when.leaning is Leaning.FUTURE)]
    return Doubt(f"“{found[0].strip()}”의 무슨 요일인지 알려 주십시오.", tuple(fitting))


def next_weekday(index: int, today: date) -> date:
    """The first such weekday after today."""
    return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)


def last_weekday(index: int, today: date) -> date:
    """The last such weekday before today."""
    return today - timedelta(days=(today.weekday() - index - 1) % 7 + 1)


def _weekday(found: re.Match[str], when: When) -> Value:
    """The coming one for a due day, the last one for what was done; on that weekday itself it is asked."""
    index = WEEKDAYS.index(found["weekday"])
    ahead, behind = next_weekday(index, when.today), last_weekday(index, when.today)
    if index == when.today.weekday():
        other = ahead if when.leaning is Leaning.FUTURE else behind
        return Doubt("오늘인지 다른 주인지 알 수 없습니다.", (when.today, other))
    return ahead if when.leaning is Leaning.FUTURE else behind


def _coming(found: re.Match[str], when: When) -> Value:
    return next_weekday(WEEKDAYS.index(found["weekday"]), when.today)


def _weeks_later(found: re.Match[str], when: When) -> Value:
    """“3주 뒤 금요일”: the Friday of that week, where counting from the coming Friday gives the same one."""
    index, length = WEEKDAYS.index(found["weekday"]), numerals.length(found)
    if length.months or length.days % 7 or numerals.is_working(found):
        return Doubt(f"“{found[0].strip()}”이 며칠인지 알 수 없습니다.")
    monday = when.today - timedelta(days=when.today.weekday())
    days = {monday + timedelta(days=index + length.days)}
    if index != when.today.weekday():
        days.add(next_weekday(index, when.today) + timedelta(days=length.days))
    if len(days) == 1:
        return days.pop()
    return Doubt(f"“{found[0].strip()}”이 어느 주인지 알 수 없습니다.", tuple(sorted(days)))


def _gone(found: re.Match[str], when: When) -> Value:
    """지난 금요일: the last one; within the current week it may be this one or the one before."""
    day = last_weekday(WEEKDAYS.index(found["weekday"]), when.today)
    if day >= when.today - timedelta(days=when.today.weekday()):
        return Doubt("이번 주인지 지난주인지 알 수 없습니다.", (day - timedelta(days=7), day))
    return day


def _following(found: re.Match[str], when: When) -> Value:
    """다음 금요일: the coming one or the one of the next week, where they differ."""
    index = WEEKDAYS.index(found["weekday"])
    monday = when.today - timedelta(days=when.today.weekday())
    days = {next_weekday(index, when.today), monday + timedelta(days=7 + index)}
    if len(days) == 1:
        return days.pop()
    return Doubt(f"“{found[0].strip()}”이 이번 주인지 다음 주인지 알 수 없습니다.", tuple(sorted(days)))


def _working_days(found: re.Match[str], when: When) -> Value:
    """근무일 기준 5일 뒤."""
    count = numerals.value(found["n"])
    return working_days_from(when.today, -count if found["ago"] else count, when.calendar)


def _next_working(found: re.Match[str], when: When) -> Value:
    return working_days_from(when.today, 1, when.calendar)


_SECOND_LENGTH = (
    r"(?:\d{1,2}|[한두세네])\s*(?:주일?|일(?!요일|욜)|달|개월)|(?:하루|이틀|사흘|나흘|닷새|열흘|보름)"
)
_WEEKDAY = r"(?P<weekday>[월화수목금토일])"
_NOT_FROM_TODAY = r"(?!\s*(?:뒤|후|전|까지|로(?!\s*연)|에|내|이내|안|차|째|년|전))"
RULES: Final = (
    Rule(re.compile("|".join(sorted((word.replace(" ", r"\s*") for word in DAYS), key=len, reverse=True))), _word),
    Rule(re.compile(rf"{numerals.LENGTH}\s*(?:뒤|후|이내|내로|내에|안에|안으로|있다가)(?!\s*로\s*(?:연기|미|늦|연장|순연|변경|조정|옮))"), _later),
    Rule(re.compile(rf"(?:(?:오늘|금일|지금|현재)(?:로|으로)?\s*부터|앞으로)\s*{numerals.LENGTH}\s*(?:뒤|후)"), _later),
    Rule(re.compile(rf"{numerals.LENGTH}\s*(?:뒤|후)의?\s*{_WEEKDAY}(?:요일|욜)"), _weeks_later),
    Rule(re.compile(rf"{numerals.LENGTH}\s*(?:뒤|후)로"), _later_or_longer),
    Rule(re.compile(rf"{numerals.LENGTH}\s*(?:하고\s*)?(?:반(?![가-힣])|반(?=\s*(?:정도|만|더|연|미|늦|뒤|후))|{_SECOND_LENGTH})(?:\s*(?:뒤|후|정도))?"), _vague),
    Rule(re.compile(rf"{numerals.LENGTH}\s*전(?!까지)"), _ago),
    Rule(re.compile(rf"(?:(?P<plus>[+＋])|(?:딱|총|꼭)(?=\s|\d))?\s*{numerals.LENGTH}(?<!\d일){_NOT_FROM_TODAY}(?:\s*동안|간|만|씩)?(?!\s*(?:정도|쯤|가량|여|내외))"), _length),
    Rule(re.compile(rf"[+＋]\s*{numerals.LENGTH}{_NOT_FROM_TODAY}"), _length),
    Rule(re.compile(rf"{numerals.LENGTH}{_NOT_FROM_TODAY}(?={_MORE})(?:간|만|씩)?(?!\s*(?:정도|쯤|가량|내외))"), _length),
    Rule(re.compile(rf"(?:약\s*)?{numerals.LENGTH}(?:간)?\s*(?:정도|쯤|가량|여|내외)"), _vague),
    Rule(re.compile(r"(?:\d{1,3}|[한두세네일이삼사오육])\s*(?:일|주|달|개월)?\s*[~∼-]\s*(?:\d{1,3}|[한두세네일이삼사오육])\s*(?:일|주일|주|개월|달)(?!\s*[일]?요일)"), _vague),
    Rule(re.compile(r"며칠(?:\s*(?:뒤|후|전))?|몇\s*(?:일|주|달|개월)|얼마간|당분간|조만간|나중에|추후|언젠가|빠른\s*시일|하루\s*이틀|이삼\s*(?:일|주)|한두\s*(?:주|달)|두세\s*(?:주|달)|두어\s*(?:주|달)"), _vague),
    Rule(re.compile(rf"(?:{WEEK})\s*{_WEEKDAY}(?:요일|욜)?(?![가-힣])"), _week_day),
    Rule(re.compile(rf"(?:{WEEK})\s*{_WEEKDAY}(?:요일|욜)"), _week_day),
    Rule(re.compile(rf"(?:{WEEK})\s*(?P<weekday>[월화수목금토일])(?=까지|에)"), _week_day),
    Rule(re.compile(rf"(?:{WEEK})(?:\s*(?:초|말|중순|중|안|내|주중))?"), _bare_week, is_period=True),
    Rule(re.compile(rf"{_WEEKDAY}(?:요일|욜)"), _weekday),
    Rule(re.compile(rf"(?:돌아오는|오는)\s*{_WEEKDAY}(?:요일|욜)"), _coming),
    Rule(re.compile(rf"(?:지난|저번)\s*{_WEEKDAY}(?:요일|욜)"), _gone),
    Rule(re.compile(rf"(?:그\s*)?다음\s*{_WEEKDAY}(?:요일|욜)"), _following),
    Rule(re.compile(r"다음\s*(?:영업|근무)일"), _next_working),
    Rule(re.compile(rf"(?:영업|근무)일\s*(?:기준|기준으로|로)?\s*(?P<n>\d{{1,3}}|{numerals.SINO})\s*일\s*(?:(?:뒤|후|이내|내)|(?P<ago>전))"), _working_days),
    Rule(re.compile(r"(?:영업|근무)일\s*(?:기준|기준으로|로)?\s*(?:\d{1,3})\s*일(?!\s*(?:뒤|후|이내|내|전))"), _vague),
    Rule(re.compile(r"(?:이번\s*|다음\s*)?주말"), _vague),
)  # fmt: skip
