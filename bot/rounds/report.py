"""/report: a quarter's settled result in a few lines, and the same as a file."""

from bot.chat.command import Command
from bot.chat.turn import Press, Turn, UsageError, button
from bot.rounds import publish
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action
from reports.period import QUARTERS, Period, period_of
from reports.quarterly import wording
from reports.quarterly.result import FindingKind, Result
from reports.texts.grammar import full_day
from store import rounds
from store.deliveries import Html, Message
from store.models import Round

VERB, NAMED = "report", "reportof"
SHOWN = 8  # changes, findings and adjustments in one message


def show(turn: Turn, text: str) -> None:
    """The named quarter, or the newest one."""
    period = publish.wanted_period(turn.session, text, turn.today.year)
    turn.say(Message(summary(_result(turn, period)), [_keyboard(turn, period)]))


def _result(turn: Turn, period: Period) -> Result:
    office = turn.office
    local = turn.now.astimezone(office.zone)
    return publish.result_of(
        turn.session, period, office.rounds, office.name, local, office.zone.key, is_for_chat=True
    )


def keyboard(period: Period) -> list[dict[str, str]]:
    """One button a form: `id` is the quarter as a number, `revision` the form's place in the list."""
    number = period.year * 10 + period.quarter
    return [button(label(f"rounds.form{one}"), VERB, number, i) for i, one in enumerate(publish.FORMS)]


def _keyboard(turn: Turn, period: Period) -> list[dict[str, str]]:
    """The same; of a round with a name, `id` is its own."""
    of = rounds.find(turn.session, period.year, period.quarter, period.name) if period.name else None
    if of is None:
        return keyboard(period)
    return [button(label(f"rounds.form{one}"), NAMED, of.id, i) for i, one in enumerate(publish.FORMS)]


def press(turn: Turn, pressed: Press) -> None:
    """The file of the quarter comes as a document."""
    year, quarter = divmod(pressed.id, 10)
    _send(turn, pressed, Period(year, quarter) if 1 <= quarter <= QUARTERS else None)


def press_named(turn: Turn, pressed: Press) -> None:
    """The same of a round with a name."""
    of = turn.session.get(Round, pressed.id)
    _send(turn, pressed, period_of(of) if of is not None else None)


def _send(turn: Turn, pressed: Press, period: Period | None) -> None:
    endings = list(publish.FORMS)
    if period is None or pressed.revision >= len(endings):
        raise UsageError(say("rounds.report-past"))
    result = _result(turn, period)
    name = label("rounds.report-file", period=period, form=endings[pressed.revision])
    caption = render.text("report_caption", period=period, result=result)
    turn.send_file("report", caption, **publish.kept(period), name=name)


def summary(result: Result) -> Html:
    """The message: counts first, then what moved and what needs a look."""
    previous = result.previous
    moves = list(previous.changes.moves) if previous else []
    wrong = [one for one in result.findings if one.kind is not FindingKind.NOTE]
    return render.text(
        "report",
        result=result,
        as_of=full_day(result.as_of),
        rate=wording.rate_words(result.rate),
        goal=wording.goal_words(result.rate, result.settings, result.period.year),
        counts=wording.count_words(result.columns),
        before=wording.rate_words(previous.rate) if previous else None,
        difference=wording.difference_words(previous) if previous else None,
        moves=[
            {
                "no": one.row.no or "",
                "title": one.row.title,
                "before": wording.before_word(one),
                "after": wording.after_word(one),
            }
            for one in moves[:SHOWN]
        ],
        more_moves=max(0, len(moves) - SHOWN),
        findings=[{"kind": wording.kind_word(one), "text": one.text} for one in wrong[:SHOWN]],
        adjustments=[one for one, _ in result.adjustments[:SHOWN]],
    )


COMMAND = Command(
    name="report",
    effect=show,
    action=Action.REPORT,
    buttons={VERB: press, NAMED: press_named},
)
