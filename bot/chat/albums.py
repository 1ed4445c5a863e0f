"""Pictures as they were sent: one, or an album, whose parts come as messages of their own under one caption."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import Message

from bot.chat.turn import Turn, UsageError
from bot.texts import render
from plans.text.characters import composed
from store import deliveries, detours, inbox
from store.db.engine import real_now
from store.deliveries import Message as Answer
from store.models import Delivery
from store.states import DeliveryKind, DeliveryState

WAIT = timedelta(seconds=3)  # the part with the caption may come last
REFUSED = "refused"  # marks the answer of an album that may still be taken


@dataclass(frozen=True)
class Pictures:
    """`file_ids` of all parts that came so far. `cause` names the one answer of an album; None for one picture."""

    file_ids: list[str]
    caption: str
    cause: str | None


def of(turn: Turn, message: Message) -> Pictures:
    own, group = message.photo[-1].file_id, message.media_group_id
    if group is None:
        return Pictures([own], message.caption or "", None)
    parts = inbox.album(turn.session, int(turn.cause.partition(":")[2]), group)
    captions = [message.caption or "", *(composed(str(one.get("caption") or "")) for one in parts)]
    file_ids = [one for part in parts if (one := _largest(part)) is not None]
    cause = f"album:{turn.actor.link.chat_id}:{group}"
    return Pictures(list(dict.fromkeys([*file_ids, own])), next((one for one in captions if one), ""), cause)


def _largest(part: dict[str, Any]) -> str | None:
    """The id of the picture of a part as Telegram wrote it; None for a part that is no picture."""
    sizes = part.get("photo")
    last = sizes[-1] if isinstance(sizes, list) and sizes else None
    found = last.get("file_id") if isinstance(last, dict) else None
    return found if isinstance(found, str) else None


def refuse(turn: Turn, pictures: Pictures, error: UsageError) -> None:
    """Once for an album, and not before its caption could have come. Raises the error for one picture."""
    if pictures.cause is None:
        raise error
    if detours.by_cause(turn.session, pictures.cause) is not None:
        return
    text = render.text("usage", reason=error.reason, example=error.example)
    answer = _add(turn, pictures.cause, 1, Answer(text, []))
    answer.payload = answer.payload | {REFUSED: True}
    if not pictures.caption:
        answer.not_before_at = real_now(turn.session) + WAIT


def answer(turn: Turn, pictures: Pictures, message: Answer) -> None:
    """Once for an album: in place of a refusal that has not gone out, or after one that has."""
    before = detours.by_cause(turn.session, pictures.cause) if pictures.cause is not None else None
    if pictures.cause is None:
        turn.say(message)
    elif before is None:
        _add(turn, pictures.cause, 1, message)
    elif before.payload.get(REFUSED):
        if before.state is DeliveryState.PENDING:
            before.not_before_at = None
        else:
            _add(turn, pictures.cause, 2, message)
        before.payload = (
            before.payload if before.state is not DeliveryState.PENDING else message.as_payload()
        ) | {REFUSED: False}


def _add(turn: Turn, cause: str, part: int, message: Answer) -> Delivery:
    return deliveries.add(
        turn.session, DeliveryKind.REPLY, "answer", turn.actor.link.chat_id, turn.now,
        officer_id=turn.actor.officer.id, cause=cause, part=part, message=message, topic_id=turn.topic_id,
    )  # fmt: skip
