"""What each column of a table says, by the words above it and by what stands in it (열의 역할)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import Final, Literal

from plans.entries.phrase import BARE, is_figure
from plans.fields.labels import field_of, is_status
from plans.structure.tasklist import DEPARTMENT_END
from plans.tables.header_rows import Head, is_exact, is_slot, slot_times, time_of, year_in
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze
from plans.time.days import are_days, month_of
from plans.time.scan import find_dates, lists_years

Role = Literal[
    "time", "month", "act", "before", "after", "period", "fact", "slot", "year", "events", "done",
    "no", "area", "title", "action", "owner", "officers", "phones", "related", "budgets", "status", "remark", "figure", "text",
]  # fmt: skip

_TIME: Final = re.compile(
    r"(일자|일정|시기|일시|날짜|연월|년월|월별|월일|시점|연월일|년월일|기한|마감|예정|예정일|목표일|완료일|개최일|추진일|시행일|연도|년도)(안|계획)?$|^[월일]$"
)
_SPAN: Final = re.compile(
    r"(교육|행사|접수|모집|신청|공모|개최|운영|전시|공연|점검|훈련|연수|채용|심사|강의|대회)기간(안)?$"
)
_PERIOD: Final = re.compile(r"기간(안)?$|^사업(시기|기한)$")
_PROJECT: Final = re.compile(
    r"(^|사업|추진|공사|용역|과업|계약|시행|이행|지원|위탁|임대|활동|보증|유효|존속|재직)(기간(안)?|시기|기한)$"
)
"""Of a period: that it is how long a thing lasts, and no act with a beginning and an end."""
_FACT: Final = re.compile(
    r"임기|생년|기준일|작성일|취임|제정|개정|변경일|승인일|최초|발령|위촉|입사|임용|선임|소집일|근거|등록일|접수일자$"
)
_HAPPENED: Final = re.compile(
    r"(개관|개원|개교|개소|개설|설립|창립|건립|지정|조성|신축|준공|설치|가동|등록)(일자|연월일?|년월일?|연도|년도|시기|일|월|년)$"
)
_LENGTH: Final = re.compile(r"\d\s?년")  # 5년 is how long: 10년 beside it is no year
_OFTEN: Final = re.compile(r"(횟수|회수|주기|빈도)$")
_BEFORE: Final = re.compile(r"^(당초|기정|종전|변경전|당초계획|기존)(안|일정|시기|일자|기한|계획)?$")
_AFTER: Final = re.compile(r"^(변경|변경후|조정|수정|변경계획|조정계획)(안|일정|시기|일자|기한)?$")
_FIRST: Final = re.compile(r"(시작|개시|착수)(예정|계획)?$")
_LAST: Final = re.compile(r"(종료|완료|마감|마침)(예정|계획)?$")
_PLANNED: Final = re.compile(r"^(당초|변경|계획|예정|추진|사업|목표)*(계획|기간|일정)?$")
_ACTION: Final = re.compile(
    r"(내용|사항|업무|계획|항목|활동|과업|절차|단계|실적|안건|공정|행사명?|과정명?|교육명|회의명?|대회명?|축제명?|프로그램명?|작품명|훈련명)$"
)
_TITLE: Final = re.compile(r"(과제|공약|사업|시책|정책)명?$|(공사|시설|용역|지구)명$")
_NAMES: Final = re.compile(r"[가-힣]명$")
_AREA: Final = re.compile(r"^(분야|구분|영역|전략|부문|권역|유형)별?$|분야$|전략$")
_OWNER: Final = re.compile(
    r"(부서|소관|주관|부처|주체|실과|담당과|추진기관|시행기관|주관기관)(명|별)?$|^(주관|소관|담당|주무)"
)
_REMARK: Final = re.compile(r"비고|참고|기타|특이사항")
_YEARLY: Final = re.compile(r"연차별|연도별|년차별|년도별|단계별")
_MATTER: Final = re.compile(r"(사항|내용|안건|현안|과제|문제점|의견|요구|건의|쟁점)$")
_NOW: Final = re.compile(r"^(현행|현재|기존|현황|종전)$")
_THEN: Final = re.compile(r"^(개선|개선안|변경|변경안|개선내용|변경내용|개선사항)$")
_MEASURE: Final = re.compile(r"(지표|항목|분야|과제)$")
_ANSWER: Final = re.compile(
    r"(조치|이행|추진|개선|대응|처리|향후|반영|후속).{0,4}(계획|사항|내용|방안|대책)(안)?$|^(대책|조치)$"
)
_REASON: Final = re.compile(r"(사유|이유|근거|원인|절차|효과|문제점|대책)$")
_DONE: Final = re.compile(r"추진상황|추진실적|추진경과|그간|그동안|현재까지|추진현황|실적$|진행상황")
_RESULT: Final = re.compile(r"실적|결과|성과|결산")
_GENERIC: Final = re.compile(
    r"^(추진|시행|사업|세부|주요|운영|진행|행사|교육|개최|점검|회의|공연|접수|목표|예정|계획|실시|일|년|월)*$"
)
_OF_TIME: Final = re.compile(
    r"(일자|일정|시기|일시|날짜|연월일?|년월일?|월별|월일|시점|기한|마감|기간|예정일?|목표일?|연도|년도|일|월)(안|계획)?$"
)
_NO_NAME: Final = re.compile(r"^[\s\W\d]*$")
_MAY_NUMBER: Final = re.compile(r"^(구분|분야|)$")
_ORDINAL: Final = re.compile(r"^제?\d{1,2}(기|차|회|반|단계|회차|주차)$")
_OUTLINE: Final = re.compile(r"\W{0,2}[A-Za-z]{0,3}\d{1,3}(?:\.\d{1,3}){0,5}")
_LETTER: Final = re.compile(r"[가-힣A-Za-z]")
_MONTH_HEADS: Final = frozenset({"월", "월별", "월일"})
_DAY_HEADS: Final = frozenset({"일", "일자", "날짜", "일시", "일정"})
MARK: Final = re.compile(r"^[○●◎■□▣◆◇★☆→←↔⇒➡▶▷◀◁►◄━─=\-~∼VvOoXx✓✔√\s]+$")
TOTAL: Final = re.compile(r"^(합계|총계|소계|누계|평균|계|총합계)(\(.*\))?$")
ENOUGH: Final = (
    0.6  # share of cells that must read as a time before a column without a word of time counts as one
)
SAMPLE: Final = 80  # rows that are looked at to say what a column holds
LEAST_SLOTS: Final = 3
EMPTY: Final = frozenset({"", "-", "–", "―", "미정", "없음", "해당없음", "변경없음", "좌동", "동일", "추후"})


@dataclass(frozen=True)
class Column:
    """One column: the words above it (`name` squeezed, `last` the innermost), and shares of its filled cells."""

    index: int
    path: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def name(self) -> str:
        return squeeze("".join(_unbracketed(text) for text in self.path))

    @property
    def last(self) -> str:
        return squeeze(_unbracketed(self.path[-1])) if self.path else ""

    @cached_property
    def filled(self) -> tuple[str, ...]:
        return tuple(text for text in self.texts if squeeze(text) not in EMPTY)

    def share(self, is_such: Callable[[str], object]) -> float:
        """How many of its filled cells are such, of all."""
        return sum(bool(is_such(text)) for text in self.filled) / max(len(self.filled), 1)

    @cached_property
    def times(self) -> float:
        """Share of cells that are times which say more than a year, one in each line."""
        return self.share(lambda text: all(map(is_exact, text.split("\n"))))

    @cached_property
    def years(self) -> float:
        return self.share(lambda text: all(time_of(line) is not None for line in text.split("\n")))

    @cached_property
    def dated(self) -> float:
        """Share of cells with a month, a day or a list of years among their words."""
        return self.share(lambda text: any(token.month for token in find_dates(text)) or lists_years(text))

    @property
    def year(self) -> int:
        """The year that its header names; 0 for none."""
        return year_in(self.path)

    @property
    def act(self) -> str:
        """What its header says happens at its times (준공예정일 -> 준공); "" where it only says that it is a time."""
        return act_of(self.last)


def _unbracketed(text: str) -> str:
    return re.sub(r"\([^()]*\)$", "", text.strip())


@dataclass(frozen=True)
class Columns:
    """All columns of a table with their roles; `slots` the times of those that make a grid."""

    all: tuple[Column, ...]
    roles: tuple[Role, ...]
    slots: tuple[tuple[int, str, str] | None, ...]

    @property
    def name(self) -> Column | None:
        """The column that names what a row is about: things, else what is to be done."""
        return self.first("title") or self.first("action")

    def of(self, *roles: Role) -> list[Column]:
        """The columns of these roles, from the left."""
        return [column for column, role in zip(self.all, self.roles, strict=True) if role in roles]

    def first(self, *roles: Role) -> Column | None:
        return next(iter(self.of(*roles)), None)

    def role(self, index: int) -> Role:
        return self.roles[index] if index < len(self.roles) else "text"


def read_columns(head: Head, body: Sequence[Line], title: str = "") -> Columns:
    """The role of each column; where the section's `title` or the header speaks of years, a year is a time."""
    is_yearly = bool(_YEARLY.search(squeeze(title) + "".join(head.names)))
    rows = [row for row in body[: 2 * SAMPLE] if not is_total(row)][:SAMPLE]
    columns = tuple(
        Column(i, path, tuple(_lines(row.cells[i]) for row in rows if i < len(row.cells)))
        for i, path in enumerate(head.paths)
    )
    slots = [None if i in head.years else slot for i, slot in enumerate(slot_times(head.paths))]
    if not _make_a_grid(slots):
        slots = [None] * len(columns)
    roles: tuple[Role, ...] = tuple(
        "slot" if slot is not None else _role(column, is_yearly)
        for column, slot in zip(columns, slots, strict=True)
    )
    roles = _matters(columns, _offices(columns, _months(columns, _outlines(columns, roles))))
    roles = _spans(columns, _numbers(columns, roles))
    roles = tuple("year" if i in head.years and role == "text" else role for i, role in enumerate(roles))
    return Columns(columns, roles, tuple(slots))


