"""The words of time that people type in a chat: tables of Korean and English words, written a word and its value (낱말)."""

from __future__ import annotations

from itertools import product
from typing import Final

from plans.time.words import HALVES, RELATIVE_YEARS, TEN_DAYS, WEEKDAY_NAMES


def _table(text: str) -> dict[str, int]:
    """word|word value word value … -> a dictionary."""
    cells = text.split()
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return {word: int(value) for words, value in pairs for word in words.split("|")}


def words_of(text: str) -> tuple[str, ...]:
    """The words of a list, each once."""
    return tuple(dict.fromkeys(text.split()))


def any_of(words: str) -> str:
    """A pattern of any of the words, which stand two spaces or a line apart; a space in one means any number or none."""
    found = (one.strip().replace(" ", r"\s*") for one in words.split("  "))
    return "(?i)" + "|".join(one for one in found if one)


NATIVE: Final = _table(
    "한 1 두 2 세 3 석 3 네 4 넉 4 다섯 5 여섯 6 일곱 7 여덟 8 아홉 9 열 10 열한 11 열두 12 스무 20"
)
_ONES: Final = ("", *"일이삼사오육칠팔구")
_TENS: Final = ("", "십", *(f"{one}십" for one in _ONES[2:]))
SINO: Final = {ten + one: value for value, (ten, one) in enumerate(product(_TENS, _ONES)) if value}
COUNTED: Final = NATIVE | _table("a|an|one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10")
_DAY_WORDS: Final = _table(
    "하루 1 이틀 2 사흘 3 나흘 4 닷새 5 엿새 6 이레 7 여드레 8 아흐레 9 열흘 10"
    " 열하루 11 열이틀 12 열사흘 13 열나흘 14 보름|반달 15 스무날 20"
)
LENGTHS: Final = {word: (days, 0) for word, days in _DAY_WORDS.items()} | {"반년": (0, 6)}  # days and months
_DAYS_OF: Final = _table("일|영업일|근무일|워킹데이|d|day|days 1 주|주일|주간|w|wk|wks|week|weeks 7")
_MONTHS_OF: Final = _table("달|개월|m|mth|mths|month|months 1 년|yr|year|years 12")
UNITS: Final = {word: (_DAYS_OF.get(word, 0), _MONTHS_OF.get(word, 0)) for word in _DAYS_OF | _MONTHS_OF}
WORKING: Final = words_of("영업일 근무일 워킹데이 business working")
MORE: Final = words_of("more extra additional another")
DAY: Final = _table(  # steps from today
    "그끄저께|그끄제 -3 그저께|그제 -2 어저께|어제|작일|전일|어젯밤|엊저녁|어제저녁|간밤|지난밤|yesterday -1"
    " 오늘|금일|당일|today|eod|cob 0 내일|낼|명일|익일|tomorrow|tmr|tmrw 1 내일모레|낼모레|모레 2 글피 3 그글피 4"
)
REFS: Final = _table(  # before 주, 달, 분기
    "다다음|다음다음|다담|차차 2 다음|담|돌아오는|차|내|익 1 이번|요번|금번|금|이|당 0 지난|저번|전 -1 지지난|저저번 -2"
)
ALONE: Final = words_of("차 내 익 금 이 당 전 담")  # those that stand right before it only: 차주, 이달
COMING, THIS, NEXT = 1, 2, 3  # of a weekday
WHICH: Final = _table("오는|돌아오는|다가오는|coming|upcoming 1 this 2 다음|next 3 지난|저번|last 4")
BEFORE, DAY_AFTER = 1, 3  # beside a festival
AROUND: Final = _table("이전|전 1 이후|지나서|지나고|지난|끝나고|끝난|쇠고|후|뒤 2 다음날 3")
SOLAR: Final = _table(  # month and day
    "신정 101 삼일절 301 어린이날 505 현충일 606 광복절 815 개천절 1003 한글날 1009 성탄절|크리스마스|christmas 1225"
)
LUNAR: Final = dict.fromkeys(("설날", "설", "구정"), "Korean New Year") | dict.fromkeys(
    ("추석", "한가위"), "Chuseok"
)
FESTIVAL: Final = {word: word for word in (*SOLAR, *LUNAR)}
MONTH_EN: Final = _table(
    "january|jan 1 february|feb 2 march|mar 3 april|apr 4 may 5 june|jun 6 july|jul 7 august|aug 8"
    " september|sept|sep 9 october|oct 10 november|nov 11 december|dec 12"
)
WEEKDAY_EN: Final = _table(
    "monday|mon 0 tuesday|tues|tue 1 wednesday|wed 2 thursday|thurs|thur|thu 3 friday|fri 4 saturday|sat 5 sunday|sun 6"
)
THIRD: Final = {**TEN_DAYS, **_table("초|초반 1 중반 2 중하순|후반 3")}
ENDS: Final = words_of("말일 마지막날 말 안으로 안에 안 내에 내로 내 중으로 중에 중 이내")
LATER: Final = words_of("뒤 후 이내 있다가")
ABOUT: Final = words_of("정도 쯤 가량 여 내외 남짓 즈음 경")
LENGTHENED: Final = words_of("간 만 더 씩 연기 연장 미뤄 미루 미룸 늦춰 늦추 순연 유예 늘려 추가")
FEW: Final = words_of("한두 두세 두어 서너 이삼 몇 빠른")
VAGUE: Final = words_of(
    "엊그저께 엊그제 며칠 몇일 얼마간 당분간 조만간 나중 추후 언젠가 주말 사나흘 사오일 오륙일 soon asap later weekend"
)
YEARS: Final = {word: shift for word, shift in RELATIVE_YEARS.items() if shift <= 1} | _table(
    "올|금번연도 0 명년 1 내후년|후년 2 재작년 -2"
)
ORDINAL: Final = _table("첫|첫째 1 둘|둘째|두 2 셋|셋째|세 3 넷|넷째|네 4 다섯|다섯째 5 마지막|막 -1")
ODD_MONTHS: Final = {"유월": 6, "시월": 10}
WEEKDAY: Final = {letter: at for at, letter in enumerate(WEEKDAY_NAMES)}
HALF: Final = {word: 6 * half for word, half in HALVES.items()} | {"first": 6, "second": 12}
REF_EN: Final = {"this": 0, "next": 1, "last": -1}
PERIODS: Final = _table("month|eom|말일 1 quarter 3 year|eoy 12")
_OTHERS: Final = words_of(
    """월 일 년 년도 요일 욜 주 주중 달 해 분기 사분기 반기 연말 년말 연내 년내 연초 년초 날 모래 딱 총 꼭 시일 주차 째 번째
    번 유월 시월 음력 부터 에서 까지 하고 로 으로 명절 연휴 기준 동안 앞으로
    지금 현재 회계연도 연도 의 이나 혹은 또는 내지 아니면 순 중순 차째 시 분 반 반년 am pm the of in within by on from now hence
    ago end early mid late first second half q h quarter eom eoy close business of day before after or and to st nd rd th since
    s at few couple morning afternoon evening"""
)
KNOWN: Final = frozenset().union(
    DAY, REFS, WHICH, AROUND, MONTH_EN, WEEKDAY_EN, FESTIVAL, THIRD, ENDS, LATER, ABOUT, LENGTHENED,
    FEW, VAGUE, YEARS, ORDINAL, _OTHERS, SINO, COUNTED, LENGTHS, UNITS, WORKING, MORE, WEEKDAY, HALVES
)  # fmt: skip
NO_DAY: Final = ("간", "동안", "차", "째", "차째", "전", *LATER)
LEADS: Final = "번을를은는도에료기한종호건"  # a date may follow them without a space
