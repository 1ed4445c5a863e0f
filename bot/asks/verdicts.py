"""What the planning office says of replies in chat: a verdict on the whole, a choice row by row, what a chosen row becomes, and
the result that departments are told."""

from __future__ import annotations

from collections import Counter

from bot.asks import planning, shown, whose
from bot.asks.worded import refusals
from bot.chat.turn import Keyboard, Press, Turn, UsageError, button, note
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say
from jobs.asks import kind as kinds
from jobs.asks import verdicts, window
from jobs.asks.owners import owners
from jobs.items import steps as items
from jobs.items.steps import Entry
from jobs.plans.register import Registrar
from plans.draft import PlanDraft, TaskDraft
from reports import asks as listing
from reports.ask_checks import label_of
from reports.ask_words import verdict_word
from store import asks
from store.deliveries import Message
from store.models import Ask, AskAnswer, AskRow, AskVerdict, Dialogue
from store.states import AnswerState, ItemKind

WHY = "ask-verdict"  # why it is said, where that has to be told
JUDGE, CHOOSE, PICK, NEXT = "askjudge", "askrow", "askpick", "askrownext"
ITEM, TASK, RESULT = "askitem", "asktask", shown.RESULT
MOST = 8  # verdicts with a button
A_ROW = 3
TITLE_MOST = 200


def reply_rows(own: AskAnswer) -> Keyboard:
    """Buttons beside a reply, where it is the planning office's turn."""
    of = own.ask
    step = asks.next_step(of.steps, own.state) if own.state in asks.GIVEN else asks.ANSWER
    if asks.EVALUATE in of.steps and (step == asks.EVALUATE or own.state is AnswerState.EVALUATED):
        return _in_rows(
            [
                button(verdict_word(of.kind, one), f"{JUDGE}{at}", own.id, own.revision)
                for at, one in enumerate(kinds.of(of.kind).verdicts[:MOST])
            ]
        )
    if asks.SELECT in of.steps and step is None:
        return [[button(label("asks.button.choose"), PICK, own.id, own.revision)]]
    return []


def _in_rows(buttons: list[dict[str, str]]) -> Keyboard:
    return [buttons[at : at + A_ROW] for at in range(0, len(buttons), A_ROW)]


def press_judge(turn: Turn, press: Press) -> None:
    own = _reply(turn, press.id)
    if own.revision != press.revision:
        turn.say(planning.reply_message(turn, own, label("asks.moved-on")))
        return
    judge(turn, own, kinds.of(own.ask.kind).verdicts[int(press.verb.removeprefix(JUDGE))], None)


def _reply(turn: Turn, answer_id: int) -> AskAnswer:
    if not whose.is_planner(turn):
        raise UsageError(say("asks.planners-only"))
    return whose.reply(turn, answer_id)


def judge(turn: Turn, own: AskAnswer, verdict: str, opinion: str | None) -> None:
    """평가; where it needs a reason and none was typed, that is asked for."""
    if verdict in kinds.of(own.ask.kind).reasoned and not opinion:
        _ask_why(turn, own, 0, verdict)
        return
    with refusals():
        done = verdicts.evaluate(turn.deed, own.ask_id, own.department_id, verdict, opinion)
    said = label("asks.judged", verdict=verdict_word(done.ask.kind, verdict))
    turn.say(planning.reply_message(turn, done, said))


def _ask_why(turn: Turn, own: AskAnswer, position: int, verdict: str) -> None:
    turn.ask(WHY, WHY, answer=own.id, position=position, verdict=verdict, revision=own.revision)
    turn.answer("ask_plan", number=own.ask_id, title=own.ask.title, is_day=False)


def carry_why(turn: Turn, asked: Dialogue, text: str) -> None:
    own = _reply(turn, int(asked.data["answer"]))
    turn.forget_asked()
    if own.revision != asked.data["revision"]:
        turn.say(planning.reply_message(turn, own, label("asks.moved-on")))
        return
    position, verdict = int(asked.data["position"]), str(asked.data["verdict"])
    if position == 0:
        judge(turn, own, verdict, note(text))
    else:
        choose(turn, own, position, verdict, note(text))


