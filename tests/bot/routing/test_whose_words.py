"""Whose words a message holds: passed on, edited, for another bot; and letters and numbers as people's devices write them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from store import officers
from store.db import meta
from store.models import Evidence, Officer, Task
from store.states import DeliveryKind, MilestoneState, RoleName
from tests.bot.chat import SEOUL, Chat, entry, task
from tests.bot.intake.test_groups import GROUP, say
from tests.bot.people.test_linking import group_message

COLLEAGUE = {"type": "user", "date": 1, "sender_user": {"id": 5, "is_bot": False, "first_name": "동료"}}
VIA = {"id": 6, "is_bot": True, "first_name": "다른 봇", "username": "other_bot"}
PASSED_ON: list[dict[str, Any]] = [{"forward_origin": COLLEAGUE}, {"via_bot": VIA}]


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def know_own_name(chat: Chat) -> None:
    with chat.store.write() as session:
        meta.put(session, meta.BOT_USERNAME, "gihan_bot")


def edited(chat: Chat, name: str, text: str) -> list[str]:
    user = chat.people[name]
    message = {
        "message_id": 1,
        "date": 1,
        "edit_date": 2,
        "chat": {"id": user, "type": "private"},
        "from": {"id": user, "is_bot": False, "first_name": name},
        "text": text,
    }
    return chat.update({"edited_message": message}, user)


@pytest.mark.open_door("kind F")
@pytest.mark.parametrize("mark", PASSED_ON)
@pytest.mark.parametrize(
    "words", ["{} 완료했습니다", "/done {}", "완료 {}", "/delay {} 7.20 의회", "{} 2주 연기 의회"]
)
def test_words_that_are_passed_on_are_not_carried_out(linked: Chat, words: str, mark: dict[str, Any]) -> None:
    before = linked.milestone("설계 용역")
    answer = linked.say("김하늘", words.format(before.id), **mark)[0]
    assert "처리하지 않았습니다" in answer and "설계 용역" in answer
    assert any("완료" in label for label in linked.keyboard("김하늘"))
    after = linked.milestone("설계 용역")
    assert (after.state, after.due_on) == (MilestoneState.PLANNED, before.due_on)


def test_what_is_passed_on_shows_nothing_that_may_not_be_seen(linked: Chat) -> None:
    said = linked.say("김하늘", f"{linked.number('측정기 설치')} 완료", forward_origin=COLLEAGUE)[0]
    assert "측정기" not in said and "직접 적어" in said


def test_a_code_that_is_passed_on_links_nobody(chat: Chat) -> None:
    chat.say("김하늘", f"/start {chat.code('김하늘')}", forward_origin=COLLEAGUE)
    assert chat.link_state("김하늘") is None


@pytest.mark.open_door("kind F")
def test_an_edited_command_is_answered_with_what_stands_now(linked: Chat) -> None:
    number = linked.number("공사 착공")
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    answer = edited(linked, "김하늘", f"/done {number}")[0]
    assert "다시 처리하지 않았습니다" in answer and "공사 착공" in answer
    assert linked.milestone("공사 착공").state is MilestoneState.PLANNED


@pytest.mark.open_door("kind F")
def test_a_command_for_another_bot_is_ignored(linked: Chat) -> None:
    know_own_name(linked)
    number = linked.number("설계 용역")
    group_message(linked, "최기획", "/bind 도로과")
    assert linked.say("김하늘", f"/done@other_bot {number}") == []
    assert group_message(linked, "최기획", "/unbind@other_bot") == []
    assert linked.milestone("설계 용역").state is MilestoneState.PLANNED
    assert "도로과" in group_message(linked, "최기획", "/status@Gihan_Bot")[0]
    assert "완료" in linked.say("김하늘", f"/done@gihan_bot {number}")[0]


@pytest.mark.open_door("kind E")
def test_commands_names_and_searches_from_a_mac_are_understood(linked: Chat) -> None:
    number = linked.number("설계 용역")
    assert "보행로 정비" in linked.say("김하늘", nfd("/찾기 설계"))[0]
    assert "완료" in linked.say("김하늘", nfd(f"/완료 {number}"))[0]
    assert "담당자 지정" in linked.say("최기획", nfd(f"/담당지정 {number} 환경과 박바다"))[0]


@pytest.mark.open_door("kind M")
@pytest.mark.parametrize("number", ["9" * 16, "9" * 40, "²", "١٢٣", "-1", "1e9", "0"])
@pytest.mark.parametrize("command", ["/add {} 2026. 9. 20. 준공식", "/audit {}", "/task {}", "/upcoming {}"])
def test_a_number_that_is_none_is_answered(linked: Chat, command: str, number: str) -> None:
    answer = linked.say("최기획", command.format(number))
    assert answer and "처리하지 못" not in answer[0]


@pytest.mark.open_door("kind M")
def test_full_width_digits_are_digits(linked: Chat) -> None:
    wide = str(linked.number("설계 용역")).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    linked.say("김하늘", f"/done {wide}")
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


@pytest.mark.open_door("kind N")
@pytest.mark.parametrize(
    "written", ["남궁 민수", "남궁 민수 주무관에게", "도로과 남궁 민수", "Anna Maria Kim"]
)
def test_a_name_may_have_several_words(linked: Chat, written: str) -> None:
    with linked.store.write() as session:
        for name in ("남궁 민수", "Anna Maria Kim"):
            officers.ensure(session, name, officers.department(session, "도로과"))
    number = linked.number("설계 용역")
    assert "담당자 지정" in linked.say("최기획", f"/assign {number} {written}")[0]
    with linked.store.read() as session:
        found = session.get_one(Task, linked.milestone("설계 용역").task_id)
        assert found.assignments[-1].officer.name in {"남궁 민수", "Anna Maria Kim"}
        assert session.query(Officer).filter(Officer.name.in_(["남궁", "민수", "Anna"])).count() == 0


def test_a_role_is_held_by_whoever_speaks_and_not_by_whose_words_are_passed_on(linked: Chat) -> None:
    linked.join("정팀장", RoleName.LEAD, "환경과")
    number = linked.number("측정기 설치")
    linked.say("정팀장", f"/nudge {number}", forward_origin=COLLEAGUE)
    assert not [one for one in linked.owed() if one.event == "nudge"]


def photo(
    chat: Chat, name: str, file_id: str, caption: str | None = None, album: str | None = None
) -> list[str]:
    sizes = [{"file_id": file_id, "file_unique_id": file_id, "width": 1, "height": 1}]
    extra: dict[str, Any] = {"photo": sizes}
    extra |= {"caption": caption} if caption else {}
    extra |= {"media_group_id": album} if album else {}
    return chat.say(name, None, **extra)


def kept_photos(chat: Chat) -> list[str]:
    with chat.store.read() as session:
        return sorted(one.value for one in session.scalars(select(Evidence)))


def album_answers(chat: Chat, name: str) -> list[str]:
    """What the person is still to be told, or was."""
    found = [one for one in chat.owed(chat.people[name]) if (one.cause or "").startswith("album:")]
    return [one.payload["text"] for one in found]


@pytest.mark.open_door("kind F")
@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_album_is_one_thing_wherever_its_caption_stands(linked: Chat, at: int) -> None:
    caption = f"{linked.number('설계 용역')} 공개"
    for part in range(3):
        assert photo(linked, "김하늘", f"p{part}", caption if part == at else None, "77") == []
    assert kept_photos(linked) == ["p0", "p1", "p2"]
    [answer] = album_answers(linked, "김하늘")
    assert "증빙" in answer and "받지 않습니다" not in answer


@pytest.mark.open_door("kind F")
def test_an_album_without_a_word_is_refused_once_and_taken_when_the_word_comes_late(linked: Chat) -> None:
    for part in range(2):
        photo(linked, "김하늘", f"p{part}", album="77")
    assert len(album_answers(linked, "김하늘")) == 1 and kept_photos(linked) == []
    linked.send_all()
    photo(linked, "김하늘", "p2", f"{linked.number('설계 용역')} 공개", "77")
    assert kept_photos(linked) == ["p0", "p1", "p2"]
    assert "3장" in album_answers(linked, "김하늘")[-1]


def test_one_album_takes_nothing_of_another_or_of_somebody_else(linked: Chat) -> None:
    photo(linked, "박바다", "other", album="77")
    photo(linked, "김하늘", "apart", album="78")
    photo(linked, "김하늘", "p0", f"{linked.number('설계 용역')} 공개", "77")
    assert kept_photos(linked) == ["p0"]


@pytest.mark.open_door("kind F")
def test_an_album_can_be_taken_back_at_once(linked: Chat) -> None:
    photo(linked, "김하늘", "p0", album="77")
    photo(linked, "김하늘", "p1", f"{linked.number('설계 용역')} 공개", "77")
    linked.say("김하늘", "/undo")
    with linked.store.read() as session:
        assert all(one.removed_at for one in session.scalars(select(Evidence)))


def react(chat: Chat, name: str, message_id: int, new: list[str], old: list[str] | None = None) -> list[str]:
    user = chat.people[name]
    signs = [[{"type": "emoji", "emoji": one} for one in each] for each in (old or [], new)]
    change = {
        "chat": {"id": user, "type": "private"},
        "message_id": message_id,
        "user": {"id": user, "is_bot": False, "first_name": name},
        "date": 1,
        "old_reaction": signs[0],
        "new_reaction": signs[1],
    }
    return chat.update({"message_reaction": change}, user)


def reminded(folder: Path, *titles: str) -> tuple[Chat, int]:
    """김하늘 got the day's message about periods that begin today and end next week; gives its id in the chat."""
    ends, begins = date(2026, 7, 9), date(2026, 6, 30)
    items = (entry(one, ends, begins, "range") for one in titles)
    chat = Chat(folder, task("사업", "도로과", ["김하늘"], *items))
    chat.clock.forward(minutes=-10)
    chat.join("김하늘")
    chat.clock.forward(minutes=10)
    chat.scan()
    chat.send_all()
    [digest] = [one for one in chat.owed(chat.people["김하늘"]) if one.kind is DeliveryKind.DIGEST]
    assert digest.message_id is not None
    return chat, digest.message_id


