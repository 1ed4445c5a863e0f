"""The questions of a self-check after its status: results, problems, next quarter's plan; then it is handed in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.chat.turn import Press, Turn, UsageError, button, note
from bot.privacy import guard
from bot.rounds import entry as checks
from bot.rounds.entry import refusals
from bot.texts import render
from bot.texts.render import label, say, words
from jobs.owed.round_turns import PART_OF, Part, turns
from jobs.rounds import entries
from jobs.rounds.entries import Answer
from jobs.rounds.lifecycle import last_texts, name_of
from reports.period import Period, ahead
from reports.period import period_of as period_of_round
from reports.texts.hidden_titles import shown_title
from store import dialogues, rounds
from store.deliveries import Message
from store.models import Dialogue, Milestone, RoundEntry, SnapshotRow
from store.states import EntryState, MilestoneState, PledgeStatus

DIALOGUE = "check"
MINUTES = 120  # three texts are thought about longer than one reason
TAKE, SKIP = "chktake", "chkskip"
NAMED = 5  # milestones in a suggested text


@dataclass(frozen=True)
class Question:
    """One text: its name in the store, and what last quarter's record has for it."""

    field: str
    last: Callable[[SnapshotRow], str | None]

    def words(self, period: Period) -> str:
        """What it asks for."""
        return label(f"rounds.question.{self.field}", period=period)


QUESTIONS = (
    Question("results", lambda row: row.results),
    Question("problems", lambda row: row.problems),
    Question("next_plan", lambda row: row.next_plan),
)
STEPS = [one.field for one in QUESTIONS]


@dataclass(frozen=True)
class Suggestion:
    """A text that can be taken over with one press."""

    label: str
    text: str


def period_of(entry: RoundEntry) -> Period:
    return period_of_round(entry.review_round)


def begin(turn: Turn, entry: RoundEntry, status: PledgeStatus) -> None:
    """The status is chosen; the first text is asked."""
    _ask(turn, entry, 0, {"entry": entry.id, "status": status.value})


def _ask(turn: Turn, entry: RoundEntry, place: int, data: dict[str, object]) -> None:
    until = turn.now + timedelta(minutes=MINUTES)
    dialogues.begin(turn.session, turn.actor.officer.id, DIALOGUE, STEPS[place], until, data=data)
    found = suggestions(turn, entry, place)
    text = render.text(
        "check_ask",
        label=checks.named(entry),
        round=name_of(entry.review_round),
        place=place + 2,
        what=QUESTIONS[place].words(period_of(entry)),
        status=checks.word(PledgeStatus(str(data["status"]))) if place == 0 else None,
        suggestions=[replace(one, text=guard.words(one.text, entry)) for one in found],
    )
    rows = [[button(one.label, f"{TAKE}{i}", entry.id, place)] for i, one in enumerate(found)]
    rows.append([button(label("rounds.button.nothing"), SKIP, entry.id, place)])
    turn.say(Message(text, rows))


def suggestions(turn: Turn, entry: RoundEntry, place: int) -> list[Suggestion]:
    """Last quarter's text, what was written for this one already, and what the milestones say."""
    question, period = QUESTIONS[place], period_of(entry)
    last = last_texts(turn.session, entry)
    found = [
        Suggestion(label("rounds.button.as-written"), getattr(entry, question.field) or ""),
        Suggestion(label("rounds.button.as-before"), (question.last(last) or "") if last else ""),
    ]
    if question.field == "results":
        found.append(Suggestion(label("rounds.button.as-planned"), (last.next_plan or "") if last else ""))
        done = _said(entry, period.first_day, entry.review_round.as_of_on, MilestoneState.DONE)
        found.append(Suggestion(label("rounds.button.as-done"), done))
    if question.field == "next_plan":
        since = entry.review_round.as_of_on + timedelta(days=1)
        until = ahead(period, entry.review_round.as_of_on).last_day
        due = _said(entry, since, until, MilestoneState.PLANNED)
        found.append(Suggestion(label("rounds.button.as-due"), due))
    texts: dict[str, Suggestion] = {}
    for one in found:
        if one.text:
            texts.setdefault(one.text, one)
    return list(texts.values())