def press_pick(turn: Turn, press: Press) -> None:
    """[고르기]: the first row of which nothing was said yet, else the first."""
    own = _reply(turn, press.id)
    with refusals():
        window.open_one(turn.deed, own.ask_id)
        verdicts.ensure_passed(own.ask, own)
    rows, said = asks.rows(turn.session, own), asks.verdicts(turn.session, own)
    if not rows:
        raise UsageError(say("asks.no-rows-to-choose"))
    turn.say(row_message(turn, own, next((one for one in rows if one.position not in said), rows[0])))


def row_message(turn: Turn, own: AskAnswer, row: AskRow, told: str = "") -> Message:
    """One row with what can be said of it, and what was."""
    of, rows = own.ask, asks.rows(turn.session, own)
    every = asks.verdicts(turn.session, own)
    said = every.get(row.position)
    text = render.text(
        "ask_choose",
        said=told,
        number=of.id,
        title=of.title,
        department=own.department,
        place=row.position,
        total=len(rows),
        row=shown.row_line(listing.form_of(of), row.cells),
        verdict=verdict_word(of.kind, said.verdict) if said is not None else None,
        reason=said.opinion if said is not None else None,
        became=_became_word(said),
        counts=[(verdict_word(of.kind, one), count) for one, count in _counted(of, every).items()],
    )
    return Message(text, _row_keyboard(own, row, rows, said))


def _counted(of: Ask, said: dict[int, AskVerdict]) -> dict[str, int]:
    counted = Counter(one.verdict for position, one in said.items() if position)
    return {one: counted[one] for one in kinds.of(of.kind).choices}


def _became_word(said: AskVerdict | None) -> str | None:
    if said is None or said.became is None:
        return None
    what, _, number = said.became.partition(":")
    return label(f"asks.became.{what}", number=int(number))


def _row_keyboard(own: AskAnswer, row: AskRow, rows: list[AskRow], said: AskVerdict | None) -> Keyboard:
    of = kinds.of(own.ask.kind)
    found = _in_rows(
        [
            button(verdict_word(of.key, one), f"{CHOOSE}{at}", row.id, own.revision)
            for at, one in enumerate(of.choices[:MOST])
        ]
    )
    if said is not None and said.verdict in of.kept and said.became is None:
        found.append([button(label(f"asks.button.{key}"), verb, row.id, own.revision) for key, verb in
                      (("as-task", TASK), ("as-item", ITEM))])  # fmt: skip
    ahead = [one for one in rows if one.position > row.position]
    last = [button(label("asks.button.next-row"), NEXT, ahead[0].id, own.revision)] if ahead else []
    return [*found, [*last, button(label("asks.button.back_to"), shown.VIEW, own.ask_id)]]


def _row(turn: Turn, press: Press) -> tuple[AskAnswer, AskRow] | None:
    """The row behind a button and its reply; where that has moved on, it is shown and None given."""
    row = asks.row(turn.session, press.id)
    if row is None:
        raise UsageError(say("asks.unseen", number=0))
    own = _reply(turn, row.answer_id)
    if own.revision == press.revision and own.version == row.version:
        return own, row
    turn.say(planning.reply_message(turn, own, label("asks.moved-on")))
    return None


def press_next(turn: Turn, press: Press) -> None:
    if (found := _row(turn, press)) is not None:
        turn.say(row_message(turn, *found))


def press_choose(turn: Turn, press: Press) -> None:
    if (found := _row(turn, press)) is not None:
        own, row = found
        choice = kinds.of(own.ask.kind).choices[int(press.verb.removeprefix(CHOOSE))]
        choose(turn, own, row.position, choice, None)


