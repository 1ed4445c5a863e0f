"""Fixtures of the bot room: an office with two officers, a lead and a planner who chat."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from store.states import RoleName
from tests.bot.chat import Chat, Saved, entry, task
from tests.shell import Shell


def _office(folder: Path) -> Chat:
    return Chat(
        folder,
        task(
            "보행로 정비",
            "도로과",
            ["김하늘"],
            entry("설계 용역", date(2026, 6, 30), expr="2026. 6. 30."),
            entry("공사 착공", date(2026, 7, 31), date(2026, 7, 1), "month", "2026. 7."),
            entry("유지 관리", None, date(2026, 9, 1), "month", "2026. 9. ~"),
        ),
        task("대기 측정", "환경과", ["박바다"], entry("측정기 설치", date(2026, 7, 10))),
    )


@pytest.fixture
def gihan(tmp_path: Path) -> Shell:
    """The command line in an empty folder."""
    return Shell(tmp_path)


@pytest.fixture
def folder(gihan: Shell) -> Path:
    return gihan.folder


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    """김하늘 (도로과) has three milestones, 박바다 (환경과) one; nobody is linked yet."""
    office = _office(tmp_path)
    yield office
    office.store.close()


@cache
def _linked_once() -> Saved:
    """The office below, made once in a test process."""
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder))
        office.join("이팀장", RoleName.LEAD, "도로과")
        office.join("최기획", RoleName.PLANNER)
        office.join("김하늘")
        office.join("박바다")
        return office.saved()


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[Chat]:
    """The same, with 김하늘, 박바다, the lead 이팀장 (도로과) and the planner 최기획 linked."""
    office = Chat.resumed(tmp_path, _linked_once())
    yield office
    office.store.close()
