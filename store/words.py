"""What stored codes are called in Korean, where more than one room says them."""

from __future__ import annotations

from store.states import (
    AdjustmentDecision,
    AdjustmentStep,
    AdjustmentType,
    DelayReason,
    Gate,
    MilestoneState,
    RoleName,
)

AS_PLANNED = "변동 없이 추진 중"  # the answer about what goes on all year that is pressed, not typed
HIDDEN_TITLE = "비공개 과제"  # stands in chat for whatever a secret task and its milestones are called

REASON_WORDS = {
    DelayReason.BUDGET: "예산",
    DelayReason.COUNCIL: "의회·조례",
    DelayReason.CONSULTATION: "협의",
    DelayReason.AGENCY: "타기관",
    DelayReason.LAND: "토지·보상",
    DelayReason.TENDER: "입찰·계약",
    DelayReason.COMPLAINT: "민원",
    DelayReason.DISASTER: "재난·방역",
    DelayReason.STAFF: "인력·인사이동",
    DelayReason.CONDITIONS: "여건변화",
    DelayReason.CONTEST: "공모 미선정",
    DelayReason.OTHER: "기타",
}
GATE_WORDS = {
    Gate.EXTRA_BUDGET: "추경",
    Gate.NATIONAL_FUNDS: "국비",
    Gate.DELIBERATION: "심의",
    Gate.AGENCY: "타기관",
}
ADJUSTMENT_TYPE_WORDS = {
    AdjustmentType.GOAL: "목표",
    AdjustmentType.CONTENT: "내용",
    AdjustmentType.PERIOD: "기간",
    AdjustmentType.BUDGET: "사업비",
    AdjustmentType.NAME: "명칭",
    AdjustmentType.MERGE: "통합",
    AdjustmentType.SPLIT: "분리",
    AdjustmentType.EXCLUDE: "제외",
}
ADJUSTMENT_STEP_WORDS = {
    AdjustmentStep.PROPOSED: "발의",
    AdjustmentStep.CONSULTED: "협의",
    AdjustmentStep.DRAFTED: "변경안",
    AdjustmentStep.REVIEWED: "검토",
    AdjustmentStep.DELIBERATED: "심의",
    AdjustmentStep.DECIDED: "확정",
    AdjustmentStep.PUBLISHED: "공개",
    AdjustmentStep.WITHDRAWN: "철회",
}
ADJUSTMENT_DECISION_WORDS = {
    AdjustmentDecision.APPROVED: "승인",
    AdjustmentDecision.REJECTED: "미승인",
    AdjustmentDecision.ADVISED: "권고",
}
STATE_WORDS = {
    MilestoneState.PLANNED: "예정",
    MilestoneState.REPORTED: "완료 보고",
    MilestoneState.DONE: "완료",
    MilestoneState.ON_HOLD: "보류",
    MilestoneState.CANCELLED: "취소",
}
ROLE_WORDS = {
    RoleName.OFFICER: "담당자",
    RoleName.LEAD: "팀장",
    RoleName.HEAD: "부서장",
    RoleName.BUREAU: "국장",
    RoleName.PLANNER: "기획실",
    RoleName.AUDITOR: "감사",
    RoleName.ADMIN: "운영자",
}