def act_of(header: str) -> str:
    """완료시기 -> 완료; "" for 추진시기."""
    left = without_time(header)
    return "" if _GENERIC.match(left) else left


def bound_of(header: str, is_last: bool) -> str | None:
    """What begins or ends at the times of a column: "" for 시작일, 접수 for 접수 종료일; None where its header names no bound."""
    left = without_time(header)
    found = (_LAST if is_last else _FIRST).search(left)
    return None if found is None else left[: found.start()]


def is_after(path: Sequence[str]) -> bool:
    """Whether the words above a column say that it holds what was changed (변경)."""
    return any(_AFTER.match(squeeze(text)) for text in path[:-1])


def is_only_planned(header: str) -> bool:
    """Whether words above several columns only say that something is planned in them (추진기간)."""
    return bool(_PLANNED.match(header))


def tells_result(header: str) -> bool:
    """Whether words above a column say that it holds what was, not what is to come."""
    return bool(_RESULT.search(header))


def is_ordinal(title: str) -> bool:
    """Whether a name only counts (1기, 2차(도)): of what, nobody can tell from the table."""
    return bool(_ORDINAL.match(squeeze(re.sub(r"\([^()]*\)", "", title))))


def heads_times(header: str) -> bool:
    """Whether the words above a column say that times stand below."""
    name = squeeze(_unbracketed(header))
    return any(pattern.search(name) for pattern in (_TIME, _SPAN, _PERIOD))


