"""`gihan understand TEXT`: how the bot reads what an officer types; nothing is done with it."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime
from typing import Annotated

import typer

from bot import opening
from bot.cli.options import Config, settings_of
from bot.settings import Settings
from bot.speech.reading import Intent, Understood
from bot.speech.understand import understand as read
from bot.texts import render
from bot.texts.terminal import echo

_OPTION = re.compile(r"--?[a-z][a-z-]*$")

Words = Annotated[list[str], typer.Argument(metavar="TEXT", help="담당자가 적어 보낼 말", show_default=False)]
Now = Annotated[str | None, typer.Option("--now", help="기준 시각(ISO 8601), 예: 2026-11-21T09:00")]


def understand(
    text: Words,
    now: Now = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다.")] = False,
    config: Config = None,
) -> None:
    for word in text:
        if _OPTION.fullmatch(word):
            raise typer.BadParameter(f"{word} 은(는) 없는 선택입니다.")
    settings = settings_of(config)
    calendar, today = opening.rules_of(settings).calendar, _today(now, settings)
    for said in (line.rstrip("\r\n") for line in sys.stdin) if text == ["-"] else [" ".join(text)]:
        found = read(said, today, calendar)
        echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else "\n".join(_lines(found)))


def _today(given: str | None, settings: Settings) -> date:
    """The organisation's day at that moment; a time without its zone is the organisation's."""
    calendar = opening.rules_of(settings).calendar
    if given is None:
        return calendar.local_date(opening.clock_of(settings).now())
    try:
        moment = datetime.fromisoformat(given.strip())
    except ValueError:
        raise typer.BadParameter(
            f"--now: ‘{given}’을 읽을 수 없습니다. 예: 2026-11-21 또는 2026-11-21T09:00+09:00"
        ) from None
    return moment.date() if moment.tzinfo is None else calendar.local_date(moment)


def _lines(found: Understood) -> list[str]:
    """The reading in words: only what is known."""
    words = "사유" if found.intent == Intent.DELAY else "메모"
    facts = [
        ("뜻", str(found.intent)),
        ("바로 함" if found.acts else "확인 뒤에 함", "예"),
        ("번호", " ".join(f"#{one}" for one in found.ids)),
        ("날짜", render.long_day(found.day) if found.day else ""),
        ("기간", f"현재 기한부터 {found.shift}" if found.shift else ""),
        ("셈", found.basis or ""),
        ("진행률", "" if found.percent is None else f"{found.percent}%"),
        (words, found.words or ""),
        ("되물음", str(found.as_json()["question"] or "")),
        ("고를 날짜", ", ".join(render.long_day(one) for one in found.choices)),
        *((f"{number}번째", str(one.intent)) for number, one in enumerate(found.parts, 1)),
    ]
    return [f"{name}: {value}" for name, value in facts if value]
