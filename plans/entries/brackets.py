"""Entries whose time stands in brackets: 보고회(9월) · 접수(1월) → 선정(3월) · 발족('20. 4. 24. / 15명) (괄호 속 시기)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from plans.entries.phrase import Clause, clean_title, is_described, is_year_only, whole
from plans.structure.sections import SectionKind
from plans.text.spelling import one_line
from plans.time.timeline import Context, Reading

_GROUP: Final = re.compile(r"\(([^()]*)\)")


def bracketed_clauses(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """action(time) · action(time), action(time) · action('20. 4. 24. / 15명)."""
    clauses: list[Clause] = []
    start = 0
    for group in _GROUP.finditer("" if is_described(body) else body):
        found = _dated_group(group[1], kind, context)
        title = clean_title(re.sub(r"^\s*(?:및|와|과)\s", "", body[start : group.start()]))
        rest = body[group.end() :]
        if found is None or not title or not (_ends_clause(rest) or (clauses and _is_shared_verb(rest))):
            continue
        clauses.append(Clause(title, one_line(found[0]), found[1], is_bracketed=True))
        if found[1].is_year_written and found[1].windows:
            context = Context(context.year, found[1].windows[-1], "next")
        start = group.end()
    return _with_shared_verb(clauses, body[start:].strip())


def _is_shared_verb(rest: str) -> bool:
    """1차(3월), 2차(9월) 컨설팅 실시: words behind the last bracket that belong to all."""
    return bool(re.fullmatch(r"\s*[가-힣][가-힣 ·]{1,20}", rest))


def _with_shared_verb(clauses: list[Clause], rest: str) -> list[Clause]:
    if len(clauses) < 2 or not _is_shared_verb(rest):
        return clauses
    last = len(clauses) - 1
    return [
        replace(clause, title=f"{clause.title} {rest}")
        if i == last or re.fullmatch(r"제?\d+[차기회]", clause.title)
        else clause
        for i, clause in enumerate(clauses)
    ]


def _dated_group(inner: str, kind: SectionKind, context: Context) -> tuple[str, Reading] | None:
    """The time in brackets, with "/ remark" or ", remark" cut off; a bare year counts only for things done."""
    reading = whole(inner, context)
    text = inner
    if reading is None:
        cut = re.match(r"^(.*?\S)\s*(?:/|,|\s·)\s*(?=[^\s\d'’]|\d+\s?[명건개회종대])", inner)
        text = cut[1] if cut else ""
        reading = whole(text, context)
    if reading is None:
        return None
    is_weak = is_year_only(reading) or _is_listed_remark(reading, kind)
    return None if is_weak and kind != "done" else (text, reading)


def _is_listed_remark(reading: Reading, kind: SectionKind) -> bool:
    return kind == "overview" and reading.kind == "recurring"


def _ends_clause(rest: str) -> bool:
    """Whether a bracket closes its action: the line ends, or a separator or a remark follows."""
    return bool(re.match(r"^\s*($|[,，·ㆍ→⇒⇨➡➔▶/>;※*(:：]|및\s|→)", rest))
