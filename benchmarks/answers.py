"""(c) `/done` of a hundred officers at once: how long each waits for the answer, beside a plain PTB handler."""

import asyncio
import importlib.util
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import select

from benchmarks.fill import PER_OFFICER, Size, chat_of, fill, pragma
from benchmarks.measure import Row, at_most, percentile, plain
from benchmarks.ptb import journal
from benchmarks.servers import LATENCY_S, Telegram, bot, gihan, telegram
from store.db.engine import Store
from store.models import Assignment, DeliveryItem, Milestone
from store.states import AssignmentKind, MilestoneState

MOST = 1.5
OFFICERS = 100
ROUNDS = 5
SPARE = 4  # so many times as many people exist as take part
SYNC = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}


@dataclass
class Side:
    """One bot with its own server, and how long each of its officers waited (seconds)."""

    name: str
    server: Telegram
    alive: Callable[[], None]
    waited: list[float] = field(default_factory=list)

    def percent(self, percent: float) -> float:
        return percentile(self.waited, percent)

    def say(self) -> str:
        return f"{self.percent(50) * 1000:.0f} ms, {self.percent(99) * 1000:.0f} ms"


def open_numbers(store: Store, officers: int, each: int) -> dict[int, list[int]]:
    """Chat -> so many numbers that its officer leads and may report as done, for so many officers.

    None that stands in a daily message, which would be edited, too: an answer is one call, for both bots.
    """
    stands = select(DeliveryItem.id).where(DeliveryItem.milestone_id == Milestone.id)
    query = select(Assignment.officer_id, Milestone.id).where(
        Assignment.task_id == Milestone.task_id,
        Assignment.kind == AssignmentKind.LEAD,
        Milestone.state == MilestoneState.PLANNED,
        ~stands.exists(),
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    with store.read() as session:
        for officer, number in session.execute(query.order_by(Milestone.id)):
            found[chat_of(officer)].append(number)
    enough = [(chat, numbers) for chat, numbers in found.items() if len(numbers) >= each]
    assert len(enough) >= officers, "too few officers with enough to report"
    return dict(enough[:officers])


async def write_all(url: str, texts: dict[int, str]) -> dict[int, float]:
    """Everybody writes at once; chat -> when (monotonic)."""
    began: dict[int, float] = {}

    async def write(client: httpx.AsyncClient, chat: int, text: str) -> None:
        body = {"person": chat, "text": text}
        began[chat] = time.monotonic()
        (await client.post("/sandbox/send", json=body)).raise_for_status()

    async with httpx.AsyncClient(base_url=url, timeout=60.0) as client:
        await asyncio.gather(*(write(client, chat, text) for chat, text in texts.items()))
    return began


def one_round(side: Side, numbers: dict[int, int]) -> None:
    """Each officer reports one milestone; the answer counts from when the server had it for the chat."""
    began = asyncio.run(write_all(side.server.url, {chat: f"/done {one}" for chat, one in numbers.items()}))
    sent = side.server.wait_for(len(numbers), side.alive)
    answered = {one.chat_id: one.at_s for one in sent if one.status == 200}
    assert answered.keys() == began.keys(), "every officer gets one answer"
    side.waited += [answered[chat] - at for chat, at in began.items()]


@contextmanager
def sides(folder: Path, store: Path, officers: int, *, paced: bool) -> Iterator[list[Side]]:
    """Our bot, and PTB's with all its updates at once and with its own default of one after the other."""
    options = ["--limits"] if paced else []
    with ExitStack() as stack:
        server = stack.enter_context(telegram(SPARE * officers, *options))
        flags = [] if paced else ["--unpaced"]
        found = [Side("gihan", server, stack.enter_context(gihan(server, store, *flags)))]
        for name, at_once in (("ptb", 256), ("ptb-default", 1)):
            server = stack.enter_context(telegram(SPARE * officers, *options))
            arguments = ["done", "--base", server.url, "--db", str(folder / f"{name}.db")]
            arguments += ["--at-once", str(at_once), *(["--paced"] if paced else [])]
            found.append(Side(name, server, stack.enter_context(bot("benchmarks.ptb", arguments))))
        yield found


def measure(folder: Path, officers: int, rounds: int, *, paced: bool) -> list[Side]:
    """Rounds of all sides in turns; the first of each only wakes it up and does not count."""
    path = folder / f"done-{paced}.db"
    store = fill(path, Size(SPARE * officers * PER_OFFICER, owed=0))
    numbers = open_numbers(store, officers, rounds + 1)
    store.close()
    with sides(folder, path, officers, paced=paced) as found:
        for turn in range(rounds + 1):
            for side in found:
                one_round(side, {chat: some[turn] for chat, some in numbers.items()})
                if turn == 0:
                    side.waited.clear()
        return found


def compare(folder: Path, officers: int = OFFICERS, rounds: int = ROUNDS) -> tuple[list[Row], list[str]]:
    rows = _rows(measure(folder, officers, rounds, paced=False), "no limit", None)
    if importlib.util.find_spec("aiolimiter") is None:
        rows.append(plain("within 30 a second", "aiolimiter is not installed: pip install aiolimiter"))
    else:
        rows += _rows(measure(folder, officers, rounds, paced=True), "within 30 a second", MOST)
    return rows, [
        f"{officers} officers write `/done N` at once, {rounds} rounds of all bots in turns (one more to warm up, not "
        f"counted); {LATENCY_S * 1000:.0f} ms until each API answer; from the moment the officer writes until the server "
        "has the answer for the chat. Each answer is one sendMessage, for both.",
        f"Ours: `gihan run`, synchronous={_ours(folder)}. PTB: one INSERT with synchronous={_theirs(folder)}, then "
        "reply_text, with concurrent_updates=256; its default handles one update after the other.",
        "Within 30 a second, which is what is asked for: the server answers 429 beyond Telegram's limit; ours keeps to it "
        "by itself, PTB by AIORateLimiter with retries.",
        "No limit: neither bot keeps to a rate, which no Telegram would let them; it shows what each does with the "
        "processor alone. There ours writes, for each /done, the update, the change, its audit entry and the answer's "
        "claim and outcome, all durable, where PTB's handler inserts one row.",
    ]


def _rows(found: list[Side], where: str, most: float | None) -> list[Row]:
    ours, theirs, _ = found
    ratios = {f"{where}: p{one}, to PTB's": ours.percent(one) / theirs.percent(one) for one in (50, 99)}
    return [
        *(
            plain(name, f"{one:.2f} ×") if most is None else at_most(name, one, most)
            for name, one in ratios.items()
        ),
        *(plain(f"{where}: p50, p99 of {one.name}", one.say()) for one in found),
    ]


def _ours(folder: Path) -> str:
    store = Store(f"sqlite:///{folder / 'done-False.db'}")
    mode = SYNC[pragma(store, "synchronous")]
    store.close()
    return mode


def _theirs(folder: Path) -> str:
    db = journal(folder / "ptb.db")
    mode = SYNC[db.execute("PRAGMA synchronous").fetchone()[0]]
    db.close()
    return mode
