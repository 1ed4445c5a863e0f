"""The command line: exit codes, one line per error, JSON as the contract has it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.states import MilestoneState
from tests.shell import Shell

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "sandbox" / "sample" / "plan.txt"


@pytest.fixture
def stored(gihan: Shell) -> Shell:
    """The made-up plan is registered as an active one."""
    gihan("import", str(SAMPLE), "--yes", "--activate")
    return gihan


@pytest.mark.parametrize(
    "command",
    [
        *("run", "sandbox", "import", "invite", "handover", "list", "status", "rehearse", "doctor"),
        *("db", "backup", "restore"),
    ],
)
def test_every_command_has_help(gihan: Shell, command: str) -> None:
    assert "--help" in gihan(command, "--help")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("import",),
        ("import", "none.txt", "--yes"),
        ("list", "--state", "x"),
        ("invite",),
        ("invite", "없는이"),
        ("run",),
        ("sandbox", "--port", "99999"),
        ("list", "--config", "none.toml"),
        ("rehearse",),
        ("rehearse", "--from", "2026-01-01", "--to", "2025-01-01"),
        ("rehearse", "--from", "내일", "--to", "2026-01-01"),
        ("rehearse", "--from", "2026-01-01", "--to", "2026-02-01", "--picture", "없는 폴더/a.png"),
    ],
)
def test_wrong_use_is_one_clear_line_and_exit_2(gihan: Shell, arguments: tuple[str, ...]) -> None:
    error = gihan(*arguments, code=2)
    assert len(error.strip().splitlines()) == 1
    assert error.startswith("gihan: ")


def test_a_dry_run_prints_the_plan_as_json_and_stores_nothing(gihan: Shell) -> None:
    plan = json.loads(gihan("import", str(SAMPLE), "--dry-run", "--json"))
    assert {"plan_year", "title", "organisation", "tasks", "findings"} == set(plan)
    assert list(gihan.folder.iterdir()) == []


def test_importing_twice_changes_nothing(stored: Shell) -> None:
    before = stored("list", "--json")
    assert "바뀐 것이 없습니다" in stored("import", str(SAMPLE), "--yes")
    assert stored("list", "--json") == before


def test_importing_asks_before_it_writes(gihan: Shell) -> None:
    assert "--yes" in gihan("import", str(SAMPLE), code=2)
    assert json.loads(gihan("list", "--json")) == []  # the store is there, with nothing in it


def test_list_prints_the_contracts_keys(stored: Shell) -> None:
    rows = json.loads(stored("list", "--json"))
    keys = "id plan task_no task title department officers start due original_due precision state done_on progress delays"
    assert set(rows[0]) == set(keys.split())
    assert {row["state"] for row in rows} <= set(MilestoneState)


def test_list_filters(stored: Shell) -> None:
    rows = json.loads(stored("list", "--json", "--department", "일자리경제과", "--state", "planned"))
    assert rows
    assert {row["department"] for row in rows} == {"일자리경제과"}


def test_status_prints_the_contracts_keys_and_departments_add_up(stored: Shell) -> None:
    found = json.loads(stored("status", "--json"))
    counts = {"total", "done", "overdue", "due_today", "due_14_days", "on_hold", "before_start"}
    assert set(found) == {"as_of", "timezone", "tasks", "milestones", "departments"}
    assert set(found["milestones"]) == counts
    for key in counts:
        assert found["milestones"][key] == sum(one[key] for one in found["departments"])


def test_a_plan_of_a_past_year_is_archived_unless_said_otherwise(gihan: Shell, tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    text = (
        SAMPLE.read_text(encoding="utf-8")
        .replace("2026", "2019")
        .replace("2027", "2020")
        .replace("'26", "'19")
    )
    old.write_text(text, encoding="utf-8")
    assert "보관" in gihan("import", str(old), "--yes")
    assert json.loads(gihan("status", "--json"))["tasks"] == 0


def test_invite_json_has_the_contracts_keys(stored: Shell) -> None:
    [row] = json.loads(stored("invite", "심청", "--json"))
    assert set(row) == {"officer_id", "name", "department", "role", "code", "link", "expires_at"}
    assert row["role"] == "officer"


def test_inviting_all_gives_everybody_a_code_of_their_own(stored: Shell) -> None:
    rows = json.loads(stored("invite", "--all", "--json"))
    assert len({row["code"] for row in rows}) == len(rows) == 12


def test_an_ambiguous_name_lists_the_choices(stored: Shell) -> None:
    for department in ("일자리경제과", "복지돌봄과"):
        stored("invite", "김동명", "--department", department, "--role", "lead")
    error = stored("invite", "김동명", code=2)
    assert "일자리경제과 김동명" in error
    assert "복지돌봄과 김동명" in error
    stored("invite", "김동명", "--department", "복지돌봄과")


def test_doctor_tells_every_fault_with_what_mends_it(gihan: Shell) -> None:
    error = gihan("doctor", code=1)
    assert "gihan db upgrade" in error
    assert "GIHAN_TELEGRAM__TOKEN" in error


def test_doctor_names_an_unknown_country(gihan: Shell) -> None:
    assert "calendar.country" in gihan("doctor", code=1, GIHAN_CALENDAR__COUNTRY="XX")


def test_db_upgrade_makes_the_store_current(gihan: Shell) -> None:
    gihan("db", "upgrade")
    assert "db upgrade" not in gihan("doctor", code=1)


@pytest.mark.parametrize(
    "arguments", [("list",), ("status",), ("invite", "--all"), ("audit",), ("round", "list")]
)
def test_a_wrong_folder_is_no_empty_office(gihan: Shell, arguments: tuple[str, ...]) -> None:
    error = gihan(*arguments, code=2)
    assert "저장소가 없습니다" in error and str(gihan.folder) in error
    assert len(error.splitlines()) == 1
    assert list(gihan.folder.iterdir()) == []


def test_the_first_planner_can_be_invited_before_the_first_plan(gihan: Shell) -> None:
    planner = gihan("invite", "허준", "--department", "기획예산과", "--role", "planner", "--json")
    assert json.loads(planner)[0]["role"] == "planner"


SILENT = "postgresql://gihan:hidden-word@127.0.0.1:9/gihan"  # nobody listens there


@pytest.mark.parametrize(
    "arguments", [("list",), ("status", "--json"), ("db", "upgrade"), ("backup", "x.zip")]
)
def test_a_command_whose_store_does_not_answer_ends_with_75(gihan: Shell, arguments: tuple[str, ...]) -> None:
    error = gihan(*arguments, code=75, GIHAN_STORE__URL=SILENT)
    assert len(error.splitlines()) == 1
    assert "연결을 받지 않습니다" in error


@pytest.mark.open_door("D4")
def test_a_database_password_stands_in_no_error(gihan: Shell) -> None:
    for variables in ({}, {"GIHAN_TELEGRAM__API_BASE": "http://127.0.0.1:9"}):
        said = gihan("list", code=75, GIHAN_STORE__URL=SILENT, **variables)
        said += gihan("doctor", "--offline", code=1, GIHAN_STORE__URL=SILENT, **variables)
        assert "hidden-word" not in said
    wrong = gihan("list", code=2, GIHAN_STORE__URL="postgresql:/gihan:hidden-word@127.0.0.1")
    assert "hidden-word" not in wrong


def test_an_error_shows_how_an_address_is_written(stored: Shell) -> None:
    assert "mailtos://계정:비밀번호@" in stored("fallback", "심청", "nonsense", code=2)
    assert "postgresql://user@host/db" in stored("list", code=2, GIHAN_STORE__URL="x:y")


def test_an_unforeseen_error_is_told_without_its_words(
    stored: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("심청 has the hidden-word")

    monkeypatch.setattr("bot.cli.list.rows", broken)
    error = stored("list", code=1)
    assert "RuntimeError" in error and "hidden-word" not in error


def test_a_store_that_cannot_be_opened_is_one_line(gihan: Shell) -> None:
    error = gihan("list", code=2, GIHAN_STORE__URL="sqlite:////nonexistent/x.db")
    assert len(error.strip().splitlines()) == 1


def test_the_store_is_for_its_owner_only(gihan: Shell) -> None:
    gihan("db", "upgrade")
    assert (gihan.folder / "gihan.db").stat().st_mode & 0o077 == 0


def test_a_filter_that_nothing_bears_is_told_with_the_choices(stored: Shell) -> None:
    assert "일자리경제과" in stored("list", "--department", "없는과", code=2)
    assert "한별시 혁신 실행계획" in stored("status", "--plan", "없는 계획", code=2)


def test_a_piped_list_has_one_line_a_milestone(stored: Shell) -> None:
    assert len(stored("list").splitlines()) == len(json.loads(stored("list", "--json")))


def test_an_empty_form_is_made_filled_and_registered(gihan: Shell) -> None:
    gihan("import", "--template", "form.xlsx", "--year", "2030")
    assert "이미 있습니다" in gihan("import", "--template", "form.xlsx", code=2)
    gihan("import", "form.xlsx", "--yes")
    [row] = json.loads(gihan("list", "--json"))
    assert (row["title"], row["due"]) == ("설계 용역 착수", "2030-07-31")


def test_an_officer_whom_no_plan_names_is_invited_with_department_and_role(stored: Shell) -> None:
    known = "도로과"
    assert "역할을 함께" in stored("invite", "홍두깨", "--department", known, code=2)
    [row] = json.loads(stored("invite", "홍두깨", "--department", known, "--role", "officer", "--json"))
    assert (row["name"], row["department"], row["role"]) == ("홍두깨", known, "officer")


def test_tasks_are_printed_one_a_line_and_have_no_state(stored: Shell) -> None:
    lines = stored("list", "--tasks").splitlines()
    assert len(lines) == len(json.loads(stored("list", "--tasks", "--json")))
    assert all(one.startswith("#") for one in lines)
    assert "--tasks" in stored("list", "--tasks", "--state", "done", code=2)


def test_inviting_all_leaves_other_roles_invites_good(stored: Shell) -> None:
    stored("invite", "심청", "--role", "lead")
    rows = json.loads(stored("invite", "--all", "--json"))
    assert "심청" not in {row["name"] for row in rows}


def test_the_program_alone_shows_its_help(gihan: Shell, tmp_path: Path) -> None:
    assert "Traceback" not in gihan(code=2)


def test_status_in_detail_is_what_chat_shows(stored: Shell, tmp_path: Path) -> None:
    plain = json.loads(stored("status", "--json"))
    target = tmp_path / "status.png"
    found = json.loads(stored("status", "--detail", "--json", "--picture", str(target)))
    assert {key: found[key] for key in plain if key != "as_of"} == {
        key: plain[key] for key in plain if key != "as_of"
    }
    assert len(found["late"]) == found["milestones"]["overdue"] - found["milestones"]["before_start"]
    assert len(found["next_14_days"]) == found["milestones"]["due_14_days"]
    assert target.read_bytes().startswith(b"\x89PNG")


def test_status_of_one_scope(stored: Shell) -> None:
    whole = json.loads(stored("status", "--json"))
    part = json.loads(stored("status", "--json", "--scope", "일자리경제과"))
    assert [one["name"] for one in part["departments"]] == ["일자리경제과"]
    assert part["departments"][0] in whole["departments"]
    assert "없습니다" in stored("status", "--scope", "없는과", code=2)


def test_understand_prints_the_contracts_keys(gihan: Shell) -> None:
    said = gihan("understand", "121 2주 연기 의회 일정", "--now", "2026-11-21T09:00", "--json")
    assert json.loads(said) == {
        "intent": "delay",
        "ids": [121],
        "date": None,
        "shift": {"days": 14, "months": 0},
        "percent": None,
        "note": None,
        "reason": "의회 일정",
        "question": None,
        "acts": True,
    }


def test_understand_counts_from_the_organisations_day(gihan: Shell) -> None:
    said = gihan("understand", "121 모레까지 연기", "--now", "2026-11-23T20:00:00+00:00")
    assert "2026. 11. 26.(목)" in said


@pytest.mark.parametrize("arguments", [("완료", "--now", "어제"), ("완료", "--jsn"), ()])
def test_understand_refuses_what_it_cannot_read(gihan: Shell, arguments: tuple[str, ...]) -> None:
    gihan("understand", *arguments, code=2)


def test_a_year_is_rehearsed_as_text_json_and_picture(stored: Shell) -> None:
    span = ("rehearse", "--from", "2026-01-01", "--to", "2026-12-31")
    found = json.loads(stored(*span, "--json", "--picture", "예행.png"))
    assert found["messages"] == sum(one["messages"] for one in found["days"])
    assert found["messages"] == sum(one["messages"] for one in found["people"]) > 0
    assert found["lines"] == sum(one["lines"] for one in found["rules"])
    assert (stored.folder / "예행.png").read_bytes().startswith(b"\x89PNG")
    text = stored(*span, "--on-time")
    assert "가장 바쁜 날" in text
    assert "모두 기한 날에 마칠 때" in text
