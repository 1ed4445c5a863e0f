"""Documents sent in chat: fetched and read before the update's transaction, so that no lock waits for a file."""

import asyncio
import logging
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx
from telegram import Bot, Chat, Document, Update
from telegram.error import TelegramError

from bot.documents.upload import Attachment
from bot.settings import client_options
from bot.texts import plan_words
from bot.texts.render import label
from jobs.delivery.pace import SEND_TIMEOUT_S
from plans.errors import PlanError
from plans.read import read_any
from plans.readers.document import read_cells
from plans.readers.formats import kind_named
from plans.readers.ics import read_days
from plans.sheet.grid import Grid
from plans.sheet.handover import HandoverList
from plans.sheet.register import RegisterSheet
from plans.sheet.roster import Roster
from plans.text.characters import clean
from store.db.errors import BUSY

log = logging.getLogger(__name__)

LARGEST = 20 * 1024 * 1024  # Telegram gives bots no larger files
NAME_MOST = 100
CALENDAR = ".ics"
FETCH_S = 120.0  # for the whole file
AT_ONCE = 2  # files that are read at a time: each takes up to a gigabyte
Look = Callable[[Attachment], Attachment]


class TooLargeError(Exception):
    """There is more of the file than Telegram gives."""


class Documents:
    """Fetches what may be a plan. `may_send` is asked first, so that strangers cost nothing; `look` compares it; `known`
    gives what was answered about forms of tables (store.forms.times); `is_cells` whether a file with those words under it
    is a sheet of a request, which is read cell by cell."""

    def __init__(
        self,
        bot: Bot,
        may_send: Callable[[int, int], bool],
        look: Look,
        known: Callable[[], Mapping[str, str]] = dict,
        is_cells: Callable[[int, int, str], bool] = lambda *_: False,
    ) -> None:
        self.bot = bot
        self.may_send = may_send
        self.look = look
        self.known = known
        self.is_cells = is_cells
        self._places = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, update: Update) -> Attachment | None:
        """The document of the update as read; None where there is none or its sender may not register."""
        message = update.message
        if message is None or message.document is None or message.from_user is None:
            return None
        if message.chat.type != Chat.PRIVATE:
            return None
        if not await asyncio.to_thread(self.may_send, message.chat.id, message.from_user.id):
            return None
        name = clean(Path(message.document.file_name or "").name)[-NAME_MOST:].strip() or label(
            "intake.file.unnamed"
        )
        heard = message.chat.id, message.from_user.id, message.caption or ""
        is_cells = await asyncio.to_thread(self.is_cells, *heard)
        try:
            kind = CALENDAR if name.lower().endswith(CALENDAR) else kind_named(name)
        except PlanError as error:
            return Attachment(name, fault=plan_words.refusal(error))
        if (message.document.file_size or 0) > LARGEST:
            return Attachment(name, fault=label("intake.file.too-large"))
        async with self._places:
            answers = await asyncio.to_thread(self.known)
            found = await self._fetched(message.document, name, kind, answers, is_cells=is_cells)
            return await self._compared(found)

    async def _compared(self, found: Attachment) -> Attachment:
        """Raises one of BUSY where the store is: the update is tried again."""
        try:
            return await asyncio.to_thread(self.look, found)
        except BUSY:
            raise
        except Exception as error:
            log.error("action=read-failed error=%s", type(error).__name__)
            return Attachment(found.name, fault=label("intake.file.unread"))

    async def _fetched(
        self, document: Document, name: str, kind: str, answers: Mapping[str, str], *, is_cells: bool = False
    ) -> Attachment:
        """What was read; whatever goes wrong is an answer to the sender, and an end."""
        try:
            with tempfile.TemporaryDirectory(prefix="gihan-document-") as folder:
                path = Path(folder) / f"plan{kind}"
                file = await self.bot.get_file(document.file_id)
                await _download(str(file.file_path), path)
                if kind == CALENDAR:
                    return Attachment(name, days=tuple(read_days(path.read_text("utf-8", "replace"))))
                if is_cells:
                    return Attachment(name, grid=await asyncio.to_thread(read_cells, path))
                found = await asyncio.to_thread(read_any, path, answers)
        except PlanError as error:
            return Attachment(name, fault=plan_words.refusal(error))
        except TooLargeError:
            return Attachment(name, fault=label("intake.file.too-large"))
        except (TelegramError, httpx.HTTPError) as error:
            log.warning("action=fetch-failed error=%s", type(error).__name__)
            return Attachment(name, fault=label("intake.file.not-fetched"))
        except Exception as error:  # only its name: its text may hold words of the file
            log.error("action=read-failed error=%s", type(error).__name__)
            return Attachment(name, fault=label("intake.file.unread"))
        if isinstance(found, HandoverList):
            return Attachment(name, handovers=found)
        if isinstance(found, Roster):
            return Attachment(name, roster=found)
        if isinstance(found, Grid):
            return Attachment(name, items=found)
        if isinstance(found, RegisterSheet):
            return Attachment(name, register=found)
        return Attachment(name, found)


async def _download(address: str, path: Path) -> None:
    """A part at a time, whatever size was announced. Raises TooLargeError, httpx.HTTPError."""
    size = 0
    async with (
        asyncio.timeout(FETCH_S),
        httpx.AsyncClient(timeout=SEND_TIMEOUT_S, **client_options(address)) as client,
        client.stream("GET", address) as answer,
    ):
        answer.raise_for_status()
        with path.open("wb") as file:
            async for part in answer.aiter_bytes():
                size += len(part)
                if size > LARGEST:
                    raise TooLargeError
                file.write(part)
