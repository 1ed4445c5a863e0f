"""Words behind the number of an item, as they are typed in Korean and in English."""

from __future__ import annotations

import re
from typing import Final

CLOSE: Final = ("종결", "close")
FINISH: Final = ("종결요청", "finish")
BACK: Final = ("돌려보냄", "보완", "return")
REOPEN: Final = ("다시", "다시열기", "reopen")
EXTEND: Final = ("연장", "extend")
ASSIGN: Final = ("담당", "담당자", "assign")
DROP: Final = ("거둠", "withdraw")
REPLY: Final = ("답변", "reply")
SAME: Final = ("지난번과같음", "same")  # spaced in any way
NUMBER: Final = re.compile(r"[#＃]?\d{1,10}번?[\s,]*")  # of the item, in front
BETWEEN: Final = " / "  # parts of an item that is entered in one line
