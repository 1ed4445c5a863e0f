"""(e) What wording costs: a thousand daily messages through the catalogue and the guard, to plain Jinja with the same facts."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import escape
from sqlalchemy.orm import Session

from benchmarks.fill import NOW, SEOUL, TODAY, Size, fill, rules
from benchmarks.measure import Row, at_most, in_turns, ms, plain, quiet, ratio
from benchmarks.tick import loop_of
from bot.chat.turn import Office
from bot.digest.daily_message import DigestRenderer
from bot.privacy import guard
from bot.texts import render
from jobs.settings import LinkSettings
from store.models import Delivery
from store.states import DeliveryKind

MOST = 6.9  # what it was before texts stood in the catalogue
MESSAGES = 1_000
TIMES = 9
TEXTS = Path(render.__file__).parent / "ko"
ASKED = ("text", "say", "label", "words", "labels")


@dataclass(frozen=True)
class Call:
    """A text as it was asked for while the messages were made."""

    how: Callable[..., object]
    key: str
    facts: dict[str, Any]


@contextmanager
def recording() -> Iterator[list[Call]]:
    """Every text that anybody asks for until the block ends; what asks for another inside is one."""
    found: list[Call] = []
    depth = 0

    def noted(how: Callable[..., object]) -> Callable[..., object]:
        def note(key: str, /, **facts: Any) -> object:
            nonlocal depth
            if not depth:
                found.append(Call(how, key, facts))
            depth += 1
            try:
                return how(key, **facts)
            finally:
                depth -= 1

        return note

    with ExitStack() as stack:
        for name in ASKED:
            how = getattr(render, name, None)
            for module in [one for one in sys.modules.values() if how and getattr(one, name, None) is how]:
                stack.enter_context(patch.object(module, name, noted(how)))
        yield found


def bare() -> Environment:
    """The same templates without guard and catalogue."""
    own = {"own": escape, "clean": str}
    env = Environment(
        loader=DictLoader({one.stem: one.read_text(encoding="utf-8") for one in TEXTS.glob("*/*.txt")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= own | {
        name: getattr(render, name) for name in ("josa", "long_day", "short_day", "moment", "cut")
    }
    env.filters["day"] = render.near_day
    env.globals["takes_in"] = lambda: True
    return env


def asked_for(session: Session) -> tuple[int, list[Call]]:
    """How many daily messages of today there are, and every text of theirs."""
    office = Office("한별시", SEOUL, rules(), LinkSettings(), 42)
    digests = session.query(Delivery).filter_by(kind=DeliveryKind.DIGEST, day=TODAY).all()
    with recording() as found:
        made = [DigestRenderer(office)(session, one, NOW) for one in digests]
    return len([one for one in made if one is not None]), found


def compare(folder: Path, messages: int = MESSAGES) -> tuple[list[Row], list[str]]:
    store = fill(folder / "rendering.db", Size(15 * messages, owed=2 * messages))
    loop_of(store).owe()
    with quiet(), store.write() as session:
        count, calls = asked_for(session)
        whole = [one for one in calls if one.how is render.text]
        env = bare()
        found = in_turns(
            TIMES,
            {
                "through the catalogue and the guard": lambda: _cost(lambda: _ours(calls)),
                "plain Jinja": lambda: _cost(lambda: _theirs(env, whole)),
            },
        )
    store.close()
    ours, theirs = found.values()
    rows = [
        at_most(f"wording {count:,} daily messages, to plain Jinja", ratio(ours, theirs), MOST),
        *(plain(f"median, {name}", ms(values)) for name, values in found.items()),
    ]
    return rows, [
        f"The texts that {count:,} daily messages asked for, recorded and asked for again with the same facts: {len(whole):,} "
        f"templates, {len(calls) - len(whole):,} lines and words. Plain Jinja: the templates alone, strict and escaped, without "
        "guard, lines and words.",
        f"{TIMES} runs of each in turns, medians of CPU time. The bound is what the same measure gave before texts left the "
        "code, taken in turns with the version after it on the same machine.",
    ]


def _cost(work: Callable[[], None]) -> float:
    """Seconds of CPU."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _ours(calls: list[Call]) -> None:
    with guard.speaking(guard.Level.STANDARD):
        for one in calls:
            one.how(one.key, **one.facts)


def _theirs(env: Environment, calls: list[Call]) -> None:
    for one in calls:
        env.get_template(one.key).render(one.facts).strip()