def heads_more(header: str) -> bool:
    """Whether a word is the header of a column of something else: names, numbers, offices, remarks."""
    name = squeeze(_unbracketed(header))
    known = (_ACTION, _TITLE, _AREA, _OWNER, _REMARK, _NAMES)
    return field_of(header) is not None or any(pattern.search(name) for pattern in known)


def without_time(header: str) -> str:
    """접수기간 -> 접수."""
    return _OF_TIME.sub("", header)


def is_time_word(text: str) -> bool:
    """Whether a word only says that a time stands beside or below it (일정)."""
    return bool(_TIME.search(squeeze(text))) and not act_of(squeeze(text))


def is_total(row: Line) -> bool:
    """Whether a row only counts the others: 계 or 소계 is the first or second word of it."""
    texts = [squeeze(text) for text in row.cells if text.strip()][:2]
    return any(TOTAL.match(text) for text in texts)


def _lines(text: str) -> str:
    """A cell with its line breaks, each line in single spaces."""
    return "\n".join(line for part in text.split("\n") if (line := one_line(part)))


def _make_a_grid(slots: Sequence[tuple[int, str, str] | None]) -> bool:
    """Three months, or two quarters or halves."""
    found = [slot for slot in slots if slot is not None]
    return len(found) >= (2 if any("기" in slot[1] for slot in found) else LEAST_SLOTS)


