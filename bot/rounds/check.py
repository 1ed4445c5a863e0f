"""/check: the self-checks by whose turn it is — answer, confirm, sign, evaluate, send back, reopen."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from bot.chat.command import Command, misused
from bot.chat.lists import Pages, page_of, paging
from bot.chat.turn import Keyboard, Press, Turn, UsageError, button, note, numbered
from bot.rounds import entry as checks
from bot.rounds import questions, vocabulary, which
from bot.rounds.entry import BACK, CONFIRM, JUDGE, OPEN, REOPEN, SAY, SIGN, STATUSES, refusals
from bot.texts import render
from bot.texts.render import label, say
from jobs.owed.round_turns import PART_OF, Part, turns
from jobs.rounds import entries
from jobs.rounds.entries import Answer
from jobs.rounds.lifecycle import name_of
from reports.pledges import read_pledge_status
from store import milestones, rounds
from store.adjustments import is_approved
from store.deliveries import Message
from store.models import Dialogue, Round, RoundEntry
from store.states import EntryState, PledgeStatus

VERB, ALL = "checks", "chkall"
DIALOGUE = "check-reason"
PER_PAGE = 4
STATUS_WORDS = 4  # words of the longest status
BULK = (Part.CONFIRM, Part.SIGN, Part.EVALUATE)


def check(turn: Turn, text: str) -> None:
    """Alone: what the speaker has to do. With a task's number: that entry, or a step of it in one line."""
    found = numbered(text)
    if not found.ids:
        if text.strip():
            raise misused("rounds.check.which-number", "check")
        turn.say(page(turn, 1))
        return
    if len(found.ids) != 1:
        raise misused("rounds.check.one-number", "check")
    entries_, rest = _of_task(turn, found.ids[0], found.rest)
    if len(entries_) > 1:
        _which(turn, entries_, is_said=bool(rest))
    elif rest:
        _in_one_line(turn, entries_[0], rest)
    else:
        turn.say(checks.message(turn, entries_[0]))


def _of_task(turn: Turn, task_id: int, rest: str) -> tuple[list[RoundEntry], str]:
    """The task's entry in the round that is named first, or in the only one in which the speaker has a step to take; several
    where that is not said; without one under way that of the newest round. What follows the name."""
    open_ones = rounds.entries_of_task(turn.session, task_id, rounds.WORKING)
    named = which.among([one.review_round for one in open_ones], rest, turn.today.year)
    if named is not None:
        open_ones = [one for one in open_ones if one.review_round is named[0]]
        rest = named[1]
    found = open_ones or rounds.entries_of_task(turn.session, task_id)[-1:]
    if not found:
        raise UsageError(say("rounds.check.not-of-this", number=task_id))
    found = [checks.entry_of(turn, one.id) for one in found]
    own = [one for one in found if (part := PART_OF.get(one.state)) and checks.may_do(turn, one, part)]
    return (own if len(own) == 1 else found), rest


def _which(turn: Turn, found: list[RoundEntry], *, is_said: bool) -> None:
    """The task is in several rounds: in which of them is meant, is asked."""
    names = [name_of(one.review_round) for one in found]
    first = found[0].review_round
    text = render.text(
        "check_which",
        label=checks.named(found[0]),
        rounds=names,
        is_said=is_said,
        number=found[0].task_id,
        example=first.name or label("rounds.check.quarter", quarter=first.quarter),
    )
    rows = [[button(name, OPEN, one.id, one.revision)] for name, one in zip(names, found, strict=True)]
    turn.say(Message(text, rows))


def _in_one_line(turn: Turn, entry: RoundEntry, rest: str) -> None:
    """The whole answer, an evaluation, or a step by its word."""
    first, _, more = rest.partition(" ")
    if first.lower() in vocabulary.JUDGE:
        status, opinion = _status_first(more)
        if status is None:
            raise UsageError(say("rounds.check.no-status"), example=label("rounds.check.judge-example"))
        evaluate(turn, entry, status, note(opinion, is_optional=True))
    elif first.lower() in vocabulary.BACK:
        _send_back(turn, entry, note(more))
    elif first.lower() in vocabulary.STEPS:
        _step(turn, entry, vocabulary.STEPS[first.lower()])
    else:
        _answer_line(turn, entry, rest)


