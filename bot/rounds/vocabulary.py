"""Words and signs by which a text behind /check, /round and /correct is read."""

import re
from typing import Final

from jobs.owed.round_turns import Part

COMMENT: Final = "총평"
SCOPE: Final = "범위"
BASIS: Final = "근거"
KEYWORDS: Final = re.compile(rf"(?:^|\s)({SCOPE}|{BASIS})\s")
APART: Final = re.compile(r"[\s,~]+")
MONTH_GAP: Final = re.compile(r"(?<=월)\s+(?=\d)")  # "7월 9일" is one day
PERIOD: Final = re.compile(r"(?:\S+년\s+)?\S+")
JUDGE: Final = "평가"
BACK: Final = "보완"
STEPS: Final = {"확인": Part.CONFIRM, "확정": Part.SIGN}
FIELDS: Final = {
    "추진상황": "status",
    "제목": "title",
    "분야": "area",
    "공약": "pledge",
    "부서": "department",
    "국": "bureau",
}
"""What of a settled quarter can be corrected, as it is typed."""
