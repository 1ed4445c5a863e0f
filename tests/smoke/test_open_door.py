"""Nothing that comes in stops the bot: odd updates, and messages that end or hold the process they are handled in."""

from __future__ import annotations

import base64
import json
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from textwrap import dedent

import pytest

from tests.smoke.conftest import SAMPLE_PLAN
from tests.smoke.harness import Office, Person, Telegram, until
from tests.smoke.test_replicas import free_port

pytestmark = [pytest.mark.smoke, pytest.mark.long]

FROM = {"id": 77, "is_bot": False, "first_name": "홍길동"}
PRIVATE = {"message_id": 1, "date": 1, "chat": {"id": 77, "type": "private"}, "from": FROM, "text": "/my"}
ODD = [
    '{"update_id": $ID, "message": {"text": "남몰래 적은 말"}}',
    json.dumps({"update_id": 0, "message": PRIVATE | {"chat": {"id": 1 << 70, "type": "private"}}}),
    json.dumps({"update_id": 0, "message": PRIVATE | {"date": 1 << 60}}),
    json.dumps({"update_id": 1 << 70, "message": PRIVATE}),
    '{"update_id": $ID, "message": ' + "[" * 100_000 + "]" * 100_000 + "}",
    '{"update_id": $ID, "message": ' + "9" * 5000 + "}",
    '{"update_id": $ID, "callback_query": {"id": "1"}}',
    '{"message": {"text": "남몰래 적은 말"}}',
    "[]",
]


def hooked(telegram: Telegram, folder: Path) -> Office:
    """A bot that is brought its updates by webhook."""
    port = free_port()
    settings = {
        "GIHAN_TELEGRAM__MODE": "webhook",
        "GIHAN_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "GIHAN_TELEGRAM__WEBHOOK_SECRET": "s3cret",
        "GIHAN_WEB__LISTEN": f"127.0.0.1:{port}",
    }
    return Office(telegram, folder, variables=settings)


@contextmanager
def running(office: Office) -> Iterator[Office]:
    office.start()
    try:
        office.gihan("import", str(SAMPLE_PLAN), "--yes")
        yield office
    finally:
        if office.run_process is not None and office.run_process.poll() is None:
            office.stop()


@pytest.mark.open_door("B2", "kind B")
@pytest.mark.parametrize("way", [Office, hooked], ids=["polling", "webhook"])
def test_updates_that_nobody_can_read_stop_nobody(
    telegram: Telegram, tmp_path: Path, way: Callable[[Telegram, Path], Office]
) -> None:
    with running(way(telegram, tmp_path)) as city:
        [person] = city.link("심청")
        for text in ODD:
            telegram.post("updates", text=text.replace('"update_id": 0', '"update_id": $ID'))
        person.ask("/my")
        assert person.ask("/help")
        assert "남몰래" not in city.log.read_text()
        assert "CRITICAL" not in city.log.read_text()


FINDER = """
import sys
from importlib.machinery import PathFinder


class Finder:
    def find_spec(self, name, path, target=None):
        if name not in FAULTY:
            return None
        spec = PathFinder.find_spec(name, path, target)
        run = spec.loader.exec_module
        spec.loader.exec_module = lambda module: (run(module), put(module))
        return spec


sys.meta_path.insert(0, Finder())
"""


def poisoned(folder: Path, code: str) -> dict[str, str]:
    """Settings with which every Python process does as if our own code had the fault that `put` of the code puts into
    the modules it calls FAULTY."""
    (folder / "poison").mkdir()
    (folder / "poison" / "sitecustomize.py").write_text(dedent(code) + FINDER, encoding="utf-8")
    return {"PYTHONPATH": str(folder / "poison")}


