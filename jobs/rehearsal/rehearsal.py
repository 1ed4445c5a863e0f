"""A year played through without sending: the reminder policy over a span, as pure as the policy itself."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, takewhile

from jobs.authority.superiors import ABOVE, LINE, in_turn
from jobs.owed.managers_week import COUNTS, ROLES
from jobs.owed.office_morning import MORNING, last_morning
from jobs.owed.office_notices import VACANT
from jobs.owed.yearround import first_of, following, question_day
from jobs.rehearsal.cast import Cast, Part, Term
from jobs.rules.escalation_steps import silent_since, steps
from jobs.rules.policy import Rules
from jobs.rules.reminder_days import Reminder, Timeline, is_light, reminders
from reports.rehearsal import BUSIEST, DayLoad, PersonLoad, Rehearsal, RuleLoad, Unasked
from store.matters import YEAR_ROUND
from store.states import RoleName

SILENT, ON_TIME = "silent", "on-time"
WEEK = timedelta(days=7)
MONTH_MOST = 31


class Stage:
    """One rehearsal from `first` to `last`, both inclusive. Everybody counts as linked; nobody answers, or, where
    `is_on_time`, everything is done on its due day after that morning's message."""

    def __init__(
        self, cast: Cast, rules: Rules, first: date, last: date, *, is_on_time: bool = False
    ) -> None:
        self.cast = cast
        self.rules = rules
        self.first = first
        self.last = last
        self.is_on_time = is_on_time
        self._lines: Counter[tuple[int, date]] = Counter()  # of each person's message of each day
        self._rules: Counter[str] = Counter()
        self._unasked: list[Unasked] = []
        self._played: dict[Timeline, list[Reminder]] = {}

    def play(self) -> Rehearsal:
        for part in self.cast.parts:
            if not (part.is_past and (part.timeline.due or date.max) < self.first):
                self._remind(part)
                self._escalate(part)
        self._ask_quarterly()
        groups = self._weeks()
        self._vacancies()
        self._mornings()
        return self._outcome(groups)

    def _remind(self, part: Part) -> None:
        """Of what falls on one day the most urgent line stands, as in the ledger."""
        end = self._end(part)
        for reminder in self._reminders(part.timeline):
            if end is not None and reminder.on > end:
                break
            people = self._asked(part.task_id, reminder.on)
            self._say(people, reminder.on, _rule_name(reminder.rule, self.rules.settings.after_days))
            if not people and part.id is not None:
                self._unasked.append(Unasked(id=part.id, date=reminder.on))

    def _end(self, part: Part) -> date | None:
        """The last day on which it is reminded: that on which it was done, or is taken to be."""
        return part.ends_on if part.ends_on or not self.is_on_time else part.timeline.due

    def _reminders(self, timeline: Timeline) -> list[Reminder]:
        """Of the span, one a day; worked out once for all milestones that lie on the same days."""
        found = self._played.get(timeline)
        if found is None:
            every = reminders(timeline, self.rules.settings, self.rules.calendar)
            every = islice(every, 1) if is_light(timeline) else every  # told once; see _announced
            best: dict[date, Reminder] = {}
            for one in takewhile(lambda one: one.on <= self.last, every):
                if one.on >= self.first and (one.on not in best or best[one.on].urgency < one.urgency):
                    best[one.on] = one
            found = self._played[timeline] = [best[day] for day in sorted(best)]
        return found

    def _escalate(self, part: Part) -> None:
        since = silent_since(part.timeline, date.min)
        if since is None or part.is_explained or since > self.last:
            return
        end, knowing = self._end(part), set[int]()
        for step in steps(since, self.rules.escalation, self.rules.calendar):
            if self.first <= step.on <= self.last and (end is None or step.on <= end):
                readers = [one for one in self._told(part, step.level, step.on) if one not in knowing]
                knowing.update(readers)
                self._say(readers, step.on, f"escalate:{step.level.value}")

    def _ask_quarterly(self) -> None:
        """About what goes on all year, as jobs.yearround has it."""
        for one in self.cast.year_round:
            quarter = first_of(self.first)
            while quarter <= self.last:
                day = question_day(quarter, self.rules.calendar)
                if max(self.first, one.from_on) <= day <= min(self.last, one.until_on):
                    self._say(self._asked(one.task_id, day), day, YEAR_ROUND)
                quarter = following(quarter)

    def _asked(self, task_id: int, day: date) -> list[int]:
        """As jobs.asked has it: the officers and who stands in for them, else who is above."""
        assigned = _holding(self.cast.assigned.get(task_id, []), day)
        stand_ins = list(self._standing_in(assigned, day))
        there = [one for one in (*assigned, *stand_ins) if not self._is_away(one, day)]
        if assigned and (there or not stand_ins):
            return list(dict.fromkeys([*assigned, *there]))
        above = next(filter(None, self._line(ABOVE, task_id, day)), [])
        return list(dict.fromkeys([*assigned, *above]))

    def _standing_in(self, assigned: list[int], day: date) -> Iterator[int]:
        if self.cast.away:
            for officer in assigned:
                for term, substitute in self.cast.away.get(officer, []):
                    if term.holds(day):
                        yield substitute

    def _is_away(self, officer: int, day: date) -> bool:
        return any(term.holds(day) for term, _ in self.cast.away.get(officer, []))

    def _above(self, role: RoleName, department_id: int, day: date) -> list[int]:
        if role is RoleName.PLANNER:
            return _holding(self.cast.planners, day)
        where = (
            self.cast.bureau.get(department_id, [department_id])
            if role is RoleName.BUREAU
            else [department_id]
        )
        terms = [term for one in where for term in self.cast.above.get((role, one), [])]
        return list(dict.fromkeys(_holding(terms, day)))

    def _told(self, part: Part, level: RoleName, day: date) -> list[int]:
        """The level, else the next one up; whoever is asked anyway is left out."""
        asked = set(self._asked(part.task_id, day))
        for held in self._line(LINE[LINE.index(level) :], part.task_id, day):
            if found := [one for one in held if one not in asked]:
                return found
        return []

    def _line(self, levels: Sequence[RoleName], task_id: int, day: date) -> Iterator[list[int]]:
        """Who stands above the task in turn, of the levels alone; as superiors.Above has it."""
        where, team = self.cast.department_of.get(task_id) or 0, self._team(task_id, day)
        for role in levels:
            if role is RoleName.LEAD and team is not None:
                terms = [one for one in self.cast.above.get((role, where), []) if one.holds(day)]
                yield from in_turn(((one.officer_id, one.team_id) for one in terms), team)
            else:
                yield self._above(role, where, day)

    def _team(self, task_id: int, day: date) -> int | None:
        """As store.teams.of_the_task has it."""
        held = _holding(self.cast.accountable.get(task_id, []), day)
        team, department = self.cast.team_of.get(held[0], (None, None)) if held else (None, None)
        return team if department == self.cast.department_of.get(task_id) else None

    def _say(self, people: list[int], day: date, rule: str) -> None:
        for officer in people:
            self._lines[officer, day] += 1
        self._rules[rule] += len(people)

    def _weeks(self) -> int:
        """The week's counts for those above; gives the weekly counts to groups."""
        groups = 0
        monday = self.first - timedelta(days=self.first.weekday())
        while monday <= self.last:
            day = self.rules.calendar.first_of_week(monday)
            if self.first <= day <= self.last:
                groups += self.cast.groups
                if self.rules.settings.week_ahead:
                    self._say(self._overseers(monday, day), day, COUNTS)
            monday += WEEK
        return groups

    def _vacancies(self) -> None:
        """The planning office's monthly list of tasks without an officer."""
        month = self.first
        while month <= self.last:
            day = self.rules.calendar.next_or_same(month)
            if day <= self.last and self._is_any_vacant(day):
                self._say(_holding(self.cast.planners, day), day, VACANT)
            month = (month.replace(day=1) + timedelta(days=MONTH_MOST)).replace(day=1)

    def _mornings(self) -> None:
        """What changed since the working day before, for the planning office, as jobs/owed/office_morning.py has it."""
        news = self._days_of_news()
        day = self.first
        while day <= self.last:
            since = last_morning(day, self.rules.calendar)
            span = ((since + timedelta(days=one)) for one in range((day - since).days))
            if self.rules.calendar.is_working(day) and not news.isdisjoint(span):
                self._say(_holding(self.cast.planners, day), day, MORNING)
            day += timedelta(days=1)

    def _days_of_news(self) -> set[date]:
        """The days on which something was done, or due in vain."""
        found = set()
        for part in self.cast.parts:
            due, end = part.timeline.due, self._end(part)
            if end is not None:
                found.add(end)
            if (
                due is not None
                and (end is None or end > due)
                and not (part.is_past or is_light(part.timeline))
            ):
                found.add(due)
        return found

    def _overseers(self, monday: date, day: date) -> list[int]:
        """Who gets the week's counts, as jobs/owed/managers_week.py has it: officers of what is late, and those above where
        there is something to count."""
        counted = [one.task_id for one in self.cast.parts if self._counts(one, monday, day)]
        busy = {self.cast.department_of.get(one) for one in counted}
        found = dict.fromkeys(_holding(self.cast.planners, day)) if busy else {}
        for part in self.cast.parts:
            end = self._end(part)
            is_late = (
                part.timeline.due is not None and part.timeline.due < day and (end is None or end >= day)
            )
            if is_late and not part.is_past and (part.timeline.review or date.min) < day:
                found |= dict.fromkeys(_holding(self.cast.assigned.get(part.task_id, []), day))
        teams = {self._team(one.task_id, day) for one in self.cast.parts}
        busy_teams = {self._team(one, day) for one in counted}
        for (role, where), terms in self.cast.above.items():
            if role in ROLES and where in busy:
                told = [
                    one for one in terms if one.team_id not in teams - {None} or one.team_id in busy_teams
                ]
                found |= dict.fromkeys(_holding(told, day))
        return list(found)

    def _counts(self, part: Part, monday: date, day: date) -> bool:
        """It is due in that week or late, or was done in the week before."""
        due, end = part.timeline.due, self._end(part)
        is_open = end is None or end >= day
        is_due = due is not None and due < monday + WEEK
        return (is_open and is_due) or (end is not None and monday - WEEK <= end < monday)

    def _is_any_vacant(self, day: date) -> bool:
        """Some task with something open has nobody on that day."""
        return any(
            not _holding(self.cast.assigned.get(one.task_id, []), day)
            for one in self.cast.parts
            if one.id is not None and ((end := self._end(one)) is None or day <= end)
        )

    def _outcome(self, groups: int) -> Rehearsal:
        days: dict[date, DayLoad] = {}
        people: dict[int, PersonLoad] = {}
        for (officer, day), lines in self._lines.items():
            of_day = days.setdefault(day, DayLoad(date=day, messages=0, lines=0))
            of_day.messages += 1
            of_day.lines += lines
            person = people.setdefault(officer, self._nobody_yet(officer))
            person.messages += 1
            person.lines += lines
            person.most_lines = max(person.most_lines, lines)
        ordered = [days[day] for day in sorted(days)]
        return Rehearsal(
            first=self.first,
            last=self.last,
            assumes=ON_TIME if self.is_on_time else SILENT,
            working_days=self._working_days(),
            messages=sum(one.messages for one in ordered),
            lines=sum(one.lines for one in ordered),
            groups=groups,
            days=ordered,
            people=sorted(people.values(), key=lambda one: (-one.messages, -one.lines, one.id)),
            rules=[RuleLoad(rule=rule, lines=count) for rule, count in self._rules.most_common() if count],
            busiest=sorted(ordered, key=lambda one: (-one.messages, -one.lines, one.date))[:BUSIEST],
            unasked=self._unasked,
        )

    def _nobody_yet(self, officer: int) -> PersonLoad:
        name, department = self.cast.names[officer]
        return PersonLoad(id=officer, name=name, department=department, messages=0, lines=0, most_lines=0)

    def _working_days(self) -> int:
        span = (self.last - self.first).days + 1
        return sum(self.rules.calendar.is_working(self.first + timedelta(days=one)) for one in range(span))


def _holding(terms: list[Term], day: date) -> list[int]:
    return [one.officer_id for one in terms if one.holds(day)]


def _rule_name(rule: str, after_days: tuple[int, ...]) -> str:
    """What counts together: every review, all that was spared, and every repetition after the last of the named days."""
    kind, _, value = rule.partition(":")
    if kind in {"review", "seen"}:
        return kind
    return "after:every" if kind == "after" and int(value) not in after_days else rule


def rehearse(cast: Cast, rules: Rules, first: date, last: date, *, is_on_time: bool = False) -> Rehearsal:
    return Stage(cast, replace(rules), first, last, is_on_time=is_on_time).play()
