"""`gihan handover FILE`: a whole hand-over list from the command line, shown before it is registered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import opening
from bot.cli.files import write
from bot.cli.options import Config, opened, settings_of
from bot.people import handover_list
from bot.texts import plan_words
from bot.texts.terminal import echo
from jobs.people.handover import take_effect
from jobs.plans.registration import RegisterError
from plans.handover_list import read_list, write_form
from plans.readers.document import read_text


def handover(
    file: Annotated[Path, typer.Argument(help="인사이동 명단 (.xlsx, .csv)", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help="묻지 않고 등록합니다.")] = False,
    template: Annotated[
        bool, typer.Option("--template", help="적어 넣을 빈 명단(.xlsx)을 만듭니다.")
    ] = False,
    config: Config = None,
) -> None:
    if template:
        settings = settings_of(config)
        _write_template(file, opening.clock_of(settings).now().astimezone(settings.organisation.zone).year)
        return
    found = read_list(read_text(file))
    with opened(config) as desk, desk.store.write() as session:
        deed = desk.deed(session, f"handover:{file.name}")
        maker = handover_list.operator(session, deed.who, desk.now, desk.today)
        rows, faults = handover_list.proposals(session, found, desk.today, desk.now, maker)
        if faults:
            raise RegisterError("\n".join([*faults, "바뀐 것은 없습니다. 고쳐서 다시 실행해 주십시오."]))
        for one in found.rows:
            echo(f"{one.day}  {one.giver} -> {one.taker or '후임 미정'}")
        if not yes:
            typer.confirm(f"인계 {len(rows)}건을 등록할까요?", abort=True)
        counts = handover_list.confirm_all(deed, rows)
        take_effect(session, desk.now, desk.today)
        waiting = handover_list.strangers(session, rows)
    echo(f"인계 {len(rows)}건, 과제 {sum(counts)}건을 등록하였습니다.")
    if waiting:
        echo(f"등록하지 않은 후임자: {', '.join(waiting)} (gihan invite 이름)", err=True)


def _write_template(file: Path, year: int) -> None:
    if file.suffix.lower() != ".xlsx" or file.exists():
        raise RegisterError("새 .xlsx 파일 이름을 적어 주십시오. 예) gihan handover --template 명단.xlsx")
    write(file, write_form(plan_words.line("handovers.sheet"), plan_words.handover_example(year)))
    echo(f"{file} 을 만들었습니다. 적어서 gihan handover {file} 로 등록하거나 봇에게 보내 주십시오.")
