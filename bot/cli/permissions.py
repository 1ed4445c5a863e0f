"""Who may do what, as the docs print it: made from the table in bot.access and the list of commands, nothing else."""

from __future__ import annotations

from bot.chat.command import Command
from bot.routing.registry import COMMANDS
from bot.texts.lines import words
from bot.texts.terminal import echo
from jobs.authority.access import NOT_OF_OWN, TABLE, Action, Scope
from store.states import RoleName
from store.words import ROLE_WORDS

SCOPE_WORDS, ACTION_WORDS = words("cli.scopes"), words("cli.actions")
INTRODUCTION = """# 누가 무엇을 할 수 있는가

이 문서는 `gihan permissions` 가 `jobs/authority/access.py` 의 표로 만든 것입니다. 손으로 고치지 마십시오.

- 누구나 담당자이며, 다른 역할은 그 위에 더해집니다. 버튼을 누를 때마다 그때의 역할로 다시 확인합니다.
- 등록되지 않은 사람은 등록 방법 말고는 아무것도 볼 수 없습니다.
- 단체방에서는 연결된 부서의 건수(/status)만 볼 수 있고, 연결은 기획실만 합니다. 익명 관리자는 아무것도 할 수 없습니다.
- 사람에 관한 일(부재, 등록 링크, 연결과 역할을 끝내는 인계)은 자기보다 낮은 분에게만 할 수 있습니다.
- 기획실·감사·운영자 역할이 있는 분에 대해서는 명령줄에서 운영자만 합니다. 마지막 기획실 담당은 없어지지 않습니다.
- 계획이나 명단에 없는 사람은 기획실에서만 새로 올립니다.
- 결재를 요청받는 분과 결정할 수 있는 분은 같은 규칙으로 정합니다. 부재 중이면 다음 분께 요청합니다.
- 신청하신 분의 등록 링크를 만들었거나 신청 뒤에 담당자를 바꾼 팀장·부서장·국장은 그 건을 결정하지 않습니다.
- 연기 결재와 완료 확인은 역할과 관계없이 본인이 담당하거나 신청한 건에는 할 수 없습니다.
"""


def permissions() -> None:
    echo(markdown(), nl=False)


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
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
