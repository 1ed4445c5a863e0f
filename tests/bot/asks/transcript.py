"""`python -m tests.bot.asks.transcript`: what the contact of a department reads of one request and answers, from its first
morning to its end, is written to docs/transcripts/contact.txt."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from pathlib import Path

from bot.documents.upload import Attachment
from bot.texts.render import long_day
from plans.sheet.grid import Grid
from tests.bot.asks.office import CONTACT, OFFICER, PLANNER, office
from tests.bot.chat import SEOUL, Chat
from tests.bot.months.city import plain

FILE = Path(__file__).parents[3] / "docs" / "transcripts" / "contact.txt"
HEADING = (
    "한별시(가상의 도시) 도로과의 서무 {name} 님이 요청 하나를 처음부터 끝까지 받고 답한 내용입니다. "
    "다른 분의 것은 이름으로 구분합니다.\n"
)
HEAD = ["연번", "부서명", "사업명", "예산(백만원)", "구분(신규/계속)", "비고"]


class Written(Chat):
    """Whatever is said and answered is kept."""

    lines: list[str]

    def tell(self, name: str, text: str) -> None:
        self.lines += [f"{name}: {text}", *self._shown(name, self.say(name, text))]

    def touch(self, name: str, label: str) -> None:
        shown = next(one for one in self.keyboard(name) if label in one)
        self.lines += [f"{name}: [{shown}] 누름", *self._shown(name, self.tap(name, label))]

    def sheet(self, name: str, rows: list[list[str]], caption: str) -> None:
        self._attachment = Attachment("서식.xlsx", grid=Grid(name="서식", rows=rows))
        document = {"file_id": "f", "file_unique_id": "u", "file_name": "서식.xlsx"}
        said = self.say(name, None, document=document, caption=caption)
        self.lines += [f"{name}: (서식.xlsx) {caption}", *self._shown(name, said[:1])]

    def morning(self, day: date, *names: str) -> None:
        """The day's messages of those people."""
        self.clock.current = datetime(day.year, day.month, day.day, 9, 10, tzinfo=SEOUL)
        self.send_all()
        self.scan()
        for chat_id, message in self.send_messages():
            for name in names:
                if chat_id == self.people[name]:
                    labels = [one["text"] for row in message.keyboard for one in row]
                    self.lines += [f"\n== {long_day(day)} 아침, {name}", plain(message.text)]
                    self.lines += [f"  [{one}]" for one in labels]

    def heard(self, name: str, event: str) -> None:
        """What somebody else's act has told the person."""
        last = [one for one in self.owed(self.people[name]) if one.event == event][-1]
        self.lines += [f"({name}에게)", plain(last.payload["text"])]
        self.lines += [f"  [{one['text']}]" for row in last.payload["keyboard"] for one in row]

    def _shown(self, name: str, said: list[str]) -> list[str]:
        return [*(plain(one) for one in said), *(f"  [{one}]" for one in self.keyboard(name))]


def transcript(folder: Path) -> str:
    chat = office(folder)
    chat.__class__, chat.lines = Written, []  # type: ignore[attr-defined]
    assert isinstance(chat, Written)
    chat.sheet(PLANNER, [["2027년 시책 제안"], HEAD], "요청 7.10 도로과, 공원과, 감사실")
    chat.touch(PLANNER, "열기")
    chat.morning(date(2026, 7, 1), CONTACT)
    chat.tell(CONTACT, "/ask")
    chat.touch(CONTACT, "나중에")
    chat.morning(date(2026, 7, 3), CONTACT)
    chat.morning(date(2026, 7, 7), CONTACT)
    chat.tell(CONTACT, "/ask 1")
    chat.touch(CONTACT, "담당자에게 넘기기")
    chat.tell(CONTACT, OFFICER)
    chat.heard(OFFICER, "ask-part")
    chat.touch(OFFICER, "답하기")
    chat.tell(OFFICER, "쉼터 조성 / 서른 / 신규")
    chat.tell(OFFICER, "쉼터 조성 / 30 / 신규")
    chat.heard(CONTACT, "ask-part-filled")
    chat.touch(CONTACT, "모아서 제출")
    chat.touch(CONTACT, "한 건 더")
    chat.tell(CONTACT, "가로등 교체")
    chat.tell(CONTACT, "12")
    chat.touch(CONTACT, "계속")
    chat.touch(CONTACT, "비워 두기")
    chat.touch(CONTACT, "2건 제출")
    chat.tell(PLANNER, "/ask 1")
    chat.tell(PLANNER, "/ask 1 도로과")
    chat.touch(PLANNER, "보완 요청")
    chat.tell(PLANNER, "쉼터의 산출 근거를 적어 주십시오")
    chat.heard(CONTACT, "ask-back")
    chat.tell(CONTACT, "요청 1 쉼터 조성 / 30 / 신규 / 1천만원 × 3곳; 가로등 교체 / 12 / 계속")
    chat.morning(date(2026, 7, 10), CONTACT)
    chat.tell(PLANNER, "/ask 1 마감")
    chat.touch(PLANNER, "마감")
    chat.tell(CONTACT, "요청 1 없음")
    text = HEADING.format(name=CONTACT) + "\n" + "\n".join(chat.lines) + "\n"
    chat.store.close()
    return text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        FILE.write_text(transcript(Path(folder)), encoding="utf-8")
