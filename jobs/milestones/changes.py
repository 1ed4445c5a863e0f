"""Changing a milestone: the only way the bot changes one. It works out anew when it must be looked at, and what shows it
elsewhere is outdated by that."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from jobs.authority.permissions import Deed
from jobs.milestones.outdated import outdate
from jobs.rules.escalation_steps import silent_since, steps
from jobs.rules.policy import Rules
from jobs.rules.reminder_days import Timeline, merely_ends_with_year, owed_until
from store import deliveries, milestones
from store.matters import YEAR_END
from store.models import AuditEntry, Milestone
from store.states import MilestoneKind, MilestoneState, PastReview, Precision

# What a twin takes over from the milestone that it follows.
FOLLOWED = (
    *("state", "done_on", "start_on", "due_on", "precision", "note", "progress", "before_start"),
    *("reason", "reason_code", "explained_due_on", "gate", "review_on", "seen_until_on", "seen_times"),
)


class Dated(Protocol):
    """A milestone, or as much of one as the rules ask for."""

    @property
    def kind(self) -> MilestoneKind: ...
    @property
    def precision(self) -> Precision: ...
    @property
    def start_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def review_on(self) -> date | None: ...
    @property
    def seen_until_on(self) -> date | None: ...
    @property
    def is_watched(self) -> bool: ...


def timeline_of(milestone: Dated) -> Timeline:
    """What the rules need to know of it."""
    return Timeline(
        *(milestone.kind, milestone.precision, milestone.start_on, milestone.due_on),
        review=milestone.review_on,
        is_watched=milestone.is_watched,
        seen_until=milestone.seen_until_on,
    )


def next_look(milestone: Milestone, today: date, rules: Rules) -> date | None:
    """The day on which the scan must look at it; None where it owes nothing ever again.

    A reminder of today or earlier counts as still to be looked at: the ledger says whether it went out.
    """
    is_open = milestone.state is MilestoneState.PLANNED and milestone.twin_of_id is None
    if not is_open or milestone.remind_from is None or milestone.task.plan.awaits_start:
        return None
    return look_day(timeline_of(milestone), rules.calendar.local_date(milestone.remind_from), today, rules)


def look_again(deed: Deed, some: Iterable[Milestone]) -> None:
    """The scan looks at them anew: other people are asked, or on other days."""
    for one in some:
        one.next_remind_on = next_look(one, deed.today, deed.rules)


def look_day(timeline: Timeline, floor: date, today: date, rules: Rules) -> date | None:
    """Today where a reminder lies between `floor` and today, else the day of the next one, or on which somebody
    above is told."""
    owed, later = owed_until(timeline, today, rules.settings, rules.calendar)
    return (
        today
        if any(one.on >= floor for one in owed)
        else sooner(later, next_step(timeline, floor, today, rules))
    )


def next_step(timeline: Timeline, floor: date, today: date, rules: Rules) -> date | None:
    """The first day after today on which somebody above is told that it is late, if it still is."""
    since = silent_since(timeline, floor)
    if since is None:
        return None
    ahead = (one.on for one in steps(since, rules.escalation, rules.calendar) if one.on > today)
    return min(ahead, default=None)


def sooner(one: date | None, other: date | None) -> date | None:
    """The earlier of two days; None is never."""
    return min((day for day in (one, other) if day is not None), default=None)


def apply(
    deed: Deed,
    milestone: Milestone,
    action: str,
    values: dict[str, object],
    *,
    reason: str | None = None,
    undoes_id: int | None = None,
) -> AuditEntry:
    """Change it and set its next look, in the caller's transaction; whatever shows it is outdated by that."""
    entry = _change(deed, milestone, action, values, reason=reason, undoes_id=undoes_id)
    for twin in milestones.twins(deed.session, milestone):
        follow(deed, twin, milestone)
    return entry


