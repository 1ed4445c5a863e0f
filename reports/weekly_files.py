"""주간업무보고 as text to paste and as a spreadsheet."""

from reports import texts
from reports.texts.hidden_titles import hidden_title
from reports.weekly import Part, Row, Week

WIDTHS = (14.0, 44.0, 44.0, 44.0)
DATA_WIDTHS = (14.0, 10.0, 8.0, 30.0, 40.0, 14.0, 12.0, 30.0)


def text(week: Week, title: str) -> str:
    """Per department three sentences."""
    lines = [heading(week, title), ""]
    for name, parts in week.departments.items():
        lines += [f"□ {name}", *(f"  ○ {sentence(part, parts[part])}" for part in Part), ""]
    if not week.departments:
        lines.append(texts.line("weekly.nothing"))
    return "\n".join(lines).rstrip() + "\n"


def heading(week: Week, title: str) -> str:
    return texts.line("weekly.title", title=title, monday=week.monday, sunday=week.sunday)


def sentence(part: Part, rows: list[Row], most: int | None = None) -> str:
    """Of many the first `most`, and how many more."""
    shown = rows if most is None else rows[:most]
    named = [name(part, one) for one in shown]
    return texts.line(f"weekly.sentence.{part}", named=named, count=len(rows), more=len(rows) - len(shown))


def name(part: Part, one: Row) -> str:
    """보행로 정비 설계 용역(7. 2.); a title that names its task stands alone."""
    title = one.title if one.task in one.title else f"{one.task} {one.title}"
    if one.title == hidden_title():
        title = f"#{one.number} {title}"
    return texts.line(f"weekly.item.{part}", title=title, day=one.day, why=one.why)


def xlsx(week: Week, title: str) -> bytes:
    """The table to print, and its rows to sort and filter."""
    from openpyxl import Workbook  # noqa: PLC0415 - it takes long to load

    from reports.quarterly.workbook import Span, new_sheet, saved  # noqa: PLC0415

    book = Workbook()
    sheet = new_sheet(book, texts.line("weekly.sheet"), WIDTHS, is_first=True)
    sheet.line(heading(week, title), size=14, bold=True, center=True)
    sheet.cells([Span(one, is_head=True) for one in texts.labels("weekly.head")])
    for department, parts in week.departments.items():
        cells = ["\n".join(f"- {name(part, one)}" for one in parts[part]) or None for part in Part]
        sheet.cells([Span(department), *(Span(one, is_left=True) for one in cells)])
    data = new_sheet(book, texts.line("weekly.data-sheet"), DATA_WIDTHS)
    data.cells([Span(one, is_head=True) for one in texts.labels("weekly.data-head")])
    words = texts.words("weekly.part")
    for department, parts in week.departments.items():
        for part in Part:
            for one in parts[part]:
                row = (
                    department,
                    words[part],
                    one.number,
                    one.task,
                    one.title,
                    ", ".join(one.people),
                    one.day.isoformat() if one.day else None,
                    one.why,
                )
                data.cells([Span(value or None) for value in row])
    return saved(book)
