"""A document of a chat is fetched and read; whatever goes wrong is an answer to its sender."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import Any, cast

import pytest
from telegram import Bot, Update

from bot.documents.upload import Attachment
from bot.intake import fetch_document
from bot.intake.fetch_document import Documents
from plans.draft import PlanDraft


class FakeFile:
    def __init__(self, address: str) -> None:
        self.file_path = address


class FakeBot:
    """Has one file on a server of this machine, and counts how often it is asked for it."""

    def __init__(self, *parts: bytes) -> None:
        self.parts = parts
        self.asked = 0

    async def get_file(self, _file_id: str) -> FakeFile:
        self.asked += 1
        self.server = await asyncio.start_server(self._give, "127.0.0.1", 0)
        return FakeFile(f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}/plan")

    async def _give(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.server.close()
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            for part in self.parts:
                writer.write(part)
                await writer.drain()
        writer.close()


def fetch(name: str | None, bot: FakeBot) -> Attachment:
    message: dict[str, Any] = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "x"},
        "document": {"file_id": "x", "file_unique_id": "x"} | ({"file_name": name} if name else {}),
    }
    update = Update.de_json({"update_id": 1, "message": message}, None)
    found = asyncio.run(Documents(cast(Bot, bot), lambda chat, user: True, lambda found: found).fetch(update))
    assert found is not None
    return found


@pytest.mark.open_door("B5")
@pytest.mark.parametrize("name", [None, "계획", "²", "계획.²", ".", "..", "가" * 500, "계획.exe"])
def test_a_file_of_no_known_kind_is_answered_and_not_fetched(name: str | None) -> None:
    bot = FakeBot(b"x")
    assert ".hwpx" in fetch(name, bot).fault
    assert bot.asked == 0


@pytest.mark.open_door("B5")
def test_whatever_reading_raises_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(path: Path) -> PlanDraft:
        raise ValueError("비밀스러운 내용")

    monkeypatch.setattr(fetch_document, "read_any", breaks)
    assert fetch("계획.txt", FakeBot(b"x")).fault.startswith("파일을 읽지 못했습니다.")


@pytest.mark.open_door("B5")
@pytest.mark.parametrize(("budget", "year"), [("25²", "2026"), ("25", "²"), ("9" * 400, "9" * 400)])
def test_numbers_that_are_none_are_told_with_their_row(budget: str, year: str) -> None:
    sheet = (
        f"기한 계획표\t1\n계획 제목\t실행계획\n계획 연도\t{year}\n\n"
        "과제번호\t과제명\t주관부서\t담당자\t협업기관\t연락처\t소요예산(원)\t사업기간 시작\t사업기간 끝\t끝 미정\t추진상황\n"
        f"1\t보행로 정비\t도로과\t김하늘\t\t\t2026: {budget}\t\t\t\t\n\n"
        "과제번호\t과제명\t순번\t일정\t시기\t시작\t기한\t정밀도\t반복규칙\t종류\t완료\t항목\n"
        "1\t보행로 정비\t1\t착공\t2026. 7.\t\t\t\t\t\t\t\n"
    )
    draft = fetch("계획표.txt", FakeBot(sheet.encode())).draft
    assert draft is not None
    assert {one.code for one in draft.findings} & {"sheet-row.budget", "sheet-row.year"}


@pytest.mark.open_door("B7")
def test_no_more_than_two_files_are_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0
    is_full = asyncio.Event()

    async def read(*_facts: object, **_more: object) -> Attachment:
        """Ends only when as many as may are being read, so that each has waited for its neighbour."""
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == fetch_document.AT_ONCE:
            is_full.set()
        await asyncio.wait_for(is_full.wait(), timeout=60)
        running -= 1
        return Attachment("x")

    async def rush() -> None:
        waiting = Documents(cast(Bot, FakeBot(b"x")), lambda chat, user: True, lambda found: found)
        monkeypatch.setattr(waiting, "_fetched", read)
        update = Update.de_json(UPDATE, None)
        await asyncio.gather(*(waiting.fetch(update) for _ in range(10)))

    asyncio.run(rush())
    assert most == fetch_document.AT_ONCE


UPDATE: dict[str, Any] = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "x"},
        "document": {"file_id": "x", "file_unique_id": "x", "file_name": "계획.txt"},
    },
}


@pytest.mark.open_door("B9")
def test_a_file_that_is_larger_than_was_announced_is_left_at_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetch_document, "LARGEST", 1000)
    assert "20MB" in fetch("계획.txt", FakeBot(*[b"x" * 300] * 9)).fault


@pytest.mark.open_door("C1")
def test_a_files_name_stands_on_one_line() -> None:
    assert "\n" not in fetch("계획.\n\n등록을 마쳤습니다.\n.txt", FakeBot(b"x")).name