FREEZES = """
    import re

    FAULTY = {"bot.routing.talk", "bot.ops.switch"}

    def put(module):
        if module.__name__ == "bot.routing.talk":
            plain = module.speak

            def speak(turn, text):
                if text == "얼어라":
                    re.match("(a*)*b", "a" * 40)
                plain(turn, text)

            module.speak = speak
        if module.__name__ == "bot.ops.switch":
            module.AFTER_S = 3.0
"""


def ended(office: Office) -> bool:
    assert office.run_process is not None
    return office.run_process.poll() is not None


@pytest.mark.open_door("B1")
@pytest.mark.timeout(400)
def test_a_message_that_freezes_the_interpreter_is_given_up_at_the_third_start(
    telegram: Telegram, tmp_path: Path
) -> None:
    """The process ends itself, with no lock to wait for; whoever starts it again is the unit."""
    city = Office(telegram, tmp_path, variables=poisoned(tmp_path, FREEZES))
    with running(city):
        frozen, other = city.link("심청")[0], city.link("이몽룡")[0]
        told = len(frozen.received())
        frozen.write("얼어라")
        for _ in range(2):
            until(lambda: ended(city), "the frozen process to end itself")
            city.start()
        other.ask("/my")
        frozen.wait_for(told + 1)
        assert "그만두었으니" in frozen.received()[-1]["text"]
        assert frozen.ask("/my")
        assert "action=given-up" in city.log.read_text()
        assert "얼어라" not in city.log.read_text()


@pytest.mark.open_door("B1")
def test_a_process_that_was_stopped_goes_on(telegram: Telegram, tmp_path: Path) -> None:
    """The switch, here of three seconds, counts processor time: who is made to stand still uses none."""
    with running(Office(telegram, tmp_path, variables=poisoned(tmp_path, FREEZES))) as city:
        assert city.run_process is not None
        [person] = city.link("심청")
        city.run_process.send_signal(signal.SIGSTOP)
        time.sleep(5)
        city.run_process.send_signal(signal.SIGCONT)
        assert person.ask("/my")
        assert not ended(city)


@pytest.mark.open_door("B1")
def test_nine_numbers_in_one_message_keep_nobody_waiting(city: Office) -> None:
    one: Person = city.link("심청")[0]
    other = city.link("이몽룡")[0]
    before = len(one.received())
    one.write("112 115 118 121 124 127 130 133 136 139 142 145 완료했습니다")
    assert other.ask("/my")
    one.wait_for(before + 1)


DIES_OF_DOCUMENTS = """
    import os, signal

    FAULTY = {"bot.intake.fetch_document"}

    def put(module):
        plain = module.Documents.fetch

        async def fetch(self, update):
            if update.message is not None and update.message.document is not None:
                os.kill(os.getpid(), signal.SIGKILL)
            return await plain(self, update)

        module.Documents.fetch = fetch
"""


@pytest.mark.open_door("B5", "B6")
def test_a_document_that_ends_the_process_is_given_up_at_the_third_start(
    telegram: Telegram, tmp_path: Path
) -> None:
    city = Office(telegram, tmp_path, variables=poisoned(tmp_path, DIES_OF_DOCUMENTS))
    with running(city):
        sender, other = city.link("심청")[0], city.link("이몽룡")[0]
        told = len(sender.received())
        content = base64.b64encode("2026년 계획".encode()).decode()
        telegram.post("documents", person=sender.id, name="계획.txt", content_base64=content)
        for _ in range(2):
            until(lambda: ended(city), "the process to be ended")
            city.start()
        sender.wait_for(told + 1)
        assert "그만두었으니" in sender.received()[-1]["text"]
        assert other.ask("/my")
        assert "GivenUp" in doctor(city)


def doctor(city: Office) -> str:
    """What it says of faults and advice; there is no planning office yet, which is a fault."""
    return city.gihan("doctor", "--offline", code=1)


