"""Made-up facts of the made-up city 한별시 for every text of the catalogue: by the fact's name, and where a text has another
thing by that name, by the text's. Nothing of it is a real person, plan or place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache, partial
from types import SimpleNamespace as Made
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.texts import render
from reports.period import Period
from reports.so_far import Share, SoFar
from store.deliveries import Html
from store.models import (
    Absence,
    Adjustment,
    DelayRequest,
    Department,
    Handover,
    Milestone,
    Officer,
    Plan,
    Round,
    RoundEntry,
    Series,
    Task,
)
from store.states import AdjustmentStep, EntryState, MilestoneState
from tests.reports.quarterly.samples import city

Facts = dict[str, Any]

TODAY: Final = date(2026, 6, 30)
DUE, LATER, ORIGINAL = date(2026, 7, 20), date(2026, 8, 14), date(2026, 7, 3)
ZONE: Final = ZoneInfo("Asia/Seoul")
AT: Final = datetime(2026, 6, 30, 9, 12, tzinfo=ZONE)
QUARTER: Final = Period(2026, 2)

ROADS, OFFICE = Department(id=1, name="도로과"), Department(id=2, name="기획예산실")
HANEUL = Officer(id=12, name="김하늘", rank="주무관", department=ROADS)
BADA = Officer(id=13, name="이바다", rank="주무관", department=ROADS)
LEAD = Officer(id=14, name="박마루", rank="팀장", department=ROADS)
PLANNER = Officer(id=15, name="최기획", rank="주무관", department=OFFICE)
PLAN = Plan(id=1, title="2026년 한별시 실행계획", year=2026, source_name="실행계획.hwpx")
TASK = Task(
    id=101, no="1-1", title="보행로 정비", plan=PLAN, department=ROADS, status="정상추진", is_secret=False,
    is_watched=True, watch_reason="국비 공모 결과 대기", watched_since=date(2026, 5, 4),
)  # fmt: skip
DROPPED = Task(
    id=102,
    title="가로등 정비",
    plan=PLAN,
    is_secret=False,
    withdrawn_on=date(2026, 6, 1),
    withdrawn_reason="중복 등록",
)
ENDING = Task(id=103, title="돌봄 사업", plan=PLAN, is_secret=False, end_on=date(2026, 12, 31))
MILESTONE = Milestone(
    id=112, task=TASK, title="설계 용역 완료", expr="7월", due_on=DUE, original_due_on=ORIGINAL, done_on=TODAY,
    state=MilestoneState.DONE, note="중간보고 마침", progress=60, review_on=LATER, seen_until_on=date(2026, 7, 7),
)  # fmt: skip
NEXT = Milestone(
    id=113, task=TASK, title="공사 착공", expr="8월", due_on=date(2026, 8, 20), state=MilestoneState.PLANNED
)
SERIES = Series(
    id=120,
    task=TASK,
    title="보행 안전 지도",
    expr="연중",
    answer="상반기 120명 지원",
    answered_on=date(2026, 4, 2),
)
COUNTED = Series(id=121, task=TASK, title="만족도 조사", expr="연 3회", quota=3, done_times=1)
REQUEST = DelayRequest(
    id=7, milestone=MILESTONE, requested_by=HANEUL, old_due_on=DUE, new_due_on=LATER, reason="시의회 일정 조정",
    catch_up="야간 작업으로 2주 단축",
)  # fmt: skip
ADJUSTMENT = Adjustment(
    id=312, task=TASK, reason="국비 축소로 사업비 감액", step=AdjustmentStep.CONSULTED, wished_due_on=date(2027, 3, 31),
    draft="목표를 900대로 조정",
)  # fmt: skip
ABSENCE = Absence(
    id=3, officer=HANEUL, substitute=BADA, asked=LEAD, from_on=date(2026, 7, 6), until_on=date(2026, 7, 8)
)
HANDOVER = Handover(id=5, giver=HANEUL, successor=BADA, from_on=date(2026, 7, 1), leaves=True)
ROUND = Round(
    year=2026, quarter=2, as_of_on=TODAY, basis="공약 관리 규정", first_due_on=date(2026, 7, 9),
    second_due_on=date(2026, 7, 16),
)  # fmt: skip
ENTRY = RoundEntry(
    task=TASK, state=EntryState.SENT_BACK, sent_back_reason="준공일을 적어 주십시오", results="설계를 마침",
    problems="없음", next_plan="8월 착공", opinion="증빙을 확인함",
)  # fmt: skip

COUNTS: Final = Made(
    total=42, done=25, overdue=3, due_today=1, due_14_days=6, on_hold=2, due_this_week=4, done_last_week=5, recurring=1, open=17,
    today=1, week=4, late=3, before_start=2,
)  # fmt: skip
ASIDE: Final = {"past": 60, "period": 30, "prose": 21}
MOVE: Final = Made(no="1-1", title="보행로 정비", before="정상추진", after="완료")
TABLE_ROW: Final = Made(
    no="1-1", title="보행로 정비", before="정상추진", final="완료", opinion="증빙을 확인함"
)
UNFOUND: Final = Made(line=14, text="8월 중 착공식(우천 시 연기)", message="날짜를 확인하여 주시기 바랍니다.")
PERSON: Final = Made(
    name="김하늘", department="도로과", rank="주무관", why="봇 미등록", since=date(2026, 6, 1), numbers=[112, 113],
    advice="등록 링크를 전해 주십시오.", messages=41, lines=120, most_lines=12,
)  # fmt: skip
LATE_ROW: Final = Made(
    id=112, title="설계 용역 완료", is_watched=True, due=date(2026, 6, 10), days=-20, department="도로과", reason="의회 일정",
    overdue=1,
)  # fmt: skip


@cache
def item() -> Any:
    """A line of the daily message, which other texts have in them."""
    return render.text("item", **{name: of("item", name) for name in ITEM})


ITEM: Final = (
    "milestone", "task", "today", "days", "is_open", "is_moved", "is_exact", "is_holiday", "state_word", "held",
    "returns", "seen", "waits", "waits_for_office", "is_before_start", "why", "last_day", "pending", "promise", "capacity",
    "people", "department", "with_task", "withdrawn", "accountable",
)  # fmt: skip


def of(text: str, fact: str) -> Any:
    """The fact as that text has it. Raises KeyError where none is made up."""
    for name in (f"{text}.{fact}", *(f"{one}.{fact}" for one in _above(text)), fact):
        if name in FACTS:
            found = FACTS[name]
            return found() if callable(found) else found
    raise KeyError(f"no made-up fact {text}.{fact}: add it to tests/messages/facts.py")


def further(text: str, usual: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Other facts of that text, each alone."""
    yield from ({one: value} for one in usual for value in FURTHER.get(f"{text}.{one}", ()))


def _above(text: str) -> list[str]:
    """The tables that hold a line, the nearest first, each with .* behind it; last its room, "reports:*"."""
    parts = text.split(".")
    room, is_roomed, _ = text.partition(":")
    return [".".join([*parts[:end], "*"]) for end in range(len(parts) - 1, 0, -1)] + [f"{room}:*"] * bool(
        is_roomed
    )


