"""Logs without secrets: one formatter that blots out every bot token, also in tracebacks."""

from __future__ import annotations

import logging
import re
import sys

# A bot token: the bot's number, a colon, 35 or so letters. Source: Bot API, "Authorizing your bot".
TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
BLOT = "***"
# An address of anything but the web may hold a password (of mail, a gateway, a database).
ADDRESS = re.compile(
    r"\b(?!https?://|sqlite)[a-z][a-z0-9+.-]*://[^\s'\"<>]+|(?<=://)[^\s/@'\"<>]+@", re.IGNORECASE
)
QUIET = ("httpx", "httpcore", "apscheduler", "telegram", "uvicorn", "alembic")


def redact(text: str) -> str:
    """The text without anything that looks like a bot token or an address with a password."""
    return ADDRESS.sub(BLOT, TOKEN.sub(BLOT, text))


class RedactingFormatter(logging.Formatter):
    """Formats as usual, then blots out tokens in the whole line: message, arguments and traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def configure(level: str) -> None:
    """Log to standard error; libraries speak only from WARNING up (httpx would print every address)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
