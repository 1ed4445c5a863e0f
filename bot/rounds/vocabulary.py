"""Words and signs by which a text behind /check, /round and /correct is read, as they are typed in Korean and in English."""

import re
from typing import Final

from jobs.owed.round_turns import Part

COMMENT: Final = ("총평", "comment")
SCOPE, BASIS, AS_OF = "scope", "basis", "as-of"
MARKS: Final = {"범위": SCOPE, "근거": BASIS, "기준": AS_OF, SCOPE: SCOPE, BASIS: BASIS, AS_OF: AS_OF}
DAY: Final = re.compile(r"\d+\s?[./-]\s?\d|\d+월\s?\d")  # a day in figures at the front
KEYWORDS: Final = re.compile(rf"(?i)(?:^|\s)({'|'.join(MARKS)})\s")
APART: Final = re.compile(r"[\s,~]+")
MONTH_GAP: Final = re.compile(r"(?<=월)\s+(?=\d)")  # "7월 9일" is one day
PERIOD: Final = re.compile(r"(?:\S+년\s+)?\S+")
YEAR: Final = re.compile(r"(?P<year>(?:19|20)\d\d)(?:[Qq][1-4]|년)?\s+(?=\S)")  # before the name of a round
JUDGE: Final = ("평가", "evaluate")
BACK: Final = ("보완", "back")
STEPS: Final = {"확인": Part.CONFIRM, "확정": Part.SIGN, "confirm": Part.CONFIRM, "sign": Part.SIGN}
FIELDS: Final = {
    "추진상황": "status",
    "제목": "title",
    "분야": "area",
    "공약": "pledge",
    "부서": "department",
    "국": "bureau",
    "pledge status": "status",
    "status": "status",
    **{name: name for name in ("title", "area", "pledge", "department", "bureau")},
}
"""What of a settled quarter can be corrected, as it is typed."""
