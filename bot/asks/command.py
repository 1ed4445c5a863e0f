"""/ask: what is asked of departments — answered, confirmed and sent back by them, followed and closed by the planning office."""

from __future__ import annotations

from bot.asks import correcting, drafting, filling, parts, planning, shown, verdicts, vocabulary, whose
from bot.asks.filling import hand_in, handed_in
from bot.asks.worded import refusals
from bot.chat.command import Command, misused
from bot.chat.lists import Pages
from bot.chat.turn import Press, Turn, UsageError, button, note, numbered
from bot.privacy import guard
from bot.rounds import overview
from bot.texts import render
from bot.texts.render import label, say
from jobs.asks import replies
from jobs.asks.replies import Reply
from jobs.authority.permissions import Action, has
from jobs.rounds.lifecycle import name_of
from plans.sheet.returned import outcome_of
from plans.text.characters import number_of
from reports.ask_words import verdict_said
from store import asks, rounds
from store.deliveries import Message
from store.models import Ask, AskAnswer, Dialogue, Round
from store.states import AnswerKind

REASON = "ask-reason"
MOST_DIGITS = 4  # of a row


def ask(turn: Turn, text: str) -> None:
    """Alone: the next question, or the list. With numbers: those requests, or what the words behind them say."""
    found = numbered(text)
    if not found.ids:
        if text.strip():
            raise misused("asks.which", "ask")
        _next_or_list(turn)
        return
    if (check := rounds.by_number(turn.session, found.ids[0])) is not None:
        _check(turn, check, is_said=bool(found.rest) or len(found.ids) > 1)
        return
    outcome = outcome_of(found.rest) if found.rest else None
    if outcome is not None:
        _nothing(turn, found.ids, Reply(AnswerKind(outcome)))
        return
    first = vocabulary.FIRST.match(text.strip())
    rest = text.strip()[first.end() :].strip(" ,") if first is not None else ""
    of = whose.ask_of(turn, found.ids[0])
    if rest:
        _in_one_line(turn, of, rest)
    else:
        turn.say(shown.message(turn, of))


def _check(turn: Turn, of: Round, *, is_said: bool) -> None:
    """A self-check by its number: the planning office sees how it stands; it is answered by /check."""
    if is_said or not has(turn.actor, Action.ROUNDS):
        raise UsageError(say("asks.is-check", number=of.number, round=name_of(of)), example="/check")
    turn.say(overview.message(turn, of))


def _next_or_list(turn: Turn) -> None:
    """Who is asked for a department sees the next open question, everybody else the list."""
    asked = whose.asked(turn) if not whose.is_planner(turn) else []
    if asked and not whose.confirmable(turn):
        filling.begin(turn, whose.reply(turn, asked[0].answer_id), len(asked) - 1)
    else:
        turn.say(shown.page(turn))


def _nothing(turn: Turn, ids: list[int], reply: Reply) -> None:
    """없음, 해당 없음: for one request or for several at once."""
    own = [whose.own_of(turn, one) for one in ids]
    if len(own) == 1:
        hand_in(turn, own[0], reply)
        return
    for one in own:
        handed_in(turn, one, reply)
    turn.answer("ask_nothing", filling.next_row(turn), numbers=ids, reply=reply.kind.value)


def _in_one_line(turn: Turn, of: Ask, rest: str) -> None:
    first, _, more = rest.partition(" ")
    if first.casefold() in vocabulary.CORRECT:
        correcting.correct(turn, of, more)
        return
    if _says_of_reply(turn, of, rest) or planning.takes(turn, of, rest):
        return
    said = " ".join(rest.casefold().split())
    own = whose.own_of(turn, of.id)
    if filling.says_same(said):
        filling.same(turn, own)
    elif said in vocabulary.LATER:
        filling.later(turn, own)
    else:
        hand_in(turn, own, Reply(rows=tuple(filling.read_rows(turn, own, rest))))


