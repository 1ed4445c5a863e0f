"""The sheet of opinions (의견서, .xlsx) of a panel of citizens: it goes out with the tasks of each 분과 and comes back."""

from __future__ import annotations

from openpyxl import Workbook
from sqlalchemy.orm import Session

from reports import texts
from reports.meetings.opinions import label_of
from reports.meetings.pack import state_of
from reports.quarterly.workbook import Span, new_sheet, saved
from reports.texts.grammar import full_day
from store import panels
from store.models import MeetingPanel, MeetingTime
from store.panels import is_said

WIDTHS = (10.0, 16.0, 40.0, 18.0, 16.0, 60.0)


def sheet(session: Session, of: MeetingTime, panel: MeetingPanel | None = None) -> bytes:
    """Of every 분과, or of one; what was said already stands there."""
    said = {one.task_id: one for one in panels.opinions(session, [of.id])[of.id]}
    title = texts.line("meetings.opinions.title", title=of.meeting.title)
    book = Workbook()
    book.properties.title = title
    page = new_sheet(book, texts.line("meetings.opinions.sheet"), WIDTHS, is_first=True)
    page.page.page_setup.orientation = page.page.ORIENTATION_LANDSCAPE
    page.line(f"{title} ({full_day(of.held_on)})", size=14, bold=True, center=True)
    page.cells([Span(texts.line("meetings.opinions.number"), is_head=True), Span(of.id)])
    page.line(texts.line("meetings.opinions.how"))
    head = page.cells([Span(name, is_head=True) for name in texts.labels("meetings.opinions.head")])
    page.page.freeze_panes = page.page.cell(head + 1, 1)
    for one in panels.of_meeting(session, of.meeting_id):
        if panel is not None and one.id != panel.id:
            continue
        for task in panels.tasks_of(one):
            known = said.get(task.id)
            words = known.text if known is not None and is_said(known) else None
            if known is not None and known.item_id is None:
                words = texts.line("meetings.no-opinion")
            where = task.department.name if task.department is not None else None
            values = (one.name, label_of(task), where, state_of(session, task) or None, words)
            page.cells([Span(task.id), *(Span(value, is_left=True) for value in values)])
    return saved(book)
