"""The commands of `gihan`: where each one lies. Nothing is imported before it is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from bot.cli import help_page
from bot.cli.typed import ACTING
from reports.texts.catalogue import Spoken

HELP = "cli.help"
_OWN = Spoken("bot")


def told(key: str) -> str:
    """The help under that key, as it is: none has a placeholder, and `--help` waits for nothing else. What the chat has as
    well is told by the chat's own words."""
    name = key.removeprefix(f"{HELP}.")
    if name not in ACTING:
        return _OWN.line(key)
    known, (before, behind) = _OWN.words(f"commands.{name}"), _OWN.labels("cli.acting.example")
    example = f" {before} {known['example'][1:]} {behind}" if "example" in known else ""
    summary = known["summary"]
    return f"{summary[0].upper()}{summary[1:]}.{example}"


@dataclass(frozen=True)
class Entry:
    """One command: "module:function" in this folder, and how it takes its words (of typer). A function with () at its
    end makes the command of that name. Its help stands in the catalogue under `cli.help`, that of ACTING with the
    chat's commands."""

    place: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    def named(self, name: str, key: str) -> TyperCommand:
        """What lists and completion need of it, without its module."""
        return TyperCommand(name, help=told(key))

    def load(self, name: str, key: str) -> Any:
        """The command itself."""
        module, _, place = self.place.partition(":")
        found = getattr(import_module(f"bot.cli.{module}"), place.removesuffix("()"))
        one = typer.Typer(add_completion=False, rich_markup_mode=None)
        made = one.command(name, cls=Command, help=told(key), context_settings=dict(self.settings))
        made(found(name) if place.endswith("()") else found)
        return typer.main.get_command(one)


@dataclass(frozen=True)
class Group:
    """Commands under one word."""

    entries: Mapping[str, Entry]

    def named(self, name: str, key: str) -> TyperGroup:
        about = told(f"{key}.about")
        return Lazy(self.entries, key, name=name, help=about, no_args_is_help=True, rich_markup_mode=None)

    load = named


