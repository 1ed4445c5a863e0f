"""`gihan invite -o`: links as a file to print or to send on, for its owner only; a link a person, none on the screen."""

from __future__ import annotations

import csv
import io
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest
import segno
from pypdfium2 import PdfDocument
from sqlalchemy import select

from bot.texts.render import labels
from reports.texts.speaking import FIRST, settle, speaking
from store.db import meta
from store.db.engine import Store
from store.invites import find, is_open
from store.models import Invite
from tests.bot.cli.test_cli import SAMPLE
from tests.shell import Shell

START = "https://t.me/hanbyeol_bot?start="
PEOPLE = 12  # of the sample, with something to do


@pytest.fixture
def office(gihan: Shell) -> Shell:
    """A registered plan, and a bot whose name is known."""
    gihan("import", str(SAMPLE), "--yes", "--activate")
    store = opened(gihan.folder)
    with store.write() as session:
        meta.put(session, meta.BOT_USERNAME, "hanbyeol_bot")
    store.close()
    return gihan


def opened(folder: Path) -> Store:
    return Store(f"sqlite:///{folder / 'gihan.db'}")


def rows_of(file: Path) -> list[list[str]]:
    """Without the head."""
    text = file.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def open_codes(folder: Path) -> int:
    """How many links could be used."""
    store = opened(folder)
    with store.read() as session:
        count = len(
            session.scalars(select(Invite).where(Invite.used_at.is_(None), Invite.voided_at.is_(None))).all()
        )
    store.close()
    return count


def test_a_csv_has_a_link_for_everybody_that_registers_them(office: Shell) -> None:
    told = office("invite", "--all", "-o", "초대장.csv")
    rows = rows_of(office.folder / "초대장.csv")
    assert f"{PEOPLE}분" in told and "start=" not in told
    assert len({link for *_, link, _ in rows}) == len(rows) == PEOPLE
    store = opened(office.folder)
    with store.read() as session:
        for department, name, _rank, link, _until in rows:
            found = find(session, link.removeprefix(START))
            assert found is not None and found.officer.name == name
            assert found.officer.department is not None and found.officer.department.name == department
    store.close()


def test_a_pdf_has_a_page_for_each_department(office: Shell) -> None:
    office("invite", "--all", "-o", "초대장.pdf")
    office("invite", "--all", "-o", "초대장.csv")
    rows = rows_of(office.folder / "초대장.csv")
    document = PdfDocument(office.folder / "초대장.pdf")
    texts = [document[page].get_textpage().get_text_bounded() for page in range(len(document))]
    assert [text.splitlines()[0].split()[0] for text in texts] == sorted({row[0] for row in rows})
    for department, name, *_ in rows:
        assert [text.startswith(department) for text in texts if name in text] == [True]


def test_a_spreadsheet_has_the_code_of_each_link_and_prints_a_page_for_each_department(office: Shell) -> None:
    office("invite", "--all", "-o", "초대장.xlsx")
    page = openpyxl.load_workbook(office.folder / "초대장.xlsx").active
    [head, *rows] = list(page.iter_rows(values_only=True))
    assert len(rows) == PEOPLE and "QR" in head
    assert len(page.row_breaks.brk) == len({row[0] for row in rows}) - 1
    with zipfile.ZipFile(office.folder / "초대장.xlsx") as book:
        pictures = {book.read(name) for name in book.namelist() if name.startswith("xl/media/")}
    assert pictures == {png(str(row[3])) for row in rows}


def png(link: str) -> bytes:
    content = io.BytesIO()
    segno.make_qr(link, error="m").save(content, kind="png", scale=3, border=2)
    return content.getvalue()


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("심청",), {"심청"}),
        (("--all", "--department", "일자리경제과"), {"심청", "전우치"}),
        (("--department", "일자리경제과"), {"심청", "전우치"}),
    ],
)
def test_one_person_or_one_department(office: Shell, arguments: tuple[str, ...], names: set[str]) -> None:
    office("invite", *arguments, "-o", "몇 분.csv")
    assert {row[1] for row in rows_of(office.folder / "몇 분.csv")} == names


@pytest.mark.parametrize("arguments", [("--department", "없는과"), ("--all", "--department", "없는과")])
def test_a_department_that_there_is_not_is_told_with_those_there_are(
    office: Shell, arguments: tuple[str, ...]
) -> None:
    error = office("invite", *arguments, "-o", "몇 분.csv", code=2)
    assert "없는과" in error and "일자리경제과" in error


@pytest.mark.parametrize("ending", [".pdf", ".xlsx", ".csv"])
def test_the_file_is_the_owners_only_even_where_an_older_one_was_everybodys(
    office: Shell, ending: str
) -> None:
    file = office.folder / f"초대장{ending}"
    file.touch(mode=0o644)
    office("invite", "심청", "-o", file.name)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_another_ending_is_told_with_a_right_example_and_makes_no_link(office: Shell) -> None:
    office("invite", "심청")
    error = office("invite", "--all", "-o", "초대장.docx", code=2)
    assert "gihan invite --all -o 초대장.pdf" in error and len(error.strip().splitlines()) == 1
    assert open_codes(office.folder) == 1


def test_where_the_file_cannot_be_made_the_links_of_before_stay_good(office: Shell) -> None:
    office("invite", "심청", "-o", "먼저.csv")
    office("invite", "--all", "-o", "없는 폴더/초대장.csv", code=2)
    [[_, _, _, link, _]] = rows_of(office.folder / "먼저.csv")
    assert open_codes(office.folder) == 1
    store = opened(office.folder)
    with store.read() as session:
        found = find(session, link.removeprefix(START))
        assert found is not None and is_open(found, found.created_at)
    store.close()


def test_without_the_bots_name_there_is_nothing_to_print(gihan: Shell) -> None:
    gihan("import", str(SAMPLE), "--yes", "--activate")
    assert "gihan doctor" in gihan("invite", "--all", "-o", "초대장.pdf", code=2)
    assert open_codes(gihan.folder) == 0


def test_a_name_that_a_spreadsheet_would_reckon_with_stays_text(office: Shell) -> None:
    office("invite", "=1+1", "--department", "도로과", "--role", "officer", "-o", "한 분.csv")
    assert [row[1] for row in rows_of(office.folder / "한 분.csv")] == ["'=1+1"]


def test_what_is_printed_is_in_the_organisations_language_whatever_the_terminal_speaks(office: Shell) -> None:
    """A sheet for the officers of an English office, made by an operator who reads Korean, and the other way round."""
    heads = {}
    for house, spoken in (("en", "ko"), ("ko", "en")):
        try:
            with speaking(spoken):
                office("invite", "--all", "-o", f"{house}.csv", GIHAN_ORGANISATION__LANGUAGE=house)
            with speaking(house):
                heads[house] = labels("cli.invite.head")
        finally:
            settle(FIRST)
        text = (office.folder / f"{house}.csv").read_text(encoding="utf-8-sig")
        written = tuple(next(csv.reader(io.StringIO(text))))
        assert written == heads[house][: len(written)]
    assert heads["en"] != heads["ko"]
