"""Words by which a text behind /edit, /split and /rename is read, as they are typed in Korean and in English."""

import re
from typing import Final

FIELDS: Final = {
    "제목": "title", "과제명": "title", "일정명": "title", "원문": "expr", "시기": "expr", "날짜표현": "expr",
    "기한": "due", "날짜": "due", "주관부서": "department", "부서": "department", "관련부서": "related", "협조부서": "related",
    "협업기관": "partners", "협업": "partners", "담당자": "officers", "담당": "officers", "예산": "budgets",
    "소요예산": "budgets", "기간": "period", "사업기간": "period", "분야": "area", "번호": "no", "과제번호": "no",
    "title": "title", "wording": "expr", "due date": "due", "due": "due", "department": "department",
    "lead department": "department", "supporting departments": "related", "supporting": "related", "related": "related",
    "partner bodies": "partners", "partners": "partners", "officers": "officers", "officer": "officers",
    "budget": "budgets", "period": "period", "area": "area", "number": "no",
}  # fmt: skip
"""What of a task or a milestone can be put right, as it is typed."""
MISREAD: Final = ("잘못 읽힘", "잘못읽힘", "misread")
MOVED: Final = ("실제 변경", "실제변경", "moved")
PARTS: Final = (re.compile(r"\s*(?:[,;/→]|(?<=\s)및(?=\s))\s*"), re.compile(r"\s*[·ㆍ]\s*"))
"""What stands between the acts of one line: the first that there is."""
WRITTEN_PARTS: Final = re.compile(r"\s*[/;\n]\s*")  # acts as somebody writes them apart
TURN: Final = re.compile(r"\s*(?:→|->|⇒|=>|>)\s*")  # old name → new name
KINDS: Final = {"부서": "department", "분야": "area", "department": "department", "area": "area"}
