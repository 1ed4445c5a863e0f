"""Findings about one entry's time: what could not be said, and what was read but should be looked at (시기 확인)."""

from __future__ import annotations

from plans.draft import Finding
from plans.phrase import Unreadable
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
