"""A round of the self-check as the planning office sees it, and its notice."""

from collections import Counter, defaultdict
from functools import partial

from bot.chat.turn import Turn, button
from bot.privacy import guard
from bot.rounds.entry import late, word
from bot.texts import render, round_words
from bot.texts.render import label
from jobs.authority import approval
from jobs.rounds.lifecycle import name_of
from reports.quarterly.rates import rate_of_statuses
from reports.quarterly.wording import rate_words
from reports.texts.hidden_titles import shown_title
from reports.texts.states import PLEDGE_WORDS
from store import chat_links, milestones, rounds
from store.deliveries import Message
from store.models import Plan, Round, RoundEntry
from store.states import EntryState, PledgeStatus, RoleName, RoundOrigin, RoundState

NOTICE, MATERIAL, SHOW = "check-notice", "rdpapers", "rdshow"
SHOWN = 10
ATTACHED = 20  # rows of a notice
# What the planning office may do with a round in each state: the verbs of its buttons.
STEPS = {
    RoundState.ANNOUNCED: ("rdbegin", "rddrop"),
    RoundState.EVALUATION: ("rdlook",),
    RoundState.FROZEN: ("rdnotify",),
    RoundState.NOTIFIED: ("rdpublish",),
}


def message(turn: Turn, of: Round, said: str = "") -> Message:
    """How the round stands: counts by state, who has yet to answer, and the next step."""
    found = rounds.entries(turn.session, of.id)
    counted = Counter(one.state for one in found)
    left = Counter(
        one.task.department.name if one.task.department else label("rounds.no-department")
        for one in found
        if one.state in rounds.UNANSWERED
    )
    text = render.text(
        "round",
        said=said,
        round=of,
        name=name_of(of),
        state=round_words.states()[of.state],
        total=len(found) if found else _in_scope(turn, of),
        counts=[
            (words, counted[EntryState(state)])
            for state, words in round_words.entry_states().items()
            if counted[EntryState(state)]
        ],
        late=sum(late(turn, one) for one in found),
        left=left.most_common(SHOWN),
        more=max(0, len(left) - SHOWN),
        scope=", ".join(_scope(turn, of)),
        moment=render.moment(turn.now, turn.office.zone),
        zone=turn.office.zone.key,
    )
    return Message(text, _keyboard(of) + _others(turn, of))


def _scope(turn: Turn, of: Round) -> list[str]:
    """What the round was limited to, by name."""
    found = (turn.session.get(Plan, one) for one in of.scope.get("plans", []))
    titles = [guard.words(one.title) for one in found if one is not None]
    return [*titles, *(name for key in ("areas", "bureaus", "departments") for name in of.scope.get(key, []))]


def _in_scope(turn: Turn, of: Round) -> int:
    return len(rounds.scoped(turn.session, of.scope) if of.scope else rounds.rows(turn.session, of.id))


def _keyboard(of: Round) -> list[list[dict[str, str]]]:
    steps = STEPS.get(of.state, ())
    rows = [[button(label(f"rounds.button.{verb}"), verb, of.id) for verb in steps]] if steps else []
    if of.state in rounds.WORKING:
        rows.append([button(label("rounds.button.mine"), "checklist")])
    if of.origin is RoundOrigin.PLAYED and of.state is not RoundState.ANNOUNCED:
        rows.append([button(label("rounds.button.material"), MATERIAL, of.id)])
    return rows


def _others(turn: Turn, of: Round) -> list[list[dict[str, str]]]:
    """The other rounds that are open, each by its name."""
    others = [one for one in rounds.unsettled(turn.session) if one.id != of.id]
    return [[button(label("rounds.button.other", name=name_of(one)), SHOW, one.id)] for one in others[:SHOWN]]


def preview(turn: Turn, of: Round) -> Message:
    """What a freeze would settle: counts, the rate, and every status that changes."""
    found = rounds.entries(turn.session, of.id)
    final = [one.final_status for one in found if one.final_status is not None]
    moved = [one for one in found if one.previous_status is not one.final_status]
    settings = turn.office.rounds
    text = render.text(
        "round_preview",
        name=name_of(of),
        as_of=of.as_of_on,
        total=len(found),
        counts=[(PLEDGE_WORDS[one], final.count(one)) for one in PledgeStatus if one in final],
        rate_name=settings.rate_name,
        rate=rate_words(rate_of_statuses(final, settings)),
        moved=[
            (
                one.task.shown_no or f"#{one.task_id}",
                shown_title(one.task),
                word(one.previous_status),
                word(one.final_status),
            )
            for one in moved[:SHOWN]
        ],
        more=max(0, len(moved) - SHOWN),
        moved_count=len(moved),
    )
    return Message(text, [[button(label("rounds.button.freeze"), "rdfreeze", of.id)]])


def tell_departments(turn: Turn, of: Round) -> tuple[int, int]:
    """통보 to officers, leads and heads, each about the own projects; gives how many were told and how many not."""
    own: dict[int, list[RoundEntry]] = defaultdict(list)
    for one in rounds.entries(turn.session, of.id):
        people = [each.officer_id for each in milestones.of_task(one.task, turn.today)]
        above = dict(
            reversed(approval.over_task(turn.session, one.task, turn.today))
        )  # of leads the first turn
        people += [each.officer.id for role in (RoleName.LEAD, RoleName.HEAD) for each in above.get(role, ())]
        for officer_id in dict.fromkeys(people):
            own[officer_id].append(one)
    reached = chat_links.chats(turn.session, own)
    for officer_id in reached:
        turn.hand(officer_id, NOTICE, partial(_notice, of, own[officer_id]))
    return len(reached), len(own) - len(reached)


def _notice(of: Round, found: list[RoundEntry]) -> Message:
    text = render.text(
        "round_notice",
        name=name_of(of),
        as_of=of.as_of_on,
        basis=of.basis,
        rows=[
            {
                "no": one.task.shown_no or f"#{one.task_id}",
                "title": shown_title(one.task),
                "before": word(one.previous_status),
                "final": word(one.final_status),
                "opinion": guard.words(one.opinion or "", one),
            }
            for one in found[:ATTACHED]
        ],
        more=max(0, len(found) - ATTACHED),
        total=len(found),
    )
    return Message(text, [])