def _answer_line(turn: Turn, entry: RoundEntry, rest: str) -> None:
    """Status, results, problems and plan, apart by line ends or slashes between spaces."""
    parts = [one.strip() for one in re.split(r"\n|\s/\s", rest)]
    status = read_pledge_status(parts[0])
    if status is None or len(parts) > 1 + len(questions.QUESTIONS):
        raise misused("rounds.check.how-to-answer", "check")
    if len(parts) == 1:
        choose(turn, entry, status)
        return
    texts = [note(text) for text in parts[1 : len(questions.QUESTIONS) + 1]]
    questions.hand_in(turn, entry, Answer(status, *texts))


def _status_first(text: str) -> tuple[PledgeStatus | None, str]:
    """The status that the words begin with, the longest one, and what follows."""
    words = text.split()
    for count in range(min(STATUS_WORDS, len(words)), 0, -1):
        status = read_pledge_status(" ".join(words[:count]))
        if status is not None:
            return status, " ".join(words[count:])
    return None, text


def page(turn: Turn, wanted: int) -> Message:
    """What the speaker has to do in the rounds under way, the next steps first; one button a project."""
    there = checks.the_rounds(turn)
    every = [(of, turns(turn.session, of.id, turn.actor.officer.id, turn.today)) for of in there]
    own = [(of, mine) for of, mine in every if any(mine.values())] or every
    rows = [(part, one) for part in Part for _, mine in own for one in mine.get(part, [])]
    shown, current, pages = page_of(rows, wanted, PER_PAGE)
    counts = Counter(part for part, _ in rows)
    text = render.text(
        "check_list",
        rounds=[_headed(turn, of) for of, _ in own],
        moment=render.moment(turn.now, turn.office.zone),
        counts=[(checks.part_word(part), counts[part]) for part in Part if counts[part]],
        rows=[
            (checks.part_word(part), checks.named(one), one.state is EntryState.SENT_BACK, _in(one, own))
            for part, one in shown
        ],
        page=current,
        pages=pages,
    )
    keyboard = [
        [button(f"{checks.part_word(part)} · {_short(one)}", OPEN, one.id, one.revision)]
        for part, one in shown
    ]
    for of, mine in own:
        keyboard += _bulk_rows(turn, of, mine, is_one=len(own) == 1)
    return Message(text, keyboard + paging(VERB, current, pages))


Mine = dict[Part, list[RoundEntry]]


def _headed(turn: Turn, of: Round) -> dict[str, object]:
    left = (of.first_due_on - turn.today).days if of.first_due_on else None
    return {"name": name_of(of), "as_of": of.as_of_on, "due": of.first_due_on, "left": left}


def _in(entry: RoundEntry, own: Sequence[tuple[Round, Mine]]) -> str:
    """The round of the entry, where there are several."""
    return name_of(entry.review_round) if len(own) > 1 else ""


def _bulk_rows(turn: Turn, of: Round, mine: Mine, *, is_one: bool) -> Keyboard:
    """[모두 확인] and the like, each for one round."""
    made: Keyboard = []
    for part in BULK:
        count = len(_at_once(turn, part, mine.get(part, [])))
        if count > 1:
            key = "evaluate-all" if part is Part.EVALUATE else "all"
            said = label(f"rounds.button.{key}", part=checks.part_word(part), count=count)
            said = said if is_one else f"{said} {name_of(of)}"
            made.append([button(said, ALL, of.id, list(Part).index(part))])
    return made


def _short(entry: RoundEntry) -> str:
    return render.cut(checks.named(entry), 40)


def press_open(turn: Turn, press: Press) -> None:
    """An entry whose turn is the reader's answer begins with the question, any other with its text."""
    entry = checks.entry_of(turn, press.id)
    if PART_OF.get(entry.state) is Part.ANSWER and checks.may_do(turn, entry, Part.ANSWER):
        turn.say(checks.ask_status(turn, entry))
    else:
        turn.say(checks.message(turn, entry))


