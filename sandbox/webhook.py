"""Delivery of updates to the bot's own address, one after the other, as setWebhook asks for."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from sandbox.shapes import Json
from sandbox.updates import Updates, text_of

TIMEOUT_S = 10.0
RETRY_S = 0.5
"""Real seconds before an update that was not taken is brought again."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of the header)


@dataclass
class Webhook:
    """The address, its secret and the task that delivers."""

    updates: Updates
    url: str = ""
    secret: str = ""
    last_error_at: int | None = None
    last_error: str | None = None
    _task: asyncio.Task[None] | None = None

    async def start(self, url: str, secret: str) -> None:
        """Deliver to `url` from now on."""
        await self.stop()
        self.url, self.secret, self.last_error_at, self.last_error = url, secret, None, None
        self.updates.webhook_url = url
        self._task = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        """Deliver nothing any more."""
        self.url = self.updates.webhook_url = ""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def info(self) -> Json:
        """The state as getWebhookInfo answers it."""
        found: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }
        if self.url:
            found["max_connections"] = 1
        if self.last_error is not None:
            found |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        if self.updates.allowed:
            found["allowed_updates"] = self.updates.allowed
        return found

    async def _deliver(self) -> None:
        async with httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as client:
            while True:
                await self.updates.wait_for_arrival()
                update = self.updates.first()
                if update is None:
                    continue
                self.last_error = await self._post(client, update)
                if self.last_error is None:
                    self.updates.take_first()
                else:
                    self.last_error_at = int(datetime.now(UTC).timestamp())
                    await asyncio.sleep(RETRY_S)

    async def _post(self, client: httpx.AsyncClient, update: Json) -> str | None:
        """The fault of one attempt; None where the bot took the update."""
        headers = {"Content-Type": "application/json"}
        headers |= {SECRET_HEADER: self.secret} if self.secret else {}
        try:
            answer = await client.post(self.url, content=text_of(update), headers=headers)
        except httpx.TimeoutException:
            return "Read timeout expired"
        except httpx.HTTPError:
            return "Connection refused"
        if answer.is_success:
            return None
        return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
