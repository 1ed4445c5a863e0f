"""A text changed in the catalogue changes at once in the message, the page, the plain text and the spreadsheet."""

from __future__ import annotations

import io

import openpyxl
import pytest

from bot.rounds.report import summary
from reports import texts
from reports.quarterly import page
from reports.quarterly.result import Result
from reports.quarterly.xlsx import xlsx
from tests.reports.quarterly.samples import city


def sheet(result: Result) -> str:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(result)))
    return "\n".join(str(one) for page in book for row in page.iter_rows(values_only=True) for one in row)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("period.label", "{{ year }}년도 제{{ quarter }}분기"),
        ("result.scope", "{{ projects }}개 단위사업({{ pledges }}개 공약)"),
        ("result.source.kinds", {"contradiction": "앞뒤가 다름", "difference": "셈이 다름", "note": "알림"}),
    ],
)
def test_it_is_the_same_everywhere(key: str, text: object, monkeypatch: pytest.MonkeyPatch) -> None:
    found = texts.CATALOGUE.now()
    monkeypatch.setattr(found, "_lines", {})
    monkeypatch.setitem(found._found, key, text)
    result = city()
    said = {
        "period.label": "2030년도 제2분기",
        "result.scope": "11개 단위사업(",
        "result.source.kinds": "[앞뒤가 다름]",
    }
    for shown in (summary(result), page.html(result), page.text(result), sheet(result)):
        assert said[key] in shown