@pytest.mark.open_door("B3")
@pytest.mark.parametrize("telegram", ["2026-06-29T08:00:00+09:00"], indirect=True)
def test_a_milestone_that_nobody_can_work_out_stops_no_reminder(city: Office) -> None:
    people = city.link("--all")
    with closing(sqlite3.connect(city.folder / "gihan.db")) as store, store:
        [(broken,)] = store.execute(
            "SELECT id FROM milestone WHERE state = 'planned' AND due_on >= '2026-06-29' ORDER BY due_on LIMIT 1"
        )
        store.execute(
            "UPDATE milestone SET remind_from = NULL, next_remind_on = '2026-06-29' WHERE id = ?", [broken]
        )
    before = sum(len(one.received()) for one in people)
    city.telegram.move_to("2026-06-29T09:15:00+09:00")
    city.telegram.move_to("2026-06-30T09:15:00+09:00")
    assert sum(len(one.received()) for one in people) > before
    assert f"#{broken}" in doctor(city)


DIES_OF_ITS_ANSWER = """
    import os, signal

    FAULTY = {"bot.digest.daily_message"}

    def put(module):
        plain = module.DigestRenderer.__call__

        def render(self, session, delivery, now):
            if "죽어라" in str(delivery.payload):
                os.kill(os.getpid(), signal.SIGKILL)
            return plain(self, session, delivery, now)

        module.DigestRenderer.__call__ = render
"""


@pytest.mark.open_door("B1")
def test_a_message_that_ends_the_process_while_it_is_written_is_given_up(
    telegram: Telegram, tmp_path: Path
) -> None:
    with running(Office(telegram, tmp_path, variables=poisoned(tmp_path, DIES_OF_ITS_ANSWER))) as city:
        asking, other = city.link("심청")[0], city.link("이몽룡")[0]
        asking.write("/find 죽어라")
        for _ in range(2):
            until(lambda: ended(city), "the process to be ended")
            city.start()
        assert other.ask("/my")
        assert asking.ask("/my")
        until(lambda: "action=render-failed" in city.log.read_text(), "the message to be refused")
        assert "죽어라" not in city.log.read_text()


DIES_OF_A_MILESTONE = """
    import os, signal

    FAULTY = {"jobs.owed.scan"}

    def put(module):
        plain = module.owed_until

        def owed_until(timeline, *others):
            if str(timeline.due) == "2026-07-05":
                os.kill(os.getpid(), signal.SIGKILL)
            return plain(timeline, *others)

        module.owed_until = owed_until
"""


@pytest.mark.open_door("B3")
@pytest.mark.parametrize("telegram", ["2026-06-29T08:00:00+09:00"], indirect=True)
def test_a_milestone_that_ends_the_process_stops_no_reminder(telegram: Telegram, tmp_path: Path) -> None:
    with running(Office(telegram, tmp_path, variables=poisoned(tmp_path, DIES_OF_A_MILESTONE))) as city:
        people = city.link("--all")
        deadly = made_due(city, "2026-07-05")
        before = sum(len(one.received()) for one in people)
        with ThreadPoolExecutor() as pool:
            moving = pool.submit(telegram.move_to, "2026-06-29T09:15:00+09:00")
            for _ in range(3):
                until(lambda: ended(city), "the process to be ended")
                city.start()
            moving.result()
        assert sum(len(one.received()) for one in people) > before
        assert f"#{deadly}" in doctor(city)


def made_due(city: Office, day: str) -> int:
    """A milestone that now is due on that day, the only one, to be looked at next time."""
    with closing(sqlite3.connect(city.folder / "gihan.db")) as store, store:
        store.execute("UPDATE milestone SET due_on = date(due_on, '+1 day') WHERE due_on = ?", [day])
        [(number,)] = store.execute(
            "SELECT id FROM milestone WHERE state = 'planned' AND precision = 'day' AND due_on > '2026-07-01' LIMIT 1"
        )
        store.execute(
            "UPDATE milestone SET due_on = ?, next_remind_on = '2026-06-29' WHERE id = ?", [day, number]
        )
    return int(number)
