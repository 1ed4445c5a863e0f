"""Findings about one entry's time: what could not be said, and what was read but should be looked at (시기 확인)."""

from __future__ import annotations

from typing import Final

from plans.draft import Finding, Severity
from plans.phrase import Unreadable
from plans.readers.form import Notice, NoticeKind
from plans.spelling import one_line
from plans.time.timeline import Remark


def unreadable(found: Unreadable, line: int) -> Finding:
    """The finding of an entry whose time cannot be said."""
    what = "연도가 없어 등록하지 않습니다" if found.code == "year-unknown" else "시기를 읽지 못했습니다"
    shown = f"'{found.title[:40]}'의 {what}: '{found.expr[:30]}'({found.reason})."
    return Finding(
        line=line,
        code=found.code,
        severity="check",
        message=f"{shown} 날짜를 확인하여 주시기 바랍니다.",
    )


def remark_finding(remark: Remark, line: int) -> Finding:
    """The finding of a time that was read and should be looked at."""
    return Finding(
        line=line,
        code=remark.code,
        severity="note" if remark.code == "date-moved" else "check",
        message=f"{remark.text}. 날짜를 확인하여 주시기 바랍니다.",
    )


def time_missing(title: str, line: int) -> Finding:
    """The finding of a table's row that has no time of its own and may be an entry of the time above, or a title."""
    shown = f"'{one_line(title)[:40]}'의 시기 칸이 비어 있어 등록하지 않습니다."
    message = f"{shown} 위 행과 시기가 같은 일정이면 날짜를 적어 주시기 바랍니다."
    return Finding(line=line, code="time-missing", severity="note", message=message)


_NOTICES: Final[dict[NoticeKind, tuple[str, Severity, str]]] = {
    "lost": (
        "text-lost",
        "check",
        "글자 {count}자를 읽지 못했습니다: '{text}'. 원문을 확인하여 주시기 바랍니다.",
    ),
    "struck": ("struck-out", "note", "삭제선이 그어진 글은 일정으로 보지 않습니다: '{text}'."),
    "hidden": ("hidden-text", "note", "숨겨진 글은 일정으로 보지 않습니다: '{text}'."),
    "revised": (
        "revised-text",
        "check",
        "변경 추적으로 지운 글이 있습니다: '{text}'. 변경 내용을 적용한 문서인지 확인하여 주시기 바랍니다.",
    ),
}
SHOWN: Final = 60  # characters of a text in a finding


def notice_finding(notice: Notice) -> Finding:
    """The finding of something in the file that is not in its text."""
    code, severity, message = _NOTICES[notice.kind]
    text = notice.text if len(notice.text) <= SHOWN else notice.text[: SHOWN - 1] + "…"
    shown = message.format(count=len(notice.text), text=text)
    return Finding(line=notice.line, code=code, severity=severity, message=f"{notice.place}: {shown}")
