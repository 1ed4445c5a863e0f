"""What people or documents wrote is shown as it is, and nothing in it is live."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import BadRequest

from bot.documents.upload import Attachment
from bot.privacy import guard
from bot.privacy.levels import Level
from bot.texts import render
from jobs.delivery.sender import TelegramSender
from plans.draft import finding
from plans.text.characters import has_words, visible
from sandbox.entities import formatted
from store.deliveries import Html, Message
from store.states import RoleName
from tests.bot.chat import SEOUL, Chat, entry, task

ROOT = Path(__file__).parents[3]
# What Telegram marks by itself, more eagerly than it does.
LIVE = re.compile(
    r"[a-z]+://\S|(?<![^\W_]|[/<>])/[A-Za-z0-9_]+|@[A-Za-z0-9_]{2,}|[#＃]\w*[^\W\d_]\w*|\$[A-Z]+"
    r"|[\w-]+\.[A-Za-z]{2,}|[\w가-힣]+\.(?:한국|닷컴)\b|(?<![\w+.,-])\d{4}(?:[ -]?\d{4}){3}(?![\w-])",
    re.I,
)
LIVE_WORDS = [
    *("https://evil.example/x?y=1", "tg://resolve?domain=x", "http://1.2.3.4", "www.evil.com", "evil.com"),
    *(
        "t.me/evil",
        "예시.한국",
        "@evil_bot",
        "@전체 @ev",
        "/stop",
        "/undo",
        "(/stop)",
        "줄\n/stop",
        "#tag",
        "#태그",
        "$USD",
    ),
    *(
        "a@b.com",
        "a.b-c@evil.co.kr",
        "README.md",
        "4111 1111 1111 1111",
        "４111",
        "<a href='x.com'>y</a>",
        "//x.com",
    ),
]


def live(html: str) -> list[str]:
    """What Telegram would mark in it, what our templates mark themselves aside."""
    text, entities = formatted(html, "HTML", None)
    own = {"bold", "italic", "code", "blockquote", "underline"}
    units = text.encode("utf-16-le")
    cut = [
        (one["type"], units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le"))
        for one in entities
    ]
    bare = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    words = LIVE.findall(unescape(re.sub(r"</?[a-z][^<>]*>", "", bare)))
    return [words_ for kind, words_ in cut if kind not in own] + words


@pytest.mark.open_door("C2")
@pytest.mark.parametrize("words", LIVE_WORDS)
def test_words_are_not_live_and_read_the_same(words: str) -> None:
    made = guard.broken(words)
    assert LIVE.findall(made) == []
    assert guard.plain(made) == words
    assert visible(made) == words  # what is copied and sent back comes in as it was
    assert guard.broken(made) == made


@pytest.mark.open_door("C2")
@given(st.lists(st.one_of(st.sampled_from(LIVE_WORDS), st.text("가나1 .:/@#$-_aZ", max_size=12)), max_size=6))
def test_no_mixture_of_words_is_live(pieces: list[str]) -> None:
    assert LIVE.findall(guard.broken("".join(pieces))) == []


@pytest.mark.open_door("C2")
def test_words_are_inert_wherever_they_lie_in_what_a_template_is_told() -> None:
    thing = SimpleNamespace(title="@evil", parts=["/stop"], of=SimpleNamespace(name="evil.com"))
    with guard.speaking(Level.FULL):
        told = guard.shown({"rows": [("https://evil.com", {"#tag": "/undo"})], "thing": thing})
        [(link, table)], seen = told["rows"], told["thing"]
        words = [link, *table, *table.values(), seen.title, *seen.parts, seen.of.name, f"{seen.of}"]
    assert [one for one in words if LIVE.findall(one)] == []


def test_what_is_no_word_comes_to_a_template_as_it_is() -> None:
    counts = Counter(late=2)
    with guard.speaking(Level.FULL):
        told = guard.shown({"counts": counts, "zone": SEOUL, "day": date(2026, 7, 1), "state": RoleName.LEAD})
    assert (told["counts"]["none"], told["zone"], told["day"], told["state"]) == (
        0,
        SEOUL,
        date(2026, 7, 1),
        RoleName.LEAD,
    )
    assert counts == Counter(late=2)


def test_our_own_words_are_printed_as_they_were_given() -> None:
    with guard.speaking(Level.FULL):
        told = render.text("usage", reason="/my 로 보십시오.", example="/done 112")
    assert told == "/my 로 보십시오.\n예) <code>/done 112</code>"


@pytest.mark.parametrize(
    "words", ["2026. 7. 20. 준공", "1/2 완료, 12:30", "사업비 3.5억", "#112", "추경/의회 협의", "가.나.다"]
)
def test_usual_words_stay_untouched(words: str) -> None:
    assert guard.broken(words) == words


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    title = "주요업무 https://evil.example /stop @evil_bot <b>"
    chat = Chat(tmp_path, task(title, "도로과", ["김하늘"], entry("설계 /undo evil.com", date(2026, 7, 10))))
    chat.join("최기획", RoleName.PLANNER)
    chat.join("정팀장", RoleName.LEAD, "도로과")
    chat.join("김하늘")
    return chat


def told(office: Chat) -> list[str]:
    return [one.payload["text"] for one in office.owed() if "text" in one.payload]


@pytest.mark.open_door("C2")
def test_no_message_about_hostile_titles_and_reasons_has_anything_live(office: Chat) -> None:
    number = office.number("설계 /undo evil.com")
    reason = "사유 @evil_bot /stop /undo https://evil.example a@b.com #태그"
    before = len(told(office))
    for words in (f"/delay {number} 7.20 {reason}", f"/note {number} {reason}", f"/done {number} {reason}"):
        office.say("김하늘", words)
    office.say("최기획", f"/task {number}")
    office.say("최기획", "/find evil")
    office.say("최기획", "/audit")
    office.say("최기획", "/status /stop")
    office.say("최기획", "/status")
    texts = told(office)[before:]
    foreign = ("evil", "@b", "/stop", "/undo https", "태그")
    assert any("evil" in one for one in texts)
    assert [words for one in texts for words in live(one) if any(part in words for part in foreign)] == []


@pytest.mark.open_door("C2")
def test_what_is_wrong_in_a_document_is_told_with_nothing_live(office: Chat) -> None:
    draft = office.draft(task("새 과제", "환경과", []), title="다른 계획")
    draft.findings.append(
        finding(7, "name-differs.area", there=3, listed="https://evil.example", name="/stop @evil_bot")
    )
    summary = office.send_document("최기획", Attachment("계획.txt", draft))[0]
    assert "evil" in summary
    assert not [words for words in live(summary) if "evil" in words or "/stop" in words]


@pytest.mark.open_door("C1")
@pytest.mark.parametrize(
    "title", ["주요업무 <2026년> 계획", '<a href="https://evil.example">여기</a>', "a & b < c"]
)
def test_a_plan_of_any_name_has_a_caption_that_telegram_reads(tmp_path: Path, title: str) -> None:
    chat = Chat(tmp_path)
    chat.register(task("사업", "도로과", ["김하늘"], entry("일", date(2026, 7, 10))), title=title)
    chat.join("최기획", RoleName.PLANNER)
    for verb in ("stpic5", "styear5"):
        chat.press("최기획", f"v1|{verb}|1|0")
    captions = [one.payload["text"] for one in chat.owed() if {"picture", "year"} & one.payload.keys()]
    assert len(captions) == 2
    for one in captions:
        text, entities = formatted(one, "HTML", None)
        assert guard.plain(text).endswith(title) or title in guard.plain(text)
        assert entities == []


@pytest.mark.open_door("C1")
def test_only_the_renderer_makes_what_is_sent() -> None:
    made = [
        str(path.relative_to(ROOT))
        for room in ("bot", "jobs", "store", "reports")
        for path in sorted((ROOT / room).rglob("*.py"))
        if re.search(r"(?<!class )\bHtml\(", path.read_text(encoding="utf-8"))
    ]
    assert made == ["bot/texts/message_length.py", "bot/texts/render.py", "jobs/delivery/sender.py"]


@pytest.mark.long
@pytest.mark.open_door("C1")
@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ('Message("말", [])', True),
        ('Message(f"{render.text(str())}!", [])', True),
        ('turn.send_file("report", "말", period="2026Q1")', True),
        ('Message(render.text("not_text"), [])', False),
    ],
)
def test_the_type_checker_finds_a_bare_string_that_is_sent(tmp_path: Path, line: str, is_found: bool) -> None:
    heads = (
        "from bot.texts import render",
        "from bot.chat.turn import Turn",
        "from store.deliveries import Message",
    )
    source = "\n".join([*heads, "", "", "def do(turn: Turn) -> None:", f"    {line}", ""])
    (tmp_path / "snippet.py").write_text(source, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file",
        str(ROOT / "pyproject.toml"),
        str(tmp_path / "snippet.py"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert ('expected "Html"' in done.stdout) is is_found, done.stdout


class PickyBot:
    """Takes plain words only."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, object]] = []

    async def send_message(self, chat_id: int, text: str, parse_mode: object = None, **_more: Any) -> Any:
        self.sent.append((text, parse_mode))
        if parse_mode is not None:
            raise BadRequest('Can\'t parse entities: unsupported start tag "2026년" at byte offset 14')
        return type("Sent", (), {"message_id": 7})()