def _said(entry: RoundEntry, since: date, until: date, state: MilestoneState) -> str:
    """What was reported as done in these days, or is due in them and open, in the order of its days."""
    is_done = state is MilestoneState.DONE
    days = [
        (one.done_on if is_done else one.due_on, one) for one in entry.task.milestones if one.state is state
    ]
    inside = [(day, one) for day, one in days if day and since <= day <= until]
    return _listed(inside, words("rounds.listed")["done" if is_done else "due"])


def _listed(found: list[tuple[date, Milestone]], ending: str) -> str:
    ordered = sorted(found, key=lambda pair: (pair[0], pair[1].id))
    named = [
        render.beside(render.cut(shown_title(one), 60), render.bare_day(day)) for day, one in ordered[:NAMED]
    ]
    more = " " + label("rounds.listed.more", count=len(ordered) - NAMED) if len(ordered) > NAMED else ""
    return f"{', '.join(named)}{more} {ending}" if named else ""


def press_take(turn: Turn, press: Press) -> None:
    """A suggested text is taken over; it is worked out anew, so that it is what the store says now."""
    asked = _asked(turn, press)
    entry = checks.entry_of(turn, press.id)
    found = suggestions(turn, entry, press.revision)
    place = int(press.verb.removeprefix(TAKE))
    if place >= len(found):
        raise UsageError(say("rounds.question-changed"))
    _next(turn, asked, entry, found[place].text)


def press_skip(turn: Turn, press: Press) -> None:
    asked = _asked(turn, press)
    _next(turn, asked, checks.entry_of(turn, press.id), None)


def _asked(turn: Turn, press: Press) -> Dialogue:
    """The question that the button belongs to. Raises UsageError where another one is open by now."""
    asked = turn.asked
    is_open = asked is not None and asked.kind == DIALOGUE and asked.data["entry"] == press.id
    if asked is None or not is_open or press.revision != STEPS.index(asked.step):
        raise UsageError(say("rounds.question-past"))
    return asked


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """A text that was typed."""
    entry = checks.entry_of(turn, int(asked.data["entry"]))
    what = QUESTIONS[STEPS.index(asked.step)].words(period_of(entry))
    given = note(text)
    if given is None:
        raise UsageError(say("rounds.question-again", what=what))
    _next(turn, asked, entry, given)


def _next(turn: Turn, asked: Dialogue, entry: RoundEntry, text: str | None) -> None:
    place = STEPS.index(asked.step)
    data = {**asked.data, asked.step: text}
    if place + 1 < len(STEPS):
        _ask(turn, entry, place + 1, data)
        return
    turn.forget_asked()
    answer = Answer(PledgeStatus(data["status"]), *(data[one] for one in STEPS))
    hand_in(turn, entry, answer)


def hand_in(turn: Turn, entry: RoundEntry, answer: Answer) -> None:
    """The answer counts; the speaker sees it whole, and what is next."""
    checks.ensure_may(turn, entry, Part.ANSWER)
    ensure_allowed(turn, entry, answer.status)
    was_asked_back = entry.state is EntryState.SENT_BACK
    with refusals():
        done = entries.answer(turn.deed, entry.id, answer)
    said = label("rounds.received-again" if was_asked_back else "rounds.received")
    shown = checks.message(turn, done, said)
    turn.say(Message(shown.text, shown.keyboard + next_row(turn, Part.ANSWER)))


def ensure_allowed(turn: Turn, entry: RoundEntry, status: PledgeStatus) -> None:
    """Raises UsageError for a status that the rules do not allow after the last one."""
    if status not in (found := checks.choices(turn, entry)):
        listed = ", ".join(str(checks.word(one)) for one in found)
        raise UsageError(
            say(
                "rounds.not-allowed",
                before=checks.word(entry.previous_status),
                status=checks.word(status),
                choices=listed,
            )
        )


def next_row(turn: Turn, part: Part) -> list[list[dict[str, str]]]:
    """[다음 …] where the speaker has another one of the kind to do."""
    mine = (
        turns(turn.session, of.id, turn.actor.officer.id, turn.today) for of in rounds.working(turn.session)
    )
    left = [one for each in mine for one in each.get(part, []) if PART_OF.get(one.state) is part]
    if not left:
        return []
    name = label("rounds.button.next", part=checks.part_word(part), count=len(left))
    return [[button(name, checks.OPEN, left[0].id, left[0].revision)]]
