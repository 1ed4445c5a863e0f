"""What an error of Telegram means and what is to be done about it: 403, 429, 401, time-outs, every class of them."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from jobs.delivery.pace import FLOOD_MOST_S, FLOOD_UNKNOWN_S


class SendFault(StrEnum):
    """What may go wrong with a send, by what is to be done about it."""

    UNREACHABLE = "unreachable"  # this person cannot be written to: blocked, deactivated, chat gone
    REFUSED = "refused"  # Telegram will never take this message
    TEMPORARY = "temporary"  # it did not go out: try again later
    UNCERTAIN = "uncertain"  # it may have gone out: only the answer is missing
    MOVED = "moved"  # the chat has a new id
    NO_ENTRY = "no-entry"  # our token is not accepted: that says nothing about the person, everything waits
    UNCHANGED = "unchanged"  # an edit that changes nothing, or of a message that is gone: counts as done


@dataclass(eq=False)  # not frozen: a context manager sets the traceback of what passes it
class SendError(Exception):
    """The only error a Sender raises. `detail` is Telegram's own word, cut short and without the token."""

    fault: SendFault
    detail: str
    retry_after_s: float | None = None
    new_chat_id: int | None = None


# Telegram's words for an edit that has nothing left to do. Source: Bot API error descriptions.
EDIT_IS_DONE = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
)

# Telegram's words for a chat that cannot be written to, besides every 403. Source: the descriptions that
# healthchecks, telebot, teloxide and aiogram have met; compared in lower case.
CHAT_IS_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "input_user_deactivated",
    "user_is_blocked",
    "not a member",
    "group chat was deactivated",
    "group chat was deleted",
    "group chat was upgraded to a supergroup chat",  # without the new id, which would be ChatMigrated
    "chat_write_forbidden",
    "chat_restricted",
    "have no rights to send a message",
    "not enough rights to send",
    "need administrator rights",
)

# Telegram's words for a token that is revoked, or whose bot logged out of this server.
TOKEN_IS_GONE = ("unauthorized", "logged out")

TOO_LARGE = "request entity too large"

# Causes by which nothing can have left this machine.
NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,}")  # a proxy's page may repeat the address asked for

MOST_DETAIL = 500

UNREADABLE = "Invalid server response"  # python-telegram-bot's word for a 200 whose body is not JSON

FLOOD_WORDS = "too many requests"  # a 429 whose parameters do not name the seconds to wait

FLOOD_SECONDS = re.compile(r"retry after (\d+)")

# Telegram's and its gateways' words for a 5xx. Which of them may come after the send is told in decision 0005.
GATEWAY_WORDS = (
    "bad gateway",
    "internal server error",
    "service unavailable",
    "gateway timeout",
    "gateway time-out",
)


def classify(error: TelegramError) -> SendError:
    """What is to be done about an error of Telegram: every class of error is sorted here, nowhere else."""
    detail = TOKEN.sub("<token>", error.message)[:MOST_DETAIL]
    words = detail.lower()
    if isinstance(error, RetryAfter):
        pause = error.retry_after
        seconds = pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
        return SendError(SendFault.TEMPORARY, detail, min(seconds, FLOOD_MOST_S))
    if isinstance(error, ChatMigrated):
        return SendError(SendFault.MOVED, detail, new_chat_id=error.new_chat_id)
    if _is_a_proxys_refusal(error):
        return SendError(SendFault.TEMPORARY, detail)
    if isinstance(error, InvalidToken | EndPointNotFound) or any(one in words for one in TOKEN_IS_GONE):
        return SendError(SendFault.NO_ENTRY, "the token was not accepted")
    if isinstance(error, Forbidden):
        return SendError(SendFault.UNREACHABLE, detail)
    if isinstance(error, BadRequest):
        return SendError(_bad_request(words), detail)
    if isinstance(error, TimedOut | NetworkError):
        return _network(error, words, detail)
    if error.message == UNREADABLE:
        return SendError(SendFault.UNCERTAIN, detail)
    return SendError(SendFault.REFUSED, detail)


def _is_a_proxys_refusal(error: TelegramError) -> bool:
    """A 4xx whose body is not JSON comes from something in between: it says nothing about the person, and
    one page of a firewall would block everybody's chat for good."""
    return isinstance(error, InvalidToken | Forbidden | BadRequest | Conflict) and isinstance(
        error.__cause__, TelegramError
    )


def _bad_request(words: str) -> SendFault:
    if any(word in words for word in EDIT_IS_DONE):
        return SendFault.UNCHANGED
    if any(word in words for word in CHAT_IS_GONE):
        return SendFault.UNREACHABLE
    return SendFault.REFUSED


def _network(error: TelegramError, words: str, detail: str) -> SendError:
    if isinstance(error.__cause__, NOTHING_SENT):
        return SendError(SendFault.TEMPORARY, detail)
    if FLOOD_WORDS in words:
        named = FLOOD_SECONDS.search(words)
        seconds = float(named[1]) if named else FLOOD_UNKNOWN_S
        return SendError(SendFault.TEMPORARY, detail, min(seconds, FLOOD_MOST_S))
    if any(word in words for word in GATEWAY_WORDS):
        return SendError(SendFault.TEMPORARY, detail)
    return SendError(SendFault.REFUSED if TOO_LARGE in words else SendFault.UNCERTAIN, detail)
