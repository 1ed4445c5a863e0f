"""/done ID… [date] [note] and the button 완료: milestones are done, from a day on, with a note."""

from datetime import date

from bot.chat import stale
from bot.chat.command import Command
from bot.chat.line import standing
from bot.chat.turn import Keyboard, Press, Turn, buttons, note
from bot.completion import confirm
from bot.completion.evidence import checked
from bot.privacy import guard
from bot.speech.reading import Understood
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action
from jobs.milestones import completion
from jobs.milestones.evidence import attach
from store.models import AuditEntry, Milestone
from store.states import EvidenceKind, MilestoneState


def press_done(turn: Turn, press: Press) -> None:
    milestone = turn.milestone(press.id, Action.CHANGE)
    if milestone.state in {MilestoneState.DONE, MilestoneState.REPORTED}:
        turn.answer("already_done", milestone=milestone)
    elif stale.is_stale(press, milestone):
        stale.answer_stale(turn, press, milestone)
    else:
        finish(turn, [milestone], turn.today, None)


def act(turn: Turn, found: Understood) -> None:
    """Completions of one day and note, told in one answer."""
    chosen = [turn.milestone(one, Action.CHANGE) for one in found.ids]
    document = checked(found.document) if found.document is not None else None
    words = note(found.words, is_optional=True) if found.words else None
    finish(turn, chosen, found.day or turn.today, words, document)


def finish(
    turn: Turn, chosen: list[Milestone], day: date | None, words: str | None, document: str | None = None
) -> None:
    """Mark them done (or reported, where somebody confirms) and say what changed. `day` None: each on its due day, or
    today where that is still to come.

    Those that were closed already are named and left alone; `document`: the number of what shows it.
    """
    facts, skipped, changed = [], [], []
    entries: list[AuditEntry] = []
    for milestone in chosen:
        if milestone.state is not MilestoneState.PLANNED:
            state = standing(milestone, turn.today)
            skipped.append(say("completion.error.closed", number=milestone.id, state=state))
            continue
        due = milestone.due_on
        done_on = day or min(due or turn.today, turn.today)
        deed = turn.deed_for(milestone)
        entries.append(completion.finish(deed, milestone, done_on, words))
        if document and (attached := attach(deed, milestone, EvidenceKind.DOCUMENT_NO, document)):
            entries.append(attached)
        fixed = due if milestone.series_id is None else None  # what recurs is early or late by nothing
        asked = confirm.ask(turn, milestone) if turn.office.rules.approval.confirm_done else ""
        facts.append({"milestone": milestone, "timing": timing(fixed, done_on), "asked": asked})
        changed.append(milestone)
    _forget_question(turn, changed)
    turn.answer(
        "done",
        (_evidence_row(changed[0]) if len(changed) == 1 and not document else []) + turn.undo_rows(entries),
        done=facts,
        today=turn.today,
        note=words,
        document=document,
        skipped=skipped,
    )


def timing(due: date | None, day: date) -> str:
    """How the day lies to the due day."""
    if due is None:
        return ""
    early = (due - day).days
    if early == 0:
        return label("completion.timing.same")
    return label(f"completion.timing.{'early' if early > 0 else 'late'}", due=due, days=abs(early))


def _evidence_row(milestone: Milestone) -> Keyboard:
    """[문서번호] [사진(공개용)], which bot/completion/evidence.py takes."""
    verbs = ("docno", "photo") if guard.takes_in() else ("docno",)
    said = words("completion.button")
    return [buttons(milestone.id, milestone.revision, *((one, said[one]) for one in verbs))]


def _forget_question(turn: Turn, changed: list[Milestone]) -> None:
    """A half-finished delay of what is done now is over."""
    asked = turn.asked
    if asked is not None and asked.milestone_id in {one.id for one in changed}:
        turn.forget_asked()


COMMAND = Command(
    name="done",
    action=Action.CHANGE,
    buttons={"done": press_done},
    on_milestone=frozenset({"done"}),
)
