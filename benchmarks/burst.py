"""(b) A morning's messages to 3,000 chats at Telegram's limit, by the server's own record; beside AIORateLimiter."""

import importlib.util
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fill import PER_OFFICER, Size, fill
from benchmarks.measure import Row, at_least, exactly, no_more, plain
from benchmarks.servers import LATENCY_S, Sent, bot, gihan, telegram

LIMIT_PER_S = 30
CHATS = 3_000
SHARE = 97.0  # percent of the limit
REFUSED = 429


def rate(sent: Sequence[Sent]) -> float:
    """Messages a second from the first to the last that was accepted."""
    at = sorted(one.at_s for one in sent if one.status == 200)
    return (len(at) - 1) / (at[-1] - at[0])


def most_in_a_second(sent: Sequence[Sent]) -> int:
    """The most calls, refused or not, that came in within any one second."""
    at = sorted(one.at_s for one in sent)
    return max(bisect_left(at, first + 1.0) - place for place, first in enumerate(at))


def refused(sent: Sequence[Sent]) -> int:
    return sum(one.status == REFUSED for one in sent)


def ours(folder: Path, chats: int) -> list[Sent]:
    """Everybody is owed a daily message on the benchmark's morning."""
    path = folder / "burst.db"
    fill(path, Size(chats * PER_OFFICER, owed=chats * 2)).close()
    with telegram(chats, "--limits") as server, gihan(server, path) as alive:
        return server.wait_for(chats, alive)


def theirs(chats: int) -> list[Sent]:
    with telegram(chats, "--limits") as server:
        arguments = ["burst", "--base", server.url, "--chats", str(chats)]
        with bot("benchmarks.ptb", arguments) as alive:
            return server.wait_for(chats, alive)


def compare(folder: Path, chats: int = CHATS) -> tuple[list[Row], list[str]]:
    mine = ours(folder, chats)
    rows = [
        at_least("delivered, of the limit of 30 a second", rate(mine) / LIMIT_PER_S * 100, SHARE, "%"),
        exactly("answers 429", refused(mine), 0),
        no_more("most calls within any second", most_in_a_second(mine), LIMIT_PER_S),
        exactly("chats that got exactly one message", _once(mine), chats),
        *_beside(chats),
    ]
    return rows, [
        f"{chats:,} chats, one daily message each, `gihan run` against the sandbox's HTTP server with `--limits` and "
        f"{LATENCY_S * 1000:.0f} ms until each answer. All figures are the server's own record of when a call came in; "
        "the first second and the last are part of it.",
        "AIORateLimiter: python-telegram-bot with overall_max_rate=30 a second, all messages handed over at once; "
        "max_retries=10, for with its default (none) whatever meets a 429 is lost.",
    ]


def _once(sent: Sequence[Sent]) -> int:
    """How many chats got one message and no second."""
    chats = [one.chat_id for one in sent if one.status == 200]
    return sum(1 for count in {one: chats.count(one) for one in set(chats)}.values() if count == 1)


def _beside(chats: int) -> list[Row]:
    if importlib.util.find_spec("aiolimiter") is None:
        return [plain("beside AIORateLimiter", "not installed: pip install aiolimiter")]
    sent = theirs(chats)
    return [
        plain("beside AIORateLimiter: delivered, of the limit", f"{rate(sent) / LIMIT_PER_S * 100:.1f} %"),
        plain("beside AIORateLimiter: answers 429", str(refused(sent))),
        plain("beside AIORateLimiter: most calls within any second", str(most_in_a_second(sent))),
    ]
