"""By webhook, at the path that the address in the settings has, with the secret in a file."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.smoke.harness import Telegram, until
from tests.smoke.test_replicas import Replica, free_port

pytestmark = [pytest.mark.smoke, pytest.mark.long, pytest.mark.timeout(300)]


@pytest.mark.parametrize("path", ["/gihan/hook", "/", ""])
def test_updates_come_in_where_the_address_says(telegram: Telegram, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("s3cret\n", encoding="utf-8")
    port = free_port()
    settings = {
        "GIHAN_TELEGRAM__MODE": "webhook",
        "GIHAN_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}{path}",
        "GIHAN_TELEGRAM__WEBHOOK_SECRET_FILE": str(tmp_path / "secret"),
    }
    bot = Replica(telegram, tmp_path / "bot", f"sqlite:///{tmp_path / 'gihan.db'}", port, settings)
    bot.start()
    until(lambda: bot.health() == "ok (leader)", "the bot to serve")
    [person] = bot.link("허준", "--department", "기획예산과", "--role", "planner")
    assert person.ask("/help")["text"]
    assert httpx.post(f"{bot.url}{path or '/telegram'}", json={"update_id": 5}).status_code == 401
    assert bot.stop() == 0
