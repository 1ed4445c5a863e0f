"""The chat that alarms go to: written to beside the ledger, and followed where it moves."""

import logging

import httpx
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from store.db import meta
from store.db.engine import Store
from store.db.errors import StoreError

log = logging.getLogger(__name__)


class AdminChat:
    """The chat that alarms go to. A group that became a supergroup has another id, which Telegram names when it is
    written to: it is remembered in the store, so that it is found again after a restart."""

    def __init__(self, settings: Settings, store: Store, http: httpx.Client) -> None:
        self.settings = settings
        self.store = store
        self.http = http
        self.chat_id = settings.operation.admin_chat_id

    def tell(self, text: str) -> None:
        """Raises httpx.HTTPError where it is not taken. Only where a chat is configured."""
        self.chat_id = self._moved_before() or self.chat_id
        answer = self._send(text)
        if (new_id := _migrated(answer)) is not None:
            self._remember(new_id)
            answer = self._send(text)
        answer.raise_for_status()

    def _send(self, text: str) -> httpx.Response:
        telegram = self.settings.telegram
        body = {"chat_id": self.chat_id, "text": text, "parse_mode": "HTML"}
        return self.http.post(f"{telegram.api_base}/bot{telegram.secret()}/sendMessage", json=body)

    def _moved_before(self) -> int | None:
        try:
            with self.store.read() as session:
                return moved_to(
                    meta.get(session, meta.ADMIN_CHAT_MOVED), self.settings.operation.admin_chat_id
                )
        except SQLAlchemyError:
            return None  # the store is what the alarm may be about

    def _remember(self, new_id: int) -> None:
        log.warning("action=admin-chat-moved chat=%d", new_id)
        self.chat_id = new_id
        try:
            with self.store.write() as session:
                meta.put(session, meta.ADMIN_CHAT_MOVED, f"{self.settings.operation.admin_chat_id}:{new_id}")
        except (SQLAlchemyError, StoreError):
            pass  # Telegram will name it again


def moved_to(remembered: str | None, configured: int | None) -> int | None:
    """The present id of the configured chat; None where it is the configured one."""
    old, _, new = (remembered or "").partition(":")
    return int(new) if new and old == str(configured) else None


def _migrated(answer: httpx.Response) -> int | None:
    """The new id of a group that Telegram has moved."""
    try:
        found = answer.json().get("parameters", {}).get("migrate_to_chat_id")
    except (ValueError, AttributeError):
        return None
    return found if isinstance(found, int) else None
