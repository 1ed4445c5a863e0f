"""A running bot as the operator sees it: health, metrics, log, backup, and what it asks of Telegram."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.smoke.harness import TOKEN, Office, Telegram, until

pytestmark = pytest.mark.smoke


def address(office: Office) -> str:
    """Where the running bot serves, as its log says."""

    def look() -> str | None:
        found = re.search(r"action=started .*web=(\S+)", office.log.read_text(encoding="utf-8"))
        return found[1] if found else None

    return until(look, "the bot to start")


def test_a_day_as_the_operator_sees_it(telegram: Telegram, city: Office) -> None:
    [person] = city.link("심청")
    person.ask("/my")
    telegram.move_to("2026-06-30T09:10:00+09:00")
    web = address(city)
    until(lambda: httpx.get(f"{web}/healthz").status_code == 200, "the first tick to be known")
    assert re.search(r'gihan_sent_total\{kind="reply"\} [1-9]', httpx.get(f"{web}/metrics").text)
    city.gihan("backup", "live.zip")
    assert "gihan run" in city.gihan("restore", "live.zip", "--force", code=2)
    calls = telegram.get("calls", method="deleteWebhook")["calls"]
    assert calls
    assert not any(str(one["params"].get("drop_pending_updates", "")).lower() == "true" for one in calls)
    log = city.log.read_text(encoding="utf-8")
    names = {each["name"] for row in city.json("list") for each in row["officers"]}
    titles = {row["title"] for row in city.json("list")} | {row["task"] for row in city.json("list")}
    assert [word for word in names | titles | {TOKEN} if word in log] == []
    assert [line for line in log.splitlines() if "action=" not in line] == []


def test_after_a_restore_the_bot_goes_on(telegram: Telegram, city: Office) -> None:
    [person] = city.link("심청")
    person.ask("/my")
    city.gihan("backup", "live.zip")
    assert city.stop() == 0
    city.gihan("restore", "live.zip", "--force")
    city.start()
    assert person.ask("/help")["text"]
