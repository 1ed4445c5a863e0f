"""/next: what its speaker will be told of in the coming two weeks if all stays as it is, day by day."""

from collections import defaultdict
from datetime import date, timedelta

from bot.chat.command import Command
from bot.chat.lists import titled
from bot.chat.turn import Turn
from bot.texts import message_length, render
from bot.texts.render import label
from jobs.milestones.changes import timeline_of
from jobs.rules.reminder_days import Reminder, reminders
from reports.rehearsal_words import rule_words
from store import milestones
from store.deliveries import Html, Message
from store.models import Milestone
from store.states import MilestoneState, PastReview

AHEAD = timedelta(days=14)
MOST_LINES = 20


def show(turn: Turn, _text: str) -> None:
    days: dict[date, list[tuple[Milestone, Reminder]]] = defaultdict(list)
    for one in milestones.of_officer(turn.session, turn.actor.officer.id, turn.today):
        if one.state is MilestoneState.PLANNED and one.past_review is not PastReview.OPEN:
            for reminder in _ahead(turn, one):
                days[reminder.on].append((one, reminder))
    lines = [_line(turn, on, each) for on in sorted(days) for each in days[on]]
    shown = message_length.pages(lines, MOST_LINES)[0]
    more = len(lines) - len(shown)
    hint = label("overview.next.more", count=more) if more else ""
    title, empty = label("overview.next.title"), label("overview.next.empty")
    turn.say(Message(titled(turn, title, len(lines), shown, empty, hint), []))


def _ahead(turn: Turn, one: Milestone) -> list[Reminder]:
    """Of the coming days, of each the one that will be told."""
    rules, last = turn.office.rules, turn.today + AHEAD
    best: dict[date, Reminder] = {}
    for each in reminders(timeline_of(one), rules.settings, rules.calendar):
        if each.on > last:
            break
        if each.on > turn.today and (each.on not in best or best[each.on].urgency < each.urgency):
            best[each.on] = each
    return [best[on] for on in sorted(best)]


def _line(turn: Turn, on: date, told: tuple[Milestone, Reminder]) -> Html:
    milestone, reminder = told
    why = rule_words(
        reminder.rule.partition(":")[0] if reminder.rule.startswith(("seen:", "review:")) else reminder.rule
    )
    return render.text("next_line", on=on, milestone=milestone, why=why, today=turn.today)


COMMAND = Command(name="next", effect=show)
