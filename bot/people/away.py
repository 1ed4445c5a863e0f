"""/away FROM-TO [substitute]: messages go to both, the substitute may report, and it ends by itself."""

import re
from datetime import date

from bot.chat.command import Command, example_of, misused
from bot.chat.line import line
from bot.chat.names import Party, party
from bot.chat.turn import Press, RefusedError, Turn, UsageError, button
from bot.delays.open_decisions import decisions_passed_on
from bot.people.assign import choice
from bot.privacy import guard
from bot.speech.absences import Span, read_span
from bot.speech.dates import When, read
from bot.speech.reading import Understood
from bot.texts import doubt_words, render
from bot.texts.render import label, say
from jobs.authority.permissions import Action, has
from jobs.people import absence as leave
from plans.text.characters import clean
from store import absences, chat_links
from store.deliveries import Message
from store.models import Absence, Officer

END_WORDS = {"해제", "취소", "복귀", "off", "end"}
ACCEPT, DECLINE = "awayok", "awayno"
MOST_DAYS = 366
MOST_SHOWN = 10
_DAY_ONLY = re.compile(r"(\d{1,2})(?:일|\.)?(?:까지)?(?=\s|$)")


def away(turn: Turn, text: str) -> None:
    words = clean(text)
    officer, words = _whose(turn, words)
    if not words:
        _show(turn, officer)
    elif words in END_WORDS:
        _end(turn, officer)
    else:
        days, rest = _days(words, turn.ahead())
        begin(turn, officer, days, party(turn.session, rest, example=example_of("away")) if rest else None)


def act(turn: Turn, found: Understood) -> None:
    """The speaker's own absence; `words` name the substitute."""
    assert found.day is not None
    assert found.until is not None
    named = party(turn.session, found.words, example=example_of("away")) if found.words else None
    begin(turn, turn.actor.officer, checked(found.day, found.until, turn.today), named)


def _whose(turn: Turn, words: str) -> tuple[Officer, str]:
    """Oneself, or for those who assign people somebody of theirs named first."""
    first = words.partition(" ")[0]
    starts_with_name = bool(first) and first not in END_WORDS and not first.startswith("@")
    if not starts_with_name or read(words, turn.ahead()) or not has(turn.actor, Action.ASSIGN):
        return turn.actor.officer, words
    if _DAY_ONLY.match(first) or not first[0].isalpha():
        return turn.actor.officer, words
    named = party(turn.session, words, example=label("people.away.example-of-another"))
    officer = named.one()
    if officer is None:
        raise misused("people.away.which", "away", person=guard.name(named.name))
    if not turn.may_dispose(officer):
        raise RefusedError(say("people.away.not-yours", officer=officer))
    return officer, named.rest


def _days(words: str, when: When) -> tuple[tuple[date, date], str]:
    """First and last day, and what follows. Raises UsageError."""
    found = read_span(words, when)
    if not isinstance(found, Span):
        raise misused("people.away.span", "away", reason=doubt_words.question(found))
    return checked(found.first, found.last, when.today), found.rest


def checked(first: date, last: date, today: date) -> tuple[date, date]:
    """The span, where somebody can be away then. Raises UsageError."""
    if last < first:
        raise misused("people.away.reversed", "away", until=last, first=first)
    if last < today:
        raise misused("people.away.passed", "away", until=last)
    if (last - first).days > MOST_DAYS:
        raise UsageError(say("people.away.long"))
    return first, last


def begin(turn: Turn, officer: Officer, days: tuple[date, date], named: Party | None) -> None:
    """The absence is on record, the substitute is told."""
    substitute = named.one() if named else None
    _refuse_self(officer, substitute)
    with decisions_passed_on(turn):
        absence = leave.begin(turn.deed, officer, days)
        if substitute is not None:
            _appoint(turn, absence, substitute)
    _tell_others(turn, absence, is_ended=False)
    _tell_stood_in_for(turn, absence)
    if named is not None and not named.is_nobody and substitute is None:
        _ask_which(turn, absence, named)
        return
    _answer(turn, absence, substitute)


def _refuse_self(officer: Officer, substitute: Officer | None) -> None:
    if substitute is not None and substitute.id == officer.id:
        raise misused("people.away.self", "away")


def _ask_which(turn: Turn, absence: Absence, named: Party) -> None:
    """The absence stands; of several people of one name the right one is pressed."""
    keyboard = [[choice(one, "awaysub", absence.id)] for one in named.people[:8]]
    turn.answer("away_which", keyboard, absence=absence, name=named.name)


def press_substitute(turn: Turn, press: Press) -> None:
    absence = _own_absence(turn, press.id)
    substitute = turn.session.get(Officer, press.revision)
    if absence is None or substitute is None:
        raise misused("people.away.over-again", "away")
    _refuse_self(absence.officer, substitute)
    with decisions_passed_on(turn):
        _appoint(turn, absence, substitute)
    _answer(turn, absence, substitute)