PEOPLE: Final = ["김하늘", "이바다"]
ASKS: Final = (
    "ask_one", "ask_field", "ask_row", "ask_later", "ask_missing", "ask_close", "ask_why", "ask_back", "ask_cancelled",
    "ask_line", "ask_hour", "ask_new", "ask_day", "ask_draft", "ask_plan", "ask_reply", "ask_choose", "ask_result",
    "ask_part_who", "ask_part", "ask_part_done", "ask_part_filled",
)  # fmt: skip
ASK_LINE: Final = {"number": 7, "title": "현안 수요조사", "day": LATER, "hour": "14:00", "left": 3}
SUMMARY: Final = Made(
    no=7,
    title="현안 수요조사",
    respondents=64,
    answered=59,
    overdue=2,
    due_at=datetime(2026, 8, 14, 23, 59, tzinfo=ZONE),
)
MEET: Final = ("meeting", "meeting_line", "meeting_ask")
RAISED: Final = ("raised", "raised_line", "raised_hour", "raised_ask", "raised_why", "raised_back")
# By name alone.
USUAL: Final[Facts] = {
    "hidden": partial(render.label, "privacy.hidden"), "kept": partial(render.label, "privacy.not-kept"),
    "phone": partial(render.label, "privacy.gone.phone"), "somebody": partial(render.label, "privacy.somebody"),
    "about": TASK, "accountable": "김하늘", "absence": ABSENCE, "act": "일정을 완료로 등록", "action": "연기 승인",
    "actor": "김하늘", "added": "1,250",
    "adjustment": ADJUSTMENT, "after": "완료", "amount": "25", "amounts": [25_000_000, 12_000_000], "areas": 5, "as_of": TODAY,
    "asked": 7, "aside": ASIDE, "assumes": "아무도 답하지 않을 때", "at": "6. 30.(화) 09:12", "basis": "현재 기한부터 2주",
    "before": "정상추진", "bureau": "건설국", "bureaus": 6, "by": "박마루", "can_undo": True, "capacity": "박마루 님 대직",
    "cause": "텔레그램에 닿지 않습니다", "changed": 3, "checked": 42, "choices": "정상추진, 일부추진", "code": "k7Qm2xWp",
    "code_voided": True, "column": "기한", "columns": ["과제명", "시기"], "command": "/assign 101 총무과 이바다",
    "computed": "12건", "content": "추진실적과 문제점", "contents": "표 31개 4,210행", "count": 3, "counted": 39, "country": "XX",
    "counts": COUNTS, "current": "공사 착공", "dated": 12, "day": DUE, "days": 25, "decision": "승인", "department": "도로과",
    "departments": 4, "difference": "+1.8%p", "document": "도로과-1234", "done": 25,
    "doubts": ["마지막 일정의 기한이 임기 뒤입니다."], "draft": Made(title="2026년 한별시 실행계획", plan_year=2026),
    "due": date(2026, 7, 9), "due_on": LATER, "empty": "진행 중인 소관 일정이 없습니다.", "end": "2026-12-31", "ending": ".html",
    "entries": 96, "entry": ENTRY, "error": "Connection refused", "every": 7, "evidence": ["문서 도로과-1234"], "exact": "61.54",
    "example": "/done 112 6.28", "examples": "2024Q1, 2024-1분기", "excluded": ["시기 미도래"],
    "expected": "'minimal', 'standard' or 'full'", "expr": "7월", "fault": "읽을 수 없습니다.",
    "field": "추진상황", "file": "현황.xlsx", "final": "완료",
    "findings": [UNFOUND], "first": 2024, "folder": "/srv/gihan", "form": ".xlsx", "found": 12, "gate": "추경", "giver": "김하늘",
    "goal": "목표 70%까지 2개 부족", "going": 2, "head": "이행률", "held": "부지 변경 검토",
    "hint": "여러 건은 “/done 번호 번호”로 등록하실 수 있습니다.", "host": "127.0.0.1", "hours": 72, "how": "등록되었습니다",
    "intent": "완료", "key": "telegram.token", "keys": "telegram.token", "kind": "기간", "kinds": ["HWPX", "DOCX", "PDF"],
    "known": "도로과, 총무과", "known_entries": 40, "known_tasks": 8, "label": "1-1 보행로 정비", "last": 2028, "late": 2,
    "leader": 113, "left": 3, "line": 14, "lines": lambda: [item()], "link": "https://t.me/hanbyeol_bot?start=k7Qm2xWp",
    "listed": "보행로 정비 외 2건", "lock": "/srv/gihan/gihan.lock", "lone": [2031],
    "made": Made(before="정상추진", after="완료"), "made_at": AT, "mean": 41.3, "messages": 10_234, "method": "서면 점검",
    "milestone": MILESTONE, "minutes": 10, "monday": date(2026, 6, 29), "sunday": date(2026, 7, 5),
    "last_worked": TODAY, "more_off": 0, "who": "박마루",
    "finished": 3, "ahead": 2, "both_from": TODAY, "both_until": LATER, "worked": 12,
    "missed": ["공원과"], "moment": "6. 30.(화) 09:12", "month": 7, "more": 2,
    "more_moves": 2, "most": 40, "most_entries": 20_000, "most_tasks": 2_000, "moved": PEOPLE, "moved_count": 2,
    "moves": True, "name": "김하늘", "named": [Made(title="가로등 정비", there=31)], "names": "도로과, 총무과", "next_quarter": 3,
    "note": "업체와 협의 중", "now": 27, "number": 112, "numbers": [112, 113], "officer": HANEUL, "old": DUE,
    "one": Made(count=24, label="완료", plain="61.5", share=61, printed="24건", computed="25건" ), "open": 17, "opener": HANEUL,
    "option": "--from", "order": "셋째", "organisation": "한별시", "original": ORIGINAL, "other": "공원녹지과", "outcome": "승인",
    "last_day": date(2026, 7, 31),
    "pending": "8. 14.(금)로 연기 신청 중, 팀장 결정 대기 9일째",
    "promise": "7. 7.(화)까지 등록이 없으면 팀장님께도 안내",
    "how_to_answer": ["연중 업무는 변동이 없으면 [변동 없음]을 눌러 주시기 바랍니다."],
    "own": "정상추진", "is_overseer": True, "has_more": True, "returns": True,
    "own_week": "이번 주 기한 4건 · 기한 경과 3건 · 지난주 완료 5건", "page": 1,
    "pages": 2, "part": "확인", "path": "/srv/gihan/gihan.db", "people": PEOPLE, "percent": 60, "period": "2026.2분기",
    "person": "김하늘", "place": "도로과", "team": "도로과 시설팀",
    "places": "소수 첫째 자리", "plan": PLAN, "pledges": 20, "port": 8090,
    "previous": Made(period=Period(2026, 1)), "printed": "24건", "prior": 22, "projects": 40, "quarter": 2,
    "question": "‘다음 주’가 7. 6.과 7. 10. 가운데 어느 날입니까?", "rank": "주무관", "rate": "61.5%",
    "rate_name": "공약이행완료율", "real": 12, "reason": "시의회 일정 조정", "registered": 96, "replaced": date(2026, 8, 7),
    "reporter": "김하늘", "request": REQUEST, "requester": HANEUL, "rise": 3, "role": "부서장", "roles": ["팀장"],
    "round": "2026년 2분기", "rounding": "반올림", "row": HANDOVER, "rows": 4_210, "said": "가로등", "scope": "도로과",
    "seconds": 45, "sections": lambda: [("이번 주", [item()])], "seen": date(2026, 7, 7), "send_at": "09:10", "series": 12,
    "share": "12%", "sheet": "추진일정", "shift": "2주", "short": 2, "shown": 5, "size": 120,
    "skipped": [Html("#113번은 이미 완료입니다.")], "source": "실행계획.hwpx", "start": "2026-07-01", "state": "입력",
    "state_word": "보류", "stated": 14, "status": "정상추진", "statuses": ["완료", "정상추진"], "step": "협의",
    "strangers": PEOPLE, "subject": "#112", "sum": 37_000_000, "table": "officer", "tables": 31, "taker": "이바다", "task": TASK,
    "tasks": 40, "text": "가로등 교체 8월", "then": 9, "there": 21, "times": 2, "timezone": "Asia/Seoul",
    "title": "설계 용역 완료", "titles": "보행로 정비, 가로등 정비", "today": TODAY, "told": PEOPLE, "total": 40,
    "touched": [NEXT], "trend": "같음", "unasked": 4, "unit": "백만", "until": "7. 3.(금) 09:12", "url": "http://127.0.0.1:8090",
    "username": "hanbyeol_bot", "value": "거의 다 됨", "version": "0042", "waited": 3, "waiting": 2,
    "waits": "외부 대기: 추경 · 재검토 8. 14.(금)", "wanted": 28, "was_note": "업체 선정", "was_progress": 40, "what": "만회대책",
    "why": "시의회 일정 조정", "wished": LATER, "words": "7. 15.까지 참여 직원을 정해 주십시오", "working_days": 248,
    "written": "25백만", "year": 2026, "years": "2026년 96건 · 2027년 3건", "zone": "Asia/Seoul",
}  # fmt: skip
# Flags, as they usually are.
FLAGS: Final[Facts] = {
    "has_buttons": True, "hears_alarms": True,
    "has_late": True, "has_note": True, "has_open": True, "has_progress": True, "is_accepted": True, "is_ahead": True,
    "is_anonymous": False, "is_archived": False, "is_bound": True,
    "is_command": False, "is_complete": False, "is_day_off": True, "is_deputy": False, "is_team": False,
    "is_done": True, "is_edited": False, "is_ended": False, "is_exact": False, "is_greeting": True, "is_guess": True,
    "is_holiday": False, "is_late": True, "is_linked": True, "is_log": False, "is_manager": True, "is_more": True,
    "is_mostly_unread": False, "is_moved": False, "is_mute": True, "is_new": True, "is_offered": False,
    "is_on": True, "is_open": True, "is_own": True,
    "is_photo": False, "is_reason": True, "is_repeat": False, "is_secret": True, "is_span": False, "is_told": True,
    "has_scope": True, "is_day": True, "is_on_behalf": True, "is_back": True,
    "is_first": True, "is_several": True, "is_named": True, "is_planner": True,
    "is_before_start": False, "is_last": False, "is_missing": True, "is_past": False,
    "keeps_request": False, "waits_for_office": False, "wants_plan": True, "was_asked": True, "was_done": True, "with_task": True,
}  # fmt: skip
# What messages have by a name that is usually another thing, as "message.fact".
OF_MESSAGES: Final[Facts] = {
    "adjustment.history": [Made(on=TODAY, step="협의", by="최기획", note="관계 부서 의견 수렴")], "alert_deaf.cause": "token",
    "alert_mute.cause": "token", "alert_over.kind": "deaf",
    "alert_settings.about": "pc-1 프로그램의 reminders 설정이 이끄는 pc-2 프로그램과 다릅니다",
    "approval_result.title": "#112 설계 용역 완료",
    "approval_result.said": "연기를 승인하였습니다.", "approval_result.lines": ["당초 기한 2026. 7. 3.(금)은 이력에 남습니다."],
    "ask.question": "", "ask_which.reason": "어느 일정을 마치셨는지 번호를 적어 주십시오.",
    "audit_line.changes": ["기한 7. 20.(월) → 8. 14.(금)", "승인 단계: 팀장"],
    **{f"{name}.by": LEAD for name in ("newcomer_asked", "assigned_away", "away_notice", "handover_list_office",
        "roster_office", "roster_undone_office", "links_made",
        "handover_office", "link_made", "share_notice", "substitute_answered", "check_back")},
    "card.lines": lambda: [Made(milestone=MILESTONE, standing="예정", intent=intent, day=TODAY, due=DUE, percent=60,
        what="#112 완료", until=DUE, substitute="이바다", words="시의회 일정", code="의회·조례") for intent in ("done",
        "delay", "progress", "undo", "away")],
    "card.asks": "several", "card.question": "날짜가 맞습니까?", "check_all.done": 4, "check_all.left": 2, "check_ask.place": 1,
    "check_ask.what": "2분기 실적", "check_ask.suggestions": [Made(label="등록된 일정", text="설계 용역 완료(6. 30.)")],
    "check_line.counts": [("입력", 3), ("확인", 1)], "check_list.counts": [("입력", 3), ("확인", 1)],
    "check_list.rows": [("입력", "1-1 보행로 정비", True)],
    "check_status.choices": [
        Made(word="정상추진", key="on-track", means=""),
        Made(word="일부추진", key="partial", means="늦어진 사업"),
    ],
    "check_status.reason": "준공일을 적어 주십시오", "choose_person.what": "#101 보행로 정비", "completion_request.outcome": "",
    "completion_decided.said": "완료를 확인하였습니다.", "corrected.period": QUARTER,
    "corrected.row": Made(no="1-1", title="보행로 정비"), "adjustment.said": "협의 단계로 기록하였습니다.",
    "check_entry.said": "점검결과를 받았습니다.", "round.said": "", "reviewed.said": "계획을 정정하였습니다.",
    "upload_column.columns": ["접수일", "개관일"],
    "upload_column.entries": [Made(line=14, title="도서관", choices=["2026. 3. 2.", "2026. 11. 5."])],
    "upload_year_settled.said": "2026년 일정으로 등록할 준비를 하였습니다.",
    "delay_choose.question": "현재 기한보다 늦은 날이어야 합니다.",
    "delay_requested.asked": "부서장 정가람 님께 승인을 요청하였습니다.", "approval_request.outcome": "",
    "delay_noted.what": "사유: 의회·조례", "difference.name": "설계 용역 완료", "difference.what": "등록 7. 20. ↔ 문서 8. 14.",
    "difference.number": 1, "digest.counts": {"이번 주": 1}, "digest.example": "112 113",
    "digest.restored": "※ 저장소를 백업으로 되돌렸습니다.",
    "done.done": [Made(milestone=MILESTONE, asked="박마루 님이 확인하시면 완료로 확정됩니다.",
        timing="20일 빠름")],
    "due_today.line": item, "nudge_notice.line": item, "escalation_line.days": 20, "evidence_added.what": "문서 도로과-1234",
    "fallback.counts": [("기한 경과", 2), ("오늘 기한", 1)], "file_caption.what": "[추진상황] 도로과", "gate_ask.example": "9.30",
    "handover_list.rows": [HANDOVER], "handover_list.faults": [], "handover_list_done.rows": [HANDOVER],
    "handover_list.name": "인사이동.xlsx", "handover_list_office.people": 3, "handover_proposed.tasks": [TASK],
    "help.commands": [Made(name="done", korean=("완료"), summary="완료 등록", example="/done 112 6.28 설치 완료")],
    "help.number": 112, "invite_link.row": Made(code="k7Qm2xWp", link="https://t.me/hanbyeol_bot?start=k7Qm2xWp"),
    "chat.standing.pending.until": LATER,
    "digest.is_office": False,
    "status.so_far": SoFar(
        due=Share(done=55, total=60), before_start=52, waiting=3, held=1,
        year=Share(done=55, total=196), month=Share(done=4, total=9),
    ),
    "status.under_way": "2026년 2분기 자체점검: 부서 입력 단계, 입력 12/49건",
    "status.newly": [LATE_ROW],
    "status.pledges": {
        "round": "2026년 1분기", "name": "공약이행완료율", "rate": "33/49 = 67.3%",
        "goals": ["목표 90%(49개 가운데 45개)까지 12개 부족"],
        "nearest": ["4-1-② 무공해 버스", "2-3 놀이 쉼터"], "course": [("2025년 4분기", "65.3"), ("2026년 1분기", "67.3")],
    },
    "week_own.still": 2, "week_own.first": "보행로 정비", "week_own.waited": 62, "week_still.others": 28,
    "week_still.days": 60, "again.until": DUE, "standing.again.on.day": DUE,
    "standing.again.example.day": DUE, "standing.again.outside.last": DUE,
    "next_line.on": DUE, "next_line.why": "기한 7일 전",
    "changed_line.rows": [("done", MILESTONE, 0), ("requested", NEXT, 0), ("became_late", MILESTONE, 2)],
    "changed_line.since": TODAY, "week_still.why": "still",
    "week_away.absence": ABSENCE, "week_away.due": 2,
    "approved_all.requests": [Made(milestone_id=112, old_due_on=DUE, new_due_on=LATER)], "nudged_all.numbers": [112, 115],
    "nudged_all.left": [118], "unreached_brief.names": ["김하늘(도로과)", "이바다(도로과)"],
    "recurring_line.missed": {"month": 7, "due": 3, "done": 1},
    "item.days": 20, "late_ask.days": 20, "link_notice.department": "도로과", "list.title": "내 소관 일정", "nudged.at": AT,
    "shared.at": AT, "ongoing_answered.series": SERIES, "ongoing_ask.series": SERIES, "ongoing_line.series": SERIES,
    "quota_counted.series": COUNTED,
    "ongoing_answered.words": "상반기 120명 지원", "handover_asked.words": "7월부터 이바다 님이 맡습니다",
    **{f"{name}.words": "부지 변경 검토" for name in ("held", "held_notice", "task_held", "waiting")},
    "pack.delays": ["#112 설계 용역 완료: 7. 3.(금) → 7. 20.(월), 시의회 일정 조정"], "pack.tasks": 3,
    "past_task.entries": [MILESTONE], "past_asked.entries": [MILESTONE], "past_task_settled.what": "보관하였습니다.",
    "invite_links.rows": [(HANEUL, Made(code="k7Qm2xWp", link="https://t.me/hanbyeol_bot?start=k7Qm2xWp"))],
    "people.roster.rank.was": "주무관", "people.roster.rank.value": "팀장", "people.roster.team.was": "",
    "people.roster.team.value": "도로시설팀",
    "people.roster.bureau.was": "", "people.roster.bureau.value": "도시국", "people.roster.role.value": "서무",
    "people.roster.ended.was": "부서장", "roster_list.lines": ["도로과 박마루: 새로 등록", "도로과 박마루: 팀장 지정"],
    "roster_list.name": "직원 명단.xlsx", "roster_list.is_wrong": False, "roster_office.count": 4, "roster_taken.people": 4,
    "people.roster.back.rank.was": "주무관", "people.roster.back.rank.value": "팀장", "people.roster.back.team.was": "",
    "people.roster.back.team.value": "도로시설팀", "people.roster.back.bureau.was": "",
    "people.roster.back.bureau.value": "도시국", "people.roster.back.role.value": "서무",
    "people.roster.back.ended.was": "부서장", "roster_undone_office.left": 1, "roster_undone_office.count": 3,
    "roster_undone.count": 2, "roster_undone.lines": ["도로과 박마루: 팀장 지정 취소", "도로과 박마루: 등록 취소"],
    "roster_undone.left": ["도로과: 국 없음 → 도시국 (그 뒤 6. 30.(화) 09:12 정가람: 국 변경)"],
    "roster_undone.left_count": 1, "roster_undone.left_more": 0, "undo.roster.changed.done": "팀 지정",
    "undo.roster.changed.what": "도로과 박마루: 팀 없음 → 도로시설팀", "undo.roster.used.what": "도로과 박마루: 새로 등록",
    "links_made.count": 12, "invite_links.count": 1, "invite_links.left": 0, "invite_links.more": 0,
    "people.invite-sheet.until.until": "7. 3.(금) 09:10", "people.invite-sheet.button.count": 12,
    "people.invite-sheet.file.day": TODAY, "followed_line.word": "late", "unfollowed.number": 112,
    "languages.language": "한국어", "people.language.unknown.languages": ["한국어", "영어"],
    "own_hour.at": "14:00", "own_hour.is_usual": False,
    "people.hours.button.hour": 14, "people.hours.usual.at": "09:10",
    "people.hours.wrong.first": 9, "people.hours.wrong.last": 17,
    "audit.hour.hour": 14,
    "standing.follow.number": 112, "standing.follow.line.state": "예정",
    "setup.found": Made(people=42, linked=3, past={"보행로 정비": [MILESTONE]}, entries=1, doubles=2, unscheduled=[TASK],
        vacant=[TASK]), "setup.lacking": [("팀장", ["도로과", "환경과"], 3)],
    "setup.is_at_shell": False,
    "setup.week": Made(first=date(2026, 7, 6), people=18, lines=41, most=5),
    "setup_tasks.found": Made(unscheduled=[TASK], vacant=[TASK]),
    "documents.review.what.double.titles": ["현장 행정의 날", "현장행정의 날"],
    "past_line.title": "2026년 한별시 실행계획", "past_settled.what": "보관하였습니다. 더 안내하지 않습니다.",
    "plan_line.number": 1, "plan_line.state": "활성", "reject_ask_reason.what": "반려 사유",
    "rehearsal.found": Made(first=date(2026, 1, 1), last=date(2026, 12, 31), messages=10_234, lines=41_200, people=PEOPLE,
        working_days=248, groups=52, busiest=[Made(date=TODAY, messages=210, lines=1_240)]),
    "rehearsal.people": [PERSON], "rehearsal.rules": [("기한 당일", 1_204)], "report.as_of": "2030. 6. 30.",
    "report.rate": "61.5%", "report.before": "59.7%", "report.counts": "완료 24건, 정상추진 12건", "report.moves": [MOVE],
    "report.adjustments": [MOVE], "report.result": city, "report_caption.result": city,
    "report.findings": [Made(kind="원문과 다름", text="정상추진 건수: 원문은 13건, 다시 센 값은 12건입니다.")],
    "report_caption.period": QUARTER, "reinvited.until": "7. 3.(금) 09:12", "resumed.was": "보류",
    "restored_report.done": Made(carried=4, first_number=10_113, in_doubt=1, marked=3, set_aside="gihan.db.old", voided=2),
    "restored_report.is_moved": False, "restored_report.zone": ZONE, "restored.zone": ZONE, "nudged.zone": ZONE,
    "shared.zone": ZONE, "round.round": ROUND, "round.counts": [("입력 대기", 12), ("평가 완료", 28)],
    "round.left": [("공원과", 4)], "round.name": "2026년 2분기", "round_notice.name": "2026년 2분기",
    "round_notice.rows": [TABLE_ROW], "round_preview.name": "2026년 2분기",
    "round_preview.counts": [("완료", 24), ("정상추진", 12)], "round_preview.moved": [("1-1", "보행로 정비", "정상추진", "완료")],
    "seen.until": date(2026, 7, 7), "seen.left": 2,
    "share_standing.found": Made(missed=["공원과"], seen=[("총무과", "정가람")], unseen=[("도로과", "박마루")] ),
    "shared.people": 6, "stale.current": "예정, 기한 8. 14.(금)",
    "stale.changes": [Made(at="6. 30.(화) 09:12", who="박마루", what="기한 7. 20. → 8. 14. 연기 승인")],
    "status.total": Made(tasks=8, counts=COUNTS),
    "status.departments": [Made(name="도로과", counts=COUNTS)], "status.unreached": Made(total=3, unlinked=2, paused=1),
    "status.lists": Made(last_week=Made(done=5, registered=6, became_overdue=1, delayed=2), watched=[LATE_ROW], late=[LATE_ROW],
        waiting_outside=[LATE_ROW], next_14_days=[LATE_ROW]),
    "still_waiting.what": "연기 사유",
    "undone.restored": [Made(milestone=MILESTONE, was="완료", now="예정, 기한 7. 20.(월)")],
    "item.withdrawn": "중복 등록", "edited.name": "#112 설계 용역 완료", "edited.field": "제목",
    "edited.was": "설계 용역", "split_proposed.parts": ["설계", "심의", "착공"], "split_done.name": "#112 설계·심의",
    "renamed.is_merged": True, "register_changes.name": "등록부 2026-06-30.xlsx",
    "register_changes.lines": ["#112 설계 용역 완료 · 완료일: 없음 → 2026. 6. 28.(일)"],
    "register_changes.faults": ["#113번은 취소된 일정입니다."],
    "renamed.was": "도로교통과", "renamed.now": "도로과", "task_moved.department": ROADS,
    "people.assign.move-too.department": ROADS,
     "edited.now": "설계 용역 완료", "dropped.name": "#113 공사 착공", "merged.name": "#113 공사 착공",
    "merged.kept": "#112 설계 용역 완료", "dropped.reason": "중복 등록", "correction_notice.reason": "중복 등록",
    "correction_notice.lines": ["#113 공사 착공 · 취소"],
    "away.wanted": BADA,
    "reopen_request.reason": "준공 검사가 남음", "reopen_request.outcome": "", "reopen_asked.names": PEOPLE,
    "days_off.first": TODAY, "days_off.last": LATER, "days_off.count": 2, "days_off.name": "종무식", "days_off.moved": 3,
    "days_off.said": "휴무일로 등록하였습니다.", "days_off_file.name": "휴무일.ics", "days_off_line.year": 2027,
    **{f"{name}.days": [(TODAY, "종무식", False)] for name in ("days_off_list", "days_off_file")},
    "days_off_list.example": "/daysoff 12.31 종무식", "help.title": "", "help.groups": [("내 일정", ["my", "done"])],
    "week.title": "한별시", "week.sections": [("도로과", ["이번 주: 보행로 정비 설계(6. 29.(월)) 1건을 마쳤습니다."])],
    "why_day.off": [date(2026, 7, 17)], "why_day.moves": ["6. 30.(화) 09:12 박마루 님 — 기한 7. 20. → 8. 14. 연기 승인"],
    "unknown.reason": "말씀을 이해하지 못했습니다. 바뀐 것은 없습니다.", "unreachable.people": [PERSON],
    "unreached.lines": ["도로과 김하늘 주무관님께 전달되지 않은 안내 2건 (봇 미등록)"],
    "unreached_line.milestones": [Made(id=112, title="설계 용역 완료", day=DUE)], "unreached_line.why": "봇 미등록",
    "upload.account": Made(unread=[UNFOUND]), "upload.share": 12, "upload.name": "실행계획.hwpx", "upload.people": 14,
    "upload.asked": 2, "upload.shown": "날짜 214개: 등록 96, 확인 7, 실적 60",
    "upload.differences": ["#112 설계 용역 완료: 등록 7. 20. → 문서 8. 14."],
    "upload.preview": Made(tasks_added=40, milestones_added=96, series_added=12, milestones_known=4, differences=[1, 2],
        past=3, unknown_departments=["공원과"]),
    "upload.quarter": "2026.2분기 점검결과 40건을 확정 기록으로 둡니다.", "upload_settled.name": "실행계획.hwpx",
    "upload_unread.name": "실행계획.hwpx", "upload_unread.lines": [UNFOUND], "uploaded.name": "실행계획.hwpx",
    "upload_year.entry": Made(title="착공식", expr="8. 20.", line=14, section="2. 추진일정"), "reviewed.name": "설계 용역 완료",
    "uploaded.result": Made(tasks_added=40, milestones_added=96, series_added=12, differences=[1], past=3),
    "usage.reason": "완료한 일정의 번호를 적어 주십시오.", "refused.reason": "조회하실 수 있는 범위가 아닙니다.",
    "task.body": Html("주관 도로과\n담당 김하늘 주무관"), "vacant_line.first": TASK, "watched.days": "60일, 14일",
    "week_line.name": "도로과", "yearbook.names": ["연간 일정표.xlsx", "이력.csv"], "week_own.counts": COUNTS,
    "group_counts.counts": COUNTS, "adjustment_opened.why": "2027. 3. 31.은 계획 연도를 넘어 공약조정 대상입니다.",
    "words_left_out.count": 1_000,
    **{f"{name}.number": 7 for name in ASKS}, **{f"{name}.title": "현안 수요조사" for name in ASKS},
    **{f"{name}.hour": "14:00" for name in ("ask_one", "ask_field", "ask_later", "ask_line", "ask_hour")},
    "ask_one.said": "제출하였습니다.", "ask_one.state": "진행 중", "ask_one.due": LATER, "ask_one.original": DUE,
    "ask_one.left": 3, "ask_one.basis": "기획예산실-1234", "ask_one.own_state": "보완 요청",
    "ask_one.reason": "단가를 확인해 주십시오", "ask_one.fields": ["사업명: 글, 필수", "금액(백만원): 수, 백만원, 필수"],
    "ask_one.found": SUMMARY, "ask_one.rows": ["사업명 쉼터 조성 · 금액(백만원) 30"], "ask_one.rows_wanted": "1건 이상",
    "ask_list.rows": [ASK_LINE], "ask_list.waiting": [ASK_LINE], "ask_list.waiting_more": 2, "ask_list.requests": [SUMMARY],
    "ask_field.due": LATER, "ask_field.days": 3, "ask_field.name": "금액(백만원)", "ask_field.kind": "수, 백만원, 필수",
    "ask_field.reason": "단가를 확인해 주십시오", "ask_field.place": 2, "ask_field.total": 3, "ask_field.row": 1,
    "ask_field.names": ["사업명", "금액(백만원)"], "ask_field.last": "30", "ask_field.rows_wanted": "2건 이상",
    "ask_row.rows": ["사업명 쉼터 조성 · 금액(백만원) 30"], "ask_row.count": 2, "ask_row.more": 0, "ask_later.due": LATER,
    "ask_nothing.numbers": [7, 8], "ask_nothing.reply": "none",
    "ask_missing.rows": [("도로과", "서무나"), ("감사실", "")], "ask_missing.total": 2, "ask_close.left": 3,
    "ask_back.by": LEAD, "ask_back.reason": "단가를 확인해 주십시오", "ask_cancelled.reason": "행사 취소",
    "ask_line.day": LATER, "ask_line.left": 3,
    "ask_part.due": LATER, "ask_part.by": HANEUL, "ask_part.hour": "14:00", "ask_part.fields": ["사업명", "금액(백만원)"],
    "ask_part_filled.by": BADA, "ask_part_filled.count": 2, "ask_part_done.count": 2,
    "ask_one.handed": [("이바다", 2), ("김하늘", None)],
    "ask_day.count": 3, "ask_draft.due": LATER, "ask_draft.hour": "14:00", "ask_draft.opens": DUE, "ask_draft.count": 2,
    "ask_draft.rows_wanted": "1~3건", "ask_draft.basis": "기획예산실-1234",
    "ask_draft.fields": ["사업명: 글, 필수", "금액(백만원): 수, 백만원, 필수"], "ask_draft.people": 2, "ask_draft.examples": 1,
    "ask_draft.busiest": HANEUL, "ask_draft.scope": "도로과, 공원과", "ask_draft.most": 2, "ask_fix.name": "구분",
    "ask_reply.department": ROADS, "ask_reply.state": "제출", "ask_reply.due": LATER, "ask_reply.by": "서무나",
    "ask_reply.said": "도로과의 회신을 대신 넣었습니다.", "ask_reply.reason": "단가를 확인해 주십시오",
    "ask_reply.owner": "서무나", "ask_reply.rows": ["사업명 쉼터 조성 · 금액(백만원) 30"],
    **{f"{name}.number": 7 for name in MEET}, **{f"{name}.title": "확대간부회의" for name in MEET},
    **{f"{name}.kind": "회의" for name in MEET}, **{f"{name}.hour": "13:30" for name in MEET},
    **{f"{name}.place": "대회의실" for name in MEET}, **{f"{name}.day": LATER for name in MEET},
    **{f"{name}.until": DUE for name in MEET}, "meeting_line.days": 4, "meeting_line.missing": 2,
    "meeting_line.departments": ["도로과"], "meeting.said": "안건을 올렸습니다.", "meeting.original": DUE,
    "meeting.chair": "시장", "is_off": False, "meeting.material_until": DUE, "meeting_ask.step": "mttopic",
    "meeting.topics": [Made(no=1, title="청년 공간 운영", department="도로과"), Made(no=2, title="기타", department=None)],
    "meeting.parts": [
        Made(department="도로과", text="도로과-1234", on=DUE, present=12, total=15),
        Made(department="공원과", text="", on=None, present=None, total=None),
    ],
    "meeting.decided": [Made(number=7, title="버스 노선 조정안 보고", state="진행 중", on=LATER)],
    **{f"{name}.number": 7 for name in RAISED}, **{f"{name}.title": "버스 정류장 그늘막 설치" for name in RAISED},
    **{f"{name}.hour": "14:00" for name in RAISED}, **{f"{name}.kind": "의회 요구" for name in RAISED},
    "raised.said": "답변을 적었습니다.", "raised.state": "진행 중", "raised.requester": "홍길동",
    "raised.source": "시민과의 대화",
    "raised.wanted": "반영", "raised.reason": "시기를 적어 주십시오", "raised.days": 12, "raised_line.days": 12,
    "raised.parts": [
        Made(department="교통과", text="8월에 설치하겠습니다.", on=DUE), Made(department="공원과", text="", on=None)
    ],
    "raised.earlier": Made(number=3, on=date(2025, 7, 2), text="예산을 확보하여 설치하겠습니다."), "raised_line.outcome": "반영",
    "raised_back.reason": "시기를 적어 주십시오", "raised_sheet.name": "건의사항.xlsx", "raised_sheet.known": 1,
    "raised_sheet.count": 12, "raised_sheet.lines": [], "raised_sheet.columns": ["건의자", "건의사항", "주관부서"],
    "raised_sheet.unread": ["비고"], "raised_taken.known": 1,
    **{f"{name}.added": 11 for name in ("raised_sheet", "raised_taken")},
    **{f"{name}.answered": 4 for name in ("raised_sheet", "raised_taken")},
    **{f"{name}.closed": 3 for name in ("raised_sheet", "raised_taken")},
}  # fmt: skip
# The same of lines, ".*" being a whole table of them.
OF_LINES: Final[Facts] = {
    "documents.review.what.task-title.was": "보행로 정비", "documents.review.what.renamed.was": "설계 용역",
    "documents.review.what.renamed.title": "실시설계 용역", "documents.difference.renamed.was": "설계 용역",
    "documents.review.what.task-department.was": "도로교통과",
    "documents.review.what.task-department.title": "도로과", "documents.review.what.task-area.was": "안전 도시",
    "documents.review.what.task-area.title": "안전한 도시",
    "documents.difference.task-otherwise.changes": ["제목 가로등 → 보안등"],
    "documents.register.day.said": date(2026, 6, 28), "documents.register.percent.said": 60,
    "documents.register.refused.*.column": "주관부서", "documents.review.what.sheet-date.was": DUE,
    "documents.register.file.day": TODAY,
    "corrections.budgets.budgets": [Made(year=2026, krw=120_000_000), Made(year=None, krw=30_000_000)],
    "corrections.told.edited.was": "설계 용역", "corrections.told.edited.now": "설계 용역 완료", "corrections.*.field": "제목",
    "corrections.*.choices": "제목, 기한", "corrections.period.start": "2026. 3. 2.(월)",
    "corrections.period.end": "2026. 12. 31.(목)", "corrections.edit.no-day.reason": "읽을 수 없습니다",
    "corrections.*.name": "#113 공사 착공", "corrections.*.kept": "#112 설계 용역 완료",
    "cli.import.counts.people": 14, "cli.tables.week.moved": 2, "cli.import.lone.years": "2031", "cli.rehearse.too-long.years": 2,
    "cli.calendar.year.current": "2026", "cli.doctor.*.reason": "token", "cli.terminal.unwritten.why": "No space left on device",
    "cli.import.reading.name": "실행계획.hwpx", "cli.status.*.name": "도로교통과", "cli.tables.no-department.name": "도로교통과",
    "cli.fallback.no-address.example": "mailtos://…", "settings.*.example": "mailtos://…",
    "settings.*.error": "Permission denied",
    "summed": "30", "asks.corrected.row": 2, "asks.corrected.name": "금액(백만원)",
    "cli.asks.corrected.row": 2, "cli.asks.chosen.row": 2, "cli.asks.corrected.name": "금액(백만원)",
    "cli.asks.corrected.before": "20", "cli.asks.corrected.after": "35",
    "verdict": "미흡", "became": "과제로 올렸습니다(#112).", "opinion": "근거를 더해 주십시오.",
    "signs": True, "evaluates": True, "chooses": True, "cli.rounds.doubt.no": "1-1",
    "ask_choose.row": "사업명 쉼터 · 금액 30", "ask_choose.counts": [("채택", 2), ("보류", 1)],
    "ask_choose.place": 1, "ask_choose.department": ROADS, "ask_one.kind": "제안", "ask_draft.kind": "제안",
    "ask_one.series": {"every": "매월 5번째 근무일", "opens": LATER, "due": LATER},
    "asks.repeated.opens": LATER, "cli.asks.repeated.opens": LATER, "cli.asks.series.opens": LATER,
    "ask_result.choices": [("쉼터", "채택", None), ("그늘막", "보류", "예산")],
    "asks.sheet-faults.faults": ["D3: 금액(백만원)이 비어 있습니다."],
    "asks.which-sheet.numbers": [7, 8],
    "asks.taken-for.name": "도로과", "asks.part-asked.person": BADA,
    "asks.extended.name": "도로과", "questions": 3, "vacant": ["감사실"],
    "week_asks": 2, "week_milestones": 4,
    "opens": DUE, "owner": "서무나", "confirms": True,
    "asks.faults.faults": ["금액(백만원): ‘삼십’을 수로 읽을 수 없습니다."],
    "asks.too-many-fields.names": "사업명 / 금액", "asks.too-many-fields.row": 2,
    "meetings.file.ending": "xlsx", "meetings.added.last": LATER, "meetings.moved.day": LATER, "meetings.refusal.*.day": DUE,
    "meetings.refusal.*.most": 60, "meetings.refusal.*.position": 2, "meetings.refusal.*.present": 16,
    "meetings.refusal.*.total": 15, "cli.meetings.added.first": DUE, "cli.meetings.added.last": LATER,
    "cli.meetings.*.choices": ["회의", "보고회"], "cli.meetings.given.left": ["공원과"], "cli.meetings.decided.item": 3,
    "cli.meetings.moved.day": LATER, "cli.meetings.moved.original": DUE, "cli.meetings.attended.present": 12,
    "cli.meetings.attended.total": 15, "cli.meetings.decisions.numbers": [3, 4],
    "cli.meetings.shown.row": Made(
        no=7, title="확대간부회의", on=LATER, time="13:30", place="대회의실", chair="시장", state="planned",
        agenda_until=DUE, material_until=DUE,
    ),
    "cli.meetings.topic.row": Made(no=1, title="청년 공간 운영", department="도로과"),
    "cli.meetings.part.row": Made(
        department="도로과", text="도로과-1234", given_on=DUE, given_by="김하늘", present=12, total=15
    ),
    "items.counts.adopted": 21, "items.counts.rate": "61.8", "items.replied.departments": ["공원과"],
    "items.refusal.*.before": DUE, "items.refusal.*.choices": ["반영", "미반영", "장기검토"],
    "cli.items.before.text": "예산을 확보하여 설치하겠습니다.", "cli.items.taken.answered": 4, "cli.items.taken.closed": 3,
    "cli.items.taken.known": 1, "cli.items.taken.added": 11, "cli.items.would.unread": ["비고"],
    "cli.items.*.choices": ["반영", "미반영", "장기검토"], "cli.items.replied.left": ["공원과"],
    "cli.items.shown.due": datetime(2026, 7, 20, 14, tzinfo=ZONE), "cli.items.shown.row": Made(
        no=7, title="버스 정류장 그늘막 설치", requester="홍길동", source="시민과의 대화", department="교통과", officer="김하늘",
        cooperating=["공원과"],
    ),
    "reports:items.counts.adopted": 21, "reports:items.counts.answered": 34, "reports:items.counts.at": AT,
    "reports:items.counts.closing": 2, "reports:items.counts.late": 3, "reports:items.counts.left": 8,
    "reports:items.counts.rate": "61.8", "reports:items.counts.total": 42,
    "indicators.line.number": 7, "indicators.line.name": "쉼터 이용 주민", "indicators.line.reached": "412명",
    "indicators.line.planned": "520명", "indicators.line.rate": "79.2", "indicators.line.as_of": DUE,
    "indicators.line.state": "계획보다 적음", "indicators.line.first": "목표 600명 → 520명 (조정 #131)",
    "indicators.changed.before": "600명", "indicators.changed.now": "520명",
    "indicators.refusal.*.scale": ["우수", "보통", "미흡"], "indicators.refusal.*.month": 6, "indicators.refusal.*.year": 2026,
    "indicators.refusal.*.day": DUE, "indicators.refusal.*.before": "412", "indicators.refusal.lower.said": "400",
    "indicators.refusal.*.said": "많이", "indicators.refusal.*.number": 7,
    "indicators.counts.total": 20, "indicators.counts.planned": 16, "indicators.counts.kept": 12,
    "indicators.counts.behind": 2, "indicators.counts.asked": 15, "indicators.counts.waiting": 3,
    "indicators.counts.goals": 4, "indicators.counts.judged": 3, "indicators.counts.reached": 2,
    "indicators.department.counts": Made(total=12, planned=8, kept=5, behind=2, waiting=1),
    "indicators.title-of.department": "도로과", "indicators.department.department": "도로과",
    "indicators.button.behind.count": 2, "indicators.card-more.count": 3,
    "indicators.change.year": 2026, "indicators.change.month": None, "indicators.change.before": "520명",
    "indicators.change.now": "400명",
    "reports:indicators.projection.low": "480", "reports:indicators.projection.high": "610",
    "reports:indicators.projection.unit": "명", "reports:indicators.projection.day": DUE,
    "reports:indicators.stands.reached": "412명", "reports:indicators.stands.planned": "520명",
    "reports:indicators.stands.rate": "79.2", "reports:indicators.stands.as_of": DUE,
    "reports:indicators.stands.projection": "전망 480~610명 (2026. 6. 30.까지의 실적으로)",
    "reports:indicators.picture.legend.has_range": True, "reports:indicators.picture.month.month": 6,
    "reports:indicators.picture.title.number": 7, "reports:indicators.picture.title.name": "쉼터 이용 주민",
    "reports:indicators.picture.title.year": 2026, "kpi.projection": "전망 480~610명 (2026. 6. 30.까지의 실적으로)",
    "adjustment.changes": ["지표 7번 쉼터 이용 주민: 2026년 목표 520명 → 400명"],
    "adjustment_notice.changes": ["지표 7번 쉼터 이용 주민: 2026년 목표 520명 → 400명"],
    "status.indicators": Made(
        counts="지표 20개 · 계획과 견준 16개 중 계획대로 12개, 부진 2개",
        behind=["7번 쉼터 이용 주민: 300명 / 계획 520명 (57.7%, 2026. 6. 30. 기준) · 부진"], more=1,
    ),
    "indicators.*.day": DUE, "indicators.*.number": 7,
    "indicators.*.name": "쉼터 이용 주민", "indicators.*.unit": "명",
    "reports:indicators.counts.total": 20, "reports:indicators.counts.planned": 16, "reports:indicators.counts.kept": 12,
    "reports:indicators.counts.behind": 2, "reports:indicators.counts.missing": 3, "reports:indicators.counts.goals": 4,
    "reports:indicators.counts.judged": 3, "reports:indicators.counts.reached": 2, "reports:indicators.counts.at": AT,
    "reports:indicators.told.number": "412", "reports:indicators.told.of": "520", "reports:indicators.told.share": "79.2",
    "reports:indicators.told.unit": "명", "reports:indicators.told.words": "우수",
    "cli.kpi.*.formula": "반영 건수/제안 건수", "cli.kpi.*.place": "쉼터 가꾸기", "cli.kpi.*.task": 112, "cli.kpi.*.asked": True,
    "cli.kpi.*.target": "520명", "cli.kpi.*.first": "600명", "cli.kpi.*.was": "400명", "cli.kpi.*.value": "412명",
    "cli.kpi.*.evidence": "복지과-31", "cli.kpi.*.days": [DUE], "cli.kpi.*.day": DUE, "cli.kpi.*.year": 2026,
    "cli.kpi.*.month": 6, "cli.kpi.*.number": 7, "cli.kpi.*.name": "쉼터 이용 주민", "cli.kpi.*.adjustment": 131,
    "cli.kpi.*.judgement": "달성", "cli.kpi.*.choices": ["건수", "비율"], "cli.kpi.*.said": "무게",
    "cli.kpi.*.correction": False, "cli.kpi.*.on": True, "cli.kpi.*.count": 20, "cli.kpi.*.names": [".xlsx", ".html"],
    "cli.kpi.asking.day": 5, "cli.kpi.wrong-ending.names": [".xlsx", ".html"],
    "kpi.said": "6. 30.까지의 실적을 적었습니다.", "kpi.title": "쉼터 가꾸기", "kpi.baseline": "180명", "kpi.line": Made(
        number=7, name="쉼터 이용 주민", reached="412명", planned="520명", rate="79.2", as_of=DUE,
    ),
    "kpi.targets": [Made(year=2026, month=None, told="520명", first="600명")],
    "kpi.proposed": [Made(told="480명", number=131)], "kpi.values": [Made(day=DUE, told="412명", was="400명")],
    "kpi.wanted": DUE, "kpi.is_own": True,
    "kpi_ask.number": 7, "kpi_ask.name": "쉼터 이용 주민", "kpi_ask.day": DUE, "kpi_ask.kind": "count", "kpi_ask.unit": "명",
    "kpi_ask.is_total": True, "kpi_ask.first": "반영", "kpi_ask.second": "제안", "kpi_ask.scale": ["우수", "보통", "미흡"],
    "kpi_sure.number": 7, "kpi_sure.name": "쉼터 이용 주민", "kpi_sure.said": "400", "kpi_sure.before": "412",
    "audit.via-user.via": "서버 명령",
    "audit.via-user.user": "gihan",
    "audit.subject.officer.rank": "주무관",
    "audit.subject.*.name": "도로과",
    "audit.subject.plan.title": "2026년 한별시 실행계획", "audit.subject.round.period": QUARTER, "audit.said.said": "의회 일정",
    "audit.subject.officer.name": "김하늘", "audit.people-of.departments": "도로과, 환경과",
    "store.not-writable.folder": "/srv/gihan",
    "store.not-writable.fault": "Permission denied",
    "store.not-made.error": "Permission denied",
    "store.no-address.example": "postgresql://gihan@db/gihan",
    "store.other-tables.names": "plan.title",
    "store.too-old.first": "0.2.0",
    "store.no-secret-file.key": "telegram.token_file", "store.no-secret.key": "telegram.token_file",
    "store.unusable.cause": "디스크가 찼습니다. 공간을 비워 주십시오",
    "store.unusable.code": "SQLITE_FULL",
    "store.cause.unknown.code": "SQLITE_MISUSE",
    "store.waited.cause": "디스크가 찼습니다. 공간을 비워 주십시오", "store.waited.code": "SQLITE_FULL",
    "store.backup.no-form.column": "plan.colour", "store.backup.no-form.kind": "INTERVAL()",
    "store.backup.*.name": "officer", "store.backup.*.names": "officer, task", "rounds.*.example": "/round 2024-1분기 4.9 4.16",
    "standing.*.example": "/watch 112 국비 공모 결과 대기", "audit.none.example": "/audit 112",
    "rounds.no-form.choices": ".xlsx, .html, .txt",
    "rounds.comment-long.count": 2_400, "rounds.comment-long.total": 2_000, "rounds.none-but.choices": "2026년 1분기",
    "rounds.not-allowed.status": "완료", "rounds.none-of.reason": "아직 확정되지 않았습니다.",
    "rounds.neither.choices": "교통, 복지",
    "rounds.refusal.rule.reason": "완료는 공약조정이 승인된 사업에만 정할 수 있습니다.",
    "chat.honoured.person": HANEUL,
    "cli.person.forgotten.name": "퇴직자 12",
    "cli.use.*.name": "--role", "cli.use.*.like": ["--rank"], "cli.use.*.choices": ["officer", "lead"],
    "cli.use.*.about": "역할", "cli.use.wrong.why": "king", "cli.use.too-many.words": "a b c",
    "cli.use.help.command": "gihan invite", "cli.use.no-command.name": "note",
    "cli.import.next.is_planned_for": False, "cli.doctor.no-planner.is_awaited": False,
    "cli.init.example.path": "/srv/gihan/config.example.toml",
    "cli.person.preview.name": "퇴직자 12", "cli.doctor.advice.what": "operation.backup_dir: 백업 폴더를 적어 두십시오.",
    "cli.person.doubtful.what": "task 101 title", "cli.rehearse.no-day.text": "내일쯤", "cli.rounds.no-period.text": "봄",
    "cli.person.*.text": "김하늬", "cli.understand.no-moment.text": "내일쯤",
    "standing.doubtful-day.reason": "‘9. 31.’은 없는 날입니다.",
    "standing.settled.state": "완료", "standing.not-held.state": "예정", "completion.error.*.state": "완료",
    "delays.error.closed.state": "완료",
    "cli.import.state.state": "활성", "documents.plans.moved.state": "마감",
    "documents.add.unread.reason": "‘9. 31.’은 없는 날입니다",
    "delays.error.doubt.reason": "‘9. 31.’은 없는 날입니다.", "people.away.span.reason": "‘9. 31.’은 없는 날입니다.",
    "people.handover.from-when.reason": "‘9. 31.’은 없는 날입니다.", "cli.invite.made.role": "담당자",
    "chat.did.*.day": "6. 30.(화)", "chat.did.*.was": "7. 3.(금)", "chat.did.*.why": ", 사유: 시의회 일정",
    "chat.did.*.more": ", 메모: 설치 완료", "chat.capacity.*.names": PEOPLE, "chat.button.seen.until": date(2026, 7, 7),
    "chat.error.not-kept.what": "메모", "cli.bureaus.quarter.day": "2026. 6. 30.", "cli.doctor.clock.day": "2016. 1. 1.",
    "cli.fallback.there.day": "2026. 6. 1.", "cli.people.row.day": "2026. 7. 1.", "cli.tables.*.day": "2026. 7. 3.",
    "cli.doctor.far-year.first": 2024, "cli.person.in-department.department": "도로과", "cli.rounds.material.missing": 4,
    "audit.file.wrong-ending.names": [".csv", ".xlsx"], "cli.rehearse.*.first": "2026. 12. 31.",
    "cli.rehearse.*.last": "2026. 1. 1.", "completion.error.others.people": "부서장이",
    "completion.reopen.others.people": "부서장이",
    "completion.asked.people.names": PEOPLE,
    "delays.asked.*.names": PEOPLE, "delays.asked.missing.what": "팀장", "delays.error.*.current": DUE,
    "delays.error.inside.what": "7월", "delays.result.approved.at": AT, "delays.result.approved.zone": ZONE,
    "delays.adjustment.*.choices": ["목표", "기간", "사업비"], "delays.adjustment.refused.next.current": "변경안",
    "delays.adjustment.refused.opened.subject": 112, "delays.decision.others.people": "부서장이",
    "delays.counted.words.text": "모레", "speech.length.shift": Made(days=14, months=0), "speech.doubt.*.text": "12월 중순",
    "speech.doubt.no-such-day.month": 9, "speech.doubt.no-such-day.day": 31, "speech.doubt.no-such-date.day": 45,
    "speech.doubt.no-such-month.month": 13, "speech.doubt.other-weekday.said": date(2026, 7, 21),
    "speech.doubt.too-many.count": 20, "speech.doubt.span.why": "언제까지인지 알려 주십시오.",
    "delays.counted.*.period": "2주", "documents.review.what.date.was": DUE, "documents.review.what.*.day": LATER,
    "documents.review.what.date.what": "8월 14일", "documents.review.what.officers.names": ["이바다"],
    "documents.review.what.task.was": "보행로 정비", "documents.review.said.*.was": DUE,
    "documents.review.said.handed-over.names": ["이바다"], "documents.difference.*.names": ["이바다"],
    "documents.difference.date.day": "2026. 8. 14.", "documents.difference.date.was": "2026. 7. 20.",
    "documents.difference.task.what": "보행로 정비", "documents.past.said.unlinked.names": PEOPLE,
    "documents.quarter.beside.rows": ["1-1", "2-3"], "documents.quarter.unread.what": "거의 다 됨",
    "intake.group.which.departments": ["도로과", "총무과"], "ops.network.telegram.kind": "502 Bad Gateway",
    "ops.leader-differs.leader": "pc-2", "ops.replicas-differ.leader": "pc-2", "ops.leader-differs.sections": ["reminders"],
    "ops.replicas-differ.sections": ["reminders"], "ops.replicas-differ.own": "pc-1", "overview.as-of.at": AT,
    "overview.as-of.zone": ZONE, "overview.picture-of.scope": Made(name="도로과"),
    "overview.picture-caption.scope": Made(name="도로과"), "overview.year-of.scope": Made(name="도로과"),
    "digest.year-end.line.named": ["#112 설계 용역", "#113 공사 착공"], "digest.year-end.period.task": ENDING,
    "overview.card.withdrawn.task": DROPPED,
    "overview.card.support.names": ["교통과", "환경과"], "overview.card.partners.names": ["한별도시공사"],
    "overview.card.amount.amount": "31.7", "overview.card.budget.amounts": ["2026년 31.7백만원"],
    "overview.card.period.start": "3. 1.(일)", "overview.card.period.end": "12. 31.(목)",
    "overview.card.area.area": "편안한 교통",
    "overview.card.pledge.pledge": "걷고 싶은 도시", "overview.card.pledge.pledge_no": "4-1",
    "overview.card.going.series": SERIES, "overview.card.*.state": "정상추진", "overview.card.waits-adjustment.kind": "기간",
    "overview.card.bullet.said": "1차 7. 3.(금) → 7. 20.(월) 승인",
    "overview.card.done.what": "진행률 60%", "overview.card.done.who": "김하늘", "overview.card.*.until": "7. 20.(월)",
    "overview.delay-line.place": 1, "overview.delay-line.old": "7. 3.(금)", "overview.delay-line.until": "7. 20.(월)",
    "people.who.department": ROADS, "people.who.team": "",
    "people.assign.team-hint.team": "시설팀", "documents.review.said.team.names": PEOPLE,
    "people.assign.which-team.names": ["도로과 시설팀", "공원과 시설팀"],
    "people.away.*.until": date(2026, 7, 8), "people.away.reversed.first": date(2026, 7, 10),
    "people.list.row.error": "기준일이 지났습니다.",
    "standing.which-gate.choices": "추경, 국비, 심의, 타기관", "undo.changed.what": "연기 승인", "routing.for.*.name": "round",
    "settings.reason.no-web-address.example": "https://hc.example.kr/ping",
    **{f"rounds.{name}.period": QUARTER for name in ("no-material", "material-file", "report-file", "not-frozen", "none-of",
        "none-but", "correct.several", "correct.none", "correct.not-frozen", "question.results", "question.next_plan",
        "refusal.nothing-to-register", "refusal.there-already")},
    "rounds.question-again.what": "2분기 실적", "store.backup.no-value.kind": "Decimal", "undo.went.adjustment.kind": "기간",
    "rounds.refusal.wrong-state.wanted": "입력·총괄평가",
}  # fmt: skip
# What is said of documents that are read.
OF_PLANS: Final[Facts] = {
    "plans:findings.*.name": "보행로 확충", "plans:findings.name-differs.*.listed": "보행로 정비",
    "plans:findings.sheet-row.rule.example": "매월",
    "plans:errors.unreadable.reason": "Permission denied",
    "plans:account.lines.shown": [14, 21], "plans:account.years.years": {2026: 96, 2027: 3},
    "plans:errors.other-content.found": ".docx", "plans:errors.no-tasks.shown": [UNFOUND],
    "plans:findings.change-differs.before": 22, "plans:findings.change-differs.rate": "61.5",
    "plans:findings.number-skips.*.before": 7, "plans:findings.*.reason": {"why": "unknown-before"},
    "plans:findings.period-differs.first": "2026-03-01",
    "plans:findings.date-moved.days": ["2026-07-03"], "plans:words.reasons.words-behind.words": "의회 협의",
    "plans:words.reasons.no-such-day.month": 9, "plans:words.reasons.no-such-day.day": 31,
    "plans:findings.outside-tasks.*.shown": [14, 21],
    "plans:findings.weekday-differs.day": "2026-07-20", "plans:findings.weekday-differs.written": "수",
    "plans:findings.unread.shown": [14, 21], "plans:findings.proposed.shown": [14, 21],
    "plans:findings.*.place": "row", "plans:findings.formula-empty.text": "C3, D3",
    "plans:findings.season-read.written": "Autumn 2026", "plans:findings.season-read.days": ["2026-09-01", "2026-11-30"],
    "plans:findings.sheet-row.*.due": "2026. 7. 1.", "plans:findings.sheet-row.*.start": "2026. 7. 20.",
    "plans:findings.*.task": "보행로 정비", "plans:findings.budget-differs.*.stated": 40_000_000,
    "plans:findings.count-differs.cell.what": "정상추진", "plans:findings.rule-differs.other": "매주 화요일",
    "plans:errors.no-reader.kind": "PDF", "plans:errors.not-read.kind": ".xlsx",
    "plans:errors.not-read.what": "old-sheet", "plans:errors.other-content.kind": ".hwpx",
    "plans:errors.unknown-kind.kind": ".exe", "plans:faults.handovers.day.day": "7월쯤",
    "plans:faults.statuses.unknown.known": "완료, 정상추진",
}  # fmt: skip
# What reports and jobs word.
OF_REPORTS: Final[Facts] = {
    "reports:result.source.previous-unknown.printed": "59.7", "reports:result.source.share-adjusted.printed": "61",
    "reports:result.source.*.label": "완료", "reports:result.source.changes-miscounted.listed": 4,
    "reports:result.comment.against.before": "59.7%", "reports:result.form.overview.basis.basis": "공약 관리 규정",
    "reports:result.form.corrections.rates.before": "59.7%", "reports:result.form.corrections.rates.after": "61.5%",
    "reports:result.count.label": "완료", "reports:result.comment.part.name": "일부추진",
    "reports:result.source.figure.what": "완료 건수",
    "reports:result.sheet.criteria.source": "한국매니페스토실천본부 평가기준 준용", "jobs:*.fault": "Permission denied",
    "reports:year.file-title.title": "한별시",
    "reports:asks.counts.answered": 21, "reports:asks.counts.late": 2, "reports:asks.counts.left": 3,
    "reports:asks.counts.rows": 64, "reports:asks.counts.total": 24, "reports:asks.counts.at": AT,
    "reports:asks.counts.due": AT, "plans:faults.form.*.cell": "D4", "plans:faults.form.*.name": "사업비(백만원)",
    "plans:faults.form.*.said": "30천원", "plans:faults.form.*.unit": "백만원", "plans:faults.form.*.choices": ["신규", "계속"],
    "plans:faults.form.*.count": 240, "plans:faults.form.*.most": 200, "plans:errors.form-wide.most": 40,
    "plans:errors.form-unnamed.column": 3, "plans:errors.items-head.missing": ["title", "department"],
    "plans:faults.items.*.cell": "D4", "plans:faults.items.*.name": "주관부서", "plans:faults.items.*.said": "없는과",
    "plans:faults.items.*.department": "교통과",
    "asks.refusal.not-later.before": DUE, "cli.asks.load.people": 12,
    "reports:result.footnotes.formula.done": ["완료", "이행 후 계속추진"], "reports:result.source.rise.done": 25,
    "reports:result.source.share-adjusted.column": Made(count=24, plain="61.5"), "reports:*.at": AT,
    "reports:result.sheet.rate.before": "59.7%", "reports:result.comment.trend-up.by": "1.8",
    "reports:result.comment.trend-down.by": "1.8", "reports:rehearsal.picture.*.first": "2026. 1. 1.",
    "reports:rehearsal.picture.*.last": "2026. 12. 31.", "reports:rehearsal.picture.people.people": 120,
    "reports:result.sheet.not-adjacent.missing": "2026.1분기", "reports:result.form.changes.not-adjacent.missing": "2026.1분기",
    "reports:result.source.rise.newly": 3, "reports:result.form.overview.scope.scope": "5대 분야 20개 공약 40개 사업",
    "reports:result.form.subject.subject": "공약사항", "reports:result.comment.counts.counts": "완료 24건, 정상추진 12건",
    "jobs:pledges.doubt.late.last": "2031. 12. 31.", "jobs:pledges.doubt.late.end": "2030. 6. 30.",
}  # fmt: skip
FACTS: Final[Facts] = {**USUAL, **FLAGS, **OF_MESSAGES, **OF_LINES, **OF_PLANS, **OF_REPORTS}
# What else such a fact may be, besides what the text's own questions tell.
FURTHER: Final[dict[str, list[Any]]] = {
    "alert_deaf.cause": ["network"], "alert_mute.cause": ["network"], "alert_over.kind": ["standstill"],
    "already_done.milestone": [Milestone(id=113, task=TASK, title="공사 착공", state=MilestoneState.REPORTED)],
    "completion_request.outcome": ["박마루 님이 확인하였습니다."], "approval_request.outcome": ["박마루 님이 승인하였습니다."],
    "item.milestone": [Milestone(id=113, task=TASK, title="공사 착공", expr="미정", state=MilestoneState.PLANNED)],
    "handover_done.row": [Handover(id=6, giver=HANEUL, from_on=date(2026, 6, 30), leaves=False)],
    "speech.length.shift": [Made(days=10, months=0), Made(days=0, months=1)],
    "meeting_line.days": [0, 1], "meeting_line.departments": [[]], "meeting_ask.step": ["mtgive", "mtdecide"],
    "kpi_ask.kind": ["ratio", "grade", "text"],
    "raised.days": [0, -3], "raised_line.days": [0, -3], "raised_line.is_told": [False],
    "raised_sheet.lines": [["D4 건의일: ‘언젠가’는 날짜가 아닙니다."]], "raised_sheet.known": [12],
    "handover_list.faults": [["3번째 줄(김하늘): 기준일이 지났습니다."]],
}  # fmt: skip
