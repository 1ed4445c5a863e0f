"""Logs: one line per state change, `action=` and ids, never names, texts or secrets. The format stands here."""

import logging
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType

import jobs.addresses
import store.db.engine

# A bot token: the bot's number, a colon, 35 or so letters. Source: Bot API, "Authorizing your bot".
TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,}")
BLOT = "***"
# An address of anything but the web may hold a password (of mail, a gateway, a database).
ADDRESS = re.compile(
    r"\b(?!https?://|sqlite)[a-z][a-z0-9+.-]{0,40}://[^\s'\"<>]+|(?<=://)[^\s/@'\"<>]+@", re.IGNORECASE
)
QUIET = ("httpx", "httpcore", "apscheduler", "telegram", "uvicorn", "alembic")
FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
ROOT = Path(__file__).parents[2]
OURS = ("bot", "jobs", "plans", "reports", "store", "sandbox")
ROOMS = tuple(f"{ROOT / room}/" for room in OURS[:-1])
MOST_PLACES = 6  # of our own code, on the way to an error


def redact(text: str) -> str:
    """The text without anything that looks like a bot token or an address with a password, but for our examples."""
    return ADDRESS.sub(_blotted, TOKEN.sub(BLOT, text))


def _blotted(found: re.Match[str]) -> str:
    """Errors show how an address is written: that stays."""
    return found[0] if found[0] in {jobs.addresses.example(), store.db.engine.EXAMPLE} else BLOT


class RedactingFormatter(logging.Formatter):
    """One line a record. An error is told by its classes and the places of our code it passed, never by its
    words: in them may stand what somebody wrote, a person's name, or the token. Nor by what a library fills in."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - of logging
        """With the zone: a line is read elsewhere, too."""
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] in OURS
        line = logging.Formatter.format(self, _without_error(record if ours else _bare(record)))
        if record.exc_info and record.exc_info[1] is not None:
            line += f" {told(record.exc_info[1])}"
        return redact(" ".join(line.split("\n")))


def _bare(record: logging.LogRecord) -> logging.LogRecord:
    """A library's line without what it fills in: messages as they came, addresses, errors in their own words. A text
    that is not filled in here was filled in there: the place of the call stands for it."""
    copy = logging.makeLogRecord(record.__dict__)
    is_template = bool(record.args) and isinstance(record.msg, str)
    copy.msg = record.msg if is_template else f"{record.module}:{record.lineno}"
    copy.args = None
    return copy


def _without_error(record: logging.LogRecord) -> logging.LogRecord:
    copy = logging.makeLogRecord(record.__dict__)
    copy.exc_info = copy.exc_text = copy.stack_info = None
    return copy


def told(error: BaseException) -> str:
    """error=ValueError<KeyError at=bot/intake/dispatch.py:88,bot/completion/done.py:41"""
    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain:
        chain.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    places = list(_places(error.__traceback__))[-MOST_PLACES:]
    return f"error={'<'.join(type(each).__name__ for each in chain)} at={','.join(places)}"


def _places(trace: TracebackType | None) -> Iterator[str]:
    """The steps through our own rooms, outermost first."""
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(ROOMS):
            yield f"{Path(name).relative_to(ROOT)}:{trace.tb_lineno}"
        trace = trace.tb_next


def configure(level: str) -> None:
    """Log to standard error; libraries speak only from WARNING up (httpx would print every address)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
