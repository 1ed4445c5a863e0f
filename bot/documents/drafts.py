"""What the planning office settles in a document sent in chat before it is registered: years, and lines not read."""

from typing import Final

from sqlalchemy.orm import Session

from bot.chat.turn import Press, button
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say, words
from jobs.plans.registration import DraftError, RegisterError, Said
from plans import preview
from plans.draft import PlanDraft
from store import forms
from store.audit import Act
from store.deliveries import Message
from store.models import PlanUpload

ASK, YEAR, UNREAD, COLUMN = "upask", "upyear", "upunread", "upcolumn"
NOBODY: Final = 0  # in a press: not registered
AROUND: Final = (-1, 0, 1)  # years offered, from the plan's
MOST_UNREAD: Final = 30  # lines shown
MOST_ENTRIES: Final = 5  # of a table whose time is asked
LONGEST_NAME: Final = 40  # of a column on a button


def accepted(session: Session, draft: PlanDraft) -> PlanDraft:
    """The draft, no offer any more where a document of its form was registered as one task before."""
    if draft.is_offered and preview.form_of(draft) in forms.are_one_task(session):
        return draft.model_copy(update={"is_offered": False})
    return draft


def remember_offer(act: Act, draft: PlanDraft, source_name: str) -> None:
    """Registered as one task on somebody's word: so are later documents of its form."""
    if draft.is_offered:
        forms.remember(act, preview.form_of(draft), source_name, {forms.ONE_TASK: True})


def rows(draft: PlanDraft, upload: PlanUpload) -> list[list[dict[str, str]]]:
    """The buttons for what waits: entries without a year, lines not read."""
    found = []
    if unclear := preview.asked_forms(draft):
        count = sum(len(one.entries) for one in unclear)
        found.append(button(label("documents.upload.button.columns", count=count), COLUMN, upload.id))
    if waiting := preview.waiting(draft):
        found.append(button(label("documents.upload.button.years", count=len(waiting)), ASK, upload.id))
    if draft.account is not None and draft.account.unread:
        found.append(
            button(
                label("documents.upload.button.unread", count=len(draft.account.unread)), UNREAD, upload.id
            )
        )
    return [found] if found else []


def unread(upload: PlanUpload) -> Message:
    """The lines that look like an entry and became nothing."""
    draft = PlanDraft.model_validate(upload.draft)
    lines = draft.account.unread if draft.account is not None else []
    text = render.text(
        "upload_unread",
        name=upload.source_name,
        lines=lines[:MOST_UNREAD],
        more=max(0, len(lines) - MOST_UNREAD),
        total=len(lines),
    )
    return Message(text, [])


def question(upload: PlanUpload) -> Message | None:
    """The first entry whose year nobody has said, with the years to choose from; None where none waits."""
    draft = PlanDraft.model_validate(upload.draft)
    waiting = preview.waiting(draft)
    if not waiting:
        return None
    task, one = waiting[0]
    text = render.text("upload_year", task=task, entry=one, left=len(waiting))
    first = draft.plan_year or upload.created_at.year
    years = [
        button(_year(first + step), YEAR, upload.id, _ticket(len(waiting), first + step)) for step in AROUND
    ]
    no = button(label("documents.upload.button.nobody"), YEAR, upload.id, _ticket(len(waiting), NOBODY))
    return Message(text, [years, [no]])


def which_column(upload: PlanUpload) -> Message | None:
    """Which column of a table is the time, where nobody has said it; None where no table waits."""
    unclear = preview.asked_forms(PlanDraft.model_validate(upload.draft))
    if not unclear:
        return None
    form, left = unclear[0], len(unclear)
    text = render.text("upload_column", columns=form.columns, entries=form.entries[:MOST_ENTRIES], left=left)
    choices = [
        [button(render.cut(name, LONGEST_NAME), COLUMN, upload.id, _ticket(left, place))]
        for place, name in enumerate(form.columns, 1)
    ]
    no = button(label("documents.upload.button.nobody"), COLUMN, upload.id, _ticket(left, NOBODY))
    return Message(text, [*choices, [no]])


def choose(upload: PlanUpload, press: Press) -> tuple[preview.Form, str | None] | None:
    """Takes the column over into the draft; gives the form and its time, None for a button of another moment."""
    draft = PlanDraft.model_validate(upload.draft)
    unclear = preview.asked_forms(draft)
    left, place = divmod(press.revision, 10_000)
    if not unclear or left != len(unclear) or place > len(unclear[0].columns):
        return None
    column = unclear[0].columns[place - 1] if place != NOBODY else None
    preview.choose(draft, unclear[0], column)
    upload.draft = draft.model_dump(mode="json")
    return unclear[0], column


def difference(one: Said) -> str:
    """A point in which the document says otherwise, in plain words, as far as it may go out."""
    facts = dict(one.facts)
    facts |= {key: list(map(guard.name, facts[key])) for key in ("people", "names") if key in facts}
    if one.code == "task-otherwise":
        columns = words("corrections.field")
        none = label("documents.review.what.nothing")
        facts["changes"] = [
            f"{columns[key]} {guard.words(was or none)} → {guard.words(said)}"
            for key, was, said in facts["changes"]
        ]
    return label(f"documents.difference.{one.code}", **facts)


def quarter(one: Said) -> str:
    """What becomes of the quarter of a result document, in plain words."""
    return label(f"documents.quarter.{one.code}", **one.facts)


def refusal(error: RegisterError) -> str:
    """Why it cannot be registered, in plain words."""
    if isinstance(error, DraftError):
        return label(f"documents.refused.{error.code}", **error.facts)
    return str(error)


def _ticket(left: int, year: int) -> int:
    """What a press says besides the document: how many waited when it was drawn, and the year."""
    return left * 10_000 + year


def settle(upload: PlanUpload, press: Press) -> str | None:
    """Takes the answer over into the draft; gives what was decided, None for a button of another moment."""
    draft = PlanDraft.model_validate(upload.draft)
    waiting = preview.waiting(draft)
    left, year = divmod(press.revision, 10_000)
    if not waiting or left != len(waiting):
        return None
    task, one = waiting[0]
    entry = preview.decide(draft, task, one, year or None)
    upload.draft = draft.model_dump(mode="json")
    return say("documents.upload.taken", year=year) if entry is not None else say("documents.upload.left-out")


def _year(year: int) -> str:
    return label("documents.upload.button.year", year=year)
