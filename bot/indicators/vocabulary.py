"""Words behind the number of an indicator, as they are typed in Korean and in English."""

from __future__ import annotations

import re
from typing import Final

SAME: Final = ("지난달과같음", "지난번과같음", "같음", "same")  # spaced in any way
RIGHT: Final = ("맞음", "맞습니다", "예", "yes", "right")
NUMBER: Final = re.compile(r"[#＃]?\d{1,10}번?[\s,]*")  # of the indicator, in front
MOST_PERIOD_WORDS: Final = 3  # 2031. 6.
