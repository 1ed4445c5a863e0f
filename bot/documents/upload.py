"""A plan document sent in chat: what was read of it, its spreadsheet back, [등록] and [취소]."""

from dataclasses import dataclass
from datetime import date

from bot.chat.turn import Press, Turn, UsageError, button
from bot.documents import daysoff, drafts, register, setup
from bot.indicators import sheet as indicator_sheet
from bot.items import sheet as item_sheet
from bot.meetings import sheets as opinion_sheet
from bot.people import handover_list, roster
from bot.privacy import guard
from bot.texts import plan_words, render
from bot.texts.render import label, say, words
from jobs.authority.permissions import Action, has
from jobs.plans.register import Registrar
from jobs.plans.registration import RegisterError, Registration
from plans.draft import PlanDraft
from plans.preview import asked_forms, lone_years, waiting
from plans.sheet.grid import Grid
from plans.sheet.handover import HandoverList
from plans.sheet.indicators import is_indicator_list
from plans.sheet.opinions import is_opinion_sheet
from plans.sheet.register import RegisterSheet
from plans.sheet.roster import Roster
from plans.version import READER
from store import forms, plans, uploads
from store.deliveries import Message
from store.models import Plan, PlanUpload
from store.states import PlanState, UploadState

FINDINGS_SHOWN, DIFFERENCES_SHOWN = 10, 10
REGISTER, DROP = "upreg", "updrop"


@dataclass(frozen=True)
class Attachment:
    """A document of an update, read before its transaction: the draft, or why there is none."""

    name: str
    draft: PlanDraft | None = None
    fault: str = ""
    handovers: HandoverList | None = None  # it is a hand-over list, no plan
    roster: Roster | None = None  # it is a list of people
    days: tuple[tuple[date, str], ...] | None = None  # it is a calendar of days off
    register: RegisterSheet | None = None  # it is our register, come back
    items: Grid | None = (
        None  # what was raised (지시·건의), opinions of citizens (의견서), or a register of indicators
    )
    preview: Registration | None = None  # what registering the draft would do
    grid: Grid | None = None  # it is a sheet of a request (bot/asks/sheets.py)


@dataclass(frozen=True)
class Told:
    """A finding as the message has it."""

    line: int | None
    message: str


def receive(turn: Turn, attachment: Attachment | None) -> None:
    """Keep the draft and show it; nothing is registered yet."""
    if attachment is not None and attachment.fault and not has(turn.actor, Action.PLANS):
        turn.answer("usage", reason=guard.inert(f"{attachment.name}: {attachment.fault}"), example=None)
        return
    if attachment is None or not has(turn.actor, Action.PLANS):
        turn.refuse("refused", reason=say("documents.upload.refused"))
        return
    if attachment.handovers is not None:
        handover_list.receive(turn, attachment.name, attachment.handovers)
        return
    if attachment.roster is not None:
        roster.receive(turn, attachment.name, attachment.roster)
        return
    if attachment.days is not None:
        daysoff.receive(turn, attachment.name, attachment.days)
        return
    if attachment.register is not None:
        register.receive(turn, attachment.name, attachment.register)
        return
    if attachment.items is not None and is_opinion_sheet(attachment.items):
        opinion_sheet.receive(turn, attachment.name, attachment.items)
        return
    if attachment.items is not None and is_indicator_list(attachment.items):
        indicator_sheet.receive(turn, attachment.name, attachment.items)
        return
    if attachment.items is not None:
        item_sheet.receive(turn, attachment.name, attachment.items)
        return
    if attachment.draft is None:
        turn.answer("usage", reason=guard.inert(f"{attachment.name}: {attachment.fault}"), example=None)
        return
    draft, preview = attachment.draft, attachment.preview
    assert preview is not None
    if not preview.changes_anything:
        plans.note_reader(turn.session, preview.plan_id, READER)
    officer_id, read = turn.actor.officer.id, draft.model_dump(mode="json")
    upload = uploads.same_waiting(turn.session, officer_id, read) or uploads.keep(
        turn.session, officer_id, attachment.name, read, turn.now
    )
    turn.say(_summary(draft, attachment.name, preview, upload))
    turn.send_file("sheet", render.text("sheet_caption"), upload=upload.id, name=sheet_name(attachment.name))


def sheet_name(source_name: str) -> str:
    stem = source_name.rsplit(".", 1)[0]
    return f"{render.cut(stem, 60)} {label('documents.upload.sheet')}.xlsx"


