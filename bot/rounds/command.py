"""/round: the planning office opens a quarterly self-check, follows it, settles it, tells the departments."""

from datetime import date
from typing import TypedDict

from bot.chat.command import Command, misused
from bot.chat.turn import Press, Turn, UsageError, ensure_words, note
from bot.privacy import guard
from bot.rounds import overview, vocabulary
from bot.rounds.entry import refusals
from bot.speech.dates import Leaning, When, read
from bot.texts import render, round_words
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.rounds import freeze, lifecycle
from jobs.rounds.lifecycle import Opening, name_of
from plans.text.characters import clean
from reports.period import Period, examples, read_period, year_first
from store import officers, plans
from store import rounds as kept
from store.models import Round
from store.states import RoundState


class Limits(TypedDict):
    """To what a round is limited (범위)."""

    departments: list[str]
    areas: list[str]
    plan_ids: list[int]


COMMENT_MOST = 3000
MOST_DEADLINES = 2


def show_or_open(turn: Turn, text: str) -> None:
    """Alone: how the newest round stands. With a quarter: it is announced. 총평: the comment is kept."""
    words = text.strip()
    if not words:
        turn.say(overview.message(turn, _newest(turn)))
    elif (first := words.split()[0]).lower() in vocabulary.COMMENT:
        _comment(turn, words.removeprefix(first).strip())
    else:
        _announce(turn, clean(words))


def _newest(turn: Turn) -> Round:
    found = kept.open_round(turn.session) or kept.newest(turn.session)
    if found is None:
        raise misused("rounds.none-opened", "round")
    return found


def _announce(turn: Turn, text: str) -> None:
    opening = _read(turn, text)
    with refusals():
        made = lifecycle.announce(turn.deed, opening, turn.office.rounds)
    turn.say(overview.message(turn, made, label("rounds.announced")))


def _read(turn: Turn, text: str) -> Opening:
    """A quarter, up to two deadlines, then 범위 and 근거. Raises UsageError with what was not understood."""
    text = year_first(text)
    found = vocabulary.PERIOD.match(text)
    period = _period(found[0] if found else "", turn.today) or _period(
        text.split(" ", maxsplit=1)[0], turn.today
    )
    if period is None:
        raise misused("rounds.quarter-first", "round", example=examples())
    rest = text[len(found[0]) :] if found and _period(found[0], turn.today) else text.partition(" ")[2]
    head, *marked = vocabulary.KEYWORDS.split(rest)
    named = {
        vocabulary.MARKS[mark.lower()]: said.strip()
        for mark, said in zip(marked[::2], marked[1::2], strict=True)
    }
    days = _days(turn, head.strip(), period)
    limits = _scope(turn, named.get(vocabulary.SCOPE, ""))
    return Opening(
        period,
        period.last_day,
        basis=note(named.get(vocabulary.BASIS) or "", is_optional=True),
        **limits,
        first_due_on=days[0] if days else None,
        second_due_on=days[1] if len(days) > 1 else None,
    )


def _period(text: str, today: date) -> Period | None:
    return read_period(text, today.year)


def _days(turn: Turn, text: str, period: Period) -> list[date]:
    """The deadlines, at most two; a day without a year is the first one after the as-of day.

    One by one: two days side by side are a doubt where a single one is asked.
    """
    ahead = When(period.last_day, Leaning.FUTURE, turn.office.rules.calendar)
    days: list[date] = []
    for word in vocabulary.APART.split(vocabulary.MONTH_GAP.sub("", text)):
        found = read(word, ahead) if word else None
        if found is not None and not found.rest and isinstance(found.value, date):
            days.append(found.value)
        elif word:
            raise misused("rounds.no-deadline", "round", said=guard.words(word[:30]))
    if len(days) > MOST_DEADLINES:
        raise misused("rounds.deadlines", "round")
    return days


def _scope(turn: Turn, text: str) -> Limits:
    """Departments, areas and plans by their names. Raises UsageError with one that is none of them."""
    found = Limits(departments=[], areas=[], plan_ids=[])
    known = kept.areas(turn.session)
    for name in (one.strip() for one in text.split(",") if one.strip()):
        department = officers.department(turn.session, name)
        if department is not None:
            found["departments"].append(department.name)
        elif name in known:
            found["areas"].append(name)
        elif (plan := plans.active_named(turn.session, name)) is not None:
            found["plan_ids"].append(plan.id)
        else:
            raise UsageError(say("rounds.neither", said=guard.words(name), choices=", ".join(known)))
    return found


def _comment(turn: Turn, text: str) -> None:
    """총평 as a person writes it, each line one sentence; nothing goes back to the draft."""
    ensure_words("summary")
    of = _newest(turn)
    if len(text) > COMMENT_MOST:
        raise UsageError(say("rounds.comment-long", count=len(text), total=COMMENT_MOST))
    lines = [line for one in text.splitlines() if (line := clean(one))]
    with refusals():
        freeze.set_comment(turn.deed, of.id, "\n".join(lines) or None)
    turn.say(
        overview.message(turn, of, label("rounds.comment-kept") if lines else label("rounds.comment-dropped"))
    )


def _pressed(turn: Turn, press: Press) -> Round:
    found = turn.session.get(Round, press.id)
    if found is None:
        raise UsageError(say("rounds.no-such-round"))
    return found


def press_begin(turn: Turn, press: Press) -> None:
    of = _pressed(turn, press)
    with refusals():
        asked = lifecycle.begin(turn.deed, of.id)
    said = label("rounds.begun", count=len(asked))
    turn.say(overview.message(turn, _pressed(turn, press), said))


def press_drop(turn: Turn, press: Press) -> None:
    with refusals():
        name = lifecycle.withdraw(turn.deed, _pressed(turn, press).id)
    turn.answer("usage", reason=say("rounds.withdrawn", round=name), example=None)


def press_preview(turn: Turn, press: Press) -> None:
    """[확정]: what would be settled is shown first, because it cannot be taken back."""
    of = _pressed(turn, press)
    if of.state is not RoundState.EVALUATION:
        raise UsageError(say("rounds.not-to-freeze", round=name_of(of), state=round_words.states()[of.state]))
    turn.say(overview.preview(turn, of))


def press_freeze(turn: Turn, press: Press) -> None:
    with refusals():
        done = freeze.freeze(turn.deed, _pressed(turn, press).id, turn.office.rounds)
    turn.say(overview.message(turn, done, label("rounds.frozen")))


def press_notify(turn: Turn, press: Press) -> None:
    with refusals():
        done = freeze.notify(turn.deed, _pressed(turn, press).id)
    told, missed = overview.tell_departments(turn, done)
    turn.say(overview.message(turn, done, label("rounds.notified", count=told, left=missed)))


def press_publish(turn: Turn, press: Press) -> None:
    with refusals():
        done = freeze.publish(turn.deed, _pressed(turn, press).id)
    turn.say(overview.message(turn, done, label("rounds.published")))


def press_material(turn: Turn, press: Press) -> None:
    of = _pressed(turn, press)
    caption = render.text("file_caption", what=label("rounds.material", round=name_of(of)))
    turn.send_file("material", caption, period=str(Period(of.year, of.quarter)))


COMMAND = Command(
    name="round",
    effect=show_or_open,
    action=Action.ROUNDS,
    buttons={
        "rdbegin": press_begin,
        overview.MATERIAL: press_material,
        "rddrop": press_drop,
        "rdlook": press_preview,
        "rdfreeze": press_freeze,
        "rdnotify": press_notify,
        "rdpublish": press_publish,
    },
)