def _role(column: Column, is_yearly: bool) -> Role:
    """One column by itself: what its words say, where its cells agree."""
    if not column.filled:
        return "remark" if _REMARK.search(column.last) else "text"
    timed: Role | None = "time" if is_yearly and column.years >= ENOUGH else _role_of_times(column)
    if timed is not None:
        return timed
    name = field_of(column.path[-1]) if column.path else None
    if name in ("no", "officers", "phones", "related", "budgets"):
        return name  # type: ignore[return-value]
    if name == "department" or _OWNER.search(column.last):
        return "owner"
    if _REASON.search(column.last) and not (column.index == 0 and column.last.endswith("절차")):
        return "fact"
    if _REMARK.search(column.last):
        return "remark"
    if column.share(is_status) >= ENOUGH:
        return "status"
    if column.share(lambda text: is_figure(text) or MARK.match(text)) >= ENOUGH:
        return "status" if name == "status" or _DONE.search("".join(column.path[:-1])) else "figure"
    return _role_of_words(column, name)


def _role_of_times(column: Column) -> Role | None:
    """Its role where times stand in it."""
    is_timed = column.times >= ENOUGH
    if any(map(_LENGTH.fullmatch, column.filled)) or all(map(BARE.fullmatch, column.filled)):
        return "fact"
    if _FACT.search(column.last) and column.years:
        return "fact"
    if _REMARK.search(column.last) or (
        not column.years and not (column.last in ("월", "일") and column.filled)
    ):
        return None
    if _BEFORE.match(column.last):
        return "before"
    if _AFTER.match(column.last):
        return "after"
    if _SPAN.search(column.last):
        return "time"
    if _PERIOD.search(column.last):
        return "period"
    if _HAPPENED.search(column.last) and is_timed:
        return "act"
    if _TIME.search(column.last) and not _ACTION.search(column.last.removesuffix("계획")):
        return "act" if column.act else "time"
    if is_timed and column.path:
        says_nothing = _ACTION.search(column.last) or _AREA.search(column.last)
        return "act" if column.last and not says_nothing else "time"
    return "time" if is_timed else None


def _role_of_words(column: Column, name: str | None) -> Role:
    if is_slot(column.last) or (column.year and column.dated):
        return "done" if _RESULT.search(column.last) else "events"
    if _DONE.search(column.last) and column.dated:
        return "done"
    if column.dated and (_BEFORE.match(column.last) or _AFTER.match(column.last)):
        return "events" if _AFTER.match(column.last) else "fact"  # what was planned first holds no more
    if name == "status":
        return "status"
    if name == "title" or _TITLE.search(column.last):
        return "title"
    if name == "area" or _AREA.search(column.last):
        return "area"
    if _ACTION.search(column.last):
        return "events" if column.dated >= ENOUGH / 2 else "action"
    return "text"


