"""The commands of `gihan`: where each one lies and what its help says. Nothing is imported before it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


@dataclass(frozen=True)
class Entry:
    """One command: "module:function" in this folder, its help, and how it takes its words (of typer). A function with ()
    at its end makes the command of that name."""

    place: str
    help: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    def named(self, name: str) -> TyperCommand:
        """What lists and completion need of it, without its module."""
        return TyperCommand(name, help=self.help)

    def load(self, name: str) -> Any:
        """The command itself."""
        module, _, place = self.place.partition(":")
        found = getattr(import_module(f"bot.cli.{module}"), place.removesuffix("()"))
        one = typer.Typer(add_completion=False, rich_markup_mode=None)
        made = one.command(name, help=self.help, context_settings=dict(self.settings))
        made(found(name) if place.endswith("()") else found)
        return typer.main.get_command(one)


@dataclass(frozen=True)
class Group:
    """Commands under one word."""

    help: str
    entries: Mapping[str, Entry]

    def named(self, name: str) -> TyperGroup:
        return Lazy(self.entries, name=name, help=self.help, no_args_is_help=True, rich_markup_mode=None)

    load = named


class Lazy(TyperGroup):
    """A group that imports a command's module only for that command."""

    def __init__(self, entries: Mapping[str, Entry | Group], **given: Any) -> None:
        self.entries = entries
        super().__init__(**given | {"commands": {name: one.named(name) for name, one in entries.items()}})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, found, rest = super().resolve_command(ctx, args)
        return name, found and self.entries[str(name)].load(str(name)), rest


