"""/round: the planning office opens a self-check, of a quarter or by a name, follows it, settles it, tells the departments."""

from datetime import date

from bot.chat.command import Command, misused
from bot.chat.turn import Press, Turn, UsageError, ensure_words, note
from bot.privacy import guard
from bot.rounds import overview, publish, vocabulary, which
from bot.rounds.entry import refusals
from bot.rounds.opening import limits_of, period_for
from bot.speech.dates import Leaning, When, read
from bot.texts import render, round_words
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from jobs.rounds import freeze, lifecycle
from jobs.rounds.lifecycle import Opening, name_of
from plans.text.characters import clean
from reports.period import Period, examples, period_of, read_period, year_first
from store import rounds as kept
from store.models import Round
from store.states import RoundState

COMMENT_MOST = 3000
MOST_DEADLINES = 2


def show_or_open(turn: Turn, text: str) -> None:
    """Alone: how the oldest open round stands, else the newest; by its name or quarter: how that one does. With a quarter, or a
    name and a deadline: it is announced. 총평: the comment is kept."""
    words = text.strip()
    if not words:
        turn.say(overview.message(turn, _newest(turn)))
    elif (first := words.split()[0]).lower() in vocabulary.COMMENT:
        _comment(turn, words.removeprefix(first).strip())
    elif (there := _named(turn, clean(words))) is not None:
        turn.say(overview.message(turn, there))
    else:
        _announce(turn, clean(words))


def _named(turn: Turn, text: str) -> Round | None:
    """The round that is there, where the text is its name or quarter and nothing else."""
    period = which.period_named(turn.session, text, turn.today.year)
    return kept.find(turn.session, period.year, period.quarter, period.name) if period is not None else None


def _newest(turn: Turn) -> Round:
    found = next(iter(kept.unsettled(turn.session)), None) or kept.newest(turn.session)
    if found is None:
        raise misused("rounds.none-opened", "round")
    return found


def _announce(turn: Turn, text: str) -> None:
    opening = _read(turn, text)
    with refusals():
        made = lifecycle.announce(turn.deed, opening, turn.office.rounds)
    turn.say(overview.message(turn, made, label("rounds.announced")))


def _read(turn: Turn, text: str) -> Opening:
    """A quarter or a name or both, up to two deadlines, then 범위, 근거 and 기준. Raises UsageError with what was not
    understood."""
    head, *marked = vocabulary.KEYWORDS.split(year_first(text))
    marks = (vocabulary.MARKS[mark.lower()] for mark in marked[::2])
    said = dict(zip(marks, (one.strip() for one in marked[1::2]), strict=True))
    quarter, rest = _quarter_first(head.strip(), turn.today)
    name, rest = _name_first(turn, rest, has_quarter=quarter is not None)
    if quarter is None and not name:
        raise misused("rounds.quarter-first", "round", example=examples())
    as_of = _as_of(turn, said.get(vocabulary.AS_OF), quarter)
    days = _days(turn, rest, as_of)
    if name and quarter is not None and not days:
        raise misused("rounds.no-deadline", "round", said=guard.words(name[:30]))
    if quarter is None and not days:
        raise misused("rounds.quarter-first", "round", example=examples())
    limits = limits_of(turn.session, said.get(vocabulary.SCOPE, ""))
    period = period_for(turn.session, quarter, name, limits, as_of)
    assert period is not None
    return Opening(
        period,
        as_of,
        basis=note(said.get(vocabulary.BASIS) or "", is_optional=True),
        **limits,
        first_due_on=days[0] if days else None,
        second_due_on=days[1] if len(days) > 1 else None,
    )


def _quarter_first(text: str, today: date) -> tuple[Period | None, str]:
    """The quarter at the front, and what follows."""
    found = vocabulary.PERIOD.match(text)
    period = read_period(found[0], today.year) if found else None
    if found is not None and period is not None:
        return period, text[len(found[0]) :].strip()
    first, _, rest = text.partition(" ")
    period = read_period(first, today.year)
    return (period, rest.strip()) if period is not None else (None, text)


def _name_first(turn: Turn, text: str, *, has_quarter: bool) -> tuple[str, str]:
    """The words up to the last one that is no day, and the days behind them; no name where a day comes first."""
    ahead = When(turn.today, Leaning.FUTURE, turn.office.rules.calendar)
    words = vocabulary.MONTH_GAP.sub("", text).split()
    named = [at for at, word in enumerate(words) if not any(map(str.isdigit, word)) and not read(word, ahead)]
    if not named or (words and vocabulary.DAY.match(words[0])):
        return "", text
    at = named[-1] + 1
    return " ".join(words[:at]).strip(","), " ".join(words[at:])


def _as_of(turn: Turn, said: str | None, quarter: Period | None) -> date:
    """기준일: as it is said, a day without a year being the nearest one; else the quarter's last day, else today. Raises
    UsageError."""
    if said is None:
        return quarter.last_day if quarter is not None else turn.today
    calendar = turn.office.rules.calendar
    found = (read(said, When(turn.today, leaning, calendar)) for leaning in (Leaning.PAST, Leaning.FUTURE))
    days = [one.value for one in found if one is not None and not one.rest and isinstance(one.value, date)]
    if not days:
        raise misused("rounds.no-as-of", "round", said=guard.words(said[:30]))
    return min(days, key=lambda one: abs(one - turn.today))


def _days(turn: Turn, text: str, as_of: date) -> list[date]:
    """The deadlines, at most two; a day without a year is the first one after the as-of day.

    One by one: two days side by side are a doubt where a single one is asked.
    """
    ahead = When(as_of, Leaning.FUTURE, turn.office.rules.calendar)
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


def press_show(turn: Turn, press: Press) -> None:
    """Another round that is open."""
    turn.say(overview.message(turn, _pressed(turn, press)))


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
    turn.send_file("material", caption, **publish.kept(period_of(of)))


COMMAND = Command(
    name="round",
    effect=show_or_open,
    action=Action.ROUNDS,
    buttons={
        "rdbegin": press_begin,
        overview.SHOW: press_show,
        overview.MATERIAL: press_material,
        "rddrop": press_drop,
        "rdlook": press_preview,
        "rdfreeze": press_freeze,
        "rdnotify": press_notify,
        "rdpublish": press_publish,
    },
)
