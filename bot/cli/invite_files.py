"""`gihan invite -o`: the links as a file that is printed or sent on: its ending says as what."""

from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chat.invites import InviteRow
from bot.chat.turn import UsageError
from bot.people.invite import invited_of, sheet_words
from bot.texts import render
from bot.texts.render import label, labels
from reports.drawing.apart import drawn
from reports.invite_sheet import Sheets
from store.models import Officer

Content = Callable[[Sequence[Officer], Sequence[InviteRow], ZoneInfo], bytes]


def _pdf(people: Sequence[Officer], rows: Sequence[InviteRow], zone: ZoneInfo) -> bytes:
    invited = [invited_of(one, row.link or "") for one, row in zip(people, rows, strict=True)]
    return drawn(Sheets(tuple(invited), sheet_words(rows[0].expires_at, zone)))


def _table(made: str) -> Content:
    def content(people: Sequence[Officer], rows: Sequence[InviteRow], zone: ZoneInfo) -> bytes:
        from reports import invite_table  # noqa: PLC0415 - openpyxl takes long to load

        invited = [invited_of(one, row.link or "") for one, row in zip(people, rows, strict=True)]
        until = render.moment(rows[0].expires_at, zone)
        return bytes(getattr(invite_table, made)(invited, labels("cli.invite.head"), until))

    return content


FORMS: dict[str, Content] = {".pdf": _pdf, ".xlsx": _table("xlsx"), ".csv": _table("as_csv")}


def form_of(file: Path) -> Content:
    """What makes a file of that name. Raises UsageError for an ending that no form has."""
    if (found := FORMS.get(file.suffix.lower())) is None:
        raise UsageError(label("cli.invite.ending", ending=" ".join(FORMS)))
    return found


def in_order(people: Sequence[Officer]) -> list[Officer]:
    """By department and name, as it is handed out."""
    return sorted(people, key=lambda one: (one.department.name if one.department else "", one.name, one.id))
