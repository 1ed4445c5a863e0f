"""Words of a register of indicators: of its header, and of what its cells may say (성과지표 등록부의 머리글과 낱말)."""

from __future__ import annotations

import re
from typing import Final


def _codes(said: dict[str, str]) -> dict[str, str]:
    return {word: code for code, words in said.items() for word in words.split()}


# Each field with the names of its column, closed up and in small letters.
HEADS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(said.split())
    for name, said in {
        "name": "지표명 성과지표명 성과지표 평가지표 지표 indicator indicatorname kpi measure",
        "task": "과제번호 사업번호 관리번호 taskno task tasknumber",
        "department": "담당부서 주관부서 소관부서 부서 부서명 담당과 department leaddepartment",
        "unit": "단위 unit",
        "kind": "유형 종류 지표유형 지표종류 구분 kind type",
        "formula": "산식 산출식 산출산식 측정산식 측정방법 산출방법 formula method",
        "period": "주기 측정주기 관리주기 입력주기 실적주기 period frequency",
        "direction": "방향 지표방향 목표방향 direction",
        "adding": "합산 합산방법 집계방법 adding",
        "baseline": "기준값 기준치 기준실적 현재값 전년도실적 전년실적 baseline base",
        "scale": "등급순서 등급체계 scale",
        "announced": "발표월 발표시기 announcedin announced",
        "source": "자료원 자료출처 출처 증빙 증빙자료 source datasource evidence",
        "target": "목표 목표값 목표치 연간목표 올해목표 당해목표 target goal annualtarget",
    }.items()
}
KINDS: Final = _codes({
    "count": "건수 수 개수 count number", "ratio": "비율 율 % 백분율 ratio rate percent",
    "amount": "금액 amount money", "grade": "등급 grade", "text": "문장 정성 서술 text qualitative",
})  # fmt: skip
PERIODS: Final = _codes({
    "month": "월 매월 월별 월간 month monthly", "quarter": "분기 매분기 분기별 quarter quarterly",
    "half": "반기 매반기 반기별 half half-yearly", "year": "연 년 매년 연간 연도별 연1회 year yearly annual",
    "two-years": "격년 2년 biennial two-years",
})  # fmt: skip
DIRECTIONS: Final = _codes({
    "up": "상향 증가 상승 높을수록좋음 up increase higher", "down": "하향 감소 하락 낮을수록좋음 down decrease lower",
})  # fmt: skip
ADDINGS: Final = _codes({
    "flow": "누계 누적 합계 flow sum cumulative", "stock": "현재 시점 현재고 잔고 stock latest",
})  # fmt: skip
CODES: Final = {"kind": KINDS, "period": PERIODS, "direction": DIRECTIONS, "adding": ADDINGS}
YEAR_TARGET: Final = re.compile(r"['’‘]?(?P<year>\d{4}|\d{2})년?도?(?:목표|목표값|목표치|target|goal)?")
MONTH_TARGET: Final = re.compile(r"(?P<month>1[0-2]|0?[1-9])월(?:목표|목표값|계획)?")
SAYS_TARGET: Final = re.compile(r"목표|target|goal|['’‘\d]년")
ENGLISH_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SHARE: Final = "%"
WON: Final = frozenset({"원", "won", "krw"})
MONTH_SIGN: Final = "월"
