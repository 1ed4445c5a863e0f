"""A quarter's result as a file or a message: which quarter is meant, and what it becomes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.chat.turn import Office, UsageError
from bot.privacy import guard
from bot.rounds import which
from bot.texts import round_words
from bot.texts.render import label, say
from jobs.rounds.checks import entry_doubts
from reports.period import Period, examples, read_period
from reports.quarterly import page
from reports.quarterly.build import build
from reports.quarterly.load import load, named_periods, periods
from reports.quarterly.material import Material, material_of
from reports.quarterly.result import Result
from reports.settings import RoundSettings
from store import rounds
from store.states import EntryState


def _workbook(result: Result) -> bytes:
    from reports.quarterly import xlsx  # noqa: PLC0415 - openpyxl takes long to load

    return xlsx.xlsx(result)


FORMS: dict[str, Callable[[Result], bytes]] = {
    ".xlsx": _workbook,
    ".html": lambda result: page.html(result).encode(),
    ".txt": lambda result: page.text(result).encode(),
}


def form_of(name: str) -> Callable[[Result], bytes]:
    """What makes a file of that name. Raises UsageError for an ending that no form has."""
    for ending, made in FORMS.items():
        if name.lower().endswith(ending):
            return made
    raise UsageError(say("rounds.no-form", choices=", ".join(FORMS)))


def wanted_period(session: Session, text: str, this_year: int) -> Period:
    """The quarter that was typed, or the round of that name; nothing typed is the newest quarter. Raises UsageError with what
    there is."""
    if not text.strip():
        there = periods(session)
        if not there:
            raise UsageError(say("rounds.none-yet"))
        return there[0]
    found = which.period_named(session, text, this_year)
    if found is None:
        raise UsageError(say("rounds.no-quarter", said=guard.words(text.strip()[:40]), example=examples()))
    return found


def result_of(
    session: Session,
    period: Period,
    settings: RoundSettings,
    organisation: str,
    now: datetime,
    zone: str,
    *,
    is_for_chat: bool = False,
) -> Result:
    """The result. `now` is aware, in the zone. Raises UsageError where the quarter is not settled, with what is."""
    loaded = load(session, period, settings, hides_secret=is_for_chat)
    if loaded is None:
        raise UsageError(_missing(session, period))
    return build(loaded.quarter, loaded.previous, loaded.settings, organisation, now, zone)


def file_of(
    session: Session, wanted: dict[str, str], office: Office, now: datetime
) -> tuple[str, bytes] | None:
    """The file that the ledger owes, as the record stands now; None where the quarter is gone."""
    period = _kept(wanted)
    if period is None or load(session, period, office.rounds) is None:
        return None
    local = now.astimezone(office.zone)
    zone = office.zone.key
    result = result_of(session, period, office.rounds, office.name, local, zone, is_for_chat=True)
    return wanted["name"], form_of(wanted["name"])(result)


def kept(period: Period) -> dict[str, str]:
    """The quarter as the ledger keeps it with a file that it owes, and the round's name where it has one."""
    quarter = str(Period(period.year, period.quarter))
    return {"period": quarter, "named": period.name} if period.name else {"period": quarter}


def _kept(wanted: dict[str, str]) -> Period | None:
    quarter = read_period(wanted["period"])
    return replace(quarter, name=wanted.get("named", "")) if quarter is not None else None


def material(
    session: Session, period: Period, organisation: str, now: datetime, zone: str, settings: RoundSettings
) -> Material:
    """보고회 자료 of a round that was opened here. `now` is aware, in the zone. Raises UsageError for another quarter."""
    found = material_of(
        session,
        period,
        organisation,
        now,
        zone,
        doubts=partial(entry_doubts, term_ends_on=settings.term_ends_on),
    )
    if found is None:
        raise UsageError(say("rounds.no-material", period=period))
    return found


def material_sheet(found: Material) -> bytes:
    from reports.quarterly import material_sheet  # noqa: PLC0415 - openpyxl takes long to load

    return material_sheet.xlsx(found)


def material_file(
    session: Session, wanted: dict[str, str], office: Office, now: datetime
) -> tuple[str, bytes] | None:
    """The same as the file that the ledger owes; None where the round is gone."""
    period = _kept(wanted)
    local, zone = now.astimezone(office.zone), office.zone.key
    doubts = partial(entry_doubts, term_ends_on=office.rounds.term_ends_on)
    found = (
        material_of(session, period, office.name, local, zone, hides_secret=True, doubts=doubts)
        if period
        else None
    )
    return (label("rounds.material-file", period=period), material_sheet(found)) if found else None


def _missing(session: Session, period: Period) -> str:
    under_way = rounds.find(session, period.year, period.quarter, period.name)
    if under_way is not None:
        counted = rounds.states(session, under_way.id)
        return say(
            "rounds.not-frozen",
            period=period,
            state=round_words.states()[under_way.state],
            total=counted.total(),
            done=counted[EntryState.EVALUATED],
        )
    there = [*periods(session), *named_periods(session)]
    if not there:
        return say("rounds.none-of", period=period)
    return say("rounds.none-but", period=period, choices=", ".join(str(one) for one in there))
