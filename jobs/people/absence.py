"""부재와 대직: who is away and who stands in, each step with its entry of the log."""

from datetime import date

from jobs.authority.approval import over_officer, over_task
from jobs.authority.permissions import Deed
from store import absences, milestones
from store.models import Absence, Milestone, Officer
from store.states import MilestoneState


def begin(deed: Deed, officer: Officer, days: tuple[date, date]) -> Absence:
    """The person is away on these days, and nobody stands in yet."""
    absence = absences.begin(deed.session, officer, None, days, deed.now)
    _record(deed, absence, "away")
    return absence


def appoint(deed: Deed, absence: Absence, substitute: Officer) -> bool:
    """Somebody stands in from now on; False where the person decides over the tasks and was not the one who said so: that
    person is asked first, and nobody stands in until then."""
    is_asked = substitute.id != deed.who.officer_id and _decides_over(deed, substitute, absence)
    absence.substitute, absence.asked = (None, substitute) if is_asked else (substitute, None)
    deed.session.flush()
    _record(deed, absence, "substitute-asked" if is_asked else "substitute")
    return not is_asked


def answer(deed: Deed, absence: Absence, *, is_accepted: bool) -> None:
    """What whoever was asked to stand in says."""
    if is_accepted:
        absence.substitute = absence.asked
    absence.asked = None
    deed.session.flush()
    _record(deed, absence, "substitute" if is_accepted else "substitute-declined")


def away_too(deed: Deed, absence: Absence, person: Officer) -> tuple[date, date] | None:
    """The first and last day on which the person is away as well, so that nobody stands in; None where there is none."""
    first = max(deed.today, absence.from_on)
    theirs = [
        one
        for one in absences.coming(deed.session, person.id, first)
        if one.from_on <= absence.until_on and one.until_on >= first
    ]
    if not theirs:
        return None
    return max(first, theirs[0].from_on), min(absence.until_on, max(one.until_on for one in theirs))


def is_away_throughout(deed: Deed, absence: Absence, person: Officer) -> bool:
    """The person is away on every day of the absence that is to come."""
    return away_too(deed, absence, person) == (max(deed.today, absence.from_on), absence.until_on)


def end(deed: Deed, absence: Absence) -> None:
    """복귀: today is no absence any more."""
    absence.ended_on = max(deed.today, absence.from_on)
    _record(deed, absence, "back")


def meanwhile(deed: Deed, absence: Absence) -> list[Milestone]:
    """What is open and due before the absent person is back."""
    return [
        one
        for one in _theirs(deed, absence)
        if one.state is MilestoneState.PLANNED and one.due_on and one.due_on <= absence.until_on
    ]


def _theirs(deed: Deed, absence: Absence) -> list[Milestone]:
    return milestones.of_officer(deed.session, absence.officer_id, max(deed.today, absence.from_on))


def _decides_over(deed: Deed, person: Officer, absence: Absence) -> bool:
    """The person decides on what the absent one asks for."""
    session, officer = deed.session, absence.officer
    lines = [over_task(session, one, deed.today) for one in {one.task for one in _theirs(deed, absence)}]
    lines.append(over_officer(session, officer, deed.today))
    return any(person == one.officer for line in lines for _role, held in line for one in held)


def _record(deed: Deed, absence: Absence, action: str) -> None:
    substitute = absence.substitute.name if absence.substitute else None
    after = {"from_on": absence.from_on, "until_on": absence.until_on, "substitute": substitute}
    deed.record(action, f"officer:{absence.officer_id}", after=after)
