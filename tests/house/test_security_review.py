"""The papers an office needs say what the tables of the program say, in both languages the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.privacy.levels import CARRIED, Level, Part
from bot.settings import RetentionSettings
from bot.speech.understand import KOREAN
from bot.texts.render import words
from gihan import __version__
from store import inbox
from store.backup import retention

DOCS = Path(__file__).parents[2] / "docs"
ENGLISH = {
    **{
        "하는 일": "what",
        "일정 보기": "seeing entries",
        "이력 찾기와 내보내기": "searching and exporting the log",
    },
    **{"담당자": "officer", "팀장": "lead", "부서장": "head", "국장": "bureau", "기획실": "planner"},
    **{"감사": "auditor", "운영자": "operator", "서무": "contact", "본인 과제": "own tasks"},
    **{"소속 부서": "own department", "소속 국": "own bureau", "전체": "all", "–": "–", "---": "---"},
}
KOREAN_PAGE, ENGLISH_PAGE = "보안성검토.md", "security-review.md"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def levels(head: str, names: dict[Part, str]) -> str:
    """Which parts of a message go out at which level."""
    rows = [
        f"| {names[part]} | {' | '.join('●' if part in CARRIED[level] else '–' for level in Level)} |"
        for part in Part
    ]
    return "\n".join([f"| {head} | {' | '.join(Level)} |", "| --- | --- | --- | --- |", *rows])


def roles() -> list[list[str]]:
    """Who sees entries and the log, as docs/permissions.md prints it."""
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in read("permissions.md").splitlines()
    ]
    head, rule = next((one, lines[at + 1]) for at, one in enumerate(lines) if one[0] == "하는 일")
    return [head, rule, *(one for one in lines if one[0] in {"일정 보기", "이력 찾기와 내보내기"})]


def printed(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(one)} |" for one in rows)


def test_the_levels_are_those_of_the_privacy_table() -> None:
    korean = {part: words("privacy.part")[part] for part in Part}
    assert levels("나가는 것", korean) in read(KOREAN_PAGE)
    assert levels("what goes out", {part: part.value for part in Part}) in read(ENGLISH_PAGE)


def test_who_sees_what_is_what_the_permissions_say() -> None:
    assert printed(roles()) in read(KOREAN_PAGE)
    assert printed([[ENGLISH[cell] for cell in row] for row in roles()]) in read(ENGLISH_PAGE)


def test_both_languages_have_the_same_parts_rows_and_links() -> None:
    shapes = []
    for name in (KOREAN_PAGE, ENGLISH_PAGE):
        text = read(name)
        heads, rows = (len(re.findall(one, text, re.MULTILINE)) for one in (r"^## ", r"^\|"))
        links = {one.replace(".en.md", ".md") for one in re.findall(r"\]\(([^)]+)\)", text)}
        links -= {KOREAN_PAGE, ENGLISH_PAGE}
        shapes.append((heads, rows, links, len(re.findall(r"^- ", text, re.MULTILINE))))
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", [KOREAN_PAGE, ENGLISH_PAGE])
def test_the_days_are_those_of_the_program(name: str) -> None:
    text, kept = read(name), RetentionSettings()
    for days in (kept.messages_days, kept.invites_days, retention.KEPT.days):
        assert re.search(rf"\b{days}(?: days|일|\b)", text)
    assert inbox.KEEP.days == 3 and ("3일" in text or "three days" in text)


def test_the_officers_page_is_one_page_and_its_commands_exist() -> None:
    text = read("담당자안내.md")
    assert set(re.findall(r"`/(\w+)", text)) <= set(KOREAN)
    assert len(text) < 1800


def test_the_changelog_has_a_heading_a_version_and_the_newest_is_this_one() -> None:
    heads = re.findall(r"^## (.+)$", (DOCS.parent / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[-1] == "[Unreleased]"
    versions = [re.findall(r"^\[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", one) for one in heads[:-1]]
    assert all(versions) and versions[-1] == [__version__]
