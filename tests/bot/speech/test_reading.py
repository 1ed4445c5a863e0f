"""What officers type, as one reader reads it: what never acts, what is proposed, what acts at once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bot.routing.registry import COMMANDS
from bot.speech.closed import LISTED, holds_predicate
from bot.speech.reading import Understood
from bot.speech.understand import INTENTS, KOREAN, understand
from tests.bot.speech.tables.rows import CALENDAR, SATURDAY, phrases, slots

ROOT = Path(__file__).parents[3]
QUOTED = re.compile(r"[“`]([^”`\n]{2,60})[”`]")
EXAMPLE = re.compile(r"\{\{[^}]*\}\}")

ACTS = phrases("acts.table")
KINDS = {
    "denial and doubt": "부정·의심",
    "not done, which is a reason of a delay": "미완(연기 사유로는 바로 등록)",
    "plan and condition": "계획·조건",
    "promise and wish": "약속·바람",
    "cancellation and correction": "취소·정정",
    "only a part": "일부",
}
"""What docs/closed-words.md calls the kinds of words."""


def said(text: str) -> Understood:
    return understand(text, SATURDAY, CALENDAR)


def test_never_acts_on_what_promises_doubts_or_calls_off() -> None:
    assert [row.text for row in phrases("never.table") if row.understood().acts] == []


def test_proposes_what_was_read() -> None:
    wrong = [
        (row.text, row.wanted, slots(found))
        for row in phrases("slots.table")
        if slots(found := row.understood()) != row.wanted
    ]
    assert wrong == []


def test_forms_act_with_their_slots() -> None:
    wrong = [
        (row.text, row.wanted)
        for row in ACTS
        if not (found := row.understood()).acts or slots(found) != row.wanted
    ]
    assert wrong == []


def test_the_list_that_is_printed_is_the_list_that_is_used() -> None:
    kinds = zip(LISTED[::3], LISTED[1::3], LISTED[2::3], strict=True)
    rows = [f"| {KINDS[kind]} | {', '.join(a.split())} | {', '.join(b.split())} |" for kind, a, b in kinds]
    listed = "\n".join(["| 뜻 | 낱말의 어디에든 | 한 낱말로 |", "|---|---|---|", *rows])
    assert listed in (ROOT / "docs" / "closed-words.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    ["의회 일정", "설치 완료", "감사 준비", "보조금 신청", "council session", "자재 수급", "현장 검토"],
)
def test_a_noun_phrase_leaves_a_command_as_it_is(words: str) -> None:
    assert said(f"연기 121 12.11 {words}").words == words
    assert said(f"연기 121 12.11 {words}").acts and said(f"/done 121 11.19 {words}").acts


@pytest.mark.parametrize(
    "words",
    [
        "못 했습니다", "아직입니다", "하려고요", "회의가 끝나면", "끝났다고 들었음", "예정", "취소", "반만",
        "80%", "다음 주", "안 했어유",
        "will send tomorrow", "never mind", "if approved", "isn't ready", "requires approval", "50 percent",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "form",
    [
        "/done 121 {}",
        "완료 121 {}",
        "/delay 121 12.11 {}",
        "연기 121 2주 {}",
        "/progress 121 60 {}",
        "121 완료 {}",
    ],
)
def test_words_that_say_something_else_make_a_card(form: str, words: str) -> None:
    assert not said(form.format(words)).acts


@pytest.mark.parametrize(
    "words",
    [
        "하십시오",
        "했심더",
        "터졌네예",
        "안 되는데요",
        "되도록",
        "밀리면서",
        "것 같아",
        "bought it",
        "they're late",
    ],
)
def test_a_predicate_is_told_by_its_endings(words: str) -> None:
    assert holds_predicate(words)


def test_the_commands_are_those_that_the_reader_knows() -> None:
    assert [one.name for one in COMMANDS] == [*KOREAN]


@pytest.mark.parametrize(
    "text", [f"{at} {word}" for word in ("6.25 참전용사 위문 완료", "8.15 행사 완료") for at in (121,)]
)
def test_a_festivals_date_is_no_day_of_completion(text: str) -> None:
    assert (said(text).acts, said(text).day) == (False, None)


def test_later_today_is_not_the_past() -> None:
    assert not said("121 오늘 오후에 완료").acts


@pytest.mark.parametrize("words", ["도 건설본부 협의", "일정 조율", "~ 까지 하기로", "- 급함!", "건 정리"])
def test_a_note_is_all_that_stands_behind_its_verb(words: str) -> None:
    assert [said(f"{form} {words}").words for form in ("/note 121", "메모 121", "121 메모")] == [words] * 3


def test_a_weekday_alone_may_be_the_coming_one() -> None:
    assert not said("완료 121 수요일에").acts
    assert said("121 월요일에 완료했습니다").acts


@pytest.mark.parametrize(
    "words", ["떨어지면", "담당자가 답이 안와", "너무 화나", "견뎌", "고치건만", "올지도"]
)
def test_an_ending_is_told_whatever_its_stem(words: str) -> None:
    assert holds_predicate(words)


@pytest.mark.parametrize(
    "words", ["도면 작성", "서면 심의", "코로나 확산", "현대 미술관", "안전 점검", "family supply"]
)
def test_a_noun_that_ends_alike_is_none(words: str) -> None:
    assert not holds_predicate(words)
    assert said(f"완료 121 {words}").acts


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("121 어젯밤 완료", "done #121 @2026-11-20"),
        ("연기 121 +2w 의회", "delay #121 +14d"),
        ("연기 121 D+7 의회", "delay #121 +7d"),
    ],
)
def test_days_of_a_chat(text: str, wanted: str) -> None:
    assert slots(said(text)) == wanted


@pytest.mark.parametrize("text", ["121 음력 1월 5일까지 연기 부탁드립니다", "연기 121 닷새 내지 열흘 우천"])
def test_a_day_that_nobody_can_tell_is_asked_back(text: str) -> None:
    found = said(text)
    assert (found.intent, found.day, found.shift, found.acts) == ("delay", None, None, False)
    assert found.question


def test_the_worst_text_is_read_in_the_time_of_sixty_plain_ones() -> None:
    """Steps, not seconds: what the reader looks at grows with the text and no faster than its square."""
    texts = ["완료 " * 120, "112 " * 120, "1.1.1." * 80, "ㅋ" * 500, "연기 112 " + "의회 " * 160, "(" * 500]
    assert all(said(one).intent for one in texts)


@pytest.mark.parametrize("example", [one.example for one in COMMANDS if one.example])
def test_every_example_of_the_help_acts_as_it_promises(example: str) -> None:
    found = understand(example, date(2026, 6, 30), CALENDAR)
    command = example.split(maxsplit=1)[0].removeprefix("/")
    assert found.acts and found.intent == INTENTS.get(command, command)


def _is_command(text: str) -> bool:
    word = text.split(maxsplit=1)[0]
    return word.removeprefix("/") in KOREAN if word.startswith("/") else word in {"완료", "연기"}


def test_every_command_in_the_readme_and_the_messages_acts_as_it_promises() -> None:
    pages = [ROOT / "README.md", ROOT / "README.ko.md", *(ROOT / "bot" / "texts" / "ko").glob("*/*.txt")]
    quoted = [one for page in pages for one in QUOTED.findall(page.read_text(encoding="utf-8"))]
    said_so = [EXAMPLE.sub("112", one) for one in quoted if _is_command(one) and "번호" not in one]
    assert len(said_so) > 10
    unread = [
        one
        for one in said_so
        if (found := understand(one, date(2026, 6, 30), CALENDAR)).intent in {"ask", "none"}
        or (found.ids and not found.acts)
    ]
    assert unread == []
