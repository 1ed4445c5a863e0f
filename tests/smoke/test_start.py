"""The start of a bot whose database, port, lock or network is not there yet: it waits, says for what, and goes on."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests import postgres
from tests.smoke.harness import Office, Telegram, until
from tests.smoke.test_replicas import Replica, free_port

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(300)]
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def other(telegram: Telegram, tmp_path: Path) -> Iterator[Replica]:
    """A machine whose bot has not been started."""
    found = Replica(telegram, tmp_path / "other", f"sqlite:///{tmp_path / 'other.db'}", free_port(), {})
    yield found
    if found.run_process is not None and found.run_process.poll() is None:
        assert found.stop() == 0


def waits(one: Replica) -> list[str]:
    """The causes that the log tells."""
    return re.findall(r"action=waiting kind=(\S+) cause=\S", one.log.read_text(encoding="utf-8"))


def livez(one: Replica) -> int:
    return httpx.get(f"{one.url}/livez", timeout=30).status_code


@pytest.mark.long
def test_a_database_that_comes_up_after_the_bot_is_waited_for(other: Replica, tmp_path: Path) -> None:
    port = free_port()
    other.variables["GIHAN_STORE__URL"] = f"postgresql://{postgres.SUPERUSER}@127.0.0.1:{port}/postgres"
    other.start()
    until(lambda: (other.health() or "").startswith("store"), "the store to be missed")
    assert livez(other) == 200
    assert waits(other) == ["ECONNREFUSED"]
    try:
        with postgres.running(tmp_path, port):
            until(lambda: "upgrade" in (other.health() or ""), "the missing tables to be told")
            other.gihan("db", "upgrade")
            until(lambda: other.health() == "ok (leader)", "the bot to serve")
            assert other.stop() == 0
    except postgres.NoServerError as reason:
        pytest.skip(f"PostgreSQL: {reason}")


def test_a_second_run_takes_over_when_the_first_one_ends(city: Office, other: Replica) -> None:
    [person] = city.link("심청")
    other.variables["GIHAN_STORE__URL"] = f"sqlite:///{city.folder / 'gihan.db'}"
    other.start()
    until(lambda: waits(other), "the lock to be told")
    assert (waits(other), (other.health() or "").split()[0]) == (["lock"], "connecting")
    assert city.stop() == 0
    assert person.ask("/help")["text"]


def test_a_port_that_is_taken_is_waited_for(other: Replica) -> None:
    with socket.create_server(("127.0.0.1", int(other.url.rpartition(":")[2]))):
        other.start()
        until(lambda: waits(other), "the port to be told")
        assert waits(other) == ["port"]
    until(lambda: other.health() == "ok (leader)", "the bot to serve")


def test_whoever_has_the_port_on_the_same_store_is_told_as_the_other_run(other: Replica) -> None:
    other.start()
    until(lambda: other.health() == "ok (leader)", "the bot to serve")
    assert "이미 실행 중인 gihan run" in other.gihan("run", "--wait", "0", code=75)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GIHAN_TELEGRAM__API_BASE", NOBODY),
        ("GIHAN_STORE__URL", "postgresql://gihan@no-such-host.invalid/gihan"),
        ("GIHAN_STORE__URL", "postgresql://gihan@127.0.0.1:9/gihan"),
    ],
)
def test_the_end_is_obeyed_at_once_while_waiting(other: Replica, variable: str, value: str) -> None:
    other.variables[variable] = value
    other.start()
    until(lambda: waits(other), "the wait to be told")
    assert other.stop() == 0
    assert len(waits(other)) == 1


def test_a_wait_that_ran_out_ends_with_75(other: Replica) -> None:
    other.variables["GIHAN_TELEGRAM__API_BASE"] = NOBODY
    assert "--wait" in other.gihan("run", "--wait", "1", code=75)


def test_a_token_that_is_refused_at_the_start_ends_with_2(other: Replica) -> None:
    other.variables["GIHAN_TELEGRAM__TOKEN"] = "1234567:another-token-that-is-not-the-bots"
    assert "telegram.token" in other.gihan("run", code=2)


def test_a_wrong_password_role_or_database_ends_with_2(
    other: Replica, postgres_server: postgres.Server
) -> None:
    run = postgres_server.run
    run(sql.SQL("DROP ROLE IF EXISTS careful"))
    run(sql.SQL("CREATE ROLE careful LOGIN PASSWORD 'right'"))
    file = sql.Literal(postgres_server.admin.execute("SHOW hba_file").fetchall()[0][0])
    lines = "host all careful all scram-sha-256", "host all all all trust", "local all all trust"
    rules = sql.SQL(", ").join(sql.SQL("({})").format(sql.Literal(line)) for line in lines)
    run(sql.SQL("COPY (VALUES {}) TO {}").format(rules, file))
    run(sql.SQL("SELECT pg_reload_conf()"))
    url = make_url(postgres_server.url)
    for wrong in (
        url.set(username="careful", password="wrong"),
        url.set(username="no_such_role"),
        url.set(database="no_such_database"),
    ):
        other.variables["GIHAN_STORE__URL"] = wrong.render_as_string(hide_password=False)
        assert len(other.gihan("run", code=2).strip().splitlines()) == 2  # where it listens, and why it ends
        other.gihan("list", code=2)
