"""Two frozen quarters with corrections and a half-answered one, as the program had them before rounds had names: every figure
that it printed is printed after the migration; what it printed lies beside the store."""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from bot.rounds import publish
from reports import checks
from reports.period import Period
from reports.quarterly.material import material_of
from reports.settings import RoundSettings
from store.db import schema
from store.db.engine import Store
from store.models import AskAnswer, ChatLink, Officer, Round, Task
from tests.bot.chat import SEOUL, Chat

KEPT = Path(__file__).parents[1] / "store" / "releases" / "rounds-0043"
AT = datetime(2026, 12, 1, tzinfo=SEOUL)
LEFT_ON = date(2026, 10, 2)  # the day on which that store was left
PLANNER = "최기획"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture
def are_migrations_run() -> bool:
    """They are what is tested here."""
    return True


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    path = tmp_path / "gihan.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(gzip.decompress(KEPT.with_suffix(".sql.gz").read_bytes()).decode())
    store = Store(f"sqlite:///{path}")
    schema.upgrade(store)
    store.close()
    made = Chat(tmp_path, store_url=f"sqlite:///{path}")
    with made.store.read() as session:
        links = select(Officer.name, ChatLink.chat_id).join(Officer, Officer.id == ChatLink.officer_id)
        made.people.update((name, chat_id) for name, chat_id in session.execute(links))
    made._update_id = made._message_id = 100_000  # behind all that the store has handled
    made.clock.forward(days=(LEFT_ON - made.clock.now().date()).days)
    yield made
    made.store.close()


def figures(office: Chat) -> dict[str, list[str]]:
    """What status, results in each form, the papers of the meeting and the rounds print, as figures."""
    found = {}
    with office.store.read() as session:
        for quarter in (1, 2):
            period = Period(2026, quarter)
            result = publish.result_of(session, period, RoundSettings(), "한별시", AT, "Asia/Seoul")
            for ending in (".html", ".txt"):
                found[f"{quarter}{ending}"] = _of(publish.form_of(ending)(result).decode())
            found[f"{quarter}.xlsx"] = _of(_cells(publish.form_of(".xlsx")(result)))
        for quarter in (1, 2, 3):
            papers = material_of(session, Period(2026, quarter), "한별시", AT, "Asia/Seoul")
            assert papers is not None
            found[f"material {quarter}"] = _of(_cells(publish.material_sheet(papers)))
    for said in ("/status", "/report 2026Q1", "/report 2026Q2", "/round", "/check"):
        found[said] = _of(office.say(PLANNER, said)[0])
    return found


def _of(text: str) -> list[str]:
    return _FIGURE.findall(text)


def _cells(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    values = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(one) for one in values if one is not None)


def test_every_figure_is_printed_as_it_was(office: Chat) -> None:
    assert figures(office) == json.loads(KEPT.with_suffix(".json").read_text(encoding="utf-8"))


def test_a_sweep_beside_the_half_answered_quarter_changes_no_figure_of_the_settled_ones(office: Chat) -> None:
    before = figures(office)
    office.say(PLANNER, "/round 총점검 10.20 10.27 기준 10.1")
    office.tap(PLANNER, "입력 시작")
    after = figures(office)
    assert {key for key in before if before[key] != after[key]} <= {"/status", "/round", "/check"}
    assert before["/round"] == after["/round"][: len(before["/round"])]


def test_rounds_that_were_asked_before_have_their_place_among_what_is_asked(office: Chat) -> None:
    with office.store.read() as session:
        found = checks.summaries(session, office.clock.now(), SEOUL)
        every = session.scalars(select(Round)).all()
    assert [(one.no, one.answered, one.respondents, one.state) for one in found] == [
        (3, 2, 5, "open"),
        (2, 5, 5, "frozen"),
        (1, 5, 5, "frozen"),
    ]
    assert {one.name for one in every} == {""}


def test_the_half_answered_quarter_goes_on_where_it_stood(office: Chat) -> None:
    with office.store.read() as session:
        of = session.scalars(select(Round).where(Round.quarter == 3)).one()
        shown = checks.whole(session, of, office.clock.now(), SEOUL)
    assert [one.state for one in shown.rows].count("asked") == 3
    assert sum(one.state != "asked" for one in shown.rows) == shown.answered == 2
    with office.store.read() as session:
        number = session.scalars(select(Task.id).where(Task.title == "대기 측정망")).one()
    assert "확인하였습니다" in office.say("정팀장", f"/check {number} 확인")[0]


@pytest.fixture(params=["sqlite", "postgres"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store without any table, on both databases."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'gihan.db'}"
        if request.param == "postgres":
            url = stack.enter_context(request.getfixturevalue("postgres_server").database(is_empty=True))
        store = Store(url)
        stack.callback(store.close)
        yield store


def test_rows_of_before_are_there_after_each_migration_that_alters_their_tables(bare: Store) -> None:
    with bare.writer.begin() as connection:
        schema.upgrade_on(connection, "0040")
        connection.exec_driver_sql("INSERT INTO department (id, name) VALUES (1, '도로과')")
        connection.exec_driver_sql(
            "INSERT INTO ask (id, title, kind, steps, state, form, scope, rows_least, opens_on, due_on, first_due_on, opened_at)"
            " VALUES (7, '수요조사', 'collection', '[]', 'open', '{}', '{}', 1, '2026-07-01', '2026-07-20', '2026-07-20',"
            " '2026-07-01 00:00:00.000000')"
        )
        connection.exec_driver_sql(
            "INSERT INTO ask_answer (id, ask_id, department_id, position, state, version, is_on_behalf, revision)"
            " VALUES (3, 7, 1, 1, 'asked', 0, false, 1)"
        )
        for number, quarter, origin in ((4, 1, "imported"), (5, 2, "played"), (6, 3, "played")):
            connection.exec_driver_sql(
                "INSERT INTO review_round (id, year, quarter, origin, state, as_of_on, scope, steps, claims, settings, opened_at)"
                f" VALUES ({number}, 2026, {quarter}, '{origin}', 'frozen', '2026-06-30', '{{}}', '[]', '[]', '{{}}',"
                f" '2026-0{quarter}-01 00:00:00.000000')"
            )
    schema.upgrade(bare)
    with bare.read() as session:
        answers = [(one.ask_id, one.ask.title) for one in session.scalars(select(AskAnswer))]
        rounds = [(one.id, one.name, one.number) for one in session.scalars(select(Round).order_by(Round.id))]
    assert answers == [(7, "수요조사")]
    assert rounds == [(4, "", None), (5, "", 8), (6, "", 9)]  # what was asked here follows the requests
    if bare.writer.dialect.name == "sqlite":
        with bare.writer.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
