"""What never leaves in a message, wherever it comes from: telephone numbers and resident numbers."""

from __future__ import annotations

import io
import re
import zipfile

PHONE_GONE = "(전화번호 생략)"
RESIDENT_GONE = "(주민등록번호 생략)"
EMAIL_GONE = "(전자우편 생략)"

_SEP = r"[-‐‑–—－.·∙\s)]{1,3}"
_MORE = r"(?:\s?[~∼～]\s?\d{1,4}(?!\d)|\s?[,/]\s?\d{4}(?![\d.\-년월일건원명]))*"  # 02-2133-1234~5, 1240
_AREA = r"(?:02|0[3-6][1-5]|070|080|050\d?|060)"
_START = r"(?<!\d)(?<!\d[-.,/])"
_NO_UNIT = r"(?!\d|\s*(?:년|월|일|건|명|회|통|원|개|번|%|억|만|천|시간|[./-]\s?\d))"
_LABEL = (
    r"(?:(?:대표|행정|사무실|담당자?)?\s?전화(?:번호)?|연락처|휴대(?:폰|전화)|핸드폰|내선(?:번호)?|구내(?:번호)?"
    r"|교환|팩스|(?<![A-Za-z])(?:H\.?P|TEL|FAX|Tel|tel|Fax|fax)|☎|☏|📞|🕿)"
)
_PHONES = re.compile(
    "|".join(
        (
            rf"{_START}\+?\s?82{_SEP}?\(?0?\)?\d{{1,2}}{_SEP}\d{{3,4}}{_SEP}\d{{4}}(?!\d){_MORE}",
            rf"{_START}01[016789]{_SEP}\d{{3,4}}{_SEP}\d{{4}}(?!\d){_MORE}",
            r"(?<![A-Za-z0-9_])(?<!\d[-.,/])01[016789]\d{7,8}(?!\d)",
            rf"{_START}(?:\({_AREA}\)\s?|{_AREA}{_SEP})\d{{3,4}}{_SEP}\d{{4}}(?!\d){_MORE}",
            rf"(?<![A-Za-z0-9_])(?<!\d[-.,/])(?<![가-힣A-Za-z]-){_AREA}\d{{7,8}}(?!\d)",
            r"(?<![A-Za-z0-9_])(?<![-.,/])1[568]\d\d\s?[-‐‑–—－]\s?\d{4}(?!\d)(?!년)",
            rf"{_LABEL}[\s.:：)(]{{0,4}}\(?\d{{2,4}}[)\-\d~∼ ]{{0,14}}\d(?:\s?[~∼]\s?\d{{1,4}})?{_NO_UNIT}",
        )
    )
)
_PLAIN = str.maketrans("０１２３４５６７８９－（）：", "0123456789-():")  # one letter for one
_RESIDENT = re.compile(r"(?<!\d)\d{6}\s?[-–－]\s?[1-8]\d{6}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)
_CELL = re.compile(r"(<t(?:\s[^<>]*)?>)([^<]*)(</t>)")


def scrub(text: str) -> str:
    """The text with a word in the place of every telephone or resident number; dates, amounts, documents stay."""
    return _without(_PHONES, PHONE_GONE, _without(_RESIDENT, RESIDENT_GONE, text))


def _without(pattern: re.Pattern[str], word: str, text: str) -> str:
    """The word in the place of each match, letters of full width read as the plain ones."""
    made, end = [], 0
    for found in pattern.finditer(text.translate(_PLAIN)):
        made += [text[end : found.start()], word]
        end = found.end()
    return "".join([*made, text[end:]]) if made else text


def scrub_emails(text: str) -> str:
    """The same of mail addresses."""
    return _EMAIL.sub(EMAIL_GONE, text)


def scrub_file(name: str, content: bytes) -> bytes:
    """The file with its texts scrubbed; a picture stays, its words are scrubbed before it is drawn."""
    if name.lower().endswith(".xlsx"):
        return _scrub_workbook(content)
    if name.lower().endswith((".csv", ".txt", ".html")):
        return scrub(content.decode("utf-8")).encode("utf-8")
    return content


def _scrub_workbook(content: bytes) -> bytes:
    """Cell texts, in the file as it is: everything else of it stays byte by byte."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            part = old.read(one)
            if one.filename.startswith(("xl/sharedStrings", "xl/worksheets/")):
                part = _CELL.sub(_scrub_cell, part.decode("utf-8")).encode("utf-8")
            new.writestr(one, part)
    return made.getvalue()


def _scrub_cell(found: re.Match[str]) -> str:
    return found[1] + scrub(found[2]) + found[3]
