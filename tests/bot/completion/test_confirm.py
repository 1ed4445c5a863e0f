"""Reports of completion that the lead confirms, and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jobs.settings import ApprovalSettings
from reports.status import status
from store.models import Milestone
from store.states import DeliveryKind, EvidenceKind, MilestoneState, RoleName
from tests.bot.chat import Chat, entry, task


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """A city that has completions confirmed: 이팀장 leads 도로과, 박과장 heads it."""
    chat = Chat(
        tmp_path,
        task(
            "보행로 정비",
            "도로과",
            ["김하늘"],
            entry("설계 용역", date(2026, 6, 29)),
            entry("준공", date(2026, 9, 1)),
        ),
        approval=ApprovalSettings(confirm_done=True),
    )
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.join("박과장", RoleName.HEAD, "도로과")
    chat.join("최기획", RoleName.PLANNER)
    chat.join("김하늘")
    yield chat
    chat.store.close()


def done(chat: Chat, words: str = "", name: str = "김하늘") -> list[str]:
    return chat.say(name, f"/done {chat.number('설계 용역')} {words}")


def state(chat: Chat) -> MilestoneState:
    return chat.milestone("설계 용역").state


def told(chat: Chat, name: str) -> str:
    owed = chat.owed(chat.people[name])
    return [str(one.payload["text"]) for one in owed if one.kind is DeliveryKind.EVENT][-1]


def counts(chat: Chat) -> tuple[int, int]:
    """(done, overdue) as `gihan status` has them."""
    today = chat.rules.calendar.local_date(chat.clock.now())
    with chat.store.read() as session:
        found = status(session, chat.clock.now(), today, "Asia/Seoul", reported_is_done=False).milestones
    return found.done, found.overdue


def test_done_is_a_report_that_the_lead_is_asked_to_confirm(office: Chat) -> None:
    assert "이팀장 님이 확인하시면 완료로 확정됩니다" in done(office)[0]
    assert state(office) is MilestoneState.REPORTED
    assert "[완료 확인 요청]" in told(office, "이팀장")


def test_a_report_is_neither_done_nor_overdue_until_it_is_confirmed(office: Chat) -> None:
    assert counts(office) == (0, 1)
    done(office)
    assert counts(office) == (0, 0)
    office.tap("이팀장", "확인")
    assert counts(office) == (1, 0)


def test_the_chats_status_counts_as_the_command_line_does(office: Chat) -> None:
    done(office)
    assert "올해 전체 0/2건" in office.say("최기획", "/status")[0]


def test_confirmation_ends_it_and_the_officer_hears_of_it(office: Chat) -> None:
    done(office, "6.28 끝")
    office.tap("이팀장", "확인")
    milestone = office.milestone("설계 용역")
    assert (milestone.state, milestone.done_on) == (MilestoneState.DONE, date(2026, 6, 28))
    assert "이팀장 님이 완료를 확인하였습니다" in told(office, "김하늘")


def test_sending_back_asks_what_is_missing_and_the_officer_hears_it(office: Chat) -> None:
    done(office)
    assert "보완할 내용을 한 줄로" in office.tap("이팀장", "보완")[0]
    office.say("이팀장", "준공 검사 문서번호")
    milestone = office.milestone("설계 용역")
    assert (milestone.state, milestone.done_on) == (MilestoneState.PLANNED, None)
    assert "보완을 요청하였습니다: 준공 검사 문서번호" in told(office, "김하늘")


def test_what_was_sent_back_is_reported_again(office: Chat) -> None:
    done(office)
    office.say("이팀장", f"/reject {office.number('설계 용역')} 문서번호 필요")
    done(office, "문서번호 도로과-77")
    office.say("이팀장", f"/approve {office.number('설계 용역')}")
    assert state(office) is MilestoneState.DONE


def test_nobody_confirms_the_own_report(office: Chat) -> None:
    done(office, name="최기획")
    assert "본인이 보고하신 완료" in office.say("최기획", f"/approve {office.number('설계 용역')}")[0]
    assert state(office) is MilestoneState.REPORTED


def test_a_second_confirmation_is_told_that_it_is_done(office: Chat) -> None:
    done(office)
    data = next(data for text, data in office.keyboard("이팀장").items() if "확인" in text)
    office.press("이팀장", data)
    assert "현재: 완료" in office.press("박과장", data)[0]


def test_the_officer_takes_a_report_back(office: Chat) -> None:
    done(office)
    office.say("김하늘", "/undo")
    milestone = office.milestone("설계 용역")
    assert (milestone.state, milestone.reported_by_id, milestone.reported_at) == (
        MilestoneState.PLANNED,
        None,
        None,
    )
    assert "보고를 거두었습니다" in told(office, "이팀장")


def test_the_lead_takes_a_confirmation_back(office: Chat) -> None:
    done(office)
    office.tap("이팀장", "확인")
    office.say("이팀장", "/undo")
    assert state(office) is MilestoneState.REPORTED


def test_without_the_setting_done_is_done_at_once(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


def shown(chat: Chat) -> str:
    return chat.say("김하늘", f"/task {chat.number('설계 용역')}")[0]


def pieces(chat: Chat) -> list[tuple[EvidenceKind, str, bool]]:
    """The evidence that stands: kind, value, marked as public."""
    number = chat.number("설계 용역")
    with chat.store.read() as session:
        found = session.get_one(Milestone, number).evidence
        return [(one.kind, one.value, one.is_public) for one in found if one.removed_at is None]


def photo(chat: Chat, caption: str | None = None) -> list[str]:
    sizes = [
        {"file_id": f"f{size}", "file_unique_id": f"u{size}", "width": size, "height": size}
        for size in (9, 90)
    ]
    extra: dict[str, Any] = {"photo": sizes} | ({"caption": caption} if caption else {})
    return chat.say("김하늘", None, **extra)


def test_a_documents_number_in_the_report_is_evidence_and_the_rest_the_note(linked: Chat) -> None:
    answers = linked.say(
        "김하늘", f"/done {linked.number('설계 용역')} 6.28 문서번호 기획예산실-1234 설치 완료"
    )
    assert pieces(linked) == [(EvidenceKind.DOCUMENT_NO, "기획예산실-1234", False)]
    milestone = linked.milestone("설계 용역")
    assert (milestone.done_on, milestone.note) == (date(2026, 6, 28), "설치 완료")
    assert "증빙: 문서 기획예산실-1234" in answers[0]
    assert "문서 기획예산실-1234 (김하늘" in shown(linked)


@pytest.mark.parametrize("words", ["문서번호", "문서번호 없음", "문서번호: 1234"])
def test_a_documents_number_that_is_none_changes_nothing(linked: Chat, words: str) -> None:
    answers = linked.say("김하늘", f"/done {linked.number('설계 용역')} {words}")
    assert "문서번호를 읽지 못했습니다" in answers[0]
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED


def test_the_number_is_asked_for_by_a_button(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    linked.tap("김하늘", "문서번호")
    linked.say("김하늘", "도로과-77")
    assert pieces(linked) == [(EvidenceKind.DOCUMENT_NO, "도로과-77", False)]


def test_undo_takes_the_evidence_and_the_report_of_one_message(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')} 문서번호 도로과-77")
    linked.say("김하늘", "/undo")
    assert pieces(linked) == []
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED


def test_undo_of_evidence_alone_leaves_the_report(linked: Chat) -> None:
    number = linked.number("설계 용역")
    linked.say("김하늘", f"/done {number}")
    linked.say("김하늘", f"/evidence {number} 도로과-77")
    linked.say("김하늘", "/undo")
    assert pieces(linked) == []
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


@pytest.mark.parametrize("caption", [None, "{}", "현장 사진", "{} 비공개", "{} 공개 금지", "공개"])
def test_a_photo_without_the_public_mark_or_a_number_is_kept_nowhere(
    linked: Chat, caption: str | None
) -> None:
    answers = photo(linked, caption.format(linked.number("설계 용역")) if caption else None)
    assert "이 사진은 저장하지 않았습니다" in answers[0]
    assert pieces(linked) == []


def test_a_photo_marked_as_public_is_evidence_by_its_id_alone(linked: Chat) -> None:
    photo(linked, f"{linked.number('설계 용역')} 공개")
    assert pieces(linked) == [(EvidenceKind.PHOTO, "f90", True)]
    assert "사진(공개용)" in shown(linked)


def test_a_public_photo_is_opened_again_from_the_card(linked: Chat) -> None:
    number = linked.number("설계 용역")
    photo(linked, f"{number} 공개")
    linked.say("이팀장", f"/task {number}")
    linked.tap("이팀장", "사진 1장 보기")
    sent = [message for chat, message in linked.send_messages() if chat == linked.people["이팀장"]]
    assert [one.photo for one in sent if one.photo] == ["f90"]
    assert "김하늘" in sent[-1].text


def test_a_photo_that_was_taken_off_meanwhile_is_not_sent(linked: Chat) -> None:
    number = linked.number("설계 용역")
    photo(linked, f"{number} 공개")
    linked.press("이팀장", f"v1|evshow|{number}|0")
    linked.say("김하늘", "/undo")
    assert not [message.photo for _, message in linked.send_messages() if message.photo]
    assert "붙어 있는 사진이 없습니다" in linked.press("이팀장", f"v1|evshow|{number}|0")[0]


def test_who_may_not_see_the_item_sees_no_photo(linked: Chat) -> None:
    number = linked.number("설계 용역")
    photo(linked, f"{number} 공개")
    assert "조회하실 수 있는" in linked.press("박바다", f"v1|evshow|{number}|0")[0]


def test_a_photo_that_was_asked_for_as_public_needs_no_caption(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    assert "공개해도 되는 사진만" in linked.tap("김하늘", "사진")[0]
    photo(linked)
    assert pieces(linked) == [(EvidenceKind.PHOTO, "f90", True)]


def test_a_photo_for_somebody_elses_milestone_is_refused(linked: Chat) -> None:
    answers = photo(linked, f"{linked.number('측정기 설치')} 공개")
    assert "조회하실 수 있는 일정 가운데 없습니다" in answers[0]


def test_a_report_that_nobody_confirmed_is_taken_back_by_its_reporter_days_later(office: Chat) -> None:
    done(office)
    office.clock.forward(days=1)
    assert "다시 열었습니다" in office.say("김하늘", f"/reopen {office.number('설계 용역')} 잘못 보고함")[0]
    assert state(office) is MilestoneState.PLANNED
    assert "보고를 거두었습니다" in office.owed(office.people["이팀장"])[-1].payload["text"]
