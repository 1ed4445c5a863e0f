"""/handover FROM TO [from date]: a person's tasks, or one task, go to a successor; shown first, then confirmed."""

from dataclasses import dataclass
from datetime import date

from bot.chat import invites
from bot.chat.command import Command, example_of, misused
from bot.chat.names import Party, party
from bot.chat.newcomers import NewcomerError, adding, pass_on
from bot.chat.turn import Press, RefusedError, Turn, UsageError, button, note, numbered
from bot.people import pack
from bot.people.assign import choice, task_of
from bot.privacy import guard
from bot.speech.dates import Doubt, When, read
from bot.speech.reading import Intent, Understood
from bot.texts import doubt_words
from bot.texts.render import label, say
from jobs.authority import approval
from jobs.authority.permissions import Action, has, may_link, may_task
from jobs.people import handover as handing
from jobs.people import handover_steps
from plans.text.characters import clean
from store import chat_links, handovers, milestones, officers
from store.db import meta
from store.models import Assignment, Handover, Officer, Task
from store.states import HandoverState, RoleName

MOST_CHOICES = 8


@dataclass(frozen=True)
class Wish:
    """What was asked for: a person or one task, the successor (empty: nobody yet), the day."""

    givers: list[Officer]
    task: Task | None
    taker: Party
    day: date


def act(turn: Turn, found: Understood) -> None:
    """Those who may assign are shown how; of everybody else the lead is told."""
    if has(turn.actor, Action.ASSIGN):
        reason = say("people.handover.arguments")
        raise UsageError(reason, example=example_of("handover"))
    handover(turn, found.arguments)


def press_changed(turn: Turn, _press: Press) -> None:
    """[담당자 변경 알리기] in the daily message of whom much has piled up with."""
    act(turn, Understood(Intent.HANDOVER))


def handover(turn: Turn, text: str) -> None:
    if not has(turn.actor, Action.ASSIGN):
        _pass_on(turn, note(text, is_optional=True) or "")
        return
    words = clean(text)
    try:
        wish = _read(turn, words)
    except NewcomerError as error:
        pass_on(turn, error, f"/handover {words}")
        return
    row = _propose(turn, wish)
    if row.from_officer_id is None:
        _ask(turn, row, wish.givers, "hofrom", label("people.handover.giver"))
    elif row.to_officer_id is None and not wish.taker.is_nobody:
        _ask(turn, row, wish.taker.people, "hoto", label("people.handover.taker"))
    else:
        _show(turn, row)


def _read(turn: Turn, words: str) -> Wish:
    """Raises UsageError with an example."""
    found = numbered(words)
    if len(found.ids) > 1:
        raise UsageError(say("people.handover.one-task"), example=label("people.handover.task-example"))
    task = task_of(turn, found.ids[0]) if found.ids else None
    rest, givers = found.rest, []
    if task is not None:
        givers = _officers_of(turn, task)
    else:
        giver = party(turn.session, words, example=example_of("handover"))
        givers, rest = [one for one in giver.people if _may_take_from(turn, one)], giver.rest
        if not givers:
            raise misused("people.handover.not-yours", "handover", person=guard.name(giver.name))
    if not rest:
        raise misused("people.handover.no-taker", "handover")
    taker = party(turn.session, rest, example=example_of("handover"), add=adding(turn))
    return Wish(givers, task, taker, _day(taker.rest, turn.ahead()))


def _may_take_from(turn: Turn, officer: Officer) -> bool:
    """The speaker may say who does some of what the officer does, or that the officer leaves."""
    row = Handover(from_officer_id=officer.id, from_on=turn.today)
    return turn.may_dispose(officer, Action.DISMISS) or bool(_moved(turn, row))


def _moved(turn: Turn, row: Handover) -> list[Assignment]:
    """What the speaker may let change hands by it: a task goes by the right over the task, whoever has it."""
    return [
        one
        for one in handing.tasks_of(turn.session, row)
        if may_task(turn.session, turn.actor, Action.ASSIGN, one.task_id, turn.today)
    ]


def _leaves(turn: Turn, row: Handover) -> bool:
    """The person's chat and roles end with it: by the planning office alone, and not of everybody."""
    is_whole = row.task_id is None and row.giver is not None
    return is_whole and row.giver is not None and turn.may_dispose(row.giver, Action.DISMISS)


def _officers_of(turn: Turn, task: Task) -> list[Officer]:
    """Whose task it is, the accountable one first. Raises UsageError where nobody's."""
    held = [one for one in task.assignments if milestones.holds(one, turn.today)]
    if not held:
        raise UsageError(say("people.handover.vacant", number=task.id))
    return [min(held, key=lambda one: (one.kind.value != "lead", one.id)).officer]


