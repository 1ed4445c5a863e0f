"""Buttons drawn before the milestone changed: told what has changed since, and nothing is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.chat.line import action_row, standing
from bot.chat.turn import Press, Turn
from bot.privacy import guard
from bot.texts import render
from jobs.authority.access import Action, may
from store import audit, milestones
from store.models import AuditEntry, Milestone
from store.states import Gate
from store.words import GATE_WORDS

OTHER_ACTIONS = {
    "past-asked": "담당자에게 확인 요청",
    "past-archived": "보관 처리",
    "corrected": "새 문서에 따라 계획을 정정",
    "cancelled": "일정을 취소",
    "bound": "다른 계획의 같은 일정과 묶음",
    "followed": "묶인 일정의 변경을 따름",
    "outlives": "계획이 끝난 뒤에도 계속 관리",
    "confirmed": "완료 확인",
    "delay-withdrawn": "연기 신청 취소",
    "delay-replaced": "앞선 연기 신청을 거둠",
    "delay-lapsed": "결정할 것이 없어진 연기 신청",
    "delay-talk": "협의 후 결정하기로 함",
    "delay-reason": "연기 사유를 분류",
    "evidence": "증빙을 붙임",
    "nudged": "담당자에게 확인 요청",
    "resumed": "다시 추진",
    "hold-over": "재검토일이 되어 다시 예정으로",
}
REQUESTED = "delay-requested"
WITH_REASON = {
    "delay-rejected": "연기 반려",
    "delay-catch-up": "만회대책",
    "sent-back": "보완 요청",
    "adjustment-opened": "공약조정 발의",
    "late-reason": "지연 사유",
    "waiting": "외부 대기",
    "held": "보류",
}


def is_stale(press: Press, milestone: Milestone) -> bool:
    return press.revision != milestone.revision


def pressed(turn: Turn, press: Press, action: Action = Action.CHANGE) -> Milestone | None:
    """The milestone of the button; None, with what has changed, where it was drawn before. Raises UsageError where the
    speaker may not do the action to it."""
    milestone = turn.milestone(press.id, action)
    if not is_stale(press, milestone):
        return milestone
    answer_stale(turn, press, milestone)
    return None


def answer_stale(turn: Turn, press: Press, milestone: Milestone) -> None:
    """Say who changed what since the button was drawn, and how it stands now."""
    entries = audit.since_revision(turn.session, milestones.subject(milestone.id), press.revision)
    row = action_row(milestone) if may(turn.session, turn.actor, Action.CHANGE, milestone, turn.today) else []
    turn.answer(
        "stale",
        [row] if row else [],
        milestone=milestone,
        changes=[entry_facts(one, milestone, turn.office.zone, turn.today) for one in entries[-5:]],
        current=standing(milestone, turn.today),
        is_open=bool(row),
    )


def entry_facts(entry: AuditEntry, about: Milestone, zone: ZoneInfo, today: date) -> dict[str, str]:
    """An audit entry as a line of a message: when, who, what; `about` is what it was done to."""
    return {
        "at": render.moment(entry.at, zone),
        "who": guard.name(entry.actor),
        "what": describe(entry, about, today),
    }


def describe(entry: AuditEntry, about: Milestone, today: date) -> str:
    """What an entry did, as a sentence without its subject."""
    before, after = entry.before, entry.after
    if entry.action == "done":
        return f"완료로 등록({_day(after.get('done_on'), today)})" + _memo(after, about)
    if entry.action in {"delay", "delay-approved"}:
        reason = f", 사유: {_words(entry.reason, about)}" if entry.reason else ""
        what = "연기" if entry.action == "delay" else "연기 승인"
        return f"기한 {_day(before.get('due_on'), today)} → {_day(after.get('due_on'), today)} {what}{reason}"
    if entry.action == REQUESTED:
        return f"연기 신청({_day(after.get('due_on'), today)}까지), 사유: {_words(entry.reason, about)}"
    if entry.action in WITH_REASON:
        return f"{WITH_REASON[entry.action]}: {_words(_why(entry), about)}"
    if entry.action == "reported":
        return f"완료 보고({_day(after.get('done_on'), today)})" + _memo(after, about)
    if entry.action == "fix-day":
        return f"날짜를 {_day(after.get('due_on'), today)}로 확정"
    if entry.action == "seen":
        return f"확인함, {_day(after.get('seen_until_on'), today)}에 다시 안내"
    if entry.action == "note":
        return f"메모 “{_words(after.get('note'), about)}”"
    if entry.action == "progress":
        return f"진행률 {after.get('progress')}%" + _memo(after, about)
    if entry.action == "undo":
        return "직전 등록을 되돌림"
    return OTHER_ACTIONS.get(entry.action, entry.action)


def _why(entry: AuditEntry) -> str:
    """The words of the entry; of 대기 what it waits for as well."""
    gate = GATE_WORDS[Gate(entry.after["gate"])] if entry.after.get("gate") else ""
    words = entry.reason or str(entry.after.get("reason") or "")
    return " — ".join(one for one in (gate, words) if one)


def _words(text: object, about: Milestone | None = None) -> str:
    return render.cut(guard.words(str(text or ""), about), 60)


def _memo(after: Mapping[str, object], about: Milestone) -> str:
    note = after.get("note")
    return f", 메모: {_words(note, about)}" if note else ""


def remark_standing(values: Mapping[str, object], about: Milestone) -> str:
    """A note and a percentage in a few words, for saying from what to what they went."""
    parts = []
    if "progress" in values:
        parts.append("진행률 없음" if values["progress"] is None else f"진행률 {values['progress']}%")
    if "note" in values:
        parts.append(f"메모 “{_words(values['note'], about)}”" if values["note"] else "메모 없음")
    return ", ".join(parts)


def _day(value: object, today: date) -> str:
    return render.near_day(date.fromisoformat(value), today) if isinstance(value, str) else "미정"
