"""The words of the spreadsheet form of a plan (계획표): its mark, its columns and what may stand in them.

They are written into the form and known again when it comes back: a form in other words would not be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from plans.draft import Kind, Precision
from plans.indicators.drafts import Bound
from plans.indicators.drafts import Kind as GoalKind

MARK: Final = "기한 계획표"
FACTS: Final[Mapping[str, str]] = {"title": "계획 제목", "year": "계획 연도", "organisation": "기관"}
TASK_COLUMNS: Final[Mapping[str, str]] = {
    "no": "과제번호",
    "title": "과제명",
    "department": "주관부서",
    "officers": "담당자",
    "related": "협업기관",
    "phones": "연락처",
    "budgets": "소요예산(원)",
    "start": "사업기간 시작",
    "end": "사업기간 끝",
    "is_open": "끝 미정",
    "status": "추진상황",
}
PLEDGE_COLUMNS: Final[Mapping[str, str]] = {"area": "분야", "pledge_no": "공약번호", "pledge": "공약명"}
"""They may be missing: forms made before had none."""
ENTRY_COLUMNS: Final[Mapping[str, str]] = {
    "no": "과제번호",
    "task": "과제명",
    "order": "순번",
    "title": "일정",
    "expr": "시기",
    "start": "시작",
    "due": "기한",
    "precision": "정밀도",
    "rule": "반복규칙",
    "kind": "종류",
    "done": "완료",
    "section": "항목",
}
GOAL_COLUMNS: Final[Mapping[str, str]] = {
    "no": "과제번호",
    "task": "과제명",
    "name": "지표명",
    "kind": "종류",
    "unit": "단위",
    "before": "시행 전",
    "before_year": "시행 전 연도",
    "target": "목표",
    "year": "목표 연도",
    "bound": "한정",
    "of": "모수",
    "result": "실적",
    "formula": "산식",
    "direction": "방향",
    "text": "원문",
}
"""The sheet may be missing: forms made before had none, and a plan may have no goals."""
GOAL_KINDS: Final[Mapping[str, GoalKind]] = {
    "건수": "count",
    "비율": "ratio",
    "금액": "amount",
    "등급": "grade",
    "문장": "text",
}
YEARLY_GOAL: Final = "연차별 목표"
BOUNDS: Final[Mapping[str, Bound]] = {"이상": "least", "이하": "most", "약": "about"}
DOWNWARD: Final = "하향"
YES: Final = "예"
TO_DATE: Final = "확인 필요"  # an entry whose year a person has to write
YEAR_UNIT: Final = "년"
WON: Final = "원"
PRECISIONS: Final[Mapping[str, Precision]] = {
    "일": "day",
    "월": "month",
    "분기": "quarter",
    "반기": "half",
    "연": "year",
    "기간": "range",
}
KINDS: Final[Mapping[str, Kind]] = {"날짜": "dated", "시작만": "open", "상시": "ongoing", "반복": "recurring"}
REGISTER_MARK: Final = "기한 등록부"
REGISTER_COLUMNS: Final[Mapping[str, str]] = {
    "number": "번호",
    "no": "과제번호",
    "task": "과제명",
    "department": "주관부서",
    "officers": "담당자",
    "title": "일정",
    "expr": "원문",
    "original": "당초기한",
    "due": "기한",
    "state": "상태",
    "done": "완료일",
    "percent": "진행률",
    "note": "메모",
    "area": "분야",
    "related": "관련부서",
    "partners": "협업기관",
    "budgets": "소요예산",
    "period": "사업기간",
    "as_written": "확인표시",
}
"""The whole register as a sheet."""
OF_TASK: Final = (
    *("no", "task", "department", "officers", "area", "related", "partners", "budgets", "period"),
)
"""Columns that say the same in every row of a task."""
COMES_BACK: Final = (*OF_TASK, "title", "expr", "due", "done", "percent", "note")
"""What is changed in these columns is proposed; the others only show."""
NOTHING: Final = frozenset({"", "-", "없음", "none"})
"""What is written where there is none."""
APART: Final = re.compile(r"\s*[,;·ㆍ]\s*")  # names beside each other
