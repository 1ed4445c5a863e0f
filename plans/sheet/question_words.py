"""Words in the header of a form by which its columns are understood, and words that answer it without a row (서식 낱말)."""

from __future__ import annotations

import re
from typing import Final

NUMBERING: Final = ("연번", "순번", "번호", "no", "no.", "#")
DEPARTMENT: Final = ("부서", "부서명", "담당부서", "제출부서", "소관부서", "department")
UNITS: Final = (
    *("원", "천원", "만원", "백만원", "억원", "명", "건", "개", "개소", "회", "일", "대", "권", "종"),
    *("%", "㎡", "m", "km", "ha", "kg", "톤", "시간", "krw", "people", "items", "times", "days"),
)
UNIT_LABEL: Final = re.compile(r"^단위\s?:\s?|^(?i:unit)\s?:\s?")  # before a unit in brackets
NUMBERS: Final = re.compile(
    r"(?:금액|예산액?|사업비|인원|건수|수량|개수|횟수|합계|비율|실적값)$|(?i:\b(?:amount|budget|count|number)$)"
)
DAYS: Final = re.compile(
    r"(?:일자|날짜|기한|예정일|완료일|시작일|종료일|개최일|제출일)$|(?i:\b(?:date|day|deadline)$)"
)
DOCUMENTS: Final = re.compile(r"문서\s?번호$|(?i:document (?:no\.?|number)$)")
YES_NO: Final = re.compile(r"여부$")
YES_NO_CHOICES: Final = ("예", "아니오")
REMARKS: Final = re.compile(r"^(?:비고|참고|기타|기타\s?사항)$|^(?i:remarks?|notes?|comments?)$")
NEEDED: Final = re.compile(r"^\*\s*|\s*\*$|\s*\((?:필수|(?i:required))\)\s*")
LONGEST: Final = re.compile(r"(\d{1,4})\s?자\s?(?:이내|내외)|(?i:up to (\d{1,4}) characters)")
LEADING_SIGNS: Final = ("※", "*", "주)", "- ")
IN_BRACKETS: Final = re.compile(r"[(\[][^()\[\]]{1,60}[)\]]")
TOTALS: Final = frozenset({"계", "합계", "총계", "소계", "total", "sum", "totals"})
RESULTS: Final = re.compile(r"실적|누계|누적|(?i:\b(?:results?|cumulative|to date)\b)")  # what only grows
NONE: Final = frozenset({"없음", "0건", "0 건", "0", "해당사항 없음", "none", "nothing"})
NOT_APPLICABLE: Final = frozenset({"해당없음", "해당 없음", "비해당", "n/a", "not applicable"})
TYPES: Final = {
    **dict.fromkeys(("text", "글"), "text"),
    **dict.fromkeys(("number", "수", "숫자"), "number"),
    **dict.fromkeys(("day", "날짜", "일자"), "day"),
    **dict.fromkeys(("choice", "선택"), "choice"),
    **dict.fromkeys(("document", "문서번호"), "document"),
}
