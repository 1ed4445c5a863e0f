"""Documents sent in chat: fetched and read before the update's transaction, so that no lock waits for a file."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from telegram import Bot, Chat, Document, Update
from telegram.error import TelegramError

from bot.commands.upload import Attachment
from plans.errors import PlanError
from plans.handover_list import is_list, read_list
from plans.read import plan_of
from plans.readers.document import read_text

log = logging.getLogger(__name__)

LARGEST = 20 * 1024 * 1024  # Telegram gives bots no larger files
NAME_MOST = 100


class Documents:
    """Fetches what may be a plan. `may_send` is asked first, so that strangers cost nothing."""

    def __init__(self, bot: Bot, may_send: Callable[[int, int], bool]) -> None:
        self.bot = bot
        self.may_send = may_send

    async def fetch(self, update: Update) -> Attachment | None:
        """The document of the update as read; None where there is none or its sender may not register."""
        message = update.message
        if message is None or message.document is None or message.from_user is None:
            return None
        if message.chat.type != Chat.PRIVATE:
            return None
        if not await asyncio.to_thread(self.may_send, message.chat.id, message.from_user.id):
            return None
        name = Path(message.document.file_name or "문서").name[-NAME_MOST:]
        if (message.document.file_size or 0) > LARGEST:
            return Attachment(
                name, fault="20MB가 넘는 파일은 받을 수 없습니다. 나누거나 gihan import 로 등록해 주십시오."
            )
        with tempfile.TemporaryDirectory(prefix="gihan-document-") as folder:
            return await self._read(message.document, Path(folder), name)

    async def _read(self, document: Document, folder: Path, name: str) -> Attachment:
        path = folder / f"plan{Path(name).suffix.lower()}"
        try:
            file = await self.bot.get_file(document.file_id)
            await file.download_to_drive(path)
        except TelegramError as error:
            log.warning("action=fetch-failed error=%s", type(error).__name__)
            return Attachment(name, fault="파일을 내려받지 못했습니다. 잠시 뒤 다시 보내 주십시오.")
        try:
            text = await asyncio.to_thread(read_text, path)
            if is_list(text):
                return Attachment(name, handovers=read_list(text))
            return Attachment(name, await asyncio.to_thread(plan_of, text))
        except PlanError as error:
            return Attachment(name, fault=str(error))
