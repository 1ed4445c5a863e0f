"""Who may do what, as the docs print it: made from the table in jobs.authority and the list of commands, nothing else."""

from bot.chat.command import Command
from bot.routing.registry import COMMANDS
from bot.texts.render import label, labels, words
from bot.texts.terminal import echo
from jobs.authority.permissions import NOT_OF_OWN, OF_THE_TEAM, TABLE, Action, Scope
from reports.texts.states import ROLE_WORDS
from store.states import RoleName


def permissions() -> None:
    echo(markdown(), nl=False)


def markdown() -> str:
    """The whole document."""
    deeds, commands = labels("cli.permissions.parts")
    about = label("cli.permissions.about")
    return "\n".join([about, deeds, "", *_actions(), "", commands, "", *_commands(), ""])


def _actions() -> list[str]:
    roles = list(RoleName)
    head = [label("cli.permissions.deed"), *(ROLE_WORDS[one] for one in roles)]
    rows = [[_action(one), *(_scope(one, role) for role in roles)] for one in Action]
    return _table(head, rows)


def _scope(action: Action, role: RoleName) -> str:
    is_of_the_team = role is RoleName.LEAD and action in OF_THE_TEAM
    return words("cli.scopes")["team" if is_of_the_team else TABLE[action][role]]


def _action(action: Action) -> str:
    return words("cli.actions")[action] + (label("cli.permissions.not-own") if action in NOT_OF_OWN else "")


def _commands() -> list[str]:
    return _table(list(labels("cli.permissions.head")), [_command(one) for one in COMMANDS])


def _command(one: Command) -> list[str]:
    name = f"`/{one.name}`" + (f" ({one.korean[0]})" if one.korean else "")
    if one.action is None:
        return [name, one.summary, "–", label("cli.permissions.everybody")]
    may = [ROLE_WORDS[role] for role in RoleName if TABLE[one.action][role] is not Scope.NONE]
    everybody = TABLE[one.action][RoleName.OFFICER] is not Scope.NONE
    return [
        name,
        one.summary,
        words("cli.actions")[one.action],
        label("cli.permissions.everybody") if everybody else ", ".join(may),
    ]


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
