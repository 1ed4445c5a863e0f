"""An entry of the quarterly self-check as people see it: its text, the buttons for whoever reads it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.chat.line import accountable
from bot.chat.turn import RefusedError, Turn, UsageError, button
from bot.privacy import guard
from bot.texts import render, round_words
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action, has, may_task, roles_over_task
from jobs.authority.superiors import rank
from jobs.owed.round_turns import LEVELS, PART_OF, Part
from jobs.rounds.checks import entry_doubts
from jobs.rounds.lifecycle import RoundError, is_late, name_of
from jobs.rules.pledges import ALLOWED, NEEDS_ADJUSTMENT
from reports.period import Period
from reports.quarterly.inherited import criteria_for
from reports.texts.hidden_titles import shown_title
from reports.texts.states import PLEDGE_WORDS
from store import adjustments, milestones, rounds
from store.deliveries import Message
from store.models import Round, RoundEntry
from store.states import EntryState, PledgeStatus

STATUSES = tuple(PledgeStatus)  # a button carries the place in this list
OPEN, SAY, JUDGE = "chk", "chkst", "chkev"
CONFIRM, SIGN, BACK, REOPEN = "chkok", "chksign", "chkback", "chkopen"
A_ROW = 2


@contextmanager
def refusals() -> Iterator[None]:
    """What the rules of a round refuse is told to whoever asked."""
    try:
        yield
    except RoundError as error:
        raise UsageError(round_words.refusal(error)) from error


def the_rounds(turn: Turn) -> list[Round]:
    """The rounds that are under way, the oldest first. Raises UsageError where none is."""
    found = rounds.working(turn.session)
    if not found:
        raise UsageError(say("rounds.none-under-way"))
    return found


def entry_of(turn: Turn, entry_id: int) -> RoundEntry:
    """The entry, if the speaker may see its task; an unknown one and somebody else's read the same."""
    found = rounds.entry(turn.session, entry_id)
    if found is None:
        raise UsageError(say("rounds.not-seen"))
    if not may_task(turn.session, turn.actor, Action.VIEW, found.task_id, turn.today):
        raise RefusedError(say("rounds.not-seen"))
    return found


def part_word(part: Part) -> str:
    """What is to be done with an entry next, in a word."""
    return words("rounds.part")[part]


def may_do(turn: Turn, entry: RoundEntry, part: Part) -> bool:
    """The speaker may take that step of the entry's, by role; whether it is the step's turn aside."""
    if part is Part.ANSWER:
        return may_task(turn.session, turn.actor, Action.CHANGE, entry.task_id, turn.today)
    if part is Part.EVALUATE:
        return has(turn.actor, Action.ROUNDS)
    held = roles_over_task(turn.session, turn.actor, Action.DECIDE, entry.task_id, turn.today)
    is_own = entry.answered_by_id == turn.actor.officer.id
    return not is_own and max(map(rank, held), default=-1) >= rank(LEVELS[part])


def ensure_may(turn: Turn, entry: RoundEntry, part: Part) -> None:
    """Raises RefusedError with who does it instead."""
    if may_do(turn, entry, part):
        return
    raise RefusedError(say(f"rounds.not-yours.{part}", label=named(entry)))


def named(entry: RoundEntry) -> str:
    """#134 1-2 그늘 보행로 조성"""
    number = f"{entry.task.shown_no} " if entry.task.shown_no else ""
    return guard.inert(f"#{entry.task_id} {number}{render.cut(shown_title(entry.task), 50)}")


def choices(turn: Turn, entry: RoundEntry) -> list[PledgeStatus]:
    """The statuses that the rules allow after that of the quarter before; that one first."""
    before = entry.previous_status
    if adjustments.is_approved(turn.session, entry.task_id):
        allowed = set(STATUSES)
    elif before is None:
        allowed = set(STATUSES) - NEEDS_ADJUSTMENT
    else:
        allowed = {before, *ALLOWED[before]}
    return sorted(allowed, key=lambda one: (one is not before, STATUSES.index(one)))