def _appoint(turn: Turn, absence: Absence, substitute: Officer) -> None:
    """The substitute stands in and is told at once, with what is due until the other is back; or is asked first. One who is
    away all the while does not: two who are away stand in for nobody."""
    if leave.is_away_throughout(turn.deed, absence, substitute):
        return
    if leave.appoint(turn.deed, absence, substitute):
        _tell_substitute(turn, absence)
        return
    turn.hand(substitute.id, "substitute-notice", lambda: _question(absence))


def _question(absence: Absence) -> Message:
    row = [
        button(label("people.away.accept"), ACCEPT, absence.id),
        button(label("people.away.decline"), DECLINE, absence.id),
    ]
    return Message(render.text("substitute_asked", absence=absence), [row])


def press_answer(turn: Turn, press: Press) -> None:
    """[대직 맡기] or [맡지 않음], by whoever was asked."""
    absence = turn.session.get(Absence, press.id)
    mine = turn.actor.officer
    if absence is None or absence.asked_id != mine.id:
        raise UsageError(say("people.away.answered"))
    if absence not in absences.coming(turn.session, absence.officer_id, turn.today):
        raise UsageError(say("people.away.over"))
    is_accepted = press.verb == ACCEPT
    with decisions_passed_on(turn):
        leave.answer(turn.deed, absence, is_accepted=is_accepted)
    facts = {"absence": absence, "by": mine, "is_accepted": is_accepted}
    turn.answer("substitute_answered", None, **facts)
    if absence.officer_id != mine.id:
        turn.tell(absence.officer_id, "substitute-notice", "substitute_answered", **facts)


def _tell_others(turn: Turn, absence: Absence, *, is_ended: bool) -> None:
    """Where somebody else registers or ends it, the person and the planning office hear of that."""
    if absence.officer_id == turn.actor.officer.id:
        return
    facts = {"by": turn.actor.officer, "absence": absence, "is_ended": is_ended}
    turn.tell(absence.officer_id, "away-notice", "away_notice", **facts)
    if not has(turn.actor, Action.DISMISS):
        turn.tell_planners("away-notice", "away_notice", **facts)


def _tell_stood_in_for(turn: Turn, absence: Absence) -> None:
    """Those for whom the person stands in, and the planning office, hear on which days nobody does."""
    days = max(turn.today, absence.from_on), absence.until_on
    for one in absences.stood_in_by(turn.session, absence.officer_id, days):
        both = max(days[0], one.from_on), min(days[1], one.until_on)
        facts = {"absence": one, "both_from": both[0], "both_until": both[1]}
        turn.tell(one.officer_id, "substitute-notice", "substitute_away", **facts)
        turn.tell_planners("substitute-notice", "substitute_away", **facts)


def _tell_substitute(turn: Turn, absence: Absence) -> None:
    if absence.substitute_id is None or absence.substitute_id == turn.actor.officer.id:
        return
    due = leave.meanwhile(turn.deed, absence)
    turn.tell(
        absence.substitute_id,
        "substitute-notice",
        "substitute_notice",
        absence=absence,
        organisation=turn.office.name,
        lines=lambda: [line(one, turn.today, turn.office.rules.calendar) for one in due[:MOST_SHOWN]],
        count=len(due),
    )


def _answer(turn: Turn, absence: Absence, wanted: Officer | None = None) -> None:
    """`wanted`: who was named to stand in, and may be away as well."""
    substitute = absence.substitute
    named = wanted or substitute
    both = leave.away_too(turn.deed, absence, named) if named is not None else None
    turn.answer(
        "away",
        [[button(label("people.away.end"), "awayend", absence.id)]],
        absence=absence,
        wanted=named,
        both_from=both[0] if both else None,
        both_until=both[1] if both else None,
        is_own=absence.officer_id == turn.actor.officer.id,
        is_linked=substitute is not None and chat_links.active(turn.session, substitute.id) is not None,
    )


def _show(turn: Turn, officer: Officer) -> None:
    coming = absences.coming(turn.session, officer.id, turn.today)
    if not coming:
        raise misused("people.away.none-yet", "away")
    _answer(turn, coming[0])


def press_end(turn: Turn, press: Press) -> None:
    absence = _own_absence(turn, press.id)
    if absence is None:
        raise UsageError(say("people.away.over"))
    _finish(turn, absence)


def _own_absence(turn: Turn, number: int) -> Absence | None:
    """The absence that is one's own or of one's people, not over yet; None for any other."""
    absence = turn.session.get(Absence, number)
    if absence is None or absence not in absences.coming(turn.session, absence.officer_id, turn.today):
        return None
    is_own = absence.officer_id == turn.actor.officer.id
    return absence if is_own or turn.may_dispose(absence.officer) else None


def _end(turn: Turn, officer: Officer) -> None:
    coming = absences.coming(turn.session, officer.id, turn.today)
    if not coming:
        raise UsageError(say("people.away.none"))
    _finish(turn, coming[0])


def _finish(turn: Turn, absence: Absence) -> None:
    leave.end(turn.deed, absence)
    _tell_others(turn, absence, is_ended=True)
    turn.answer("away_ended", absence=absence)


COMMAND = Command(
    name="away",
    effect=away,
    buttons={
        "awaysub": press_substitute,
        "awayend": press_end,
        ACCEPT: press_answer,
        DECLINE: press_answer,
    },
)