def _offices(columns: Sequence[Column], roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Where no header names an office, the column of remarks or officers whose cells are offices does."""
    if "owner" in roles:
        return roles
    return tuple(
        "owner" if role in ("remark", "officers", "text") and column.share(is_office) >= ENOUGH else role
        for column, role in zip(columns, roles, strict=True)
    )


def _numbers(columns: Sequence[Column], roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Where no header says number, the figures that stand before the titles do."""
    title = roles.index("title") if "title" in roles else 0
    if "no" in roles or not title:
        return roles
    return tuple(
        "no" if role == "figure" and i < title and _may_number(columns[i]) else role
        for i, role in enumerate(roles)
    )


def _may_number(column: Column) -> bool:
    """Whether figures number the rows: no header says otherwise, or each is the next of the one above."""
    values = [int(text) for text in column.filled if text.isdecimal()]
    is_count = len(values) == len(column.filled) > 1 and values == list(range(1, len(values) + 1))
    return is_count or bool(_MAY_NUMBER.match(column.last))


def _outlines(columns: Sequence[Column], roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Numbers with dots that differ in each row (1, 1.1, 1.2) are no days beside a column of days with their years, unless
    their header speaks of time."""
    has_days = any(column.times >= ENOUGH and _has_years(column) for column in columns)
    return tuple(
        "figure" if has_days and role in ("time", "act", "text") and _is_outline(column) else role
        for column, role in zip(columns, roles, strict=True)
    )


def _is_outline(column: Column) -> bool:
    is_numbered = bool(column.filled) and all(map(_OUTLINE.fullmatch, column.filled))
    return is_numbered and len(set(column.filled)) == len(column.filled) and not _TIME.search(column.last)


def _has_years(column: Column) -> bool:
    return column.share(lambda text: any(token.year for token in find_dates(text))) >= ENOUGH


def groups_of(columns: Columns) -> Column | None:
    """The column whose words come again in most rows and so name groups of rows, not each row (구분 above 작업명)."""
    column = columns.first("area")
    if column is None or not _comes_again(column):
        return None
    others = columns.of("title", "action", "text")
    return column if any(not _comes_again(other) and other.filled for other in others) else None


def _matters(columns: Sequence[Column], roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Where no column names things, that of what was asked or found names them if what is done about it stands beside it
    (지시사항 | 조치계획, 지적사항 | 처분 | 개선대책), with who does it."""
    if "title" in roles:
        return _improved(columns, roles)
    if not {"owner", "officers"} & set(roles):
        return roles
    answers = [c for c in columns if _ANSWER.search(c.last) and c.filled and _may_be_act(c, roles)]
    if not answers:
        return roles
    answer = answers[-1]
    left = columns[: answer.index]
    asked = [c for c in left if _MATTER.search(c.last) and c.filled and _may_be_act(c, roles)]
    asked = [c for c in left if asked and _MEASURE.search(c.last) and c.filled] or asked
    if not asked or _comes_again(asked[0]):
        return roles
    found = list(roles)
    found[asked[0].index] = "title"
    found[answer.index] = "events" if answer.dated >= ENOUGH / 2 else "action"
    for other in columns:
        if other.index != answer.index and found[other.index] == "action":
            found[other.index] = "text"
    return tuple(found)


def _improved(columns: Sequence[Column], roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """What things are to become (현행 | 개선) is what is done, where no other column says that."""
    if {"action", "events"} & set(roles):
        return roles
    is_after = [bool(_NOW.match(now.last) and _THEN.match(then.last)) for now, then in pairwise(columns)]
    return tuple(
        "action" if role == "text" and at and is_after[at - 1] else role for at, role in enumerate(roles)
    )


def _may_be_act(column: Column, roles: Sequence[Role]) -> bool:
    return roles[column.index] in ("action", "events", "fact", "text", "done")


def _comes_again(column: Column) -> bool:
    return len(set(column.filled)) * 2 <= len(column.filled)


def _months(columns: Sequence[Column], roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """A column of months beside one of days is the month of each row, whatever stands above them."""
    found = list(roles)
    for month, day in pairwise(columns):
        is_named = month.last in _MONTH_HEADS and day.last in _DAY_HEADS
        months = month.share(partial(month_of, may_be_bare=is_named))
        days = day.share(partial(are_days, may_be_bare=is_named))
        if (is_named and months) or min(months, days) >= ENOUGH:
            found[month.index], found[day.index] = "month", "time"
    return tuple(found)


def _spans(columns: Sequence[Column], roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Several spans in a row name what happens in each (접수기간 | 교육기간), and so does one beside the days of other acts,
    unless it is the project's own."""
    spans = [i for i, role in enumerate(roles) if role == "time" and _SPAN.search(columns[i].last)]
    spans += [i for i, role in enumerate(roles) if role == "period" and not _PROJECT.search(columns[i].last)]
    is_one_of_several = len(spans) + roles.count("act") > 1
    roles = _without_counts(columns, roles)
    return tuple("act" if is_one_of_several and i in spans else role for i, role in enumerate(roles))


def _without_counts(columns: Sequence[Column], roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """How often something is done (공시횟수) is no time of its own beside a column that says when."""
    counts = {i for i, role in enumerate(roles) if role in ("time", "act") and _OFTEN.search(columns[i].last)}
    has_times = any(role in ("time", "act") and i not in counts for i, role in enumerate(roles))
    return tuple("figure" if has_times and i in counts else role for i, role in enumerate(roles))


LONGEST_OFFICE: Final = 14


def is_office(text: str) -> bool:
    """Whether a cell can be a department: short and ending as departments do."""
    name = squeeze(text)
    return bool(DEPARTMENT_END.search(name)) and len(name) <= LONGEST_OFFICE and bool(_LETTER.search(name))
