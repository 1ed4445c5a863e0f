"""One bullet line -> the entries in it: action : time, time : action, (time) action, action(time) (일정 문구)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from plans.draft import Window
from plans.entries.beside import settled
from plans.entries.brackets import bracketed_clauses
from plans.entries.lists import between_slashes, each_ends_in_time
from plans.entries.phrase import (
    BARE,
    ORDINAL,
    Clause,
    Unreadable,
    clean_title,
    has_words,
    is_act,
    is_described,
    is_exact,
    is_figure,
    is_stage,
    is_statistic,
    is_year_only,
    whole,
)
from plans.entries.sentences import running, sentences_of
from plans.fields.labels import is_attribute
from plans.structure.sections import PLANNED, SectionKind, is_section_title, section_kind
from plans.structure.years import hull, inside, without_groups
from plans.text.spelling import one_line, squeeze
from plans.time.scan import find_dates
from plans.time.timeline import CannotSay, Context, Reading, parse_prefix

_COLON: Final = re.compile(r"(?<!\d)\s*[:：]\s*|\s*[:：]\s*(?!\d)")
_LABEL: Final = re.compile(
    r"^\(([^()]{1,20})\)\s*(.+)$|^[\[【]([^\[\]【】]{1,20})[\]】]\s*(.+)$|^<([^<>]{1,20})>\s*(.+)$"
)
_AS_OF: Final = re.compile(r"(?<=\d일)자(?=[\s,)]|$)")  # 1월 1일자
_HALVES: Final = re.compile(r"^[상하]반기\s?[:：]")
_SPACED: Final = re.compile(r"^([가-힣](?:\s+[가-힣]){1,3})\s*[:：]")
_ARROW: Final = re.compile(r"\s*[→⇒⇨➡➔➜➠▶￫]\s*")
_HEADED: Final = re.compile(r"^([가-힣][가-힣 ·/]{1,16}?)\s*[:：]\s*(.+)$")
_ENDS_IN_DEED: Final = re.compile(r"(?:[함다오]|제출|완료|예정|계획|추진)[.]?$")
_MAY: Final = re.compile(r"[가-힣]면\s|수 있")
_INNER_TIME: Final = re.compile(r"(?<=[가-힣)])\s(?=(?:제?\d{1,2}\s?[차기회단]계?\s?)?\d{1,2}\s?[.월])")
_DAYS_TO_GO: Final = re.compile(
    r"^D\s?[-–+]\s?\d{1,3}\s?\(([^()]{1,30})\)"
)  # D-60(2. 9.) : the day stands in brackets
_COMPLETED: Final = re.compile(r"완료|준공|종료")
_BARE_MONTH: Final = re.compile(r"^\d{1,2}\.\s+[가-힣]")
_GOAL: Final = re.compile(r"\d\s?(?:%|명|개|건|세대|호|대|억|만|천|백)")
_MOVED: Final = re.compile(r"당초|(?<![가-힣])기정(?![가-힣])|기존|현행|변경 ?[:)]|(?:개선|조정) ?[:)]")
_NEXT_ACTION: Final = re.compile(r"\s*(?:[,，·ㆍ→⇒/]|및\s)\s*(.+)$")
_TO_COME: Final = re.compile(r"[\s.:)]*(?:[가-힣]{1,6}\s?)?예정(?![가-힣])")
_LAST_TIME: Final = re.compile(
    r"(?<![\d.~∼,])\s(?=['’‘]?\d{2,4}\s?[.년]|\d{1,2}월|\d{1,2}\.\s?\d{1,2}(?:\.|\s?[~∼])|매월|연중|상시|수시)"
)
BRACKETS: Final = ("()", "<>", "[]", "【】", "〈〉")
MONTH: Final = timedelta(days=31)
_OUTCOME: Final = re.compile(
    r"[가-힣][한된] 결과[,\s]"
)  # 시범 운영한 결과 만족도가 높음 tells of what was done
LONGEST_CLAUSE: Final = 400
LEAST_LETTERS: Final = 2  # of an action; 2031년 7월 __일 is a form to be filled in


def read_clauses(text: str, kind: SectionKind, context: Context) -> list[Clause | Unreadable]:
    """The entries of one line in a section of this kind; [] where it has no time."""
    body = _DAYS_TO_GO.sub(r"\1", ORDINAL.sub("", closed_up(text.strip())))
    body = _AS_OF.sub("", body)
    main, *notes = re.split(r"\s[※*]\s?", body[:LONGEST_CLAUSE])
    found = _clauses(main, kind, context)
    if isinstance(found, Unreadable):
        return [found]
    for note in notes:
        more = _clauses(note, kind, context)
        found = (
            [*found, *[replace(one, is_bracketed=True) for one in more if one.title]]
            if isinstance(more, list)
            else found
        )
    told = [clause for clause in found if not clause.title or says_action(clause.title)]
    told = [clause for clause in told if not _may_be_figure(clause, main)]
    return [_said(_with_tense(one, text)) for clause in told for one in settled(clause)]


def closed_up(text: str) -> str:
    """대 책 : … -> 대책 : …; letters of a label stand apart so that its column is straight."""
    found = _SPACED.match(text)
    return text if found is None else squeeze(found[1]) + text[found.end(1) :]


def _may_be_figure(clause: Clause, text: str) -> bool:
    """Whether a time may as well be a figure (만족도 : 25.2): nothing marks it, and what stands before it is no act."""
    return bool(BARE.fullmatch(clause.expr)) and not is_act(clause.title) and not text.startswith(clause.expr)


def _with_tense(clause: Clause, text: str) -> Clause:
    """The clause, told whether its time is to come (9월 예정, ’31. 6. 착공 예정)."""
    behind = one_line(text).partition(clause.expr)[2]
    is_ahead = bool(_TO_COME.match(behind)) or clause.expr.endswith("예정")
    return replace(clause, is_ahead=True) if is_ahead else clause


def says_action(title: str) -> bool:
    """Whether words say what happens: no count, no outcome of what was done."""
    is_said = len(re.findall(r"[가-힣A-Za-z0-9]", title)) >= LEAST_LETTERS and not _OUTCOME.search(title)
    return is_said and has_words(title) and (is_stage(title) or not is_figure(title))


def _said(clause: Clause) -> Clause | Unreadable:
    """The clause, or why its time cannot be said."""
    trouble = clause.reading.trouble
    return clause if trouble is None else Unreadable(clause.title, clause.expr, trouble.reason, trouble.code)


def _clauses(body: str, kind: SectionKind, context: Context) -> list[Clause] | Unreadable:
    """The entries of a line: those behind a label (향후계획 : …), those of a chain, or its own."""
    labelled = _behind_label(body, kind, context)
    if labelled is not None:
        return labelled
    if _compares_years(body, context.year):
        return []
    return _chain(body, kind, context) or _single(body, kind, context)


def _behind_label(body: str, kind: SectionKind, context: Context) -> list[Clause] | Unreadable | None:
    """What stands behind a label that names a section; None where the label is an action, or there is none."""
    found = _HEADED.match(body) or _LABEL.match(body)
    groups = [group for group in found.groups() if group] if found is not None else []
    if len(groups) != 2 or not is_section_title(groups[0]) or whole(groups[0], context) is not None:
        return None
    label, rest = groups
    own = section_kind(label)
    if own not in PLANNED and (own == "none" or is_attribute(label)):
        return None
    inner = _clauses(rest.strip(), own if own in PLANNED else kind, context)
    if isinstance(inner, Unreadable):
        return inner if inner.title else None
    return inner if inner and all(one.title for one in inner) else None


_OF_YEAR: Final = re.compile(r"\(\s?(?:20|['’‘])(\d\d)년?\s?\)(?=.)")


def _compares_years(body: str, year: int | None) -> bool:
    """(’30) 28명 → (’31) 35명: how things were the year before, and how they are to be; acts of these years are a chain."""
    parts = _outside_brackets(body)
    found = [named for part in parts if (named := _OF_YEAR.search(part.rstrip())) is not None]
    if len(parts) < 2 or len(found) < len(parts) or year is None or int(found[0][1]) >= year % 100:
        return False
    before, after = (named.string[named.end() :].strip() for named in found[:2])
    return not is_act(before) or clean_title(before) in after


def _chain(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """(1월) 접수 → (3월) 심사 → 발표(4월): every part is an action, with a time or without."""
    parts = [part for part in _outside_brackets(body) if part.strip()]
    if len(parts) < 2 or _MOVED.search(body) or not all(has_words(part) for part in parts):
        return []
    clauses: list[Clause] = []
    for part in parts:
        found = _single(part, kind, context)
        own = [one for one in found if one.title] if isinstance(found, list) else []
        clauses += own
        last = own[-1].reading if own else None
        if last is not None and last.is_year_written and last.windows:
            context = Context(context.year, last.windows[-1], "next")
    return clauses


def _outside_brackets(body: str) -> list[str]:
    """The parts between arrows that do not stand in brackets (교부(시→학교), 보고 <공단 → 구>)."""
    parts = [""]
    at = 0
    for arrow in _ARROW.finditer(body):
        parts[-1] += body[at : arrow.start()]
        at = arrow.end()
        if any(parts[-1].count(opened) > parts[-1].count(closed) for opened, closed in BRACKETS):
            parts[-1] += arrow[0]
        else:
            parts.append("")
    parts[-1] += body[at:]
    return parts


def _single(body: str, kind: SectionKind, context: Context) -> list[Clause] | Unreadable:
    told = (
        (_HALVES.match(body) and _several(body, kind, context))
        or _staged(body, kind, context)
        or _labels_with_times(body, kind, context)
        or _time_action(body, kind, context)
        or _several(body, kind, context)
        or each_ends_in_time(body, kind, context)
    )
    if told:
        return told
    trouble: Unreadable | None = None
    if named := _named_list(body, kind, context):
        return named
    for left, right in _colon_splits(body):
        found = _action_time(left, right, kind, context)
        if isinstance(found, Clause):
            return [found]
        trouble = trouble or found
    return (
        _without_colon(body, kind, context)
        or trouble
        or between_slashes(body, kind, context)
        or _trailing(body, kind, context)
        or running(body, kind, context)
        or _listed(body, kind, context)
        or _promised(body, kind, context)
        or _in_year(body, kind, context)
    )


_STAGED: Final = re.compile(r"^([^()：:]{1,16}?)\s?[(（]([^()]{2,30})[)）]\s*[:：]\s*(\S.*)$")
_LABELLED_TIME: Final = re.compile(r"(?:^|\s)[(\[【<〈]([^()\[\]【】<>〈〉\d]{1,12})[)\]】>〉]\s*(?=\S)")
LEAST_LABELS: Final = 2


def _staged(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """1단계(2031년) : 대민서비스 이전, 단기(’31) : 조례 개정: what is done in a stage, which says no act itself."""
    found = _STAGED.match(body)
    reading = None if found is None or kind not in PLANNED else whole(found[2], context)
    if found is None or reading is None or not reading.windows or find_dates(found[3]):
        return []
    is_term = found[1].endswith("기") and len(found[1]) <= LEAST_LETTERS  # 단기 is no deed, 나무 심기 is one
    if is_act(found[1]) and not is_term:
        return []
    if is_attribute(found[1]) or not any(map(is_act, found[3].split(", "))):
        return []
    return [Clause(clean_title(f"{found[1]} {found[3]}"), one_line(found[2]), reading)]


def _labels_with_times(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """(접수) 2. 2. ~ 2. 13. (심사) 2. 20.: several labels in brackets, each before its own time."""
    labels = list(_LABELLED_TIME.finditer(body)) if kind in PLANNED else []
    if len(labels) < LEAST_LABELS or labels[0].start():
        return []
    ends = [*(label.start() for label in labels[1:]), len(body)]
    parts = [
        (clean_title(label[1]), body[label.end() : end].strip(" ,/"))
        for label, end in zip(labels, ends, strict=True)
    ]
    found = [(name, part, whole(part, context)) for name, part in parts if not is_attribute(name)]
    told = [Clause(name, one_line(part), one) for name, part, one in found if one is not None and one.windows]
    return told if len(told) >= LEAST_LABELS or (told and len(told) == len(found)) else []


def _in_year(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """’26. 행정절차 이행: a year and a deed in a list of what is planned, where the line has no other time."""
    found = parse_prefix(body, context)
    if (
        kind != "schedule"
        or not isinstance(found, Reading)
        or not is_year_only(found)
        or "년" in body[: found.end]
    ):
        return []
    title = clean_title(body[found.end :])
    return (
        [Clause(title, one_line(body[: found.end]), found)] if is_act(title) and not find_dates(title) else []
    )


def _promised(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """The sentences of a line that each promise something by a day."""
    return [one for sentence in sentences_of(body) for one in _promise(sentence, kind, context)]


def _promise(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """명단을 3월 20일까지 제출한다: a sentence that ends in what is to be done by a day or a month."""
    if kind not in PLANNED or is_described(body) or not _ENDS_IN_DEED.search(body) or _MAY.search(body):
        return []
    for token in find_dates(body):
        found = parse_prefix(body[token.start :], context)
        end = token.start + found.end if isinstance(found, Reading) else 0
        rest = f"{body[: token.start].rstrip()} {body[end:].strip()}"
        if end and body[:end].rstrip().endswith("까지") and isinstance(found, Reading) and is_exact(found):
            is_goal = _GOAL.search(body[end:]) or find_dates(rest)
            return [] if is_goal else [Clause(clean_title(rest), one_line(body[token.start : end]), found)]
    return []


def _listed(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """지원사업 추진, 하반기 지도점검 실시: parts of a list that begin with a time of their own."""
    parts = re.split(r",\s+", body)
    if len(parts) < 2 or kind not in PLANNED or is_described(body):
        return []
    return [
        one for part in parts for one in _leading(part, kind, context) if one.title and is_exact(one.reading)
    ]


def _without_colon(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """The forms in which no colon stands between action and time."""
    bracketed = bracketed_clauses(body, kind, context)
    if bracketed and _is_named_by_season(body, context):
        return bracketed
    rules = (_labelled, _leading)
    found = next((clauses for rule in rules if (clauses := rule(body, kind, context))), [])
    return [one for clause in found for one in _own_times(clause, kind)] or bracketed


def _own_times(clause: Clause, kind: SectionKind) -> list[Clause]:
    """The actions behind a time that have times of their own in brackets, and the rest with the time of the line."""
    window = hull(clause.reading.windows)
    found = [] if window is None else bracketed_clauses(clause.title, kind, inside(window))
    listed = [] if found or window is None else each_ends_in_time(clause.title, kind, inside(window))
    if listed and all(_begins_in(one, window) for one in listed):
        return listed
    exact = [replace(one, is_bracketed=False) for one in found if is_exact(one.reading) and not one.has_act]
    own = [one for one in exact if _begins_in(one, window)]
    if not own:
        return [clause, *(one for one in exact if _COMPLETED.search(one.expr))]
    before, title = _last_of_list(own[0].title)
    behind = clause.title[clause.title.rfind(f"({own[-1].expr}") :].partition(")")[2]
    rest = _NEXT_ACTION.match(behind)
    own[0] = replace(own[0], title=title)
    parts = ([before], own, [clean_title(rest[1])] if rest else [])
    return [
        replace(clause, title=one) if isinstance(one, str) else one
        for part in parts
        for one in part
        if not isinstance(one, str) or has_words(one)
    ]


def _begins_in(one: Clause, window: Window | None) -> bool:
    """Whether a time begins in that of its line; another one is of something else (’22. 12. 완료)."""
    begin = one.reading.windows[0].start or one.reading.windows[0].due
    if window is None or begin is None:
        return False
    return (window.start or date.min) <= begin <= (window.due or date.max)


def _last_of_list(title: str) -> tuple[str, str]:
    """시스템 구축, 시범운영, 본격 시행 -> the actions before the last, and the last, of which a bracket behind it is."""
    before, comma, last = title.rpartition(", ")
    return (before, last) if comma and before.count("(") == before.count(")") else ("", title)


def _is_named_by_season(body: str, context: Context) -> bool:
    """Whether the line starts with a half or quarter that belongs to a name (하반기 추경예산 확보(9월))."""
    found = parse_prefix(body, context)
    return isinstance(found, Reading) and any(
        w.precision in ("half", "quarter", "year") for w in found.windows
    )


def _several(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """1차 : 3월, 2차 : 9월 · 접수 : 2월 → 심사 : 3월: every part has its own action and time."""
    parts = re.split(r",\s+(?=[^\d\s])|,\s+(?=\d+[차기단회])|\s*[→⇒⇨➡➔▶]\s*|\s*;\s*", body)
    if len(parts) < 2 or not all(_COLON.search(part) for part in parts):
        return []
    found = [_action_time(*_halves(part), kind, context) for part in parts]
    clauses = [clause for clause in found if isinstance(clause, Clause)]
    return clauses if len(clauses) == len(parts) else []


def _named_list(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """1차 학교 : 설계(1월), 공사(7월) · 채용 : ’26. 2. 2명, ’26. 8. 3명: several times of what the label names."""
    found = re.match(r"^([^:：()]{2,24}?)\s*[:：]\s*(.+)$", body)
    if found is None or is_attribute(found[1]) or whole(found[1], context) is not None:
        return []
    clauses = bracketed_clauses(found[2], kind, context) or each_ends_in_time(found[2], kind, context)
    clauses = clauses or _in_years(found[2], kind, context)
    if not clauses and (acts := _led_by_times(found[2], kind, context)):
        return [replace(one, title=f"{clean_title(found[1])} {one.title}") for one in acts]
    is_counted = any(_is_counted(one.title) for one in clauses)
    is_led = _starts_with_time(found[2], context) and not all(is_year_only(one.reading) for one in clauses)
    if clauses and not is_counted and not is_led:
        return [replace(one, title=f"{clean_title(found[1])} {one.title}") for one in clauses]
    return _counted_times(clean_title(found[1]), found[2], context)


def _in_years(text: str, kind: SectionKind, context: Context) -> list[Clause]:
    """’31년 공모 신청, ’32년 착공: several deeds, each behind its year."""
    parts = re.split(r",\s+", text)
    found = [(part, parse_prefix(part, context)) for part in parts] if kind in PLANNED else []
    clauses = [
        Clause(clean_title(part[one.end :]), one_line(part[: one.end]), one)
        for part, one in found
        if isinstance(one, Reading) and is_year_only(one) and is_act(part[one.end :].strip())
    ]
    return clauses if len(clauses) == len(parts) > 1 else []


def _led_by_times(text: str, kind: SectionKind, context: Context) -> list[Clause]:
    """4월 조례 개정, 7월 시행: several deeds, each behind its time."""
    parts = re.split(r",\s+", text)
    found = (
        [(part, parse_prefix(part, context)) for part in parts] if kind in PLANNED and len(parts) > 1 else []
    )
    clauses = [
        Clause(clean_title(act), one_line(part.removesuffix(act)), one)
        for part, one in found
        if isinstance(one, Reading) and is_exact(one)
        for act in [part[one.end :].strip() or part.split()[-1]]
        if is_act(act)
    ]
    return clauses if len(clauses) == len(parts) else []


def _starts_with_time(text: str, context: Context) -> bool:
    return isinstance(parse_prefix(text, context), Reading)


def _counted_times(title: str, right: str, context: Context) -> list[Clause]:
    parts = re.split(r",\s+", right)
    found = [(part, parse_prefix(part, context)) for part in parts] if len(parts) > 1 else []
    clauses = [
        Clause(f"{title} {part[reading.end :].strip()}", one_line(part[: reading.end]), reading)
        for part, reading in found
        if isinstance(reading, Reading) and is_exact(reading) and _is_counted(part[reading.end :].strip())
    ]
    return clauses if clauses and len(clauses) == len(parts) else []


def _halves(part: str) -> tuple[str, str]:
    pieces = _COLON.split(part, maxsplit=1)
    return pieces[0].strip(), pieces[-1].strip()


def _colon_splits(body: str) -> Iterator[tuple[str, str]]:
    """(left, right) at every colon, the last first; colons of clock times and inside brackets are none."""
    for found in reversed(list(_COLON.finditer(body))):
        left, right = body[: found.start()].strip(), body[found.end() :].strip()
        if left and left.count("(") <= left.count(")"):
            yield left, right


def _action_time(left: str, right: str, kind: SectionKind, context: Context) -> Clause | Unreadable | None:
    """action : time, with remarks behind the time; action : (time) remarks; action : 2명(time)."""
    if is_attribute(left):
        return None
    title = clean_title(left)
    found = parse_prefix(right, context)
    is_done = kind in PLANNED and is_act(title) and isinstance(found, Reading) and is_exact(found)
    if isinstance(found, Reading) and (
        _may_follow(right[found.end :], found) or (is_done and _is_counted(right[found.end :].strip()))
    ):
        return Clause(title, _expression(right, found), found)
    if isinstance(found, CannotSay) and found.is_date_like and kind != "overview":
        return Unreadable(title, right[:60], found.reason, found.code)
    inner = _LABEL.match(right)
    labelled = None if inner is None else whole(inner[1] or inner[3] or inner[5], context)
    if inner is not None and labelled is not None:
        return Clause(title, one_line(inner[1] or inner[3] or inner[5]), labelled)
    return _count_with_time(title, right, context)


def _count_with_time(title: str, right: str, context: Context) -> Clause | None:
    """채용 : 2명(2월 ~ 12월) · 달기 : 14개소, 5월까지."""
    found = re.search(r"\(([^()]*)\)\s*$", right) or re.match(r"^[^,:()]{1,20},\s*([^,]+)$", right)
    reading = None if found is None else whole(found[1], context)
    if (
        found is None
        or reading is None
        or is_year_only(reading)
        or not _is_counted(right[: found.start(1)].strip(" (,"))
    ):
        return None
    return Clause(title, one_line(found[1]), reading)


def _expression(text: str, found: Reading) -> str:
    """The time as written, with a remark in brackets directly behind it."""
    remark = re.match(r"\s*\([^()]*\)\s*$", text[found.end :])
    return one_line(text[: found.end] + (remark[0] if remark else ""))


def _may_follow(tail: str, found: Reading) -> bool:
    """Whether what stands behind a time leaves it the time of the whole entry."""
    tail = tail.strip()
    if is_statistic(tail) or tail.startswith(("→", "⇒", "%")):
        return False
    if is_year_only(found):
        return not tail or bool(re.fullmatch(r"\([^()]*\)|예정|완료|완료 예정|목표", tail))
    return True


def _time_action(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """time : action."""
    found = re.match(r"^([^:：]{1,60}?)\s*[:：]\s*(.+)$", body)
    reading = None if found is None else whole(found[1], context)
    if found is None or reading is None or _is_counted(found[2]):
        return []
    if kind == "overview" and is_year_only(reading):
        return []
    if is_year_only(reading) and (inner := _dated_inside(found[2], reading)) is not None:
        return inner
    clause = Clause(clean_title(found[2]), one_line(found[1]), reading)
    return _own_times(clause, kind) if _is_wide(reading) else [clause]  # a month says enough by itself


def _dated_inside(action: str, year: Reading) -> list[Clause] | None:
    """2026년 : 접수 1차 3. 2. ~ 3. 31., 2차 8. 3. ~ 8. 31.: the days behind the action are its time; None where there are
    none, [] where they cannot be read."""
    outside = without_groups(action)
    if not any(date.month for date in find_dates(outside)):
        return None
    window, found = hull(year.windows), _INNER_TIME.search(action)
    expr = action[found.end() :] if found is not None else ""
    reading = whole(expr, inside(window)) if window is not None else None
    return (
        [Clause(clean_title(action[: found.start()]), one_line(expr), reading)] if found and reading else []
    )


def _is_wide(found: Reading) -> bool:
    """Whether a time is wider than a month, so that parts of its action may have times of their own."""
    return all(
        window.start and window.due and window.due - window.start > MONTH for window in found.windows
    ) and bool(found.windows)


def _is_counted(action: str) -> bool:
    """Whether the "action" is only a figure (12,000명)."""
    return bool(re.fullmatch(r"[\d,.\s]+[가-힣%㎡]{0,4}(\s*\([^()]*\))?", action))


def _labelled(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """(1분기) action · (블로그) 2주 1회 action."""
    found = _LABEL.match(body)
    if found is None:
        return []
    name, rest = (found[1] or found[3] or found[5]), (found[2] or found[4] or found[6])
    reading = whole(name, context)
    if reading is not None:
        return (
            []
            if _is_counted(rest) or is_statistic(rest)
            else [Clause(clean_title(rest), one_line(name), reading)]
        )
    inner = [
        clause
        for clause in _leading(rest, kind, context)
        if clause.title and clause.reading.kind == "recurring"
    ]
    return [Clause(f"({name}) {clause.title}", clause.expr, clause.reading) for clause in inner]


def _leading(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """time action · time / remark, whose action is the line above."""
    found = parse_prefix(body, context)
    tail = body[found.end :] if isinstance(found, Reading) else ""
    if not isinstance(found, Reading) or not _may_lead(found, kind):
        return []
    if found.kind == "recurring" and _DESCRIBES.match(tail):
        return []  # 매년 증가하는 민원 is no deed
    remark = re.match(r"^\s*(\([^()]*\))?\s*[/,]|^\s*(\([^()]*\))?\s*$", tail)
    if remark is not None:
        return [Clause("", _expression(body, found), found)]
    joined = tail.startswith((" ", "(")) and not is_statistic(tail) and not _PARTICLE.match(tail)
    is_half = _AND_MORE.match(tail) is not None  # of its occasions: 매월 둘째 주 및 황사 발생 시 시료 채취
    title = clean_title(body if is_half else re.sub(r"^\s*\([^()]*\)", "", tail))
    first = Clause(title, one_line(body[: found.end]), found)
    return _each_with_its_time(first, kind) if joined and title else []


def _each_with_its_time(first: Clause, kind: SectionKind) -> list[Clause]:
    """26. 2. 예고, 4. 의결, 5. 공포 · 상반기 설계, 하반기 공사: parts of a list that begin with times of their own."""
    title, *parts = re.split(r",\s+", first.title)
    window = hull(first.reading.windows)
    if window is None:
        return [first]
    clauses = [replace(first, title=title)]
    for part in parts:
        own = _part_with_time(part, kind, window)
        if own is not None:
            clauses.append(own)
            continue
        clauses[-1] = replace(clauses[-1], title=f"{clauses[-1].title}, {part}")
    return clauses


def _part_with_time(part: str, kind: SectionKind, window: Window | None) -> Clause | None:
    """4. 의결: a bare month in a list whose first entry writes its year."""
    assert window is not None
    year = (window.start or window.due or date.min).year
    lead = f"{year}. " if _BARE_MONTH.match(part) else ""
    found = parse_prefix(lead + part, inside(window))
    if not isinstance(found, Reading) or not _may_lead(found, kind) or not is_exact(found):
        return None
    end = found.end - len(lead)
    title = clean_title(part[end:])
    is_apart = bool(re.match(r"\s", part[end:])) and not is_statistic(part[end:])
    return Clause(title, one_line(part[:end]), found) if is_apart and has_words(title) else None


_DESCRIBES: Final = re.compile(r"\s+[가-힣]{1,6}(?:하는|되는|지는|나는|오는)\s")
_AND_MORE: Final = re.compile(r"\s*(?:및|또는)\s")
_PARTICLE: Final = re.compile(
    r"^\s*(에|의|은|는|이|가|을|를|로|으로|에서|에는|부터|까지|기준|현재|대비|이후|이래|말|초|당시|중에)(\s|$)"
)


def _may_lead(found: Reading, kind: SectionKind) -> bool:
    """A bare year opens too many sentences to be a time; a range of years only where things done are told."""
    if found.kind == "ongoing":
        return kind in PLANNED
    years = bool(found.windows) and all(_spans_years(found, index) for index in range(len(found.windows)))
    if years:
        return kind == "done" and not is_year_only(found)
    return found.kind == "recurring" or kind in PLANNED


def _spans_years(found: Reading, index: int) -> bool:
    """Whether a window is made of whole years."""
    window = found.windows[index]
    if window.precision == "year":
        return True
    start, due = window.start, window.due
    return (
        window.precision == "range"
        and start is not None
        and due is not None
        and start.year < due.year
        and ((start.month, start.day, due.month, due.day) == (1, 1, 12, 31))
    )


def _trailing(body: str, kind: SectionKind, context: Context) -> list[Clause]:
    """action 2022. 3. — a time at the very end without a colon, only where plans are listed."""
    if kind not in PLANNED or is_described(body):
        return []
    for found in re.finditer(
        r"(?<![\d.~∼,])\s(?=['’‘]?\d{2,4}\s?[.년]|\d{1,2}월|\d{1,2}\.\s?\d{1,2}(?:\.|\s?[~∼])|매월|연중|상시|수시)",
        body,
    ):
        reading = whole(body[found.end() :], context)
        if reading is not None and not is_year_only(reading):
            return [Clause(clean_title(body[: found.start()]), one_line(body[found.end() :]), reading)]
    return []