AS_TYPED = {"ignore_unknown_options": True}  # words may begin with a dash
# fmt: off
COMMANDS: dict[str, Entry | Group] = {
    "run": Entry("run:run", "봇과 알림을 실행합니다. 잠시 안 되는 것은 기다립니다. Ctrl+C 또는 SIGTERM으로 끝냅니다."),
    "sandbox": Entry("sandbox:sandbox", "토큰 없이 이 컴퓨터에서 전체를 체험합니다."),
    "import": Entry("plans:import_", "계획 문서를 읽어 확인한 뒤 등록합니다. 두 번 등록해도 달라지지 않습니다."),
    "invite": Entry("invite:invite", "한 번만 쓸 수 있는 등록 링크를 만듭니다. 먼저 만든 링크는 폐기됩니다."),
    "fallback": Entry("fallback:fallback", "텔레그램으로 닿지 않는 분께 쓸 예비 연락 수단을 정합니다."),
    "handover": Entry(
        "people:handover", "인사이동 명단대로 담당 과제를 인계합니다. 한 줄이라도 틀리면 아무것도 바꾸지 않습니다."
    ),
    "done": Entry(
        "acting:command()", "완료 등록(여러 건은 번호를 띄어). 예) gihan done 112 6.28 설치 완료 --as 최기획", AS_TYPED
    ),
    "delay": Entry("acting:command()", "기한 연기(사유 필요). 예) gihan delay 112 7.20 의회 일정 --as 최기획", AS_TYPED),
    "progress": Entry(
        "acting:command()", "진행률 입력(이행률과 무관). 예) gihan progress 112 60 설계 검토 중 --as 최기획", AS_TYPED
    ),
    "note": Entry("acting:command()", "메모 남기기. 예) gihan note 112 업체와 협의 중 --as 최기획", AS_TYPED),
    "approve": Entry(
        "acting:command()", "연기 승인·완료 확인(번호 없이 보내면 대기 목록). 예) gihan approve 112 --as 최기획", AS_TYPED
    ),
    "reject": Entry(
        "acting:command()",
        "연기 반려·보완 요청(사유 필요). 예) gihan reject 112 행사 일정과 겹쳐 조정 필요 --as 최기획", AS_TYPED
    ),
    "assign": Entry(
        "acting:command()", "담당자 지정, 담당자 없는 과제 보기. 예) gihan assign 112 총무과 이바다 --as 최기획", AS_TYPED
    ),
    "hold": Entry(
        "acting:command()", "일정 보류(재검토일과 사유). 예) gihan hold 112 9.30 부지 변경 검토 --as 최기획", AS_TYPED
    ),
    "resume": Entry("acting:command()", "보류·대기한 일정 다시 추진. 예) gihan resume 112 --as 최기획", AS_TYPED),
    "wait": Entry(
        "acting:command()",
        "외부 사정(추경·국비·심의·타기관) 대기. 예) gihan wait 112 추경 9.30 제2회 추경 편성 후 추진 --as 최기획", AS_TYPED
    ),
    "undo": Entry("acting:command()", "방금 한 등록 되돌리기(10분).", AS_TYPED),
    "list": Entry("list:list_", "일정을 한 줄에 하나씩 보여 줍니다."),
    "status": Entry("status:status", "추진상황을 전체와 부서별 건수로 보여 줍니다."),
    "calendar": Entry("calendar:calendar", "연간 일정표를 만듭니다: 부서별 과제에 달마다 무엇이 있는지 한 장에 봅니다."),
    "yearbook": Entry(
        "calendar:yearbook", "연말 자료집을 만듭니다: 연간 일정표, 분기 점검결과, 보고회 자료, 이력을 한 묶음(.zip)으로."
    ),
    "report": Entry("rounds:report", "분기 점검결과를 파일로 만듭니다. 형식은 파일 이름의 끝으로 정합니다."),
    "material": Entry(
        "rounds:material", "추진상황 보고회 자료를 만듭니다: 부서별 제출현황과, 부서마다 한 장의 실적·문제점·계획."
    ),
    "round": Group("분기 점검의 기록을 다룹니다.", {
        "import": Entry("rounds:import_round", "지난 분기의 현황표를 확정 기록으로 등록합니다. 전 분기 대비를 내는 데 씁니다."),
        "list": Entry("rounds:list_rounds", "점검회차를 새 것부터 보여 줍니다."),
    }),
    "bureaus": Entry(
        "rounds:bureaus", "부서가 어느 국에 속하는지 등록합니다. 국의 순서는 표에 처음 나온 순서 또는 ‘순서’ 열을 따릅니다."
    ),
    "rehearse": Entry(
        "rehearse:rehearse", "등록된 계획에 알림 규칙을 미리 돌려 봅니다. 보내지 않고, 저장소도 바꾸지 않습니다."
    ),
    "understand": Entry(
        "understand:understand",
        "적은 말을 봇이 어떻게 읽는지 보여 줍니다. “-”이면 표준 입력에서 한 줄에 한 마디씩 읽습니다.", AS_TYPED
    ),
    "texts": Entry("texts:texts", "어떤 글이 어느 파일 몇째 줄에 있는지 찾습니다. 받은 메시지를 그대로 붙여 넣어도 됩니다."),
    "audit": Entry("audit:audit", "이력을 찾고 내보냅니다. 지우거나 고칠 수 없는 기록입니다."),
    "secret": Entry("privacy:secret", "과제를 비공개로 정합니다: 모든 메시지에 “#218 비공개 과제”로만 나갑니다."),
    "person": Group("한 사람에 대하여 저장된 것을 내보내거나 지웁니다.", {
        "export": Entry("privacy:export", "그 사람에 대하여 저장된 모두를 파일 하나에 담습니다(열람)."),
        "forget": Entry(
            "privacy:forget",
            "떠난 사람의 이름, 대화방, 메시지를 지웁니다(삭제). --yes 가 없으면 무엇을 지우는지만 보여 줍니다."
        ),
    }),
    "privacy": Entry("privacy:privacy", "메시지 종류와 개인정보 수준의 표(docs/privacy.md)를 출력합니다."),
    "permissions": Entry("permissions:permissions", "누가 무엇을 할 수 있는지 표로 출력합니다."),
    "doctor": Entry(
        "doctor:doctor", "설정과 환경을 점검합니다. 아무것도 바꾸지 않으며, 고칠 것이 있으면 한 줄씩 알리고 1로 끝납니다."
    ),
    "backup": Entry("store:backup", "저장소 전체를 한 파일로 백업합니다. gihan run이 실행 중이어도 됩니다."),
    "restore": Entry("store:restore", "백업을 빈 저장소에 되돌립니다. gihan run을 먼저 끝내십시오."),
    "db": Group("저장소의 형식을 다룹니다.", {
        "upgrade": Entry("store:upgrade", "저장소를 이 프로그램의 형식으로 올립니다."),
    }),
}
# fmt: on
