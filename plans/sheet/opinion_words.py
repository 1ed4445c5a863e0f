"""Words of the sheet of opinions (의견서) that goes to a panel of citizens and comes back: its columns, the meeting's number."""

from __future__ import annotations

from typing import Final

MEETING: Final = ("회의번호", "meetingno")  # beside the number, above the header; closed up
NUMBER: Final = ("관리번호", "taskno")
OPINION: Final = ("의견", "opinion")
NOTHING: Final = ("없음", "의견없음", "해당없음", "none", "noopinion")  # no opinion to say
