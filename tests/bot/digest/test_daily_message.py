"""The daily message: sections, pages, buttons, and how it follows what changed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.chat.turn import ROWS_MOST
from bot.digest.daily_message import DigestRenderer
from bot.texts import message_length
from store.deliveries import Html, Message
from store.models import Delivery
from store.states import DeliveryKind, DeliveryState, RoleName
from tests.bot.chat import TUESDAY, Chat, entry, task


def digest_of(chat: Chat, name: str) -> Message:
    """The person's newest daily message as it would be shown now."""
    with chat.store.write() as session:
        query = select(Delivery).where(
            Delivery.kind == DeliveryKind.DIGEST, Delivery.officer_id == chat.officer(name).id
        )
        delivery = session.scalars(query.order_by(Delivery.id.desc()).limit(1)).one()
        found = DigestRenderer(chat.office)(session, delivery, chat.clock.now())
        assert found is not None
        return found


def labels(message: Message) -> list[str]:
    return [button["text"] for row in message.keyboard for button in row]


def busy(folder: Path, count: int) -> Chat:
    """김하늘 has so many things due today."""
    entries = [entry(f"일정 {number:02}", date(2026, 6, 30)) for number in range(1, count + 1)]
    chat = Chat(folder, task("큰 사업", "도로과", ["김하늘"], *entries))
    chat.clock.forward(minutes=-10)
    chat.join("김하늘")
    chat.clock.forward(minutes=10)
    return chat


def test_problems_stand_first(tmp_path: Path) -> None:
    chat = Chat(
        tmp_path,
        task(
            "사업",
            "도로과",
            ["김하늘"],
            entry("멀리", date(2026, 7, 6)),
            entry("어제", date(2026, 6, 28)),
            entry("오늘", date(2026, 6, 29)),
            entry("내일", date(2026, 6, 30)),
        ),
        now=TUESDAY - timedelta(days=4),
    )
    chat.join("김하늘")
    chat.clock.forward(days=3)
    chat.scan()
    text = digest_of(chat, "김하늘").text
    order = [text.index(words) for words in ("■ 기한 경과", "■ 오늘 기한", "■ 이번 주", "■ 다가오는 일정")]
    assert order == sorted(order)


def test_as_many_items_stand_on_a_page_as_have_room_for_buttons_and_more_lets_the_rest_be_seen(
    tmp_path: Path,
) -> None:
    chat = busy(tmp_path, 13)
    chat.scan()
    chat.send_all()
    first = digest_of(chat, "김하늘")
    assert (first.text.count("일정 "), labels(first)[-1]) == (6 + first.text.count("소관 일정"), "더 보기 ▶")
    assert len(first.keyboard) == ROWS_MOST
    for _ in range(2):
        chat.press("김하늘", digest_of(chat, "김하늘").keyboard[-1][-1]["data"])
    last = digest_of(chat, "김하늘")
    assert "일정 13" in last.text
    assert "(3/3쪽)" in last.text


def test_each_open_item_has_its_two_buttons(tmp_path: Path) -> None:
    chat = busy(tmp_path, 2)
    chat.scan()
    numbers = [chat.number("일정 01"), chat.number("일정 02")]
    wanted = [label for one in numbers for label in (f"✅ #{one} 완료", f"🗓 #{one} 연기")]
    assert labels(digest_of(chat, "김하늘")) == [*wanted, "왜 이 날짜?"]


def test_a_done_item_keeps_its_place_and_loses_its_buttons(tmp_path: Path) -> None:
    chat = busy(tmp_path, 2)
    chat.scan()
    chat.send_all()
    chat.say("김하늘", f"/done {chat.number('일정 01')}")
    message = digest_of(chat, "김하늘")
    assert "✅ 완료 6. 30.(화)" in message.text
    assert all(f"#{chat.number('일정 01')}" not in label for label in labels(message))


def test_a_change_enqueues_one_edit_of_the_newest_message(tmp_path: Path) -> None:
    chat = busy(tmp_path, 2)
    chat.scan()
    chat.send_all()
    chat.say("김하늘", f"/done {chat.number('일정 01')}")
    chat.say("김하늘", f"/delay {chat.number('일정 02')} 7.20 의회")
    edits = [
        one for one in chat.owed() if one.kind is DeliveryKind.EDIT and one.state is DeliveryState.PENDING
    ]
    assert len(edits) == 1


@pytest.mark.pitfall(21)
def test_a_reminder_not_yet_sent_is_dropped_when_the_date_moves(tmp_path: Path) -> None:
    chat = busy(tmp_path, 1)
    chat.scan()
    chat.say("김하늘", f"/delay {chat.number('일정 01')} 7.20 의회")
    digests = [one for one in chat.owed() if one.kind is DeliveryKind.DIGEST]
    assert [one.state for one in digests] == [DeliveryState.CANCELLED]


