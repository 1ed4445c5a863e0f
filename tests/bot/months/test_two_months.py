"""June and July in a city where nobody reports anything: what each person was sent, counted item by item."""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs.settings import ApprovalSettings
from store.models import DelayRequest
from store.states import DelayState
from tests.bot.months.city import HEAD, LEADS, PLANNER, WEEKLY, Post, Summer, begun
from tests.bot.months.transcripts import ASKED_ON, ASKS, LEAD, first_open

WISHED = date(2026, 7, 13)


@pytest.fixture(scope="module")
def summer() -> Iterator[Summer]:
    """Played once; the tests only read. Nobody reports anything; one officer asks for more time, and nobody decides."""
    with tempfile.TemporaryDirectory() as folder:
        found = begun(Path(folder), ApprovalSettings()).play(happens=asks_for_time)
        yield found
        found.chat.store.close()


def asks_for_time(summer: Summer, day: date) -> None:
    if day == ASKED_ON:
        summer.chat.say(ASKS, f"/delay {first_open(summer, ASKS, day)} 3주 관계 기관 협의")
        summer.chat.send_all()


def told(summer: Summer) -> dict[tuple[str, int], list[date]]:
    """Reader and item -> the days on which a message of the reader named it."""
    found: dict[tuple[str, int], list[date]] = defaultdict(list)
    for post in summer.posts:
        for number in post.numbers:
            found[post.reader, number].append(post.day)
    return found


def test_an_item_stands_twice_before_its_day_once_on_it_and_twice_after(summer: Summer) -> None:
    milestones, calendar = summer.milestones(), summer.chat.rules.calendar
    too_often = []
    for (reader, number), days in told(summer).items():
        due = milestones[number].due_on if number in milestones else None
        if due is None:
            continue
        last = calendar.previous_or_same(due)
        counted = sum(day < last for day in days), sum(last <= day <= due for day in days)
        after = sum(day > due for day in days)
        if counted[0] > 2 or counted[1] > 1 or after > 2:
            too_often.append((reader, number, *counted, after))
    assert not too_often


def test_a_request_that_nobody_decides_is_told_with_its_words_twice_and_before_its_day_runs_out(
    summer: Summer,
) -> None:
    with summer.chat.store.read() as session:
        [request] = session.scalars(select(DelayRequest)).all()
    assert (request.state, request.new_due_on) == (DelayState.PENDING, WISHED)
    waits = [one for one in summer.to(LEAD) if "결정 대기" in one.text and one.day > ASKED_ON]
    with_words = [one.day for one in waits if request.milestone_id in one.numbers]
    assert with_words == [date(2026, 6, 19), date(2026, 6, 22), date(2026, 7, 10)]
    assert "7. 13.(월)이 지나면 승인하실 수 없습니다" in next(
        one.text for one in waits if one.day == with_words[-1]
    )
    counted = [one for one in waits if one.day not in with_words]
    assert len(counted) >= 5 and all("앞서 알려 드린 결정 대기 1건" in one.text for one in counted)


def test_the_plan_is_as_large_as_real_ones(summer: Summer) -> None:
    assert len(told(summer)) > 150
    assert len({one.reader for one in summer.posts}) > 40


def test_nobody_gets_two_scheduled_messages_on_a_day(summer: Summer) -> None:
    assert max(Counter((one.reader, one.day) for one in summer.posts).values()) == 1


def test_the_officer_of_two_weekly_events_gets_a_dozen_messages_in_thirty_four_days(summer: Summer) -> None:
    days = [one for one in summer.working_days() if one >= date(2026, 6, 15)][:34]
    assert 7 <= sum(one.day in days for one in summer.to(WEEKLY)) <= 12


def test_the_planner_reads_little_and_nothing_without_news(summer: Summer) -> None:
    posts = summer.to(PLANNER)
    assert max(len(one.text) for one in posts) <= 700
    assert not [one.day for one in posts if not one.text.count("\n")]
    same = [one for one, other in zip(posts[1:], posts, strict=False) if _news(one) == _news(other)]
    assert not same


def _news(post: Post) -> str:
    """The message without its heading, which has the day."""
    return post.text.partition("\n")[2]


SENTENCE = re.compile(r"[^.!?\n]*(?:니다|니까|시오|바랍니다)[.?]")


def test_no_sentence_stands_twice_in_a_message(summer: Summer) -> None:
    twice = [
        (one.reader, one.day, sentence)
        for one in summer.posts
        for sentence, count in Counter(SENTENCE.findall(one.text)).items()
        if count > 1
    ]
    assert not twice


def test_no_line_is_longer_than_ninety_characters(summer: Summer) -> None:
    assert not [line for one in summer.posts for line in one.text.splitlines() if len(line) > 90]


COMMAND = re.compile(r"/[a-z]+(?: \d+)*")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\d|\d\dT\d\d|UTC|Asia/")


def test_a_korean_message_has_no_english_word_and_no_instant_of_the_machine(summer: Summer) -> None:
    for one in summer.posts:
        text = COMMAND.sub("", "\n".join([one.text, *one.labels]))
        assert not ENGLISH.findall(text), text
        assert not INSTANT.findall(text), text


def test_no_button_has_to_refuse(tmp_path: Path) -> None:
    """Each button of everybody's newest message is pressed as it stands, each in an office of its own."""
    summer = begun(tmp_path, ApprovalSettings()).play(date(2026, 7, 6), asks_for_time)
    newest = {one.reader: one for one in summer.posts}
    readers = [HEAD, PLANNER, WEEKLY, *LEADS, "도나래"]
    saved = summer.chat.saved()
    for reader in readers:
        for row in newest[reader].message.keyboard:
            for button in row:
                office = type(summer.chat).resumed(tmp_path, saved)
                office.clock.current = summer.chat.clock.current
                office.press(reader, button["data"])
                last = [one for one in office.owed(office.people[reader]) if one.cause]
                assert last[-1].event != "refused", button["text"]
                office.store.close()