def _day(text: str, when: When) -> date:
    found = read(text, when) if text else None
    if not text:
        return when.today
    if found is None or not isinstance(found.value, date):
        reason = doubt_words.told(found.value) if found and isinstance(found.value, Doubt) else None
        raise misused("people.handover.from-when", "handover", reason=reason)
    if found.value < when.today:
        raise misused("people.handover.passed", "handover", day=found.value)
    return found.value


def _propose(turn: Turn, wish: Wish) -> Handover:
    taker = wish.taker.one()
    row = Handover(
        giver=wish.givers[0] if len(wish.givers) == 1 else None,
        successor=taker,
        task_id=wish.task.id if wish.task else None,
        from_on=wish.day,
        state=HandoverState.PROPOSED,
        proposed_by_id=turn.actor.officer.id,
        created_at=turn.now,
    )
    _refuse_same(row)
    turn.session.add(row)
    turn.session.flush()
    return row


def _refuse_same(row: Handover) -> None:
    if row.giver is not None and row.giver is row.successor:
        raise misused("people.handover.same", "handover")


def _ask(turn: Turn, row: Handover, people: list[Officer], verb: str, who: str) -> None:
    keyboard = [[choice(one, verb, row.id)] for one in people[:MOST_CHOICES]]
    turn.answer("choose_person", keyboard, name=people[0].name, is_team=False, what=who)


def press_giver(turn: Turn, press: Press) -> None:
    row, officer = _proposed(turn, press), turn.session.get(Officer, press.revision)
    if officer is None or not _may_take_from(turn, officer):
        raise RefusedError(say("people.handover.no-right"), example=example_of("handover"))
    row.giver = officer
    _refuse_same(row)
    _show(turn, row)


def press_taker(turn: Turn, press: Press) -> None:
    row, officer = _proposed(turn, press), turn.session.get(Officer, press.revision)
    if officer is None:
        raise misused("people.handover.list-changed", "handover")
    row.successor = officer
    _refuse_same(row)
    _show(turn, row)


def _show(turn: Turn, row: Handover) -> None:
    """What would change hands; nothing has changed yet."""
    row.leaves = _leaves(turn, row)
    turn.session.flush()
    moved = _moved(turn, row)
    if not moved:
        assert row.giver is not None
        row.state = HandoverState.CANCELLED
        turn.answer("usage", reason=say("people.handover.no-tasks", officer=row.giver), example=None)
        return
    tasks = [turn.session.get_one(Task, one.task_id) for one in moved]
    keyboard = [
        [
            button(label("people.handover.confirm"), "hook", row.id),
            button(label("people.cancel"), "hocancel", row.id),
        ]
    ]
    open_count = handing.count_open_of(tasks)
    moves = handing.moves(turn.session, row, moved)
    turn.answer(
        "handover_proposed",
        keyboard,
        row=row,
        tasks=tasks[:10],
        count=len(tasks),
        open=open_count,
        moves=moves,
    )


def _proposed(turn: Turn, press: Press) -> Handover:
    """Raises UsageError where it does not wait any more, or is another's."""
    row = turn.session.get(Handover, press.id)
    if row is None or row.proposed_by_id != turn.actor.officer.id:
        raise UsageError(say("people.handover.not-to-handle"))
    if row.state is not HandoverState.PROPOSED:
        raise UsageError(say("people.handover.settled"))
    if turn.now > row.created_at + handovers.PROPOSAL_LASTS:
        raise UsageError(say("people.handover.old"))
    return row


def press_confirm(turn: Turn, press: Press) -> None:
    row = _proposed(turn, press)
    if row.from_on < turn.today:
        row.from_on = turn.today
    settle(turn, row)


def settle(turn: Turn, row: Handover) -> None:
    """Confirm it as far as the speaker may today; where its day is today let it take effect: the successor gets the
    pack. Whose tasks they were and the planning office are told. Raises RefusedError where nothing is left of it."""
    moved = _moved(turn, row)
    if not moved:
        raise RefusedError(say("people.handover.not-to-confirm"))
    row.leaves = _leaves(turn, row)
    count = len(moved)
    handing.confirm_all(turn.deed, [(row, moved)])
    tell_giver(turn, row, count)
    if row.leaves or not has(turn.actor, Action.DISMISS):
        turn.tell_planners("handover-notice", "handover_office", by=turn.actor.officer, row=row, count=count)
    if row.from_on <= turn.today:
        handing.take_effect(turn.session, turn.now, turn.today)
        pack.send(turn, row)
    taker = row.successor
    is_linked = taker is not None and chat_links.active(turn.session, taker.id) is not None
    keyboard = []
    if row.state is HandoverState.SCHEDULED:
        keyboard.append([button(label("people.handover.cancel"), "hocancel", row.id)])
    if taker is not None and may_link(turn.session, turn.actor, taker, turn.today) and not is_linked:
        keyboard.append([button(label("people.link.make"), "invlink", taker.id)])
    turn.answer("handover_done", keyboard, row=row, count=count, is_linked=is_linked, today=turn.today)