def _pressed(turn: Turn, press: Press) -> RoundEntry | None:
    """The entry as the button was drawn for it; where it has moved on, it is shown and None given."""
    entry = checks.entry_of(turn, press.id)
    if entry.revision == press.revision:
        return entry
    turn.say(checks.message(turn, entry, label("rounds.check.moved-on")))
    return None


def press_status(turn: Turn, press: Press) -> None:
    if (entry := _pressed(turn, press)) is not None:
        choose(turn, entry, STATUSES[int(press.verb.removeprefix(SAY))])


def choose(turn: Turn, entry: RoundEntry, status: PledgeStatus) -> None:
    """The status of an answer; the texts are asked next."""
    checks.ensure_may(turn, entry, Part.ANSWER)
    if entry.state not in {EntryState.ASKED, EntryState.SENT_BACK, EntryState.ANSWERED}:
        raise UsageError(say("rounds.check.confirmed-already", label=checks.named(entry)))
    questions.ensure_allowed(turn, entry, status)
    questions.begin(turn, entry, status)


def press_again(turn: Turn, press: Press) -> None:
    if (entry := _pressed(turn, press)) is not None:
        checks.ensure_may(turn, entry, Part.ANSWER)
        turn.say(checks.ask_status(turn, entry))


def press_step(turn: Turn, press: Press) -> None:
    if (entry := _pressed(turn, press)) is not None:
        _step(turn, entry, Part.CONFIRM if press.verb == CONFIRM else Part.SIGN)


def _step(turn: Turn, entry: RoundEntry, part: Part) -> None:
    """확인 by the lead, 확정 by the head."""
    done = _take(turn, entry, part)
    shown = checks.message(turn, done, label("rounds.check.taken", part=checks.part_word(part)))
    turn.say(Message(shown.text, shown.keyboard + questions.next_row(turn, part)))


def _take(turn: Turn, entry: RoundEntry, part: Part) -> RoundEntry:
    checks.ensure_may(turn, entry, part)
    take = entries.confirm if part is Part.CONFIRM else entries.sign
    with refusals():
        return take(turn.deed, entry.id)


def press_judge(turn: Turn, press: Press) -> None:
    if (entry := _pressed(turn, press)) is not None:
        evaluate(turn, entry, STATUSES[int(press.verb.removeprefix(JUDGE))], None)


def evaluate(turn: Turn, entry: RoundEntry, status: PledgeStatus, opinion: str | None) -> None:
    """총괄평가; what a department never sent in is judged with an opinion only."""
    done = _judge(turn, entry, status, opinion)
    said = label("rounds.check.judged", status=checks.word(status))
    shown = checks.message(turn, done, said)
    turn.say(Message(shown.text, shown.keyboard + questions.next_row(turn, Part.EVALUATE)))


def _judge(turn: Turn, entry: RoundEntry, status: PledgeStatus, opinion: str | None) -> RoundEntry:
    checks.ensure_may(turn, entry, Part.EVALUATE)
    with refusals():
        return entries.evaluate(
            turn.deed,
            entry.id,
            status,
            opinion=opinion,
            has_approved_adjustment=is_approved(turn.session, entry.task_id),
            is_override=entry.state not in {EntryState.SIGNED, EntryState.EVALUATED},
        )


def press_all(turn: Turn, press: Press) -> None:
    """Every entry of that part that is the speaker's turn; what the rules refuse stays and is counted."""
    of = next((one for one in checks.the_rounds(turn) if one.id == press.id), None)
    parts = list(Part)
    if of is None or press.revision >= len(parts) or parts[press.revision] not in BULK:
        raise UsageError(say("rounds.check.past-button"))
    part = parts[press.revision]
    mine = turns(turn.session, of.id, turn.actor.officer.id, turn.today).get(part, [])
    wanted = _at_once(turn, part, mine)
    for one in wanted:
        _one_of_all(turn, one, part)
    left = len(mine) - len(wanted)
    turn.answer("check_all", part=checks.part_word(part), done=len(wanted), left=left)