def test_a_full_page_with_the_longest_titles_stays_below_the_limit(tmp_path: Path) -> None:
    entries = [entry("가" * 300 + f"{number}", date(2026, 6, 30), expr="나" * 90) for number in range(12)]
    chat = Chat(tmp_path, task("다" * 300, "도로과", ["김하늘"], *entries))
    chat.clock.forward(minutes=-10)
    chat.join("김하늘")
    chat.clock.forward(minutes=10)
    chat.scan()
    assert message_length.units(digest_of(chat, "김하늘").text) < message_length.MOST_UNITS


@pytest.mark.pitfall(17)
def test_markup_in_a_plans_title_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    chat = Chat(tmp_path, task("A <b>B</b> & C", "도로과", ["김하늘"], entry("<i>x</i>", date(2026, 6, 30))))
    chat.clock.forward(minutes=-10)
    chat.join("김하늘")
    chat.clock.forward(minutes=10)
    chat.scan()
    text = digest_of(chat, "김하늘").text
    assert "&lt;i&gt;x&lt;/i&gt;" in text
    assert "A &lt;b&gt;B&lt;/b&gt; &amp; C" in text


def test_somebody_elses_page_button_shows_nothing(tmp_path: Path) -> None:
    chat = busy(tmp_path, 13)
    chat.join("남의 사람")
    chat.scan()
    chat.send_all()
    data = digest_of(chat, "김하늘").keyboard[-1][0]["data"]
    assert "더 볼 수 없습니다" in chat.press("남의 사람", data)[0]


def test_the_repetition_of_an_uncertain_message_is_marked(tmp_path: Path) -> None:
    chat = busy(tmp_path, 1)
    chat.scan()
    with chat.store.write() as session:
        for delivery in session.scalars(select(Delivery).where(Delivery.kind == DeliveryKind.DIGEST)):
            delivery.uncertain_sends = 1
    assert digest_of(chat, "김하늘").text.startswith("(다시 보냄)\n")


def test_a_backlog_told_to_the_lead_stays_below_telegrams_limit(tmp_path: Path) -> None:
    """Seventy silent items at once: the first are named, the others counted, and the message can be sent."""
    names = [
        f"아주 긴 이름으로 적힌 추진일정 {number:02} 도로 정비와 보도 설치 및 점검 완료"
        for number in range(70)
    ]
    chat = Chat(
        tmp_path, task("큰 사업", "도로과", ["김하늘"], *(entry(one, date(2026, 6, 30)) for one in names))
    )
    chat.clock.forward(minutes=-10)
    chat.join("김하늘")
    chat.join("이팀장", RoleName.LEAD, "도로과")
    chat.clock.forward(minutes=10)
    for _ in range(8):
        chat.scan()
        chat.send_all()
        chat.clock.forward(days=1)
    message = digest_of(chat, "이팀장")
    assert message_length.units(message.text) <= message_length.MOST_UNITS
    assert "사유 미등록" in message.text
    assert "건이 더 있습니다. /overdue 에서 모두 보실 수 있습니다." in message.text


def test_what_fits_is_shown_and_the_rest_is_counted() -> None:
    first, second, third = (Html(char * length) for char, length in (("가", 10), ("나", 10), ("다", 1)))
    rest = lambda count: Html(f"이 밖에 {count}건")  # noqa: E731
    assert message_length.fitting([first, second], 24, rest) == [first, second]
    assert message_length.fitting([first, second, third], 23, rest) == [first, "이 밖에 2건"]


def test_a_due_day_on_a_holiday_is_marked_where_its_weekday_does_not_tell(tmp_path: Path) -> None:
    days = [
        date(2026, 10, 8),
        date(2026, 10, 9),
        date(2026, 10, 10),
    ]  # the 9th is 한글날, the 10th a Saturday
    chat = Chat(
        tmp_path, task("사업", "도로과", ["김하늘"], *(entry(f"{one.day}일 일정", one) for one in days))
    )
    chat.join("김하늘")
    (shown,) = chat.say("김하늘", "/my")
    assert "10. 9.(금) 휴무일 · 101일 남음" in shown
    assert "10. 8.(목) · 100일 남음" in shown and "10. 10.(토) · 102일 남음" in shown
    chat.clock.forward(days=101)
    (shown,) = chat.say("김하늘", "/my")
    assert "10. 9.(금) 휴무일 · 오늘" in shown
