"""증빙: a document's number, or a photo that its sender marks as public. The picture itself is never fetched."""

import re
from datetime import date

from sqlalchemy.orm import Session
from telegram import Message

from bot.chat import albums, passed_on
from bot.chat.albums import Pictures
from bot.chat.command import Command, example_of
from bot.chat.lists import Keyboard
from bot.chat.turn import Press, Turn, UsageError, button, one_number
from bot.chat.update import numbers_in
from bot.privacy import guard
from bot.privacy.levels import Part
from bot.speech.reading import document_in
from bot.texts import render
from bot.texts.render import label, say
from jobs.authority.permissions import Action, standing_of, viewable
from jobs.milestones.evidence import attach
from plans.text.characters import clean
from store.deliveries import Message as Answer
from store.models import AuditEntry, Delivery, Dialogue, Evidence, Milestone, Officer
from store.states import DeliveryKind, EvidenceKind, MilestoneState
from store.tables.plans import FIRST_NUMBER

DIALOGUE = "evidence"
SHOW, EVENT = "evshow", "evidence-photo"
PHOTOS_SHOWN = 10
MOST = 60  # characters of a document's number
PUBLIC = re.compile(r"(?i)공개|\bpublic\b")
NOT_PUBLIC = re.compile(
    r"(?i)비\s*공개|미\s*공개|공개\s*(?:안|불가|금지|하지)"
    r"|(?:\b(?:not|non|never|no)|n[’']t)\b.{0,30}\bpublic\b|\bpublic\W{0,3}no"
)
_DOCUMENT_NO = re.compile(r"[가-힣A-Za-z][\w·()가-힣]*\s?-\s?\d+(?:\([^)]*\))?")


def take_number(words: str) -> tuple[str | None, str]:
    """The document's number after the word 문서번호, and the words without it. Raises UsageError for none there."""
    value, rest = document_in(words)
    return (None if value is None else checked(value)), rest


def checked(text: str) -> str:
    """A document's number. Raises UsageError for what is none."""
    value = clean(text).strip(" .,")
    if not _DOCUMENT_NO.fullmatch(value) or len(value) > MOST:
        raise UsageError(say("completion.evidence.unread"), example=label("completion.evidence.example"))
    return value


def evidence(turn: Turn, text: str) -> None:
    number, rest = one_number(text, say("completion.evidence.no-number"), example_of("evidence"))
    milestone = turn.milestone(number, Action.CHANGE)
    if not rest:
        turn.ask(DIALOGUE, "document", milestone)
        turn.answer("evidence_ask", milestone=milestone, is_photo=False)
        return
    labelled, _ = take_number(rest)
    _attach_and_say(turn, milestone, EvidenceKind.DOCUMENT_NO, labelled or checked(rest))


def press_ask(turn: Turn, press: Press) -> None:
    milestone = turn.milestone(press.id, Action.CHANGE)
    is_photo = press.verb == "photo"
    if is_photo and not guard.takes_in():
        turn.refuse("no_uploads")
        return
    turn.ask(DIALOGUE, "photo" if is_photo else "document", milestone)
    turn.answer("evidence_ask", milestone=milestone, is_photo=is_photo)


def carry_on(turn: Turn, asked: Dialogue, text: str) -> None:
    """The next text of somebody who was asked for a document's number or a photo."""
    assert asked.milestone_id is not None
    if asked.step == "photo":
        raise UsageError(say("completion.evidence.no-photo"))
    milestone = turn.milestone(asked.milestone_id, Action.CHANGE)
    labelled, _ = take_number(text)
    value = labelled or checked(text)
    turn.forget_asked()
    _attach_and_say(turn, milestone, EvidenceKind.DOCUMENT_NO, value)


def receive_photo(turn: Turn, message: Message, *, is_foreign: bool) -> None:
    """A photo or an album: taken where it was asked for as public, or its caption says 공개 and the number; of an
    album the caption may stand under any part, and there is one answer.

    A caption that somebody else wrote (`is_foreign`) says nothing; a picture that was asked for may come from anybody. Raises
    UsageError for any other one, which is kept nowhere.
    """
    asked = turn.asked
    is_asked = asked is not None and asked.kind == DIALOGUE and asked.step == "photo"
    if is_foreign and not is_asked:
        passed_on.answer(turn, message.caption or "")
        return
    pictures = albums.of(turn, message)
    try:
        milestone = _meant_by(turn, pictures.caption, asked if is_asked else None)
        _attach_photos(turn, milestone, pictures)
    except UsageError as error:
        albums.refuse(turn, pictures, error)