def _at_once(turn: Turn, part: Part, mine: list[RoundEntry]) -> list[RoundEntry]:
    """Those that need no closer look: an evaluation only where the department's word is allowed."""
    if part is not Part.EVALUATE:
        return [one for one in mine if checks.may_do(turn, one, part)]
    return [one for one in mine if one.self_status in checks.choices(turn, one)]


def _one_of_all(turn: Turn, entry: RoundEntry, part: Part) -> None:
    if part is Part.EVALUATE:
        assert entry.self_status is not None
        _judge(turn, entry, entry.self_status, None)
    else:
        _take(turn, entry, part)


def press_reason(turn: Turn, press: Press) -> None:
    """[보완 요청] and [평가 다시 열기]: the reason is asked."""
    entry = _pressed(turn, press)
    if entry is None:
        return
    _ensure_reviewer(turn, entry, press.verb)
    turn.ask(DIALOGUE, press.verb, entry=entry.id)
    what = label("rounds.check.ask-back") if press.verb == BACK else label("rounds.check.ask-reopen")
    turn.answer("check_ask_reason", label=checks.named(entry), what=what)


def _ensure_reviewer(turn: Turn, entry: RoundEntry, verb: str) -> None:
    """Who looks at it next may send it back; an evaluation is the planning office's to reopen."""
    part = PART_OF.get(entry.state, Part.EVALUATE)
    checks.ensure_may(turn, entry, Part.EVALUATE if verb == REOPEN or part is Part.ANSWER else part)


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The reason of sending back or reopening."""
    reason = note(text)
    if reason is None:
        raise UsageError(say("rounds.check.no-reason"), example=label("rounds.check.reason-example"))
    entry = checks.entry_of(turn, int(asked.data["entry"]))
    turn.forget_asked()
    act: Callable[[Turn, RoundEntry, str], None] = _send_back if asked.step == BACK else _reopen
    act(turn, entry, reason)


def _send_back(turn: Turn, entry: RoundEntry, reason: str | None) -> None:
    _ensure_reviewer(turn, entry, BACK)
    answered_by = entry.answered_by_id
    with refusals():
        done = entries.send_back(turn.deed, entry.id, reason or "")
    turn.say(checks.message(turn, done, label("rounds.check.sent-back")))
    for officer_id in dict.fromkeys(
        [answered_by, *(one.officer_id for one in milestones.of_task(done.task, turn.today))]
    ):
        if officer_id is not None and officer_id != turn.actor.officer.id:
            turn.hand(officer_id, "check-back", lambda: _returned(turn, done, reason))


def _returned(turn: Turn, done: RoundEntry, reason: str | None) -> Message:
    """What its officers hear."""
    text = render.text(
        "check_back", entry=done, label=checks.named(done), round=name_of(done.review_round),
        reason=reason, by=turn.actor.officer,
    )  # fmt: skip
    return Message(text, [[button(label("rounds.check.again"), OPEN, done.id, done.revision)]])


def _reopen(turn: Turn, entry: RoundEntry, reason: str) -> None:
    checks.ensure_may(turn, entry, Part.EVALUATE)
    with refusals():
        done = entries.reopen(turn.deed, entry.id, reason)
    turn.say(checks.message(turn, done, label("rounds.check.reopened")))


PAGES = Pages(page)
COMMAND = Command(
    name="check",
    effect=check,
    buttons={
        VERB: PAGES.turn_page,
        "checklist": PAGES.show,
        OPEN: press_open,
        "chkagain": press_again,
        CONFIRM: press_step,
        SIGN: press_step,
        BACK: press_reason,
        REOPEN: press_reason,
        ALL: press_all,
        questions.SKIP: questions.press_skip,
        **{f"{questions.TAKE}{i}": questions.press_take for i in range(4)},
        **{f"{SAY}{i}": press_status for i in range(len(STATUSES))},
        **{f"{JUDGE}{i}": press_judge for i in range(len(STATUSES))},
    },
    dialogues={questions.DIALOGUE: questions.carry_on, DIALOGUE: carry_on},
)
