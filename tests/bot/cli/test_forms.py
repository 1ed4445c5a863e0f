"""Which column of a table is the time: asked on the command line, remembered, listed and forgotten (`gihan forms`)."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot.chat.operator import operator
from bot.cli import plans
from plans.read import read_plan
from store import forms
from store.audit import Act
from store.db.engine import Store
from tests.builders import kst
from tests.shell import Shell

NOW = kst(2026, 7, 1)

PLAN = """2031년도 주요업무계획

한별시

1. 안전 점검

□ 추진일정
점검내용\t시기\t일정\t담당
교량 점검\t3월\t2031. 5. 2.\t안전과
옹벽 점검\t4월\t2031. 6. 9.\t안전과
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "점검.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_the_column_is_asked_by_its_number(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("3\n2\n"))
    assert list(plans.ask_columns(read_plan(file)).values()) == ["일정"]
    assert "일정 2건의 시기로 보이는 칸이 여럿입니다" in capsys.readouterr().err


def test_a_document_registered_as_one_task_is_known_by_its_form_the_year_after(
    gihan: Shell, folder: Path
) -> None:
    for year in 2031, 2032:
        text = f"{year}년 한별시 마을축제 추진계획\n\n행사장 정비는 {year}. 4. 20.까지 마칩니다.\n개막식 : {year}. 5. 4.\n"
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    assert "--accept-unread" in gihan("import", "2031.txt", "--yes", code=1)
    gihan("import", "2031.txt", "--yes", "--accept-unread")
    assert "문서 전체를 한 과제로" in gihan("forms", "list")
    assert "등록" in gihan("import", "2032.txt", "--yes")


def test_what_was_answered_is_used_listed_and_forgotten_but_never_by_a_dry_run(
    gihan: Shell, folder: Path, file: Path
) -> None:
    gihan("db", "upgrade")
    [form] = {str(one.form) for one in read_plan(file).tasks[0].asked}
    store = Store(f"sqlite:///{folder / 'gihan.db'}")
    with store.write() as session:
        forms.remember(Act(session, operator(NOW, "forms"), NOW), form, file.name, {forms.TIME: "일정"})
    store.close()

    assert "시기로 보이는 칸이 여럿" in gihan("import", str(file), "--dry-run")
    gihan("import", str(file), "--yes")
    assert "2031-05-02" in gihan("list", "--json")
    assert "시기는 ‘일정’ 칸" in gihan("forms", "list")
    assert "다음 문서부터 다시 여쭙겠습니다" in gihan("forms", "forget", "1")
    assert "기억해 둔 서식이 없습니다" in gihan("forms", "list")
    assert "서식 #1은 없습니다" in gihan("forms", "forget", "1", code=2)
    assert "문서 서식" in gihan("audit")
