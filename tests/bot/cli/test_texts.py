"""A text is found in one step."""

from __future__ import annotations

from tests.shell import Shell


def found(gihan: Shell, text: str) -> str:
    return gihan("texts", text)


def test_a_part_of_a_text_names_its_file_and_line(gihan: Shell) -> None:
    assert found(gihan, "확인하시면 완료로").startswith("bot/texts/ko/completion/completion_request.txt:21: ")


def test_a_message_as_it_came_names_the_lines_it_was_made_of(gihan: Shell) -> None:
    message = "#112 설치\n증빙을 붙였습니다: 문서 1"
    assert found(gihan, message).startswith("bot/texts/ko/completion/evidence_added.txt:")


def test_what_reports_and_the_sandbox_print_is_found_too(gihan: Shell) -> None:
    assert "\nreports/texts/ko/material.toml:" in found(gihan, "추진상황 보고회 자료")
    assert found(gihan, "봇이 입력하는 중").startswith("sandbox/texts/ko/page.js:")


def test_what_stands_nowhere_is_said_with_an_example(gihan: Shell) -> None:
    assert "gihan texts 완료로" in gihan("texts", "이런 글은 어디에도 없습니다만", code=1)


def test_what_stands_beside_a_text_is_no_text(gihan: Shell) -> None:
    gihan("texts", "하나라도 등록하였거나 건너뛰었을 때", code=1)