def tell_giver(turn: Turn, row: Handover, count: int) -> None:
    """In the person's chat, also where that is nobody's in a moment."""
    link = chat_links.active(turn.session, row.from_officer_id) if row.from_officer_id is not None else None
    if link is None or link.officer_id == turn.actor.officer.id:
        return
    said = {"row": row, "count": count, "moves": handing.moves(turn.session, row)}
    if row.leaves and row.from_on <= turn.today:
        turn.tell_chat(link, "handover-notice", "handover_giver", **said)
    else:
        turn.tell(link.officer_id, "handover-notice", "handover_giver", **said)


def press_cancel(turn: Turn, press: Press) -> None:
    row = turn.session.get(Handover, press.id)
    if row is None or row.proposed_by_id != turn.actor.officer.id:
        raise UsageError(say("people.handover.not-to-handle"))
    if not all(
        may_task(turn.session, turn.actor, Action.ASSIGN, one, turn.today)
        for one in handover_steps.task_ids(turn.session, row)
    ):
        raise RefusedError(say("people.handover.not-to-cancel"))
    if row.state in {HandoverState.EFFECTIVE, HandoverState.CANCELLED}:
        raise UsageError(say("people.handover.too-late"))
    if row.state is HandoverState.PROPOSED:
        handing.cancel(turn.deed, row)
        turn.answer("cancelled", was_asked=True)
        return
    done = handing.cancel(turn.deed, row)
    turn.answer("handover_cancelled", row=row, count=len(done.restored), numbers=done.kept)


def press_pack(turn: Turn, press: Press) -> None:
    """[인수인계서 보기]: the successor's own, or for those who may assign."""
    row = turn.session.get(Handover, press.id)
    if row is None or row.to_officer_id != turn.actor.officer.id:
        raise UsageError(say("people.handover.no-pack"))
    pack.show(turn, row)


def press_link(turn: Turn, press: Press) -> None:
    """[등록 링크 만들기]: a one-time link for the person, to be handed on privately."""
    officer = turn.session.get(Officer, press.id)
    if officer is None:
        raise UsageError(say("people.handover.changed"))
    if not may_link(turn.session, turn.actor, officer, turn.today):
        raise RefusedError(_why_no_link(turn, officer))
    username = meta.get(turn.session, meta.BOT_USERNAME)
    links_of = turn.office.links
    rows = invites.invite(turn.session, [officer], RoleName.OFFICER, turn.now, links_of, username, turn.who)
    tell_of_link(turn, officer)
    turn.answer("invite_link", officer=officer, row=rows[0], hours=links_of.invite_hours)


def tell_of_link(turn: Turn, officer: Officer) -> None:
    """The planning office, and the person where there is a chat, hear that a link was made and by whom."""
    by = turn.actor.officer
    turn.tell_planners("link-made", "link_made", by=by, officer=officer, is_own=False)
    turn.tell(officer.id, "link-made", "link_made", by=by, officer=officer, is_own=True)


def _why_no_link(turn: Turn, officer: Officer) -> str:
    if chat_links.of_officer(turn.session, officer.id) is not None:
        return say("people.link.has-one")
    return say("people.link.by-whom")


def _pass_on(turn: Turn, words: str) -> None:
    """An officer says that somebody else does it now: those who may decide are told."""
    leads = _deciders(turn)
    told = [
        one.name
        for one in leads
        if turn.tell(
            one.id, "handover-notice", "handover_asked", officer=turn.actor.officer, words=words[:200]
        )
    ]
    turn.answer("handover_passed_on", told=told)


def _deciders(turn: Turn) -> list[Officer]:
    """The lead of the speaker's team, else of the department, that can be reached, else the planning office."""
    above = approval.over_officer(turn.session, turn.actor.officer, turn.today)
    leads = [held for role, held in above if role is RoleName.LEAD]
    reached = ([one.officer for one in held if one.chat_id is not None] for held in leads)
    return next(filter(None, reached), officers.holders(turn.session, RoleName.PLANNER, turn.today))


COMMAND = Command(
    name="handover",
    effect=handover,
    buttons={"packopen": press_pack, "changed": press_changed},
)
# What is proposed with it is for those who may assign; the command itself is everybody's.
PROPOSAL = Command(
    name="handover-proposal",
    effect=handover,
    action=Action.ASSIGN,
    buttons={
        "hofrom": press_giver,
        "hoto": press_taker,
        "hook": press_confirm,
        "hocancel": press_cancel,
        "invlink": press_link,
    },
    in_menu=False,
)