@pytest.mark.open_door("kind F")
def test_a_thumb_up_under_a_reminder_is_seen_and_taking_it_away_is_nothing(tmp_path: Path) -> None:
    chat, at = reminded(tmp_path, "설계")
    assert "확인" in react(chat, "김하늘", at, ["👍"])[0]
    assert chat.milestone("설계").seen_times == 1
    assert react(chat, "김하늘", at, [], ["👍"]) == []
    assert chat.milestone("설계").seen_times == 1
    chat.store.close()


@pytest.mark.open_door("kind F")
@pytest.mark.parametrize(("titles", "sign"), [(["설계"], "👎"), (["설계"], "🔥"), (["설계", "착공"], "👍")])
def test_other_signs_and_messages_about_several_items_change_nothing(
    tmp_path: Path, titles: list[str], sign: str
) -> None:
    chat, at = reminded(tmp_path, *titles)
    assert react(chat, "김하늘", at, [sign]) == []
    assert {chat.milestone(one).seen_times for one in titles} == {0}
    chat.store.close()


@pytest.mark.open_door("kind F")
def test_a_thumb_up_under_an_answer_thanks_and_in_anothers_chat_says_nothing(linked: Chat) -> None:
    linked.say("김하늘", f"/done {linked.number('설계 용역')}")
    linked.send_all()
    newest = linked.owed(linked.people["김하늘"])[-1]
    assert newest.message_id is not None
    assert react(linked, "김하늘", newest.message_id, ["👍"]) == []
    assert react(linked, "박바다", newest.message_id, ["👍"]) == []
    assert linked.milestone("설계 용역").state is MilestoneState.DONE


@pytest.mark.open_door("kind F")
def test_a_group_is_answered_in_the_topic_and_gets_its_counts_there(tmp_path: Path) -> None:
    monday = datetime(2026, 6, 29, 8, 0, tzinfo=SEOUL)
    chat = Chat(
        tmp_path,
        task("사업", "도로과", ["김하늘"], entry("설계", date(2026, 7, 7))),
        now=monday - timedelta(days=7),
    )
    chat.join("최기획", RoleName.PLANNER)
    say(chat, "최기획", "/bind 도로과", message_thread_id=55, is_topic_message=True)
    say(chat, "최기획", "/status", message_thread_id=56, is_topic_message=True)
    chat.clock.current = monday + timedelta(hours=2)
    chat.scan()
    sent = chat.owed(GROUP)
    assert [(one.event, one.topic_id) for one in sent] == [("answer", 55), ("answer", 56), ("group-week", 55)]
    chat.store.close()