def status_rows(turn: Turn, entry: RoundEntry, verb: str, mark: str = "") -> list[list[dict[str, str]]]:
    """A button for each status that can be chosen; an evaluation has the department's word first."""
    found = choices(turn, entry)
    if verb == JUDGE and entry.self_status is not None:
        found = sorted(found, key=lambda one: one is not entry.self_status)
    made = [
        button(mark + PLEDGE_WORDS[one], f"{verb}{STATUSES.index(one)}", entry.id, entry.revision)
        for one in found
    ]
    return [made[at : at + A_ROW] for at in range(0, len(made), A_ROW)]


def message(turn: Turn, entry: RoundEntry, said: str = "") -> Message:
    """The whole entry with what the reader may do now. `said`: what has just happened to it."""
    of = entry.review_round
    text = render.text(
        "check_entry",
        accountable=accountable(milestones.of_task(entry.task, turn.today)),
        said=said,
        entry=entry,
        task=entry.task,
        label=named(entry),
        round=name_of(of),
        quarter=of.quarter if not of.name else None,
        next_quarter=Period(of.year, of.quarter).following.quarter,
        as_of=of.as_of_on,
        due=of.first_due_on,
        state=round_words.entry_states()[entry.state],
        before=word(entry.previous_status),
        own=word(entry.self_status),
        final=word(entry.final_status),
        is_late=late(turn, entry),
        doubts=_doubts(turn, entry),
        zone=turn.office.zone.key,
    )
    return Message(text, keyboard(turn, entry))


def word(status: PledgeStatus | None) -> str | None:
    return PLEDGE_WORDS[status] if status is not None else None


def late(turn: Turn, entry: RoundEntry) -> bool:
    """It came in after the first deadline, or has not come in although that is over."""
    calendar = turn.office.rules.calendar
    on = calendar.local_date(entry.answered_at) if entry.answered_at is not None else None
    return is_late(entry.review_round, turn.today, on)


def _doubts(turn: Turn, entry: RoundEntry) -> Sequence[str]:
    """What does not fit, asked of whoever can mend it: who answers, who checks, who judges."""
    is_over = entry.state is EntryState.EVALUATED and not has(turn.actor, Action.ROUNDS)
    return () if is_over else entry_doubts(entry, turn.office.rounds.term_ends_on)


def keyboard(turn: Turn, entry: RoundEntry) -> list[list[dict[str, str]]]:
    """Only what the reader may do with the entry as it stands."""
    if entry.review_round.state not in rounds.WORKING:
        return []
    rows: list[list[dict[str, str]]] = []
    part = PART_OF.get(entry.state)
    revision = entry.revision
    if part is Part.ANSWER and may_do(turn, entry, part):
        rows += status_rows(turn, entry, SAY)
    if entry.state is EntryState.ANSWERED and may_do(turn, entry, Part.ANSWER):
        rows.append([button(label("rounds.button.rewrite"), "chkagain", entry.id, revision)])
    if part in LEVELS and part is not None and may_do(turn, entry, part):
        verb = CONFIRM if part is Part.CONFIRM else SIGN
        rows.append([button(f"✅ {part_word(part)}", verb, entry.id, revision), _back(entry)])
    if part is Part.EVALUATE and may_do(turn, entry, part):
        rows += [*status_rows(turn, entry, JUDGE, "⚖️ "), [_back(entry)]]
    if entry.state is EntryState.EVALUATED and may_do(turn, entry, Part.EVALUATE):
        rows.append([button(label("rounds.button.reopen"), REOPEN, entry.id, revision), _back(entry)])
    return rows


def _back(entry: RoundEntry) -> dict[str, str]:
    return button(label("rounds.button.back"), BACK, entry.id, entry.revision)


def ask_status(turn: Turn, entry: RoundEntry) -> Message:
    """M11: the first question, with the criterion of every status."""
    of = entry.review_round
    own = criteria_for(turn.session, of)
    text = render.text(
        "check_status",
        accountable=accountable(milestones.of_task(entry.task, turn.today)),
        entry=entry,
        label=named(entry),
        round=name_of(of),
        as_of=of.as_of_on,
        due=of.first_due_on,
        before=word(entry.previous_status),
        reason=entry.sent_back_reason if entry.state is EntryState.SENT_BACK else None,
        choices=[
            {"key": one.value, "word": PLEDGE_WORDS[one], "means": " / ".join(own.get(one, ()))}
            for one in choices(turn, entry)
        ],
    )
    return Message(text, status_rows(turn, entry, SAY))