def _says_of_reply(turn: Turn, of: Ask, rest: str) -> bool:
    """도로과 평가 미흡 근거가 없음, 도로과 선정 2 채택; False where the words are none of that."""
    named = planning.named(turn, of, rest) if whose.is_planner(turn) else None
    first, _, more = named[1].partition(" ") if named is not None else ("", "", "")
    act = vocabulary.SAYS.get(first.casefold())
    if named is None or act is None:
        return False
    own = named[0]
    position, more = _row_first(more) if act == "choose" else (0, more)
    word, _, why = more.partition(" ")
    verdict = verdict_said(of.kind, word)
    if verdict is None:
        raise UsageError(say("asks.refusal.no-verdict", said=guard.words(word)))
    if act == "choose":
        verdicts.choose(turn, own, position, verdict, note(why, is_optional=True))
    else:
        verdicts.judge(turn, own, verdict, note(why, is_optional=True))
    return True


def _row_first(text: str) -> tuple[int, str]:
    """2 채택 예산 확보 -> 2. Raises UsageError."""
    first, _, rest = text.partition(" ")
    count = number_of(first, MOST_DIGITS)
    if count is None:
        raise UsageError(say("asks.choose-how"))
    return count, rest


def press_view(turn: Turn, press: Press) -> None:
    if (check := rounds.by_number(turn.session, press.id)) is not None:
        _check(turn, check, is_said=False)
        return
    turn.say(shown.message(turn, whose.ask_of(turn, press.id)))


def _drawn(turn: Turn, press: Press) -> AskAnswer | None:
    """The reply as the button was drawn for it (0: whatever it is); where it has moved on, it is shown and None given."""
    own = whose.reply(turn, press.id)
    if press.revision in (0, own.revision):
        return own
    turn.say(shown.message(turn, own.ask, label("asks.moved-on")))
    return None


def press_fill(turn: Turn, press: Press) -> None:
    if (own := _drawn(turn, press)) is not None:
        filling.begin(turn, own, max(0, len(whose.asked(turn)) - 1))


def press_none(turn: Turn, press: Press) -> None:
    _press_reply(turn, press, Reply(AnswerKind.NONE))


def press_void(turn: Turn, press: Press) -> None:
    _press_reply(turn, press, Reply(AnswerKind.NOT_APPLICABLE))


def _press_reply(turn: Turn, press: Press, reply: Reply) -> None:
    """A reply by one press; what was being filled in for it is over."""
    if (own := _drawn(turn, press)) is not None:
        _stop_filling(turn, own)
        hand_in(turn, own, reply)


def _stop_filling(turn: Turn, own: AskAnswer) -> None:
    asked = turn.asked
    if asked is not None and asked.kind == filling.DIALOGUE and asked.data["answer"] == own.id:
        turn.forget_asked()


def press_same(turn: Turn, press: Press) -> None:
    if (own := _drawn(turn, press)) is not None:
        _stop_filling(turn, own)
        filling.same(turn, own)


def press_later(turn: Turn, press: Press) -> None:
    filling.later(turn, whose.reply(turn, press.id))


def press_confirm(turn: Turn, press: Press) -> None:
    if (own := _drawn(turn, press)) is None:
        return
    _ensure_confirms(turn, own)
    done = _approved(turn, own.ask_id, own.department_id, asks.next_step(own.ask.steps, own.state))
    made = shown.message(turn, done.ask, label(f"asks.{done.state}"))
    turn.say(Message(made.text, made.keyboard + shown.confirm_rows(turn)))


def _approved(turn: Turn, number: int, department_id: int, step: str | None) -> AskAnswer:
    """확인 by the lead, 확정 by the head: whichever is its turn."""
    with refusals():
        return replies.approve(turn.deed, number, department_id, step or asks.CONFIRM)


def _ensure_confirms(turn: Turn, own: AskAnswer) -> None:
    if not whose.may_confirm(turn, own):
        raise UsageError(say("asks.refusal.own-reply"))


def press_all(turn: Turn, press: Press) -> None:
    """Every reply that the button was drawn for, each by itself in the log; where others wait by now, they are shown."""
    waiting = whose.confirmable(turn)
    if not waiting or whose.sign_of(waiting) != press.revision:
        turn.say(shown.page(turn))
        return
    for one in waiting:
        _approved(turn, one.ask_id, one.department_id, one.step)
    turn.answer("ask_confirmed", count=len(waiting))


