"""The kinds of change that the log knows, by the words that people read and search by."""

from __future__ import annotations

import re

ACTION_WORDS = {
    "done": "완료",
    "reported": "완료 보고",
    "confirmed": "완료 확인",
    "sent-back": "보완 요청",
    "delay": "연기",
    "delay-requested": "연기 신청",
    "delay-approved": "연기 승인",
    "delay-rejected": "연기 반려",
    "fix-day": "날짜 확정",
    "note": "메모",
    "progress": "진행률",
    "evidence": "증빙",
    "undo": "되돌리기",
    "imported": "계획 등록",
    "corrected": "계획 정정",
    "cancelled": "일정 취소",
    "handed-over": "인계",
    "linked": "등록",
    "adjustment-opened": "공약조정 발의",
    "adjustment-moved": "공약조정 단계",
    "round-announced": "점검 예고",
    "round-begun": "점검 입력 시작",
    "round-frozen": "점검 확정",
    "round-notified": "점검 통보",
    "round-published": "점검 공개",
    "corrected-snapshot": "정정",
    "entry-answered": "점검 입력",
    "entry-confirmed": "점검 확인",
    "entry-signed": "점검 부서장 확정",
    "entry-evaluated": "점검 평가",
    "entry-sent-back": "점검 보완 요청",
    "entry-reopened": "점검 평가 다시 열기",
    "pledge-status": "추진상황 변경",
    "watched": "집중관리",
    "unwatched": "집중관리 해제",
    "made-secret": "비공개 지정",
    "made-public": "비공개 해제",
    "seen": "확인함",
    "year-round": "연중 근황",
    "person-exported": "개인정보 열람",
    "person-forgotten": "개인정보 삭제",
    "assigned": "담당자 변경",
    "away": "부재",
    "back": "복귀",
    "bot-changed": "봇 변경",
    "bound": "같은 과제로 묶음",
    "bureau": "국 등록",
    "delay-catch-up": "만회대책",
    "delay-lapsed": "연기 신청 만료",
    "delay-reason": "연기 사유",
    "late-reason": "지연 사유",
    "delay-replaced": "연기 신청 바꿈",
    "delay-talk": "연기 협의",
    "delay-withdrawn": "연기 신청 취소",
    "fallback-removed": "대체 발송 해제",
    "fallback-set": "대체 발송 지정",
    "followed": "함께 변경",
    "group-bound": "단체방 연결",
    "group-moved": "단체방 이동",
    "group-unbound": "단체방 해제",
    "group-lost": "단체방 끊김",
    "group-mute": "단체방 쓰기 금지",
    "hand-over-cancelled": "인계 취소",
    "held": "보류",
    "hold-over": "보류 끝남",
    "invited": "초대",
    "merged": "부서 합침",
    "nudged": "확인 요청",
    "outlives": "계획 뒤에도 유지",
    "past-archived": "지난 일정 보관",
    "past-asked": "지난 일정 확인",
    "plan-state": "계획 상태",
    "restored": "복원",
    "resumed": "다시 추진",
    "round-comment": "총평",
    "round-taken-over": "점검 기록 등록",
    "round-withdrawn": "점검 예고 취소",
    "shared": "부서 안내",
    "share-seen": "부서 안내 확인",
    "stopped": "안내 중단",
    "substitute": "대직자 지정",
    "substitute-asked": "대직 요청",
    "substitute-declined": "대직 사양",
    "officer-added": "직원 추가",
    "leaving": "인사이동 예정",
    "left": "인사이동(연결·역할 끝)",
    "stays": "마지막 기획실 담당 유지",
    "waiting": "외부 대기",
}
ACTIONS = {word: action for action, word in ACTION_WORDS.items()}
# The longest first: "연기 승인" is no "연기".
_KIND = re.compile(
    r"(?<!\S)(?:"
    + "|".join(sorted((one.replace(" ", r"\s*") for one in ACTIONS), key=len, reverse=True))
    + r")(?!\S)"
)
_SQUEEZED = {word.replace(" ", ""): action for word, action in ACTIONS.items()}


def kind_of(text: str) -> tuple[str | None, str]:
    """The kind of change that the text names, and the text without it."""
    found = _KIND.search(text)
    if found is None:
        return None, text
    return _SQUEEZED["".join(found[0].split())], f"{text[: found.start()]} {text[found.end() :]}"
