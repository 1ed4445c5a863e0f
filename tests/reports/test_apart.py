"""What is drawn by a process of its own: in the language that is spoken, and never by whoever wants it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pypdfium2
import pytest

from reports.drawing.apart import drawn
from reports.drawing.child import main
from reports.invite_sheet import Invited, Sheets, Words
from reports.pictures import Bar, Picture
from reports.texts.speaking import speaking
from tests.reports.test_load_picture import rehearsal

PNG = b"\x89PNG\r\n\x1a\n"
PICTURE = Picture("한별시", "2026. 7. 1.", date(2026, 7, 1), [Bar("도로과", 1, 0, 2)])
SHEETS = Sheets(
    (Invited("도로과", "김하늘", "주무관", "https://t.me/hanbyeol_bot?start=k7Qm2xWp"),),
    Words("등록", ("본인만",)),
)
WANTED = """
import sys
from datetime import date
import bot.digest.files, bot.people.invite, bot.overview.pictures
from reports.drawing.apart import drawn
from reports.pictures import Picture
assert drawn(Picture("한별시", "2026. 7. 1.", date(2026, 7, 1))).startswith(b"\\x89PNG")
print(*(one for one in sys.modules if one.partition(".")[0] in {"PIL", "reportlab"}))
"""


def test_whoever_wants_a_picture_loads_nothing_of_what_draws_it() -> None:
    done = subprocess.run([sys.executable, "-c", WANTED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_words_of_a_picture_are_in_the_language_that_is_spoken() -> None:
    with speaking("en"):
        english = drawn(PICTURE)
    assert english.startswith(PNG) and english != drawn(PICTURE)


def test_a_rehearsal_is_drawn_as_it_was_found() -> None:
    given = rehearsal(3)
    assert main("Rehearsal", "ko", given.model_dump_json().encode()) == drawn(given)


def test_a_printed_sheet_says_who_it_is_for_and_is_the_same_whenever_it_is_made() -> None:
    made = drawn(SHEETS)
    page = pypdfium2.PdfDocument(made)[0].get_textpage()
    assert page.get_text_bounded().split() == ["도로과", "등록", "김하늘", "주무관", "본인만"]
    assert made == drawn(SHEETS)


def test_a_picture_that_cannot_be_drawn_is_an_error_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.drawing.apart.sys.executable", "/nowhere/python")
    with pytest.raises(RuntimeError, match="not drawn: FileNotFoundError"):
        drawn(PICTURE)


def test_what_a_process_stumbles_over_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.drawing.apart.TypeAdapter.dump_json", lambda _self, _shown: b"{")
    with pytest.raises(RuntimeError, match="not drawn"):
        drawn(PICTURE)
