"""`gihan privacy`, `gihan secret` and `gihan person`: the table, secret tasks, a person's own data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot.chat.turn import UsageError
from bot.cli.files import write
from bot.cli.options import Config, opened
from bot.privacy import page
from bot.texts.terminal import echo
from jobs.milestones.secret import mark
from plans.characters import ID_DIGITS, number_of
from store import erasure, officers, persons
from store.models import Milestone, Officer, Task

Person = Annotated[str, typer.Argument(help="이름 또는 직원 번호", show_default=False)]


def privacy() -> None:
    echo(page.markdown(), nl=False)


def secret(
    number: Annotated[int, typer.Argument(help="과제 또는 일정의 번호", show_default=False, min=1)],
    lift: Annotated[bool, typer.Option("--lift", help="비공개를 해제합니다.")] = False,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.write() as session:
        milestone = session.get(Milestone, number)
        task = session.get(Task, number) or (milestone.task if milestone else None)
        if task is None:
            raise UsageError(f"#{number}번은 과제나 일정의 번호가 아닙니다. gihan list 로 확인해 주십시오.")
        is_new = mark(desk.deed(session, "secret"), task, is_secret=not lift)
        named = f"#{task.id} {task.title}"
    what = "비공개를 해제하였습니다." if lift else "비공개로 정하였습니다."
    echo(f"{named}: {what if is_new else '이미 그렇습니다. 바뀐 것은 없습니다.'}")


def export(
    who: Person,
    output: Annotated[Path, typer.Option("-o", "--output", help="만들 파일(.json)")],
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.write() as session:
        officer = person_named(session, who)
        found = persons.everything_about(session, officer)
        desk.deed(session, "person").record("person-exported", f"officer:{officer.id}")
        content = json.dumps(found, ensure_ascii=False, indent=2, default=str) + "\n"
        write(output, content.encode(), is_new=True)
    rows = sum(len(one) for one in found.values())
    echo(f"{output} 에 {len(found)}개 표의 {rows}건을 담았습니다. 본인에게만 전해 주십시오.")


def forget(
    who: Person,
    yes: Annotated[bool, typer.Option("--yes", help="보여 준 것을 지웁니다. 되돌릴 수 없습니다.")] = False,
    config: Config = None,
) -> None:
    with opened(config) as desk, desk.store.write() as session:
        officer = person_named(session, who)
        named = f"{officer.name} (직원 번호 {officer.id})"
        if obstacles := erasure.obstacles(session, officer, desk.today):
            raise UsageError("\n".join([f"{named}: 지울 수 없습니다.", *obstacles, "바뀐 것은 없습니다."]))
        if not yes:
            _preview(session, officer, named)
            return
        done = erasure.forget(desk.deed(session, "person"), officer, desk.today)
    echo(
        f"지웠습니다. 앞으로 “{erasure.pseudonym(officer.id)}”로 나옵니다. 남는 것은 docs/privacy.md 에 있습니다."
    )
    for one in done.doubtful:
        echo(f"같은 이름이 있어 그대로 두었습니다. 확인해 주십시오: {one}", err=True)


def _preview(session: Session, officer: Officer, named: str) -> None:
    """What there is of the person; nothing is changed."""
    echo(f"{named}에 대하여 저장된 것:")
    for table, rows in persons.everything_about(session, officer).items():
        echo(f"  {table}\t{len(rows)}건")
    echo(
        f"이름은 “{erasure.pseudonym(officer.id)}”로 바뀌고, 연결·대화방·메시지의 글은 지워지며, 이력과 수치는 남습니다."
        " 되돌릴 수 없습니다. 지우시려면 --yes 를 붙여 다시 실행해 주십시오. 바뀐 것은 없습니다."
    )


def person_named(session: Session, text: str) -> Officer:
    """The person meant. Raises UsageError for nobody or several, with their numbers."""
    number = number_of(text, ID_DIGITS)
    found = officers.find(session, text) if number is None else officers.by_ids(session, [number])
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"‘{text}’은(는) 등록된 직원의 이름이나 번호가 아닙니다.")
    listed = [
        f"  {one.id}  {one.department.name if one.department else '부서 미지정'} {one.name}" for one in found
    ]
    raise UsageError("\n".join([f"‘{text}’ 이름이 여럿입니다. 직원 번호로 적어 주십시오.", *listed]))
