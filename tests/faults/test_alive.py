"""Alive means that the bot hears and speaks: what health, log and the admin chat say when it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.faults.asked import asker, log_of
from tests.smoke.conftest import SAMPLE_PLAN
from tests.smoke.harness import TOKEN, Office, Person, Telegram, until

pytestmark = [pytest.mark.smoke, pytest.mark.long, pytest.mark.timeout(400), pytest.mark.open_door("kind C")]

LONG_S = 150.0


class Watched(Office):
    """An office with an admin chat."""

    admin: Person
    web: str

    def open(self, chat_id: int | None = None) -> None:
        self.admin = Person(self.telegram, self.telegram.post("persons", name="운영자", started=True)["id"])
        self.variables |= {"GIHAN_OPERATION__ADMIN_CHAT_ID": str(chat_id or self.admin.id)}
        self.start()
        found = until(lambda: re.search(r"action=started .*web=(\S+)", log_of(self)), "the bot to start")
        self.web = found[1]
        until(lambda: self.health().startswith("ok"), "the bot to be well")

    def health(self) -> str:
        with suppress(httpx.TransportError):
            return httpx.get(f"{self.web}/healthz", trust_env=False, timeout=20).text
        return ""

    def becomes(self, word: str) -> str:
        """Health, once it begins with the word."""
        return until(lambda: found if (found := self.health()).startswith(word) else None, word, LONG_S)

    def told(self, words: str) -> int:
        """How often the admin chat was told so."""
        return sum(words in one["text"] for one in self.admin.received())


@pytest.fixture
def office(telegram: Telegram, tmp_path: Path) -> Iterator[Watched]:
    found = Watched(telegram, tmp_path)
    yield found
    telegram.client.delete("/sandbox/faults")
    if found.run_process is not None and found.run_process.poll() is None:
        assert found.stop() == 0


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (
            {"kind": "error", "code": 401, "description": "Unauthorized", "times": 0},
            "does not accept the token",
        ),
        ({"kind": "conflict", "times": 0}, "another program asks for updates"),
    ],
)
def test_two_minutes_of_refused_polling_are_told_once_and_once_when_over(
    office: Watched, fault: dict[str, Any], reason: str
) -> None:
    office.open()
    office.telegram.post("faults", method="getUpdates", for_s=120, **fault)
    assert reason in office.becomes("deaf")
    until(lambda: office.told("받지 못하고"), "the admin chat to be told")
    office.becomes("ok")
    until(lambda: office.told("다시 메시지를 받습니다"), "the end to be told")
    assert (office.told("받지 못하고"), office.told("다시 메시지를 받습니다")) == (1, 1)


def test_a_foreign_webhook_is_named_as_what_it_is(office: Watched) -> None:
    office.open()
    api = f"{office.telegram.url}/bot{TOKEN}"
    httpx.post(f"{api}/setWebhook", json={"url": "http://127.0.0.1:9/theirs"}, trust_env=False)
    assert "a webhook for this token" in office.becomes("deaf")
    assert "action=poll-conflict kind=webhook" in log_of(office)
    until(lambda: office.told("웹훅을 걸었습니다"), "the admin chat to be told")
    httpx.post(f"{api}/deleteWebhook", trust_env=False)
    office.becomes("ok")


def test_who_is_refused_when_speaking_is_mute(office: Watched) -> None:
    office.open()
    office.gihan("import", str(SAMPLE_PLAN), "--yes")
    one = asker(office)
    rule = {"kind": "error", "code": 401, "description": "Unauthorized", "times": 0, "for_s": 120}
    office.telegram.post("faults", method="sendMessage", **rule)
    one.ask()
    assert "does not accept the token" in office.becomes("mute")
    office.becomes("ok")
    one.wait_for_all()
    until(lambda: office.told("다시 나갑니다"), "the end to be told")


@pytest.mark.open_door("kind K")
def test_the_alarms_follow_a_group_that_becomes_a_supergroup(office: Watched) -> None:
    person = office.telegram.post("persons", name="운영자 둘", started=True)["id"]
    group = office.telegram.post("groups", title="운영", members=[person])["id"]
    office.open(group)
    moved = office.telegram.post("groups/migrate", chat=group)["id"]
    office.telegram.post("faults", method="getUpdates", kind="conflict", times=0, for_s=90)
    until(lambda: office.telegram.sends(moved), "the alarm in the supergroup", LONG_S)
    assert f"action=admin-chat-moved chat={moved}" in log_of(office)


@pytest.mark.open_door("D2")
@pytest.mark.parametrize(("is_replaced", "code"), [(False, 2), (True, 75)])
def test_nothing_is_confirmed_into_a_store_that_is_gone(
    office: Watched, *, is_replaced: bool, code: int
) -> None:
    office.open()
    office.gihan("import", str(SAMPLE_PLAN), "--yes")
    [person] = office.link("심청")
    number = next(one["id"] for one in office.json("list") if one["state"] == "planned")
    store = office.folder / "gihan.db"
    copy = store.read_bytes()
    store.unlink()
    if is_replaced:
        store.write_bytes(copy)
    person.write(f"/done {number}")
    assert office.run_process is not None
    assert office.run_process.wait(60) == code
    assert not any(one["text"].startswith("✅") for one in person.received())
    assert "gihan.db" in log_of(office).splitlines()[-1]
    assert office.told("봇이 끝났습니다") == 1


@pytest.mark.open_door("kind K")
def test_a_proxy_of_the_surroundings_is_not_asked_for_the_way_to_this_machine(office: Watched) -> None:
    office.variables |= dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
    office.open()
    office.gihan("import", str(SAMPLE_PLAN), "--yes")
    one = asker(office)
    one.ask()
    one.wait_for_all()
