"""/status: the counts of a scope, problems first; from the city down to a person by buttons; as a picture."""

from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from bot.chat.command import Command, misused
from bot.chat.turn import ROWS_MOST, Press, Turn, UsageError, button
from bot.overview.status_text import by_weight, message
from bot.privacy import guard
from bot.texts import render
from bot.texts.render import label, say, words
from jobs.authority.permissions import TABLE, Action, Standing, has, reach, team_led
from jobs.authority.permissions import Scope as Reach
from plans.text.characters import clean
from reports import scope as scopes
from reports.scope import Scope, ScopeKind
from store import plans, teams
from store.deliveries import Html, Message
from store.models import Plan, Task

VERBS = {
    ScopeKind.CITY: "status",
    ScopeKind.BUREAU: "stbureau",
    ScopeKind.DEPARTMENT: "stdept",
    ScopeKind.AREA: "starea",
    ScopeKind.PERSON: "stone",
    ScopeKind.PLAN: "stplan",
    ScopeKind.TEAM: "stteam",
}
KINDS = {verb: kind for kind, verb in VERBS.items()}
PICTURE, YEAR = "stpic", "styear"  # the kind's place in the list follows
ORDER = tuple(ScopeKind)
A_ROW, MOST_BUTTONS, LABEL_MOST = 3, 18, 20


def show(turn: Turn, text: str) -> None:
    """Alone: all that the speaker sees, of a lead of a team the team. With a name: that department, team, bureau, area,
    person or plan."""
    wanted = clean(text)
    if not wanted:
        team = team_led(turn.session, turn.actor, turn.today)
        turn.say(page(turn, scopes.of_team(team) if team else whole(turn)))
        return
    found = [one for one in scopes.named(turn.session, wanted) if _is_seen(turn, one)]
    if not found:
        raise misused("overview.no-such-scope", "status", said=guard.words(wanted[:40]))
    if len(found) > 1:
        rows = [[_button(one, f"{guard.scope(one).name} ({_about(turn, one)})")] for one in found[:ROWS_MOST]]
        turn.answer("status_which", rows, name=guard.name(wanted))
        return
    turn.say(page(turn, found[0]))


def whole(turn: Turn) -> Scope:
    """All that the speaker sees, by its name."""
    return Scope(ScopeKind.CITY, 0, scope_name(turn.actor, turn.office.name))


def within(turn: Turn, scope: Scope) -> ColumnElement[bool]:
    """Condition: the scope's tasks that the speaker sees."""
    reached = reach(turn.session, turn.actor, Action.OVERVIEW, turn.today)
    return and_(reached, scopes.condition(scope, turn.today))


def _is_seen(turn: Turn, scope: Scope) -> bool:
    query = select(Task.id).join(Plan).where(plans.is_in_use(), within(turn, scope))
    return turn.session.scalar(query.limit(1)) is not None


def _about(turn: Turn, scope: Scope) -> str:
    """What tells two of one name apart."""
    if scope.kind is ScopeKind.PERSON:
        there = scopes.departments(turn.session, within(turn, scope))
        return there[0].name if there else words("overview.kind")[scope.kind]
    return words("overview.kind")[scope.kind]


def page(turn: Turn, scope: Scope, wanted: int = 1) -> Message:
    """The counts of the scope with the buttons that lead further down."""
    inside = within(turn, scope)
    below = _further(turn, scope, inside)
    shown = message(turn, scope, inside, VERBS[scope.kind], wanted, has_more=len(below) > MOST_BUTTONS)
    further = [_button(one) for one in below[:MOST_BUTTONS]]
    rows = [further[at : at + A_ROW] for at in range(0, len(further), A_ROW)]
    place = ORDER.index(scope.kind)
    last = [
        button(label("overview.picture"), f"{PICTURE}{place}", scope.id),
        button(label("overview.year-table"), f"{YEAR}{place}", scope.id),
    ]
    if scope.kind is not ScopeKind.CITY:
        last.append(button(label("overview.whole"), VERBS[ScopeKind.CITY], 1))
    return Message(shown.text, shown.keyboard + rows + [last])


