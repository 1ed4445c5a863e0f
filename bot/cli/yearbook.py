"""연말 자료집: what a year leaves behind as one .zip: its table, its quarterly results and papers, its log."""

import io
import zipfile
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from bot.audit import files as audit_files
from bot.rounds import publish
from bot.settings import Settings
from bot.texts import render
from bot.texts.render import label
from reports import year_sheet
from reports.period import Period, period_of
from reports.quarterly.load import named_periods, periods
from reports.quarterly.material import material_of
from reports.year import year_table
from store import audit, rounds
from store.audit import Search

QUARTERS = (1, 2, 3, 4)


def files_of(session: Session, year: int, settings: Settings, now: datetime) -> dict[str, bytes]:
    """The files by their names, the list of them first. `now` is aware, in the organisation's zone."""
    organisation = settings.organisation
    found: dict[str, bytes] = {}
    done = not settings.approval.confirm_done
    table = year_table(session, year, organisation.name, now, organisation.timezone, reported_is_done=done)
    found[label("cli.yearbook.table")] = year_sheet.xlsx(table)
    settled = {*periods(session), *named_periods(session, year)}
    quarters = [Period(year, quarter) for quarter in QUARTERS]
    for period in [*quarters, *(period_of(one) for one in rounds.named(session, year))]:
        key = "named-" if period.name else ""
        if period in settled:
            result = publish.result_of(
                session, period, settings.review, organisation.name, now, organisation.timezone
            )
            for ending in (".xlsx", ".html"):
                name = label(f"cli.yearbook.{key}result", period=period, ending=ending)
                found[name] = publish.form_of(ending)(result)
        papers = material_of(session, period, organisation.name, now, organisation.timezone)
        if papers is not None:
            found[label(f"cli.yearbook.{key}material", period=period)] = publish.material_sheet(papers)
    found[label("cli.yearbook.log")] = _log(session, year, settings)
    return {label("cli.yearbook.contents"): _contents(list(found), year, settings, now), **found}


def _log(session: Session, year: int, settings: Settings) -> bytes:
    """What was recorded in the year, by the organisation's own midnight."""
    zone = settings.organisation.zone
    since, until = (datetime(one, 1, 1, tzinfo=zone).astimezone(UTC) for one in (year, year + 1))
    entries = audit.search(session, Search(since=since, until=until))
    return audit_files.as_csv(audit_files.Table(session, zone, reversed(entries)))


def _contents(names: list[str], year: int, settings: Settings, now: datetime) -> bytes:
    text = render.plain(
        "yearbook",
        year=year,
        organisation=settings.organisation.name,
        names=names,
        moment=render.long_moment(now, settings.organisation.zone),
        zone=settings.organisation.timezone,
    )
    return text.encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """One file of them all; names are UTF-8, as every unpacker of today reads them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        for name, each in files.items():
            book.writestr(name, each)
    return content.getvalue()
