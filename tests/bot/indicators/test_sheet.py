"""A register of indicators sent in chat by the planning office: shown, corrected once, entered by one press."""

from __future__ import annotations

from bot.documents.upload import Attachment
from plans.sheet.grid import Grid
from store import indicators
from tests.bot.chat import Chat

HEAD = ["지표명", "담당부서", "헤아리는 말", "유형", "2026년 목표"]
ROWS = [["쉼터 이용", "도로과", "명", "건수", "2,400"], ["민원 반영률", "도로과", "%", "비율", "80%"]]


def sent(*rows: list[str]) -> Attachment:
    return Attachment("등록부.xlsx", items=Grid(name="가", rows=[HEAD, *rows]))


def there(chat: Chat) -> list[tuple[str, str | None, list[str | None]]]:
    with chat.store.read() as session:
        found = indicators.rows(session, indicators.listed(session))
        return [
            (one.indicator.name, one.indicator.unit, [each.number for each in one.targets]) for one in found
        ]


def test_a_register_is_shown_corrected_once_and_entered_by_one_press(linked: Chat) -> None:
    [said] = linked.send_document("최기획", sent(*ROWS))
    assert "새로 등록 2개" in said and "읽지 않은 칸: 헤아리는 말" in said
    assert there(linked) == []
    [said] = linked.say("최기획", "단위=헤아리는 말")
    assert "읽지 않은 칸" not in said and there(linked) == []
    [said] = linked.tap("최기획", "등록")
    assert "성과지표 2개를 등록" in said
    assert there(linked) == [("쉼터 이용", "명", ["2400"]), ("민원 반영률", "%", ["80"])]
    [said] = linked.send_document("최기획", sent(["쉼터 이용", "도로과", "명", "건수", "2,000"], ROWS[1]))
    assert "새로 등록할 것이 없습니다" in said and "2026년 목표 2400 → 2000" in said
    assert "등록" not in linked.keyboard("최기획")
    assert there(linked)[0] == ("쉼터 이용", "명", ["2400"])


def test_what_is_wrong_is_told_by_its_cell_and_nothing_is_entered(linked: Chat) -> None:
    [said] = linked.send_document("최기획", sent(["쉼터 이용", "없는과", "명", "건수", "많이"]))
    assert "B2 담당부서" in said and "등록된 부서가 아닙니다" in said
    assert "등록" not in linked.keyboard("최기획") and there(linked) == []
