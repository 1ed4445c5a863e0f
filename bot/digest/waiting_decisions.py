"""What the daily message says of decisions that wait: one line a matter."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from bot.chat.turn import Office
from bot.completion import reopen
from bot.delays import request as delays
from bot.rounds.entry import part_word
from bot.texts import render
from jobs.milestones import reopening
from jobs.owed import escalation, round_turns
from jobs.rounds.lifecycle import name_of
from store import milestones, requests, rounds
from store.deliveries import Html
from store.models import DeliveryItem, Milestone, Round
from store.states import DelayState, MilestoneState


def _day(item: DeliveryItem) -> date:
    """The day of the message that the item stands in: a step that fell on a day off is told on the working day after."""
    return item.delivery.day if item.delivery is not None and item.delivery.day is not None else item.due_on


def request_line(session: Session, item: DeliveryItem, number: int, office: Office, _today: date) -> Html:
    request = requests.get(session, number)
    if request is None or request.state is not DelayState.PENDING or not requests.still_wants(request):
        return render.NOTHING
    return delays.request_line(request, _day(item), office.rules.calendar)


def report_line(session: Session, item: DeliveryItem, number: int, office: Office, _today: date) -> Html:
    day = _day(item)
    milestone = session.get(Milestone, number)
    if milestone is None or milestone.state is not MilestoneState.REPORTED or milestone.reported_at is None:
        return render.NOTHING
    waited = (day - office.rules.calendar.local_date(milestone.reported_at)).days
    return render.text("completion_line", milestone=milestone, waited=waited, today=day)


def reopening_line(session: Session, item: DeliveryItem, number: int, office: Office, _today: date) -> Html:
    milestone = session.get(Milestone, number)
    if milestone is None or not reopening.is_asked(milestone):
        return render.NOTHING
    return reopen.line(session, milestone, _day(item), office.rules.calendar)


def check_line(session: Session, item: DeliveryItem, number: int, _office: Office, today: date) -> Html:
    """What its reader has to do in a round of the quarterly self-check; nothing where all is done."""
    of = session.get(Round, number)
    if of is None or of.state not in rounds.WORKING:
        return render.NOTHING
    mine = round_turns.counts(session, of.id, item.officer_id, today)
    counts = [(part_word(part), mine[part]) for part in round_turns.Part if part in mine]
    if not counts:
        return render.NOTHING
    left = (of.first_due_on - today).days if of.first_due_on else 0
    return render.text("check_line", round=name_of(of), counts=counts, due=of.first_due_on, left=left)


def late_ones(session: Session, numbers: Sequence[int], today: date) -> list[Milestone]:
    """What is late without a word and is told to somebody above; what was answered meanwhile is left out."""
    return [one for one in milestones.by_ids(session, numbers) if escalation.is_silent(session, one, today)]


def late_line(one: Milestone, today: date) -> Html:
    people = [each.officer.name for each in milestones.assignees(one, today)]
    days = (today - one.due_on).days if one.due_on else 0
    return render.text("escalation_line", milestone=one, today=today, days=days, people=people)
