"""Who may do what, as the docs print it: made from the table in bot.access and the list of commands, nothing else."""

from __future__ import annotations

from bot.access import NOT_OF_OWN, TABLE, Action, Scope
from bot.commands.base import Command
from bot.commands.registry import COMMANDS
from bot.inviting import ROLE_WORDS
from store.states import RoleName

SCOPE_WORDS = {
    Scope.NONE: "–",
    Scope.OWN: "본인 과제",
    Scope.DEPARTMENT: "소속 부서",
    Scope.BUREAU: "소속 국",
    Scope.ALL: "전체",
}
ACTION_WORDS = {
    Action.VIEW: "일정 보기",
    Action.CHANGE: "완료·연기 등 등록",
    Action.OVERVIEW: "현황과 목록",
    Action.ASSIGN: "담당자 지정과 인사이동",
    Action.UNREACHED: "알림이 닿지 않는 사람 보기",
    Action.SETTLE_PAST: "등록 당시 지난 일정 정리",
    Action.PLANS: "계획 등록과 정리",
    Action.DECIDE: "연기 결재, 완료 확인",
    Action.NUDGE: "담당자에게 확인 요청",
    Action.GROUPS: "단체방 연결",
    Action.ROUNDS: "분기 자체점검·공약조정·집중관리 운영",
    Action.AUDIT: "이력 찾기와 내보내기",
    Action.SECRETS: "비공개 과제 정하기",
}
INTRODUCTION = """# 누가 무엇을 할 수 있는가

이 문서는 `gihan permissions` 가 `bot/access.py` 의 표로 만든 것입니다. 손으로 고치지 마십시오.

- 누구나 담당자이며, 다른 역할은 그 위에 더해집니다. 버튼을 누를 때마다 그때의 역할로 다시 확인합니다.
- 등록되지 않은 사람은 등록 방법 말고는 아무것도 볼 수 없습니다.
- 단체방에서는 연결된 부서의 건수(/status)만 볼 수 있고, 연결은 기획실만 합니다. 익명 관리자는 아무것도 할 수 없습니다.
- 연기 결재와 완료 확인은 역할과 관계없이 본인이 담당하거나 신청한 건에는 할 수 없습니다.
"""


def markdown() -> str:
    """The whole document."""
    return "\n".join([INTRODUCTION, "## 일과 역할", "", *_actions(), "", "## 명령", "", *_commands(), ""])


def _actions() -> list[str]:
    roles = list(RoleName)
    head = ["하는 일", *(ROLE_WORDS[one] for one in roles)]
    rows = [[_action(one), *(SCOPE_WORDS[TABLE[one][role]] for role in roles)] for one in Action]
    return _table(head, rows)


def _action(action: Action) -> str:
    return ACTION_WORDS[action] + (" (본인 건 제외)" if action in NOT_OF_OWN else "")


def _commands() -> list[str]:
    return _table(["명령", "하는 일", "필요한 권한", "쓸 수 있는 역할"], [_command(one) for one in COMMANDS])


def _command(one: Command) -> list[str]:
    name = f"`/{one.name}`" + (f" ({one.korean[0]})" if one.korean else "")
    if one.action is None:
        return [name, one.summary, "–", "등록된 모든 사람"]
    may = [ROLE_WORDS[role] for role in RoleName if TABLE[one.action][role] is not Scope.NONE]
    everybody = TABLE[one.action][RoleName.OFFICER] is not Scope.NONE
    return [name, one.summary, ACTION_WORDS[one.action], "등록된 모든 사람" if everybody else ", ".join(may)]


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]
