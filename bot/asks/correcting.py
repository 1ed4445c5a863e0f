"""정정 of a closed request in chat: 도로과 2 금액 35 / 단위를 잘못 적음."""

from __future__ import annotations

from bot.asks import planning, whose, worded
from bot.asks.worded import refusals
from bot.chat.turn import Turn, UsageError, ensure_words, note
from bot.privacy import guard
from bot.texts.render import label, say
from jobs.asks import corrections
from plans.sheet.question import Form, Question
from plans.sheet.returned import At, CellError, Value, read_value
from plans.text.characters import number_of
from plans.text.spelling import close_up
from reports import asks as listing
from store.models import Ask, AskAnswer

MOST_DIGITS = 4  # of a row


def correct(turn: Turn, of: Ask, text: str) -> None:
    """The department, the row, the field and its new value; after a slash the reason. Raises UsageError."""
    if not whose.is_planner(turn):
        raise UsageError(say("asks.planners-only"))
    ensure_words("reply")
    said, slash, why = text.partition(" / ")
    there = planning.named(turn, of, said)
    if there is None or not slash:
        raise _how(of)
    own, rest = there
    first, _, rest = rest.partition(" ")
    position = number_of(first, MOST_DIGITS)
    field = field_at(listing.form_of(of), rest)
    if position is None or field is None:
        raise _how(of)
    made = correct_row(turn, own, position, field[0], field[1], note(why) or "")
    turn.say(planning.reply_message(turn, made, label("asks.corrected", row=position, name=field[0].name)))


def _how(of: Ask) -> UsageError:
    return UsageError(say("asks.correct-how"), example=label("asks.correct-example", number=of.id))


def field_at(form: Form, text: str) -> tuple[Question, str] | None:
    """The field whose name the text begins with, the longest one, and what follows; names may be spaced otherwise, and
    what stands in brackets left out."""
    words = text.split()
    for count in range(len(words), 0, -1):
        typed = close_up(" ".join(words[:count]))
        for one in form.asked:
            if typed in (close_up(one.name), close_up(one.name.partition("(")[0]), one.key):
                return one, " ".join(words[count:])
    return None


def correct_row(
    turn: Turn, own: AskAnswer, position: int, field: Question, text: str, reason: str
) -> AskAnswer:
    """The value as the form takes it. Raises UsageError."""
    try:
        value: Value | None = read_value(field, text, turn.today.year, At(position, field.name))
    except CellError as wrong:
        faults = [guard.words(one) for one in worded.faults([wrong.fault])]
        raise UsageError(say("asks.faults", faults=faults)) from wrong
    with refusals():
        corrections.correct(turn.deed, own.ask_id, own.department_id, position, field, value, reason)
    return whose.reply(turn, own.id)