class Command(TyperCommand):
    """What is wrong with its words is known to be wrong with this command."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        help_page.write_usage(ctx, self.collect_usage_pieces(ctx), formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        help_page.write_about(self.help, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        help_page.write_words(ctx, self.get_params(ctx), formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            if getattr(error, "ctx", ctx) is None:
                setattr(error, "ctx", ctx)  # noqa: B010 - only some of them have one
            raise


class Lazy(TyperGroup):
    """A group that imports a command's module only for that command. `key`: of the help of all of them."""

    def __init__(self, entries: Mapping[str, Entry | Group], key: str = HELP, **given: Any) -> None:
        self.entries, self.key = entries, key
        super().__init__(
            **given | {"commands": {name: one.named(name, f"{key}.{name}") for name, one in entries.items()}}
        )

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        help_page.write_usage(ctx, self.collect_usage_pieces(ctx), formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        help_page.write_about(self.help, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        help_page.write_words(ctx, self.get_params(ctx), formatter)
        help_page.write_commands({name: one.help for name, one in self.commands.items()}, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in self.entries:
            from bot.cli.wrong_use import NoCommandError  # noqa: PLC0415 - what goes well says nothing

            raise NoCommandError(args[0], get_close_matches(args[0], self.entries), ctx)
        name, found, rest = super().resolve_command(ctx, args)
        return name, found and self.entries[str(name)].load(str(name), f"{self.key}.{name}"), rest


AS_TYPED = {"ignore_unknown_options": True}  # words may begin with a dash
# fmt: off
COMMANDS: dict[str, Entry | Group] = {
    "run": Entry("run:run"),
    "sandbox": Entry("sandbox:sandbox"),
    "init": Entry("init:init"),
    "import": Entry("plans:import_"),
    "setup": Entry("setup:setup"),
    "invite": Entry("invite:invite"),
    "fallback": Entry("fallback:fallback"),
    "roster": Entry("roster:roster"),
    "handover": Entry("people:handover"),
    **{name: Entry("acting:command()", AS_TYPED) for name in ACTING},
    "list": Entry("list:list_"),
    "status": Entry("status:status"),
    "calendar": Entry("calendar:calendar"),
    "yearbook": Entry("calendar:yearbook"),
    "report": Entry("rounds:report"),
    "material": Entry("rounds:material"),
    "round": Group({
        "import": Entry("rounds:import_round"),
        "list": Entry("rounds:list_rounds"),
        "open": Entry("rounds:open_round"),
    }),
    "ask": Group({
        "open": Entry("asks:open_ask"),
        "list": Entry("asks:list_asks"),
        "show": Entry("asks:show"),
        "form": Entry("asks:form"),
        "take": Entry("asks:take"),
        "answer": Entry("asks:answer"),
        "confirm": Entry("asks:confirm"),
        "sign": Entry("asks:sign"),
        "evaluate": Entry("asks:evaluate"),
        "choose": Entry("asks:choose"),
        "back": Entry("asks:back"),
        "reopen": Entry("asks:reopen"),
        "extend": Entry("asks:extend"),
        "freeze": Entry("asks:freeze"),
        "correct": Entry("asks:correct"),
        "cancel": Entry("asks:cancel"),
        "end": Entry("asks:end"),
        "book": Entry("asks:book"),
    }),
    "item": Group({
        "add": Entry("items:add"),
        "list": Entry("items:list_items"),
        "show": Entry("items:show"),
        "reply": Entry("items:reply"),
        "finish": Entry("items:finish"),
        "close": Entry("items:close"),
        "back": Entry("items:back"),
        "reopen": Entry("items:reopen"),
        "extend": Entry("items:extend"),
        "assign": Entry("items:assign"),
        "drop": Entry("items:drop"),
        "take": Entry("items:take"),
        "form": Entry("items:form"),
        "book": Entry("items:book"),
    }),
    "meeting": Group({
        "add": Entry("meetings:add"),
        "list": Entry("meetings:list_meetings"),
        "show": Entry("meetings:show"),
        "agenda": Entry("meetings:agenda"),
        "give": Entry("meetings:give"),
        "decide": Entry("meetings:decide"),
        "attend": Entry("meetings:attend"),
        "move": Entry("meetings:move"),
        "cancel": Entry("meetings:cancel"),
        "pack": Entry("meetings:pack_of"),
        "request": Entry("meetings:request"),
        "panel": Entry("meetings:panel"),
        "opinion": Entry("meetings:opinion"),
        "opinions": Entry("meetings:opinions"),
        "take": Entry("meetings:take"),
    }),
    "kpi": Group({
        "list": Entry("kpi:list_kpi"),
        "show": Entry("kpi:show"),
        "add": Entry("kpi:add"),
        "result": Entry("kpi:result"),
        "target": Entry("kpi:target"),
        "adjust": Entry("kpi:adjust"),
        "ask-monthly": Entry("kpi:ask_monthly"),
        "judge": Entry("kpi:judge"),
        "freeze": Entry("kpi:freeze"),
        "drop": Entry("kpi:drop"),
        "import": Entry("kpi_sheet:import_"),
        "lag": Entry("kpi_asks:lag"),
    }),
    "bureaus": Entry("rounds:bureaus"),
    "forms": Group({
        "list": Entry("forms:list_forms"),
        "forget": Entry("forms:forget"),
    }),
    "rehearse": Entry("rehearse:rehearse"),
    "understand": Entry("understand:understand", AS_TYPED),
    "texts": Entry("texts:texts"),
    "audit": Entry("audit:audit"),
    "secret": Entry("privacy:secret"),
    "person": Group({
        "export": Entry("privacy:export"),
        "forget": Entry("privacy:forget"),
    }),
    "privacy": Entry("privacy:privacy"),
    "permissions": Entry("permissions:permissions"),
    "doctor": Entry("doctor:doctor"),
    "prune": Entry("prune:prune"),
    "backup": Entry("store:backup"),
    "restore": Entry("store:restore"),
    "db": Group({
        "upgrade": Entry("store:upgrade"),
    }),
}
# fmt: on
