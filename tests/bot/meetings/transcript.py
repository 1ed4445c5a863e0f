"""`python -m tests.bot.meetings.transcript`: a meeting from its line to its decision, and the decision from there to its end, as
the planning office and a department read them, is written to docs/transcripts/meeting.txt."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from tests.bot.asks.office import CONTACT, OFFICER, PLANNER, office
from tests.bot.asks.transcript import Written
from tests.builders import kst

FILE = Path(__file__).parents[3] / "docs" / "transcripts" / "meeting.txt"
HEADING = (
    "한별시(가상의 도시)의 회의 하나와 거기서 나온 지시사항 하나를 {planner} 님(기획실)과 {contact} 님(도로과 서무)이 "
    "처음부터 끝까지 주고받은 내용입니다.\n"
)


def transcript(folder: Path) -> str:
    chat = office(folder)
    chat.__class__, chat.lines = Written, []  # type: ignore[attr-defined]
    assert isinstance(chat, Written)
    chat.tell(
        PLANNER,
        "/meeting 확대간부회의 / 대회의실 / 7. 9. 13:30 / 주재 시장(1, 7월), 부시장 / 부서 도로과,공원과",
    )
    chat.tell(OFFICER, "/meeting")
    chat.touch(OFFICER, "1번 보기")
    chat.touch(OFFICER, "안건 올리기")
    chat.tell(OFFICER, "장마철 도로 점검")
    chat.morning(date(2026, 7, 3), CONTACT)
    chat.tell(CONTACT, "/meeting 1")
    chat.touch(CONTACT, "자료 내기")
    chat.tell(CONTACT, "도로과-1234")
    chat.morning(date(2026, 7, 7), PLANNER)
    chat.morning(date(2026, 7, 8), CONTACT)
    chat.clock.current = kst(2026, 7, 9, 15)
    chat.tell(PLANNER, "/meeting 1")
    chat.touch(PLANNER, "지시사항 적기")
    chat.tell(PLANNER, "도로과 배수로 정비 계획 보고 / 7.16")
    chat.tell(PLANNER, "/meeting 1 참석 도로과 3/4")
    chat.morning(date(2026, 7, 10), CONTACT)
    chat.tell(CONTACT, "/item 1 반영 7월 말까지 배수로 40곳을 정비하겠습니다.")
    chat.tell(PLANNER, "/item 1")
    chat.touch(PLANNER, "종결: 반영")
    chat.tell(PLANNER, "/meeting 1")
    text = HEADING.format(planner=PLANNER, contact=CONTACT) + "\n" + "\n".join(chat.lines) + "\n"
    chat.store.close()
    return text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        FILE.write_text(transcript(Path(folder)), encoding="utf-8")