def _meant_by(turn: Turn, caption: str, asked: Dialogue | None) -> Milestone:
    """The item that public pictures belong to. Raises UsageError where they are not marked so, or not the speaker's."""
    number = asked.milestone_id if asked is not None else _number_in(caption)
    is_marked = (asked is not None or PUBLIC.search(caption)) and not NOT_PUBLIC.search(caption)
    if not is_marked or number is None:
        raise UsageError(
            say("completion.evidence.unmarked"),
            example=label("completion.evidence.example-photo", number=number or 112),
        )
    return turn.milestone(number, Action.CHANGE)


def _attach_photos(turn: Turn, milestone: Milestone, pictures: Pictures) -> None:
    _ensure_open(milestone)
    entries = [
        attach(turn.deed_for(milestone), milestone, EvidenceKind.PHOTO, one) for one in pictures.file_ids
    ]
    new = [one for one in entries if one is not None]
    if not new and pictures.cause is None:
        raise _already(milestone)
    if new:
        one, many = label("completion.evidence.photo"), label("completion.evidence.photos", count=len(new))
        what = one if len(new) == 1 else many
        albums.answer(turn, pictures, _added(turn, milestone, new, what))


def _number_in(caption: str) -> int | None:
    return next((one for one in numbers_in(caption) if one >= FIRST_NUMBER), None)


def _attach_and_say(turn: Turn, milestone: Milestone, kind: EvidenceKind, value: str) -> None:
    _ensure_open(milestone)
    entry = attach(turn.deed_for(milestone), milestone, kind, value)
    if entry is None:
        raise _already(milestone)
    turn.say(_added(turn, milestone, [entry], label("completion.evidence.document", number=value)))


def _ensure_open(milestone: Milestone) -> None:
    if milestone.state is MilestoneState.CANCELLED:
        raise UsageError(say("completion.evidence.cancelled", number=milestone.id))


def _already(milestone: Milestone) -> UsageError:
    return UsageError(say("completion.evidence.twice", number=milestone.id))


def _added(turn: Turn, milestone: Milestone, entries: list[AuditEntry], what: str) -> Answer:
    text = render.text("evidence_added", milestone=milestone, what=what)
    return Answer(text, turn.undo_rows(entries))


def photos(milestone: Milestone) -> list[Evidence]:
    """The public pictures that stand as evidence, where the level lets files out; the newest, as many as one answer has."""
    if not guard.lets(Part.FILE):
        return []
    found = [one for one in milestone.evidence if one.kind is EvidenceKind.PHOTO and one.removed_at is None]
    return found[-PHOTOS_SHOWN:]


def photo_row(milestone: Milestone) -> Keyboard:
    """[사진 n장 보기] where there are any."""
    count = len(photos(milestone))
    return [[button(label("completion.evidence.show", count=count), SHOW, milestone.id)]] if count else []


def press_show(turn: Turn, press: Press) -> None:
    """Each picture as a message of its own; who may see the item may see them."""
    milestone = turn.milestone(press.id, Action.VIEW)
    found = photos(milestone)
    if not found:
        raise UsageError(say("completion.evidence.no-photos", number=milestone.id))
    for one in found:
        at = render.moment(one.submitted_at, turn.office.zone)
        caption = render.text("photo_caption", milestone=milestone, name=one.submitted_by.name, at=at)
        delivery = turn.owe(DeliveryKind.REPLY, Answer(caption, []), event=EVENT)
        delivery.payload = delivery.payload | {EVENT: one.id}


def shown(session: Session, delivery: Delivery, today: date) -> str | None:
    """Telegram's id of the picture that the message brings; None where it is evidence no more, or not for its reader."""
    one, reader = session.get(Evidence, delivery.payload[EVENT]), session.get(Officer, delivery.officer_id)
    if one is None or reader is None or one.removed_at is not None:
        return None
    seen = viewable(session, standing_of(session, reader, today), [one.milestone_id], today)
    return one.value if seen and guard.lets(Part.FILE) else None


COMMAND = Command(
    name="evidence",
    effect=evidence,
    action=Action.CHANGE,
    buttons={"docno": press_ask, "photo": press_ask, SHOW: press_show},
    on_milestone=frozenset({"evidence", "docno", "photo"}),
    dialogues={DIALOGUE: carry_on},
)