def _summary(draft: PlanDraft, name: str, preview: Registration, upload: PlanUpload) -> Message:
    entries = [one for task in draft.tasks for one in task.milestones]
    account = draft.account
    is_mostly_unread = account is not None and account.is_mostly_unread
    text = render.text(
        "upload",
        name=name,
        draft=draft,
        tasks=len(draft.tasks),
        people=len({(task.department, one.name) for task in draft.tasks for one in task.officers}),
        entries=len(entries),
        preview=preview,
        differences=[drafts.difference(one) for one in preview.differences[:DIFFERENCES_SHOWN]],
        quarter=drafts.quarter(preview.quarter) if preview.quarter is not None else "",
        is_archived=preview.state is PlanState.ARCHIVED,
        findings=[Told(one.line, plan_words.finding(one)) for one in draft.findings[:FINDINGS_SHOWN]],
        more=max(0, len(draft.findings) - FINDINGS_SHOWN),
        is_new=preview.changes_anything,
        account=account,
        shown=plan_words.account(account) if account is not None else None,
        is_mostly_unread=is_mostly_unread,
        is_offered=draft.is_offered,
        share=round(account.unread_share * 100) if account is not None else 0,
        years=plan_words.years(draft),
        lone=lone_years(draft),
        asked=len(waiting(draft)),
        columns=[one.columns for one in asked_forms(draft)],
    )
    row = _row(upload, "anyway" if is_mostly_unread or draft.is_offered else "register")
    settling = drafts.rows(draft, upload)
    may_register = preview.changes_anything or bool(waiting(draft))
    shown = [*settling, row] if is_mostly_unread else [row, *settling]
    return Message(text, shown if may_register else settling)


def press_ask(turn: Turn, press: Press) -> None:
    """[연도 정하기]: the first entry whose year nobody knows."""
    upload = _waiting(turn, press)
    message = drafts.question(upload) if upload is not None else None
    if message is not None:
        turn.say(message)
    elif upload is not None:
        turn.answer("usage", reason=say("documents.upload.no-years"), example=None)


def press_year(turn: Turn, press: Press) -> None:
    """A year, or [등록 안 함]; then the next entry, and at the end [등록] again."""
    upload = _waiting(turn, press)
    if upload is None:
        return
    said = drafts.settle(upload, press)
    if said is None:
        turn.answer("usage", reason=say("documents.upload.settled"), example=None)
        return
    turn.rewrite_pressed(Message(render.text("upload_year_settled", said=said), []))
    following = drafts.question(upload)
    turn.say(following or _settled(upload))


def press_column(turn: Turn, press: Press) -> None:
    """[시기 열 정하기], then a column, which is remembered for the form, or [등록 안 함]."""
    upload = _waiting(turn, press)
    if upload is None:
        return
    if press.revision:
        chosen = drafts.choose(upload, press)
        if chosen is None:
            turn.answer("usage", reason=say("documents.upload.settled"), example=None)
            return
        form, column = chosen
        if column is not None:
            forms.remember(turn.deed, form.name, upload.source_name, {forms.TIME: column})
        turn.rewrite_pressed(Message(render.text("upload_column_settled", column=column), []))
    turn.say(drafts.which_column(upload) or drafts.question(upload) or _settled(upload))


def _settled(upload: PlanUpload) -> Message:
    return Message(render.text("upload_settled", name=upload.source_name), [_row(upload, "register")])


def _row(upload: PlanUpload, yes: str) -> list[dict[str, str]]:
    """[등록] and [취소]; `yes`: what the first is called."""
    labels = words("documents.upload.button")
    return [button(labels[yes], REGISTER, upload.id), button(labels["drop"], DROP, upload.id)]


def press_unread(turn: Turn, press: Press) -> None:
    """[읽지 못한 곳]: the lines themselves."""
    upload = _waiting(turn, press)
    if upload is not None:
        turn.say(drafts.unread(upload))


def press_register(turn: Turn, press: Press) -> None:
    upload = _waiting(turn, press)
    if upload is None:
        return
    draft = PlanDraft.model_validate(upload.draft)
    name = upload.source_name
    try:
        result = Registrar(turn.deed, draft, name, awaits_start=True).run()
    except RegisterError as error:
        raise UsageError(drafts.refusal(error)) from error
    upload.state = UploadState.REGISTERED
    drafts.remember_offer(turn.deed, draft, name)
    turn.answer(
        "uploaded", name=upload.source_name, result=result, is_archived=result.state is PlanState.ARCHIVED
    )
    if result.state is PlanState.ACTIVE:
        setup.show(turn, turn.session.get_one(Plan, result.plan_id))


def press_drop(turn: Turn, press: Press) -> None:
    upload = _waiting(turn, press)
    if upload is not None:
        upload.state = UploadState.DROPPED
        turn.answer("cancelled", was_asked=True)


def _waiting(turn: Turn, press: Press) -> PlanUpload | None:
    upload = uploads.waiting(turn.session, press.id, "tasks")
    if upload is None:
        turn.answer("usage", reason=say("documents.upload.over"), example=None)
        return None
    return upload