def choose(turn: Turn, own: AskAnswer, position: int, choice: str, reason: str | None) -> None:
    """채택, 보류, 불채택 of one row; where a reason is needed and none was typed, it is asked for."""
    if choice in kinds.of(own.ask.kind).reasoned and not reason:
        _ask_why(turn, own, position, choice)
        return
    with refusals():
        verdicts.choose(turn.deed, own.ask_id, own.department_id, position, choice, reason)
    now = whose.reply(turn, own.id)
    [row] = [one for one in asks.rows(turn.session, now) if one.position == position]
    turn.say(row_message(turn, now, row, label("asks.chosen", verdict=verdict_word(now.ask.kind, choice))))


def press_item(turn: Turn, press: Press) -> None:
    """[지시·건의로]: what was chosen is followed until it is answered and closed."""
    _take_up(turn, press, ITEM)


def press_task(turn: Turn, press: Press) -> None:
    """[과제로]: what was chosen becomes a task of its department."""
    _take_up(turn, press, TASK)


def _take_up(turn: Turn, press: Press, verb: str) -> None:
    found = _row(turn, press)
    if found is None:
        return
    own, row = found
    said = asks.verdicts(turn.session, own).get(row.position)
    if said is None:
        raise UsageError(say("asks.refusal.not-kept"))
    title = label_of(listing.form_of(own.ask), row.cells)[:TITLE_MOST] or own.ask.title
    subject = _as_item(turn, own, title) if verb == ITEM else _as_task(turn, own, title)
    with refusals():
        verdicts.became(turn.deed, said, own, subject)
    turn.say(row_message(turn, own, row, _became_word(said) or ""))


def _as_item(turn: Turn, own: AskAnswer, title: str) -> str:
    entry = Entry(ItemKind.PROPOSAL, title, turn.today, own.department, source=own.ask.title)
    return f"item:{items.enter(turn.deed, entry).id}"


def _as_task(turn: Turn, own: AskAnswer, title: str) -> str:
    """Registered as /add registers one: in the plan of what was added by hand this year."""
    year = turn.today.year
    plan = PlanDraft(
        plan_year=year,
        title=label("documents.add.plan", year=year),
        organisation=turn.office.name,
        tasks=[TaskDraft(no=None, title=title, department=own.department.name)],
    )
    result = Registrar(turn.deed, plan, label("documents.add.source")).run(is_partial=True)
    if not result.new_task_ids:
        raise UsageError(say("asks.task-there", title=guard.words(title)))
    return f"task:{result.new_task_ids[0]}"


def press_result(turn: Turn, press: Press) -> None:
    """[결과 알림]: every department that replied is told what was said of its reply."""
    of = planning.planned(turn, press)
    with refusals():
        window.notify(turn.deed, of.id)
    told = sum(_tell(turn, of, one) for one in asks.answers(turn.session, of.id) if one.version)
    turn.say(shown.message(turn, of, label("asks.notified", count=told)))


def _tell(turn: Turn, of: Ask, own: AskAnswer) -> bool:
    """Whoever handed it in hears the result, else whoever is asked in the department; True where somebody could be told."""
    people = [own.answered_by_id] if own.answered_by_id is not None and not own.is_on_behalf else []
    people = people or owners(turn.session, {own.department_id}, turn.today)[own.department_id]
    said, form = asks.verdicts(turn.session, own), listing.form_of(of)
    rows = {one.position: one for one in asks.rows(turn.session, own)}
    whole = said.get(0)
    chosen = [(rows[at].cells, one) for at, one in said.items() if at in rows]

    def made() -> Message:
        return Message(
            render.text(
                "ask_result",
                number=of.id,
                title=of.title,
                verdict=verdict_word(of.kind, whole.verdict) if whole is not None else None,
                reason=whole.opinion if whole is not None else None,
                choices=[
                    (guard.words(label_of(form, cells)), verdict_word(of.kind, one.verdict), one.opinion)
                    for cells, one in chosen[: shown.ROWS_SHOWN]
                ],
                more=max(0, len(chosen) - shown.ROWS_SHOWN),
            ),
            [],
        )

    others = [one for one in people if one is not None and one != turn.actor.officer.id]
    told = [turn.hand(one, "ask-result", made) for one in others]
    return any(one is not None for one in told)
