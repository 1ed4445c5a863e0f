"""Another way out for people whom Telegram does not reach: mail, an SMS gateway, a messenger, by apprise."""

import asyncio
from typing import Protocol

from apprise import Apprise, NotifyFormat
from apprise.result import AppriseResultStatus

from jobs.delivery.pace import FALLBACK_TIMEOUT_S
from jobs.delivery.telegram_errors import SendError, SendFault


class Notifier(Protocol):
    """Contract of the other way: one try, over within FALLBACK_TIMEOUT_S; raises nothing but SendError."""

    async def notify(self, own_url: str | None, text: str) -> None:
        """Send plain text to the person's own address, or where there is none to the organisation's."""


class AppriseNotifier:
    """Sends by apprise, which is synchronous: on a thread, with a time-out. No address is ever logged or kept
    in an error."""

    def __init__(self, organisation_url: str = "") -> None:
        self._organisation_url = organisation_url

    async def notify(self, own_url: str | None, text: str) -> None:
        url = own_url or self._organisation_url
        if not url:
            raise SendError(SendFault.REFUSED, "no fallback channel is set any more")
        try:
            async with asyncio.timeout(FALLBACK_TIMEOUT_S):
                status = await asyncio.to_thread(_notify, url, text)
        except TimeoutError:
            raise SendError(SendFault.UNCERTAIN, "no answer of the fallback channel in time") from None
        if status is AppriseResultStatus.TIMEOUT:
            raise SendError(SendFault.UNCERTAIN, "no answer of the fallback channel in time")
        if status is not AppriseResultStatus.SUCCESS:
            raise SendError(SendFault.REFUSED, "the fallback channel did not take the message")


def _notify(url: str, text: str) -> AppriseResultStatus:
    client = Apprise()
    if not client.add(url):
        raise SendError(SendFault.REFUSED, "the address of the fallback channel cannot be read")
    result = client.notify(body=text, body_format=NotifyFormat.TEXT, timeout=FALLBACK_TIMEOUT_S - 1.0)
    return result.status
