"""Words behind the number of an indicator, as they are typed in Korean and in English."""

from __future__ import annotations

import re
from typing import Final

SAME: Final = ("지난달과같음", "지난번과같음", "같음", "same")  # spaced in any way
LAGGARDS: Final = ("부진", "부진지표", "laggards", "behind")  # what is behind, and what is asked about it
RIGHT: Final = ("맞음", "맞습니다", "예", "yes", "right")
NUMBER: Final = re.compile(r"[#＃]?\d{1,10}번?[\s,]*")  # of the indicator, in front
NUMBERED: Final = re.compile(r"[#＃]?(?P<number>\d{1,9})번?(?:[\s,]+(?P<rest>\S.*))?", re.DOTALL)
MOST_PERIOD_WORDS: Final = 3  # 2031. 6.
OF: Final = re.compile(r"\s*/\s*|\s+of\s+|\s+out\s+of\s+", re.IGNORECASE)  # 72/90, 72 of 90
AMONG: Final = re.compile(r"\s*(?:중(?:에서?)?|가운데)\s+")  # 90건 중 72건: the whole stands first
INDICATOR: Final = re.compile(
    r"(?:지표|indicator|kpi)\s*(?=[#＃\d])", re.IGNORECASE
)  # in front of its number
