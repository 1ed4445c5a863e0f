"""Telephone numbers in every way that documents write them go; dates, amounts and documents' numbers stay."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.privacy import patterns
from bot.privacy.guard import scrub, scrub_emails, scrub_file
from bot.privacy.own import label

PHONE, RESIDENT = label("privacy.gone.phone"), label("privacy.gone.resident")
PHONES = (
    "010-1234-5678",
    "010 1234 5678",
    "010.1234.5678",
    "01012345678",
    "011-234-5678",
    "02-2133-1234",
    "02)2133-1234",
    "(02) 2133-1234",
    "02-2133-1234~5",
    "031-828-1234",
    "031) 828-1234",
    "(031)828-1234",
    "0318281234",
    "041–123–4567",
    "055 123 4567",
    "064-710-1234",
    "070-7777-1234",
    "080-123-4567",
    "0505-123-4567",
    "+82-10-1234-5678",
    "+82 2 2133 1234",
    "1588-1234",
    "1577-0000",
    "1899–1234",
    "내선 2880",
    "내선: 2880",
    "구내 1234",
    "☎ 2133-1234",
    "☎2880",
    "전화 828-1234",
    "전화번호: 828-1234",
    "연락처 2133-1234",
    "(TEL. 2133-1234)",
    "Tel 828)1234",
    "FAX 02-2133-1235",
    "H.P 010-1234-5678",
    "휴대폰 010-1234-5678",
    "０１０－１２３４－５６７８",
)
KEPT = (
    "2026. 6. 30.(화)",
    "2026-06-30",
    "2026.06.30.",
    "'26.12.5.",
    "09:10 ~ 18:00",
    "도시과-12345",
    "도시과-2021(2026. 6. 30.)",
    "기획예산실-1588",
    "예산 1,588,123천원",
    "15881234원",
    "총사업비 1200백만원",
    "2021-2024년",
    "1998-2002",
    "2020~2026",
    "#112 #218",
    "/done 112 113",
    "전화 3건",
    "전화 상담 1200건",
    "전화 2026. 7. 1.부터",
    "연락처 120명 정비",
    "행정전화로 확인하여 주십시오",
    "제1-2-3호, 4-1-②",
    "D-30, D-7",
    "50.5% (101/200)",
    "길이 02.5km, 폭 3.5m",
    "조례 제1234호",
    "접수번호 101234",
    "한빛로 31-12",
    "t.me/gihan_bot?start=x0101234567890123456_-A",
)


@pytest.mark.parametrize("number", PHONES)
def test_a_telephone_number_goes(number: str) -> None:
    said = scrub(f"문의는 {number}로 해 주십시오")
    assert PHONE in said
    assert not any(char.isdigit() for char in said), said


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_telephone_number_stays(text: str) -> None:
    assert scrub(text) == text


@given(
    st.text("0123456789０１２８８82 1-–－.()（） )~+년", max_size=30),
    st.sampled_from(["", "전화", "연락처 ", "휴대폰:", "내선", "TEL.", "☎", "H.P ", "담당자 전화번호 "]),
    st.text("0123456789０１２ -–－.()", max_size=30),
)
def test_no_number_is_too_plain_to_be_looked_for(before: str, word: str, behind: str) -> None:
    """The quick look that comes first sees all that the thorough one would find."""
    text = before + word + behind
    plain = text.translate(patterns.PLAIN)
    if patterns.PHONES.search(plain) or patterns.RESIDENT.search(plain):
        assert patterns.UNLABELLED.search(text) or patterns.LABELLED.search(text)


def test_every_number_of_a_line_goes_and_the_words_stay() -> None:
    text = "담당 김하늘(02-2133-1234, 1235), 현장 010-1234-5678, 준공 2026. 7. 1."
    assert scrub(text) == f"담당 김하늘({PHONE}), 현장 {PHONE}, 준공 2026. 7. 1."


def test_a_resident_number_goes() -> None:
    assert scrub("등록 900101-1234567 확인") == f"등록 {RESIDENT} 확인"


def test_a_mail_address_goes_and_a_mention_stays() -> None:
    assert "bora" not in scrub_emails("문의 bora.kim@hanbyeol.go.kr")
    assert scrub_emails("/away 7.5-7.9 @이바다 /done@gihan_bot") == "/away 7.5-7.9 @이바다 /done@gihan_bot"


def test_a_workbook_keeps_everything_but_the_numbers() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["문의 02-2133-1234", "2026-06-30", 15881234])
    file = io.BytesIO()
    book.save(file)
    sheet = load_workbook(io.BytesIO(scrub_file("표.xlsx", file.getvalue()))).active
    assert sheet is not None
    assert [one.value for one in next(iter(sheet.rows))] == [f"문의 {PHONE}", "2026-06-30", 15881234]


@pytest.mark.parametrize("name", ["이력.csv", "보고서.txt", "보고서.html"])
def test_a_text_file_is_scrubbed(name: str) -> None:
    assert scrub_file(name, "\ufeff문의 010-1234-5678".encode()).decode() == f"\ufeff문의 {PHONE}"
