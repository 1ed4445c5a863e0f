"""`gihan understand TEXT`: how the bot reads what an officer types; nothing is done with it."""

import json
import re
import sys
from datetime import date, datetime
from typing import Annotated

import typer

from bot import open_store
from bot.cli.options import Config, settings_of
from bot.cli.wrong_use import OwnError
from bot.settings import Settings
from bot.speech.reading import Intent, Understood
from bot.speech.understand import understand as read
from bot.texts import doubt_words, render
from bot.texts.render import label, words
from bot.texts.terminal import echo

_OPTION = re.compile(r"--?[a-z][a-z-]*$")

Words = Annotated[
    list[str], typer.Argument(metavar="TEXT", help=label("cli.option.said"), show_default=False)
]
Now = Annotated[str | None, typer.Option("--now", help=label("cli.option.now"))]


def understand(
    text: Words,
    now: Now = None,
    as_json: Annotated[bool, typer.Option("--json", help=label("cli.option.json"))] = False,
    config: Config = None,
) -> None:
    for word in text:
        if _OPTION.fullmatch(word):
            raise OwnError(label("cli.understand.no-option", option=word))
    settings = settings_of(config)
    calendar, today = open_store.rules_of(settings).calendar, _today(now, settings)
    for said in (line.rstrip("\r\n") for line in sys.stdin) if text == ["-"] else [" ".join(text)]:
        found = read(said, today, calendar)
        told = found.as_json(doubt_words.told)
        echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(_lines(found)))


def _today(given: str | None, settings: Settings) -> date:
    """The organisation's day at that moment; a time without its zone is the organisation's."""
    calendar = open_store.rules_of(settings).calendar
    if given is None:
        return calendar.local_date(open_store.clock_of(settings).now())
    try:
        moment = datetime.fromisoformat(given.strip())
    except ValueError:
        raise OwnError(label("cli.understand.no-moment", text=given)) from None
    return moment.date() if moment.tzinfo is None else calendar.local_date(moment)


def _lines(found: Understood) -> list[str]:
    """The reading in words: only what is known."""
    length = label("speech.length", shift=found.shift) if found.shift else ""
    facts = {
        "intent": str(found.intent),
        "acts" if found.acts else "asks": label("cli.understand.yes"),
        "ids": " ".join(f"#{one}" for one in found.ids),
        "day": render.long_day(found.day) if found.day else "",
        "shift": label("cli.understand.from-due", shift=length) if length else "",
        "basis": label("delays.counted.words", text=found.basis) if found.basis else "",
        "percent": "" if found.percent is None else f"{found.percent}%",
        "reason" if found.intent == Intent.DELAY else "note": found.words or "",
        "question": doubt_words.question(found.asks) or "",
        "choices": ", ".join(render.long_day(one) for one in found.choices),
    }
    names = words("cli.understand.names")
    told = [f"{names[what]}: {value}" for what, value in facts.items() if value]
    return told + [
        label("cli.understand.part", number=at, intent=str(one.intent))
        for at, one in enumerate(found.parts, 1)
    ]
