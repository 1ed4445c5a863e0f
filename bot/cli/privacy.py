"""`gihan privacy`, `gihan secret` and `gihan person`: the table, secret tasks, a person's own data."""

import json
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot.chat.turn import UsageError
from bot.cli.files import write
from bot.cli.options import Config, opened
from bot.cli.privacy_page import markdown
from bot.texts.render import label
from bot.texts.terminal import echo
from jobs.milestones.mark_secret import mark
from plans.text.characters import ID_DIGITS, number_of
from store import erasure, officers, persons
from store.models import Milestone, Officer, Task

Person = Annotated[str, typer.Argument(help=label("cli.option.person"), show_default=False)]


def privacy() -> None:
    echo(markdown(), nl=False)


def secret(
    number: Annotated[int, typer.Argument(help=label("cli.option.number"), show_default=False, min=1)],
    lift: Annotated[bool, typer.Option("--lift", help=label("cli.option.lift"))] = False,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.write() as session:
        milestone = session.get(Milestone, number)
        task = session.get(Task, number) or (milestone.task if milestone else None)
        if task is None:
            raise UsageError(label("cli.secret.unknown", number=number))
        is_new = mark(desk.deed(session, "secret"), task, is_secret=not lift)
        named = f"#{task.id} {task.title}"
    what = ("lifted" if lift else "marked") if is_new else "same"
    echo(f"{named}: {label(f'cli.secret.{what}')}")


def export(
    who: Person,
    output: Annotated[Path, typer.Option("-o", "--output", help=label("cli.option.export"))],
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.write() as session:
        officer = person_named(session, who)
        found = persons.everything_about(session, officer, hidden=label("cli.person.hidden"))
        desk.deed(session, "person").record("person-exported", f"officer:{officer.id}")
        content = json.dumps(found, ensure_ascii=False, indent=2, default=str) + "\n"
        write(output, content.encode(), is_new=True)
    rows = sum(len(one) for one in found.values())
    echo(label("cli.person.exported", path=output, tables=len(found), count=rows))


def forget(
    who: Person,
    yes: Annotated[bool, typer.Option("--yes", help=label("cli.option.forget"))] = False,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.write() as session:
        officer = person_named(session, who)
        named = label("cli.person.named", name=officer.name, number=officer.id)
        if obstacles := erasure.obstacles(session, officer, desk.today):
            why = [label(f"cli.person.obstacle.{code}", numbers=found) for code, found in obstacles.items()]
            raise UsageError(
                "\n".join([label("cli.person.obstacles", name=named), *why, label("cli.unchanged")])
            )
        if not yes:
            _preview(session, officer, named)
            return
        done = erasure.forget(desk.deed(session, "person"), officer, desk.today)
    echo(label("cli.person.forgotten", name=erasure.pseudonym(officer.id)))
    for one in done.doubtful:
        echo(label("cli.person.doubtful", what=one), err=True)


def _preview(session: Session, officer: Officer, named: str) -> None:
    """What there is of the person; nothing is changed."""
    echo(label("cli.person.there", name=named))
    for table, rows in persons.everything_about(session, officer, hidden="").items():
        echo(label("cli.person.rows", table=table, count=len(rows)))
    echo(label("cli.person.preview", name=erasure.pseudonym(officer.id)))


def in_department(officer: Officer) -> str:
    """The person's name behind the department's."""
    department = officer.department.name if officer.department else None
    return label("cli.person.in-department", department=department, name=officer.name)


def person_named(session: Session, text: str) -> Officer:
    """The person meant. Raises UsageError for nobody or several, with their numbers."""
    number = number_of(text, ID_DIGITS)
    found = officers.find(session, text) if number is None else officers.by_ids(session, [number])
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(label("cli.person.unknown", text=text))
    listed = [f"  {one.id}  {in_department(one)}" for one in found]
    raise UsageError("\n".join([label("cli.person.several", text=text), *listed]))