@pytest.mark.open_door("C1")
def test_what_telegram_cannot_read_goes_out_once_as_plain_words() -> None:
    bot = PickyBot()
    message = Message(Html("<b>1 &lt; 2</b> <2026년>"), [])
    assert asyncio.run(TelegramSender(bot).send(5, message)) == 7  # type: ignore[arg-type]
    assert [text for text, _ in bot.sent] == ["<b>1 &lt; 2</b> <2026년>", "1 < 2 <2026년>"]


NOTHING = [*"\u3164\u2800\u200d\u034f\uffa0\ufe0f\u115f.…-", "\u200b\u2060", "\u0301" * 480]


@pytest.mark.open_door("C3")
@pytest.mark.parametrize("nothing", NOTHING)
def test_nothing_visible_is_no_reason(office: Chat, nothing: str) -> None:
    number = office.number("설계 /undo evil.com")
    office.say("김하늘", f"/delay {number} 7.20 {nothing}")
    assert office.milestone("설계 /undo evil.com").due_on == date(2026, 7, 10)


@pytest.mark.open_door("C3")
def test_a_heap_of_accents_is_cut_to_two() -> None:
    assert visible("가" + "\u0336" * 480) == "가\u0336\u0336"
    assert not has_words(visible("\u0336" * 480))


@pytest.mark.parametrize("words", ["👩‍💻 점검 완료 ✅", "❤️ 고맙습니다", "1️⃣ 설계", "🏳️‍🌈", "조례 제3조 ②항"])
def test_emoji_and_signs_stay_as_typed(words: str) -> None:
    assert visible(words) == words


def test_a_message_of_the_day_has_nothing_live_of_its_items(office: Chat) -> None:
    office.clock.forward(days=9)
    office.scan()
    made = [text for _, text in office.send_all()]
    assert any("evil" in one for one in made)
    assert [words for one in made for words in live(one) if "evil" in words or "/undo" in words] == []