def _further(turn: Turn, scope: Scope, inside: ColumnElement[bool]) -> list[Scope]:
    """What lies below: bureaus, departments, people; of the city the policy areas too."""
    if scope.kind is ScopeKind.PERSON:
        return []
    if scope.kind in {ScopeKind.DEPARTMENT, ScopeKind.TEAM}:
        return _inside_department(turn, scope, inside)
    bureaus = scopes.bureaus(turn.session, inside) if scope.kind is not ScopeKind.BUREAU else []
    areas = scopes.areas(turn.session, inside) if scope.kind is ScopeKind.CITY else []
    below = bureaus if len(bureaus) > 1 else _weightiest_first(turn, inside)
    if len(below) == 1 and below[0].kind is ScopeKind.DEPARTMENT:
        below = _inside_department(turn, below[0], inside)
    return [*below, *(areas if len(areas) > 1 else [])]


def _inside_department(turn: Turn, scope: Scope, inside: ColumnElement[bool]) -> list[Scope]:
    """Its teams and its people; of a team the people."""
    found = scopes.teams_of(turn.session, inside, turn.today) if scope.kind is ScopeKind.DEPARTMENT else []
    return [*found, *scopes.people(turn.session, inside, turn.today)]


def _weightiest_first(turn: Turn, inside: ColumnElement[bool]) -> list[Scope]:
    """The departments in the order in which the text has them where not all have room for a button."""
    found = scopes.departments(turn.session, inside)
    if len(found) <= MOST_BUTTONS:
        return found
    order = [one.name for one in by_weight(turn, inside)]
    return sorted(found, key=lambda one: order.index(one.name) if one.name in order else len(order))


def _button(scope: Scope, label: str | None = None) -> dict[str, str]:
    """`revision` is the page, of the city the page stands in the place of the number."""
    text = label or guard.scope(scope).name
    short = text if len(text) <= LABEL_MOST * 2 else text[: LABEL_MOST * 2 - 1] + "…"
    return button(short, VERBS[scope.kind], scope.id, 1)


def press(turn: Turn, pressed: Press) -> None:
    """Another page of the same, in its place; another scope comes in its place too."""
    kind = KINDS[pressed.verb]
    if kind is ScopeKind.CITY:
        turn.rewrite_pressed(page(turn, whole(turn), pressed.id))
        return
    turn.rewrite_pressed(page(turn, _scope(turn, kind, pressed.id), max(1, pressed.revision)))


def _scope(turn: Turn, kind: ScopeKind, number: int) -> Scope:
    """Raises UsageError for what is gone or beyond the speaker's reach, which read the same."""
    if kind is ScopeKind.CITY:
        return whole(turn)
    found = scopes.find(turn.session, kind, number, turn.office.name)
    if found is None or not _is_seen(turn, found):
        raise UsageError(say("overview.out-of-reach"))
    return found


def _caption(what: str) -> Html:
    return render.text("file_caption", what=what)


def press_picture(turn: Turn, pressed: Press) -> None:
    kind = ORDER[int(pressed.verb.removeprefix(PICTURE))]
    scope = _scope(turn, kind, pressed.id)
    caption = say("overview.picture-caption", scope=guard.scope(scope), today=turn.today)
    turn.send_of_scope("picture", _caption(caption), scope)


def press_year(turn: Turn, pressed: Press) -> None:
    scope = _scope(turn, ORDER[int(pressed.verb.removeprefix(YEAR))], pressed.id)
    what = say("overview.year-of", year=turn.today.year, scope=guard.scope(scope))
    turn.send_of_scope("year", _caption(what), scope)


def scope_name(standing: Standing, organisation: str) -> str:
    """The reach in words: the whole organisation, or the departments and bureaus of the roles."""
    names = []
    for role in standing.roles:
        reached = TABLE[Action.OVERVIEW][role.role]
        if reached is Reach.ALL:
            return organisation
        if reached is not Reach.NONE and role.department is not None:
            bureau = role.department.bureau if reached is Reach.BUREAU else None
            names.append(bureau or role.department.name)
    return ", ".join(dict.fromkeys(names)) or organisation


def overseen_name(session: Session, standing: Standing, organisation: str, today: date) -> str:
    """What the person reads without naming anything: of a lead of a team the team, of a plain officer the own items."""
    team = team_led(session, standing, today)
    if team is not None:
        return teams.full_name(team)
    if not has(standing, Action.OVERVIEW):
        return guard.named(standing.officer)
    return scope_name(standing, organisation)


COMMAND = Command(
    name="status",
    effect=show,
    action=Action.OVERVIEW,
    buttons={
        **dict.fromkeys(KINDS, press),
        **{f"{PICTURE}{place}": press_picture for place in range(len(ORDER))},
        **{f"{YEAR}{place}": press_year for place in range(len(ORDER))},
    },
)
