"""Words of a meeting as they are typed in Korean and in English, behind its number and between its strokes."""

from __future__ import annotations

import re
from typing import Final

TOPIC: Final = ("안건", "agenda")
TOPIC_OFF: Final = ("안건취소", "drop-agenda")
MATERIAL: Final = ("자료", "material")
DECIDE: Final = ("지시", "결정", "decide")
ATTEND: Final = ("참석", "attend")
MOVE: Final = ("변경", "옮김", "move")
CANCEL: Final = ("취소", "cancel")
CANCEL_ALL: Final = ("모두취소", "cancel-all")
PACK: Final = ("회의자료", "pack")
REQUEST: Final = ("요청", "request")
PANEL: Final = ("분과", "panel")
PANEL_OFF: Final = ("분과취소", "drop-panel")
OPINION: Final = ("의견", "opinion")
SHEET: Final = ("의견서", "opinions")
NO_OPINION: Final = ("없음", "의견없음", "none", "noopinion")  # closed up
CITIZENS: Final = re.compile(r"(?:시민|citizens)\s?(\d{1,4})명?", re.IGNORECASE)
EXPERTS: Final = re.compile(r"(?:전문가|experts)\s?(\d{1,4})명?", re.IGNORECASE)
OF_CITIZENS: Final = ("평가단", "배심원", "citizens", "jury")  # in the name of a meeting with citizens
NUMBER: Final = re.compile(r"[#＃]?\d{1,10}번?[\s,]*")  # of the meeting, in front
CHAIR: Final = ("주재", "chair")  # in front of who presides
PLACES: Final = ("부서", "departments")  # in front of who takes part
EVERYBODY: Final = ("전부서", "모든부서", "all", "alldepartments")  # closed up
COUNTED: Final = re.compile(r"(\d{1,5})\s*(?:명)?\s*/\s*(\d{1,5})\s*(?:명)?")  # 12/15