def _change(
    deed: Deed,
    milestone: Milestone,
    action: str,
    values: dict[str, object],
    *,
    is_owed_anew: bool = True,
    **told: Any,
) -> AuditEntry:
    """Set `values`, count the revision, write the audit entry. `is_owed_anew`: what is owed of it may be different now, so
    that reminders not yet sent are dropped."""
    subject = milestones.subject(milestone.id)
    values = values | _since_start(milestone, values)
    if is_owed_anew:
        deliveries.cancel_items(deed.session, subject, milestone.id)
    before = {key: getattr(milestone, key) for key in values}
    years = _year_ended_by(milestone)
    for key, value in values.items():
        setattr(milestone, key, value)
    years |= _year_ended_by(milestone)
    milestone.revision += 1
    if is_owed_anew:
        milestone.next_remind_on = next_look(milestone, deed.today, deed.rules)
    entry = deed.record(action, subject, before=before, after=values, revision=milestone.revision, **told)
    outdate(deed, [subject])
    if years:  # December's line counts it without naming it as an item
        outdate(deed, [f"{YEAR_END}:{year}" for year in years], _answerable(milestone, deed.today))
    return entry


def _year_ended_by(milestone: Milestone) -> set[int]:
    """The year with which it merely ends; none where it has a deadline."""
    timeline = timeline_of(milestone)
    return {timeline.due.year} if timeline.due and merely_ends_with_year(timeline) else set()


def _answerable(milestone: Milestone, today: date) -> list[int]:
    return [one.officer_id for one in milestones.of_task(milestone.task, today)]


def _since_start(milestone: Milestone, values: dict[str, object]) -> dict[str, object]:
    """What is done, or gets a due day anew, is no longer of before its plan's start."""
    ends = "due_on" in values or values.get("state") in {MilestoneState.DONE, MilestoneState.REPORTED}
    is_said = "before_start" in values
    return {"before_start": False} if milestone.before_start and ends and not is_said else {}


def follow(deed: Deed, twin: Milestone, leader: Milestone) -> None:
    """The same promise in another plan gets the leader's state and dates; its own original date is kept."""
    values: dict[str, object] = {key: getattr(leader, key) for key in FOLLOWED}
    if twin.twin_of_id != leader.id:
        values["twin_of_id"] = leader.id
    _change(deed, twin, "followed", values)


def remark(
    deed: Deed, milestone: Milestone, action: str, values: dict[str, object], *, reason: str | None = None
) -> AuditEntry:
    """A note or a percentage: audited and counted as a revision, but what is owed stays as it is."""
    entry = _change(deed, milestone, action, values, is_owed_anew=False, reason=reason)
    for twin in milestones.twins(deed.session, milestone):
        _change(deed, twin, "followed", values, is_owed_anew=False)
    return entry


def see(deed: Deed, milestone: Milestone, *, until: date) -> AuditEntry:
    """확인함: until that day nobody is reminded of it; its due day stays as it is."""
    values: dict[str, object] = {"seen_until_on": until, "seen_times": milestone.seen_times + 1}
    return apply(deed, milestone, "seen", values)


def cancel(deed: Deed, milestone: Milestone, *, reason: str) -> AuditEntry:
    """취소, with its reason: it counts nowhere and nobody is reminded of it any more; number, row and history stay."""
    values: dict[str, object] = {"state": MilestoneState.CANCELLED, "reason": reason, "reason_code": None}
    return apply(deed, milestone, "cancelled", values, reason=reason)


def move(deed: Deed, milestone: Milestone, *, due_on: date, reason: str, action: str) -> AuditEntry:
    """Another due day: a delay, or a day chosen inside the window. Reminders count from now on.

    A month, quarter, half or year with a day of its own becomes a day; a range stays one with another end.
    """
    values: dict[str, object] = {"due_on": due_on, "remind_from": deed.now, **begun_anew(milestone)}
    if milestone.review_on is not None:
        values |= {"gate": None, "review_on": None}
    if milestone.precision is not Precision.RANGE:
        values |= {"precision": Precision.DAY}
    return apply(deed, milestone, action, values, reason=reason)


def begun_anew(milestone: Milestone) -> dict[str, object]:
    """What another due day ends: reminders that its officer has spared himself, the planning office's question about the past."""
    values: dict[str, object] = {}
    if milestone.seen_times:
        values |= {"seen_until_on": None, "seen_times": 0}
    if milestone.past_review is PastReview.OPEN:
        values["past_review"] = PastReview.SETTLED
    return values
