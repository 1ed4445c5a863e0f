"""What speaks for a piece being an entry of the plan, and what against: one sum of weights (근거의 무게).

The weights lie between a fit and judgement over all marked documents (docs/documents.md): change one only with those figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from plans.document import Document
from plans.entries.body import EVENT_TIME, OF_ACT
from plans.entries.phrase import is_act, is_statistic
from plans.fields.labels import PERIOD_LABELS, is_attribute
from plans.residue.pieces import Piece
from plans.structure.blocks import names_appendix
from plans.structure.outline import is_closing
from plans.structure.sections import is_section_title, section_kind, tells_done
from plans.structure.tasklist import DEPARTMENT_END
from plans.tables.column_roles import is_ordinal
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze, without_brackets
from plans.time.scan import find_dates

_PAST: Final = re.compile(r"(?:했|됐|였|었|렸|혔|졌|갔|왔)(?:다|음|습니다|고|으며|으나)")
_ENDS: Final = ("다", "요")  # of a sentence
_QUOTES: Final = " .\"”’'"
_LAW: Final = re.compile(r"[「｢]|[가-힣](?:법|령|조례|규칙)\s?(?:제\d|개정|시행일|공포)|제\d{1,4}조")
_COMING: Final = re.compile(r"예정|계획|할\s|추진|목표")
WEIGHTS: Final[Mapping[str, float]] = {
    # where the time stands
    "leads": 1.0, "closes": 0.8, "colon": 1.0, "bracket": 1.0, "until": 0.6, "inside": -0.6, "alone": 0.2,
    "row": 1.2, "cell": 0.3, "run": 1.3, "under": 1.2,
    # how exact it is
    "day": 0.4, "month": 0.2, "coarse": -0.2, "span": 0.5, "written": -0.2,
    # how often it is
    "often": 0.9, "vague": -2.5,
    # what its words say
    "act": 1.7, "coming": 0.6, "marked": 0.7, "note": -1.3, "attribute": -4.0, "period": -4.0, "office": -1.5,
    "untitled": -3.3, "particle": -2.5, "broken": -1.5, "changed": -1.5, "term": -2.5, "law": -2.0, "statistic": -2.2,
    "long": -0.8, "sentence": -1.4, "past-tense": -3.0,
    # what stands above it
    "k-schedule": 0.8, "k-done": -0.9, "k-none": -1.3, "k-overview": -0.2, "k-content": 0.2, "k-open": 0.4,
    "closing": -2.5, "cover": -2.0,
    # what stands beside it
    "dense": 1.2, "lone": -0.5, "read-beside": 0.6, "time-column": 0.6, "fact-column": -2.5, "period-column": -1.0,
    # the document
    "no-year": 0.0, "old": -1.4, "mostly-read": -1.0,
}  # fmt: skip
THRESHOLD: Final = 1.5
LONG: Final = 50
LEAST: Final = 3
_PARTICLE: Final = re.compile(r"(?:에|의|은|는|이|가|을|를|로|으로|에서|에는|부터|까지|과|와|도)(?![가-힣])")
_CHANGED: Final = re.compile(r"당초|(?<![가-힣])기정(?![가-힣])|변경\s?[:)]")
_TERM: Final = re.compile(r"임기|재임|보유기간|유효기간")
_LETTERS: Final = re.compile(r"[가-힣]")
_FIGURE: Final = re.compile(r"(?:[율률%]|\(%\)|점수|건수|금액)$")
_EVENT: Final = re.compile(r"\s?(?:기간|일시|일자|시기|일정|일)$")


@dataclass(frozen=True)
class Around:
    """What stands around a piece: its line, the share of dated lines beside it, whether one of those was read."""

    line: Line
    index: int
    dated: int
    beside: int
    is_read_beside: bool


def weight(names: Iterable[str], weights: Mapping[str, float] = WEIGHTS) -> float:
    return sum(weights[name] for name in names)


def evidence(document: Document, piece: Piece, around: Around, role: str = "", header: str = "") -> set[str]:
    """The names of all that speaks for or against."""
    line = around.line
    body = one_line(" ".join(line.cells)) if line.cells else one_line(line.body)
    is_often = not piece.reading.windows
    kind = _kind(document, around.index)
    found = {str(piece.form), "k-open" if is_often and kind == "k-none" else kind}
    precisions = {window.precision for window in piece.reading.windows}
    found |= {"day"} & precisions | {"month"} & precisions
    found |= {"span"} if "range" in precisions else set()
    found |= {"coarse"} if precisions <= {"quarter", "half", "year"} else set()
    found |= {"written"} if piece.reading.is_year_written else set()
    tests = {
        "act": is_act(_EVENT.sub("", piece.title)),
        "coming": bool(_COMING.search(body[body.find(piece.expr) + len(piece.expr) :][:12])),
        "attribute": _is_attribute(squeeze(piece.title)),
        "period": squeeze(piece.title) in PERIOD_LABELS,
        "particle": bool(_PARTICLE.match(piece.title)),
        "broken": piece.title.count("(") != piece.title.count(")")
        or piece.title.startswith((")", "]", ">", ",", ".")),
        "changed": bool(_CHANGED.search(body)),
        "term": bool(_TERM.search(f"{body} {header} {piece.title}")),
        "note": line.is_note,
        "closing": _is_behind(document, around.index),
        "sentence": not line.cells and body.rstrip(_QUOTES).endswith(_ENDS),
        "past-tense": bool(_PAST.search(body)),
        "long": len(piece.title) > LONG,
        "marked": bool(line.marks),
        "dense": around.dated >= 2 and 2 * around.dated >= around.beside,
        "lone": around.dated <= 1,
        "read-beside": around.is_read_beside,
        "law": bool(_LAW.search(body)),
        "statistic": _is_statistic(body, piece.expr),
        "cover": around.index < 4 and not line.cells,
        "office": bool(DEPARTMENT_END.search(squeeze(piece.title))) and not is_often,
        "often": is_often and piece.form not in ("inside", "until"),
        "vague": is_often and piece.form in ("leads", "inside", "closes") and not is_act(piece.title),
        "untitled": not _is_said(piece.title)
        or (piece.form in ("alone", "run") and is_section_title(piece.title)),
        "time-column": role in ("time", "act", "after", "events"),
        "fact-column": role in ("fact", "before", "done", "figure", "no", "remark")
        or tells_done(header)
        or _is_of_paper(header),
        "period-column": role == "period",
        "no-year": document.year is None,
    }
    return found | {name for name, holds in tests.items() if holds}


def _is_attribute(title: str) -> bool:
    """Whether a title names a field of a thing and no act: 사업기간, but not 신청기간."""
    is_event = EVENT_TIME.match(title) is not None and OF_ACT.search(_EVENT.sub("", title)) is not None
    return bool(_FIGURE.search(title)) or (is_attribute(title) and not is_event)


def _is_said(title: str) -> bool:
    """Whether a title says anything: letters outside brackets, and more than a count of rounds."""
    outside = "" if title[:1] in "※*" else without_brackets(title)
    return 2 * len(_LETTERS.findall(outside)) + len(
        re.findall(r"[A-Za-z]", outside)
    ) > LEAST and not is_ordinal(title)


def _is_of_paper(header: str) -> bool:
    """Whether a column tells when a thing was written or set up (작성일, 개소일)."""
    return header.endswith("일") and is_attribute(header)


def _is_statistic(body: str, expr: str) -> bool:
    at = body.find(expr)
    return at >= 0 and is_statistic(body[at + len(expr) :])


def _kind(document: Document, index: int) -> str:
    """The kind of the nearest title of a section above a line."""
    for block in document.scope.tree.above(index):
        title = block.number.title if block.number is not None else block.text
        if is_section_title(title) and not any(one.month for one in find_dates(title)):
            return f"k-{section_kind(title)}"
    return "k-open"


def _is_behind(document: Document, index: int) -> bool:
    """Whether a line stands in an appendix or below the closing remarks."""
    above = document.scope.tree.above(index)
    return any(
        block.is_appendix or (is_closing(document.lines[block.index]) and not names_appendix(block.text))
        for block in above
    )
