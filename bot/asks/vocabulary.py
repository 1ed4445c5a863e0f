"""Words behind the number of a request, as they are typed in Korean and in English."""

import re
from typing import Final

SAME: Final = ("동일", "same")
LATER: Final = ("나중에", "later")
ACTS: Final = {
    **dict.fromkeys(("연장", "extend"), "extend"),
    **dict.fromkeys(("마감", "close"), "close"),
    **dict.fromkeys(("거둠", "withdraw"), "cancel"),
    **dict.fromkeys(("되풀이", "반복", "every"), "repeat"),
}
"""What the planning office does with a request."""
SAYS: Final = {
    **dict.fromkeys(("평가", "evaluate", "judge"), "judge"),
    **dict.fromkeys(("선정", "choose"), "choose"),
}
"""What the planning office says of a department's reply, behind the department's name."""
CORRECT: Final = ("정정", "correct")
"""Before the department of a closed request whose reply is put right."""
REQUEST: Final = re.compile(r"(?:요청|(?i:request))\s*[#＃]?(\d{1,10})번?(?=\s)")
"""The request that a correction is of."""
REPEAT_ENDS: Final = ("끝", "그만", "end", "ends")
"""Behind the word for repeating: no more of them."""
AHEAD: Final = re.compile(r"\s*[,(]?\s*(\d{1,2})\s?(?:일 전|근무일 전|days? before)\)?$")
"""How many working days before it is due it opens, at the end."""
PARTS: Final = {
    **dict.fromkeys(("제목", "title"), "title"),
    **dict.fromkeys(("근거", "basis"), "basis"),
    **dict.fromkeys(("기한", "due"), "due_on"),
    **dict.fromkeys(("시작", "시작일", "opens"), "opens_on"),
    **dict.fromkeys(("시각", "time"), "hour"),
    **dict.fromkeys(("대상", "to"), "to"),
    **dict.fromkeys(("건수", "rows"), "rows"),
    **dict.fromkeys(("종류", "kind"), "kind"),
}
"""What is put right of a request before it opens."""
EVERYBODY: Final = ("전부서", "전 부서", "모든 부서", "all-departments")
CLOCK: Final = re.compile(r"(\d{1,2}:\d{2})(?:까지)?(?=\s|$)")
NAMES: Final = re.compile(r"[/／](?i:ask|collect|campaign|request|요청)(?=\s|$)|요청(?=\s|$)")
"""What stands under a file that belongs to a request begins so."""
FIRST: Final = re.compile(r"[#＃]?\d{1,10}번?")
"""The number of the request, in front."""
BETWEEN: Final = re.compile(r"(?:(?<=\s)|^)/(?=\s|$)")  # two fields of a row that is typed whole
NEXT_ROW: Final = re.compile(r"[;\n]")
