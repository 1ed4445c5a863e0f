"""Words of the result that come from its numbers: the comment's draft (총평), footnotes, months and names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from reports.quarterly.result import Previous, Rate, StatusColumn, goal_of
from reports.quarterly.rows import Quarter, Row
from reports.settings import RoundSettings
from store.states import PLEDGE_WORDS, PledgeStatus

# What each status means, as officers read it when they choose one. Source: criteria of the Manifesto headquarters.
CRITERIA = {
    PledgeStatus.COMPLETED: ("공약을 모두 이행하여 종료된 사업",),
    PledgeStatus.CONTINUING: (
        "공약을 이행한 뒤 추가 목표를 세워 계속하는 사업",
        "공약을 이행한 뒤 해마다 또는 주기적으로 되풀이하는 사업",
    ),
    PledgeStatus.ON_TRACK: ("계획대로 추진 중이며 임기가 끝날 때까지 이행이 예상되는 사업",),
    PledgeStatus.PARTIAL: ("추진하고 있으나 예상한 목표에 이르지 못하고 부진한 사업",),
    PledgeStatus.ON_HOLD: ("공약조정 절차를 거쳐 추진을 미룬 사업",),
    PledgeStatus.DROPPED: ("공약조정 절차를 거쳐 추진하지 않기로 한 사업",),
    PledgeStatus.NOT_DUE: ("계획상 추진할 시기가 아직 오지 않은 사업",),
}
CRITERIA_SOURCE = "한국매니페스토실천본부 평가기준 준용"
PLACES = {0: "정수", 1: "소수 첫째 자리", 2: "소수 둘째 자리"}
ROUNDINGS = {"half-up": "반올림", "half-even": "오사오입", "down": "버림"}
_TOTAL = re.compile(r"^(총|합|소)?계$")


def month(day: date) -> str:
    """2024. 5."""
    return f"{day.year}. {day.month}."


def full_day(day: date) -> str:
    """2024. 3. 31."""
    return f"{day.year}. {day.month}. {day.day}."


def letters(name: str) -> str:
    """A bureau's name without counts in brackets, dots and spaces: "실(2)단(3)" and "실·단" are one."""
    return "".join(char for char in re.sub(r"\([^()]*\)", "", name) if char.isalnum())


def is_total(name: str) -> bool:
    return bool(_TOTAL.match("".join(name.split())))


def count_words(columns: Sequence[StatusColumn]) -> str:
    """완료 / 이행 후 계속추진 33건, 정상추진 15건, 일부추진 1건"""
    return ", ".join(f"{one.label.replace(' / ', '·')} {one.count}건" for one in columns if one.count)


def rate_words(rate: Rate) -> str:
    """67.3%(33/49)"""
    return f"{rate.value}%({rate.done}/{rate.counted})" if rate.value is not None else "해당 없음"


def goal_words(rate: Rate, settings: RoundSettings) -> str | None:
    """목표 90%(66개 가운데 60개)까지 9개 부족; None without a goal."""
    goal = goal_of(rate, settings)
    if goal is None:
        return None
    named = f"목표 {goal.percent.normalize():f}%({rate.counted}개 가운데 {goal.wanted}개)"
    return f"{named}까지 {goal.short}개 부족" if goal.short else f"{named} 달성"


def comment(
    columns: Sequence[StatusColumn],
    rate: Rate,
    previous: Previous | None,
    quarter: Quarter,
    settings: RoundSettings,
) -> tuple[str, ...]:
    """총평 as drafted from the numbers, for the planning office to edit."""
    total = sum(one.count for one in columns)
    lines = [f"총 {total}개 단위사업 가운데 {count_words(columns)}임."]
    if previous is not None:
        lines.append(_against(previous, rate, settings))
        lines += _moves(previous)
    lines += _open_areas(quarter.rows, settings)
    lines.append(_adjusting(quarter))
    return tuple(lines)


def _against(previous: Previous, rate: Rate, settings: RoundSettings) -> str:
    rise = previous.difference
    trend = (
        "비교할 수 없음"
        if rise is None
        else "같음"
        if not rise
        else f"{abs(rise)}%p {'상승' if rise > 0 else '하락'}함"
    )
    before = f"직전 점검({previous.period.short}) {rate_words(previous.rate)}"
    return f"{settings.rate_name}은 {rate_words(rate)}이며, {before}에 견주어 {trend}."


def _moves(previous: Previous) -> list[str]:
    moves = previous.changes.moves
    if not moves:
        return ["직전 점검 이후 추진상황이 바뀐 사업은 없음."]
    to = Counter(PLEDGE_WORDS[one.after] if one.after else "목록에서 빠짐" for one in moves)
    listed = ", ".join(f"{word} {count}건" for word, count in to.items())
    return [f"직전 점검 이후 추진상황이 바뀐 사업은 {len(moves)}건임({listed})."]


def _open_areas(rows: Sequence[Row], settings: RoundSettings) -> list[str]:
    """Where what is still to be done lies, most first."""
    closed = {*settings.done_statuses, *settings.excluded_statuses}
    areas = Counter(row.area for row in rows if row.status not in closed)
    if not areas:
        return ["모든 단위사업을 이행하였음."]
    listed = ", ".join(f"{area} {count}건" for area, count in areas.most_common())
    return [
        f"아직 이행하지 못한 {areas.total()}건({listed})은 연도별 추진계획에 따라 지속적인 관리가 필요함."
    ]


def _adjusting(quarter: Quarter) -> str:
    if not quarter.adjustments:
        return "공약조정이 필요한 것으로 제출된 사업은 없음."
    listed = ", ".join(one.no or one.title for one in quarter.adjustments)
    return f"공약조정 검토가 필요한 사업은 {len(quarter.adjustments)}건({listed})이며, 협의와 심의 절차를 거쳐 정할 예정임."


def footnotes(columns: Sequence[StatusColumn], settings: RoundSettings) -> tuple[str, ...]:
    """The formula, the rounding, and which share was adjusted so that the row adds to 100."""
    done = " + ".join(PLEDGE_WORDS[one] for one in PledgeStatus if one in settings.done_statuses)
    excluded = "·".join(PLEDGE_WORDS[one] for one in PledgeStatus if one in settings.excluded_statuses)
    whole = f"(전체 − {excluded})" if excluded else "전체"
    places, how = PLACES[settings.decimals], ROUNDINGS[settings.rounding]
    lines = [f"{settings.rate_name} = ({done}) ÷ {whole} 단위사업 × 100, {places}까지 {how}."]
    adjusted = [one for one in columns if one.plain is not None]
    if adjusted:
        counted = sum(one.count for one in columns if one.share is not None)
        each = ", ".join(
            f"{one.label} {one.share}%({one.count}/{counted} = {one.plain}%)" for one in adjusted
        )
        lines.append(
            f"비율의 합이 100%가 되도록 맞춘 값: {each}. 건수가 기준이며 다른 비율은 건수에서 바로 구한 값임."
        )
    return tuple(lines)