def press_back(turn: Turn, press: Press) -> None:
    """The reason is asked."""
    own = _drawn(turn, press)
    if own is None:
        return
    _ensure_confirms(turn, own)
    turn.ask(REASON, REASON, answer=own.id, revision=own.revision)
    turn.answer("ask_why", number=own.ask_id, title=own.ask.title)


def carry_reason(turn: Turn, asked: Dialogue, text: str) -> None:
    own = whose.reply(turn, int(asked.data["answer"]))
    _ensure_confirms(turn, own)
    reason = note(text)
    turn.forget_asked()
    if own.revision != asked.data["revision"]:
        turn.say(shown.message(turn, own.ask, label("asks.moved-on")))
        return
    answered_by = own.answered_by_id
    with refusals():
        done = replies.send_back(turn.deed, own.ask_id, own.department_id, reason or "")
    if answered_by is not None:
        turn.hand(answered_by, "ask-back", lambda: _returned(turn, done, reason))
    turn.say(shown.message(turn, done.ask, label("asks.sent-back")))


def _returned(turn: Turn, done: AskAnswer, reason: str | None) -> Message:
    """What whoever handed it in hears."""
    text = render.text(
        "ask_back", number=done.ask_id, title=done.ask.title, reason=reason, by=turn.actor.officer
    )
    return Message(text, [[button(label("asks.button.again"), shown.FILL, done.id)]])


def carry_new(turn: Turn, _asked: Dialogue, _text: str) -> None:
    """The form is waited for, and words came."""
    raise UsageError(say("asks.no-file"))


PAGES = Pages(shown.page)
COMMAND = Command(
    name="ask",
    effect=ask,
    action=Action.REPLY,
    buttons={
        shown.VIEW: press_view,
        shown.PAGE: PAGES.turn_page,
        shown.NONE: press_none,
        shown.VOID: press_void,
        shown.SAME: press_same,
        shown.LATER: press_later,
        shown.CONFIRM: press_confirm,
        shown.ALL: press_all,
        shown.BACK: press_back,
        shown.MISSING: planning.press_missing,
        shown.BOOK: planning.press_file,
        shown.FORM: planning.press_file,
        shown.END: planning.press_end,
        shown.FREEZE: planning.press_freeze,
        shown.EXTEND: planning.press_why,
        shown.CANCEL: planning.press_why,
        shown.REOPEN: planning.press_reopen,
        shown.START: drafting.press_start,
        shown.AGAIN: drafting.again,
        drafting.OPEN: drafting.press_open,
        drafting.CHANGE: drafting.press_fix,
        drafting.CONFIRMED: drafting.press_step,
        drafting.DROP: drafting.press_drop,
        drafting.KIND: drafting.press_kind,
        shown.REPEAT_END: planning.press_repeat_end,
        **{f"{verdicts.JUDGE}{at}": verdicts.press_judge for at in range(verdicts.MOST)},
        **{f"{verdicts.CHOOSE}{at}": verdicts.press_choose for at in range(verdicts.MOST)},
        verdicts.PICK: verdicts.press_pick,
        verdicts.NEXT: verdicts.press_next,
        verdicts.ITEM: verdicts.press_item,
        verdicts.TASK: verdicts.press_task,
        verdicts.RESULT: verdicts.press_result,
        shown.SHARE: parts.press_share,
        shown.GATHER: parts.press_gather,
    },
    dialogues={
        filling.DIALOGUE: filling.carry_on,
        REASON: carry_reason,
        planning.WHY: planning.carry_why,
        parts.WHO: parts.carry_who,
        verdicts.WHY: verdicts.carry_why,
        drafting.NEW: carry_new,
        drafting.DAY: drafting.carry_day,
        drafting.FIX: drafting.carry_fix,
    },
)

# Who was handed rows of a reply fills them in by the same buttons, whatever the role; each asks whose reply it is.
FILLING = Command(
    name="ask",
    effect=ask,
    buttons={
        shown.FILL: press_fill,
        **{f"{filling.CHOOSE}{at}": filling.press_choice for at in range(filling.OPTIONS)},
        filling.SKIP: filling.press_skip,
        filling.KEEP: filling.press_keep,
        filling.MORE: filling.press_more,
        filling.SEND: filling.press_send,
    },
    in_menu=False,
)
