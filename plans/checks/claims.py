"""Reading what a quarterly result prints about itself (점검결과 문서의 집계와 서술)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from plans.checks.counts import area_table
from plans.checks.sums import read_figure
from plans.claimed import (
    ClaimedAdjustment,
    ClaimedChange,
    ClaimedCount,
    ClaimedCriterion,
    ClaimedRow,
    ClaimedStep,
    ResultClaims,
)
from plans.document import Document
from plans.fields.labels import is_status, read_status
from plans.tables.table import cell, find_tables
from plans.text.lines import Line
from plans.text.spelling import numerals, one_line, squeeze

_QUARTER: Final = re.compile(r"(20\d\d)\s*년?\s*[.]?\s*([1-4])\s*(?:/\s*4)?\s*분기")
_AS_OF: Final = re.compile(r"(20\d\d)\s*\.\s*(\d{1,2})\s*\.\s*(\d{1,2})\s*\.?\s*(?:일)?\s*(?:기준|현재|$)")
_SUBJECT: Final = re.compile(r"^[-–\s]*(.{2,40}?)\s*\(\s*20\d\d[^()]*기준\s*\)")
_FACT: Final = re.compile(r"^(근거|점검근거|기준일자|기준일|점검내용|점검방법)\s*[:：]\s*(.+)$")
_RATE: Final = re.compile(r"율\b[^:：]{0,40}[:：]?\D{0,20}(\d{1,3}(?:\.\d{1,4})?)\s?%")
_BEFORE: Final = re.compile(
    r"(20\d\d)\s*[.년]?\s*([1-4])\s*(?:/\s*4)?\s*분기\s*(\d{1,3}(?:\.\d{1,4})?)\s?%\s*대비"
)
_MOVED: Final = re.compile(r"^(?P<status>[가-힣 ]+?)\s*(?:사업|과제)?\s*[:：]\s*(?P<count>\d+)\s?[개건]$")
_NUMBERED: Final = re.compile(
    r"^(?:[①-⑳]\s*)?\(\s*(?P<no>\d{1,3}(?:\s?-\s?[\d①-⑳]{1,3})+)\s*\)\s*(?P<title>.+)$"
)
_STEP: Final = re.compile(r"^(?P<what>.+?)\s*[:：]\s*(?P<when>(?:20\d\d|['’]\d\d)[^:：]*)$")
_CHANGES: Final = re.compile(r"대비\s*변경\s*사항|변경\s*사항$")
_ADJUSTMENTS: Final = re.compile(r"(?:공약)?\s*조정\s*(?:필요|대상)\s*(?:사업|과제)")
_CRITERIA: Final = re.compile(r"판단\s?기준(?=\s?(?:[-–:：]|$))")
_MEANS: Final = re.compile(r"^(?P<status>[가-힣][가-힣 ]{1,15}?)\s*[:：]\s*(?P<what>\S.*)$")
_COMMENT: Final = re.compile(r"총평")
_STEPS: Final = re.compile(r"향후\s*(?:추진\s*)?계획")
_HEADING: Final = re.compile(r"^\d{1,2}\s*\.\s*\S")


def read_claims(document: Document) -> ResultClaims | None:
    """What the document prints; None unless it is a register with a status in every row and names its quarter."""
    if not document.is_register or not document.tasks:
        return None
    if any(placed.task.status is None for placed in document.tasks):
        return None
    head = document.lines[: document.tasks[0].first - 1]
    period = _period(document, head)
    if period is None:
        return None
    claims = ResultClaims(year=period[0], quarter=period[1], as_of=_as_of(head), subject=_subject(head))
    _read_facts(claims, head)
    _read_rates(claims, head)
    _read_counts(claims, head)
    _read_matrix(claims, document)
    numbers = {numerals(placed.task.no): placed.task.no for placed in document.tasks if placed.task.no}
    claims.changes = list(_changes(head, numbers))
    claims.adjustments = list(_adjustments(head, numbers))
    claims.criteria_source, claims.criteria = _criteria(head)
    claims.comment = [line.body for line in _below(head, _COMMENT) if line.marks]
    tail = document.lines[document.tasks[-1].first :]
    claims.steps = [
        ClaimedStep(what=one_line(found["what"]), when=one_line(found["when"]))
        for line in _below(tail, _STEPS)
        if (found := _STEP.match(line.body)) is not None
    ]
    return claims


def _period(document: Document, head: Sequence[Line]) -> tuple[int, int] | None:
    for text in (document.cover.title, *(line.text for line in head)):
        found = _QUARTER.search(text)
        if found is not None:
            return int(found[1]), int(found[2])
    return None


def _as_of(head: Sequence[Line]) -> date | None:
    for line in head:
        found = _AS_OF.search(line.text.strip())
        if found is None or line.cells:
            continue
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def _subject(head: Sequence[Line]) -> str | None:
    found = (_SUBJECT.match(line.text.strip()) for line in head if not line.cells)
    return next((one_line(match[1]) for match in found if match is not None), None)


def _read_facts(claims: ResultClaims, head: Sequence[Line]) -> None:
    for line in head:
        found = None if line.cells else _FACT.match(line.body)
        if found is None:
            continue
        if found[1].endswith("근거"):
            claims.basis = claims.basis or found[2]
        elif found[1] == "점검내용":
            claims.content = claims.content or found[2]
        elif found[1] == "점검방법":
            claims.method = claims.method or found[2]


def _read_rates(claims: ResultClaims, head: Sequence[Line]) -> None:
    """The headline and the rate of the quarter before, from the line that says 대비."""
    for line in head:
        text = "" if line.cells else line.text.replace("**", "")
        before = _BEFORE.search(text)
        if before is None:
            continue
        claims.previous_year, claims.previous_quarter = int(before[1]), int(before[2])
        claims.previous_rate = before[3]
        own = _RATE.search(text[: before.start()])
        claims.rate = own[1] if own is not None else None
        return


def _read_counts(claims: ResultClaims, head: Sequence[Line]) -> None:
    """The table whose head is status words: rows 건수 and 비율."""
    for table in find_tables(head):
        rows = {squeeze(cell(row, 0)): row for row in table.body}
        counts, shares = rows.get("건수"), rows.get("비율")
        names = [_statuses(text) for text in table.rows[0].cells]
        if counts is None or not any(names):
            continue
        for column, statuses in enumerate(names):
            count = read_figure(cell(counts, column))
            share = re.search(r"\d+(?:\.\d+)?", cell(shares, column)) if shares is not None else None
            if statuses and count is not None:
                claimed = ClaimedCount(
                    statuses=statuses, count=int(count), share=share[0] if share is not None else None
                )
                claims.counts.append(claimed)
            elif count is not None and claims.total is None:
                claims.total = int(count)
        return


def _statuses(head: str) -> list[str]:
    """완료 / 이행 후 계속추진 -> both in their one spelling; [] where a word is no status."""
    parts = [part for part in re.split(r"/|,|·", one_line(head)) if part.strip()]
    found = [read_status(part) for part in parts if is_status(part)]
    return [one for one in found if one] if len(found) == len(parts) else []


def _read_matrix(claims: ResultClaims, document: Document) -> None:
    table = area_table(document)
    if table is None:
        return
    claims.columns = [one_line(text) for text in table.rows[0].cells[1:]]
    for row in table.body:
        figures = [read_figure(cell(row, column)) for column in range(1, len(row.cells))]
        claims.matrix.append(ClaimedRow(name=cell(row, 0), cells=[int(one or 0) for one in figures]))


def _below(lines: Sequence[Line], heading: re.Pattern[str]) -> Iterator[Line]:
    """The filled lines under the heading, to the next line that looks like one."""
    at = next((i for i, line in enumerate(lines) if not line.cells and heading.search(line.body)), None)
    if at is None or _STEP.match(lines[at].body):
        return
    for line in lines[at + 1 :]:
        is_heading = line.rank == 0 or line.cells or (not line.marks and _HEADING.match(line.body))
        is_heading = is_heading or any(
            each.search(line.body)
            for each in (_CHANGES, _ADJUSTMENTS)
            if not line.marks and each is not heading
        )
        if is_heading:
            return
        if not line.is_blank:
            yield line


def _changes(head: Sequence[Line], numbers: dict[str, str]) -> Iterator[ClaimedChange]:
    current: ClaimedChange | None = None
    for line in _below(head, _CHANGES):
        moved, numbered = _MOVED.match(line.body), _NUMBERED.match(line.body)
        if moved is not None and (status := read_status(moved["status"])) is not None:
            if current is not None:
                yield current
            current = ClaimedChange(status=status, count=int(moved["count"]))
        elif numbered is not None and current is not None:
            current.numbers.append(_known(numbered["no"], numbers))
    if current is not None:
        yield current


def _adjustments(head: Sequence[Line], numbers: dict[str, str]) -> Iterator[ClaimedAdjustment]:
    current: ClaimedAdjustment | None = None
    for line in _below(head, _ADJUSTMENTS):
        numbered = _NUMBERED.match(line.body)
        if numbered is not None:
            if current is not None:
                yield current
            no = _known(numbered["no"], numbers)
            current = ClaimedAdjustment(no=no, title=numbered["title"], reason="")
        elif current is not None:
            current.reason = f"{current.reason} {line.body}".strip()
    if current is not None:
        yield current


def _criteria(head: Sequence[Line]) -> tuple[str | None, list[ClaimedCriterion]]:
    """From where the criteria are, and each status with its lines; a line without a status goes on with the one above."""
    found: list[ClaimedCriterion] = []
    titles = ((line, _CRITERIA.search(line.body)) for line in head if not line.cells)
    sources = (
        one_line(line.body[found.end() :]).strip(" -–:：") for line, found in titles if found is not None
    )
    for line in _below(head, _CRITERIA):
        means = _MEANS.match(line.body)
        if means is not None and is_status(means["status"]):
            found.append(ClaimedCriterion(status=means["status"], lines=[one_line(means["what"])]))
        elif found:
            found[-1].lines.append(one_line(line.body))
    return next(sources, "") or None, found


def _known(written: str, numbers: dict[str, str]) -> str:
    """(2-4-1) -> 2-4-①, where the register writes it so."""
    closed = re.sub(r"\s", "", written)
    return numbers.get(numerals(closed), closed)
