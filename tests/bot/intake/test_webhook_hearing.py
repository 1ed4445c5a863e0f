"""By webhook: whether Telegram's updates reach us, from what it says of the webhook."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from telegram import WebhookInfo
from telegram.error import InvalidToken, TimedOut

from bot.intake import webhook_registration
from bot.intake.webhook_registration import Hearing
from bot.settings import TelegramSettings
from jobs.pulse import Sense

OURS = "https://bot.example.kr/telegram"
EARLY = datetime(2026, 6, 30, 0, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.open_door("kind C")


def info(error: datetime | None = None, url: str = OURS) -> WebhookInfo:
    return WebhookInfo(url, False, 0, last_error_date=error)


def test_our_address_without_an_error_is_heard() -> None:
    assert Hearing(OURS, None, None).cause(info(), None) is None


@pytest.mark.parametrize("url", ["", "https://theirs.example/telegram"])
def test_another_address_or_none_is_a_foreign_webhook(url: str) -> None:
    assert Hearing(OURS, None, None).cause(info(url=url), None) == "webhook"


def test_an_error_from_before_we_began_does_not_count() -> None:
    hearing = Hearing(OURS, EARLY, None)
    assert hearing.cause(info(EARLY), None) is None
    assert hearing.cause(info(EARLY + MINUTE), None) == "address"


def test_an_error_counts_only_until_an_update_reaches_us() -> None:
    hearing = Hearing(OURS, None, EARLY)
    assert hearing.cause(info(EARLY + MINUTE), EARLY) == "address"
    assert hearing.cause(info(EARLY + MINUTE), EARLY + 2 * MINUTE) is None
    assert hearing.cause(info(EARLY + MINUTE), EARLY + 2 * MINUTE) is None
    assert hearing.cause(info(EARLY + 3 * MINUTE), EARLY + 2 * MINUTE) == "address"


class Hook:
    """A bot whose getWebhookInfo answers in turn; then it is over."""

    def __init__(self, *answers: WebhookInfo | Exception) -> None:
        self.answers = list(answers)

    async def set_webhook(self, *_: object, **__: object) -> bool:
        return True

    async def get_webhook_info(self) -> WebhookInfo:
        if not self.answers:
            raise asyncio.CancelledError
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (info(), ""),
        (info(url=""), "webhook"),
        (info(EARLY), "address"),
        (TimedOut(), "network"),
        (InvalidToken(), "token"),
    ],
)
def test_what_telegram_says_is_known_to_health(
    monkeypatch: pytest.MonkeyPatch, answer: WebhookInfo | Exception, cause: str
) -> None:
    monkeypatch.setattr(webhook_registration, "LOOK_EVERY_S", 0.0)
    sense = Sense()
    settings = TelegramSettings(mode="webhook", webhook_url=OURS, webhook_secret="s3cret")

    async def never() -> None:
        return None

    async def scene() -> None:
        await webhook_registration.ask(Hook(info(), answer), settings, sense, never)  # type: ignore[arg-type]

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(scene())
    assert (sense.cause, sense.well_at is not None) == (cause, not cause)
