"""A stand-in for a second language: every text of the first one with its Hangul taken out. What a person who is spoken to in
it still reads in Hangul has not come from the catalogue of that language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.cli import commands
from bot.privacy import own
from bot.texts import plan_words, render
from jobs import texts as of_jobs
from reports import texts as of_reports
from reports.texts.catalogue import Catalogue, Spoken

ROOT = Path(__file__).parents[3]
HANGUL = re.compile(r"[\uac00-\ud7a3]+")
ALL: tuple[Spoken, ...] = (
    render._LINES, plan_words.TEXTS, own.LINES, commands._OWN, of_reports.CATALOGUE, of_jobs.CATALOGUE,
)  # fmt: skip


class StandIn(Catalogue):
    """The texts of a room below another folder."""

    folder_of_all: Path

    @property
    def _root(self) -> Path:
        return self.folder_of_all / self.package / self.language


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """English is the stand-in, which lies below that folder."""
    for room in ("bot", "reports", "jobs"):
        for path in (ROOT / room / "texts/ko").rglob("*.*"):
            made = folder / room / "en" / path.relative_to(ROOT / room / "texts/ko")
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_text(HANGUL.sub("Zz", path.read_text(encoding="utf-8")), encoding="utf-8")
    before = [dict(one._made) for one in ALL]
    _forget()
    for one in ALL:
        within = f"en/{one.within}" if one.within else "en"
        catalogue = StandIn(one.package, one.folder, within, one._make)
        catalogue.folder_of_all = folder
        one._made["en"] = catalogue
    try:
        yield
    finally:
        for one, was in zip(ALL, before, strict=True):
            one._made.clear()
            one._made.update(was)
        _forget()


def _forget() -> None:
    render._environment.cache_clear()
    render._template.cache_clear()
