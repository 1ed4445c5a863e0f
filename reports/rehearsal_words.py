"""What a rehearsal calls the rules and what it assumes."""

from __future__ import annotations

RULE_WORDS = {
    "start": "시작일",
    "period-start": "기간 시작",
    "last-day": "기간 마지막 근무일",
    "review": "재검토일",
    "after:every": "경과 뒤 되풀이",
    "vacant": "담당자 없는 과제 목록",
    "week": "이번 주 기한",
    "week-counts": "한 주 현황(관리자)",
    "seen": "확인함 뒤 다시 안내",
    "escalate:lead": "팀장에게 알림",
    "escalate:head": "부서장에게 알림",
    "escalate:planner": "기획실에 알림",
    "year-round": "연중 분기 질문",
}
ASSUMPTIONS = {"silent": "아무도 답하지 않을 때", "on-time": "모두 기한 날에 마칠 때"}


def rule_words(rule: str) -> str:
    """What a rule is called: 기한 7일 전, 기한 경과 3일."""
    kind, _, days = rule.partition(":")
    if rule in RULE_WORDS:
        return RULE_WORDS[rule]
    if kind == "before":
        return f"기한 {days}일 전" if days != "0" else "기한 당일"
    return f"경과 {days}일" if kind == "after" else rule
