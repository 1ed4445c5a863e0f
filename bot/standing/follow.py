"""/follow and /unfollow: another's item that the speaker may see stands in the speaker's morning when it changed."""

from bot.chat.command import Command, example_of
from bot.chat.line import standing
from bot.chat.lists import Pages, page_of, paging, titled
from bot.chat.turn import Press, Turn, UsageError, button, one_number
from bot.texts.render import label, say
from jobs.authority.permissions import Action, viewable
from jobs.milestones import follow
from jobs.milestones.follow import FollowError
from reports.texts.hidden_titles import shown_title
from store import follows
from store.deliveries import Message
from store.models import Milestone

VERB, OFF, LIST = "follow", "unfollow", "followlist"
PER_PAGE = 7


def row(turn: Turn, milestone: Milestone) -> list[dict[str, str]]:
    """[따라 보기] or [그만 보기] of what the speaker may follow, or follows; nothing of the speaker's own."""
    me = turn.actor.officer
    if follows.get(turn.session, me.id, milestone.id) is not None:
        return [button(label("standing.follow.off"), OFF, milestone.id)]
    return (
        [button(label("standing.follow.on"), VERB, milestone.id)]
        if follow.may_begin(me, milestone, turn.today)
        else []
    )


def begin(turn: Turn, text: str) -> None:
    """Alone: the list. With a number: from now on."""
    if text.strip():
        number, _ = one_number(text, say("standing.follow.one"), example_of("follow"), is_all=True)
        _begin(turn, turn.milestone(number, Action.VIEW))
    else:
        LISTED.show(turn)


def press_on(turn: Turn, press: Press) -> None:
    _begin(turn, turn.milestone(press.id, Action.VIEW))


def _begin(turn: Turn, milestone: Milestone) -> None:
    try:
        follow.follow(turn.deed, turn.actor.officer, milestone)
    except FollowError as error:
        raise _refused(error, milestone.id) from error
    off = [[button(label("standing.follow.off"), OFF, milestone.id)]]
    turn.answer("followed", off, milestone=milestone)


def end(turn: Turn, text: str) -> None:
    number, _ = one_number(text, say("standing.follow.one-off"), example_of("unfollow"), is_all=True)
    _end(turn, number)


def press_off(turn: Turn, press: Press) -> None:
    _end(turn, press.id)


def _end(turn: Turn, number: int) -> None:
    """Also of what the speaker may see no more: only its number is told."""
    try:
        follow.unfollow(turn.deed, turn.actor.officer, number)
    except FollowError as error:
        raise _refused(error, number) from error
    turn.answer("unfollowed", [[button(label("standing.follow.again"), VERB, number)]], number=number)


def _refused(error: FollowError, number: int) -> UsageError:
    return UsageError(say(f"standing.follow.refused.{error}", number=number, most=follow.MOST))


def page(turn: Turn, wanted: int) -> Message:
    """What the speaker follows and may still see."""
    found = follows.of_officer(turn.session, turn.actor.officer.id)
    seen = viewable(turn.session, turn.actor, [one.id for one in found], turn.today)
    listed = [one for one in found if one.id in seen]
    shown, current, pages = page_of(listed, wanted, PER_PAGE)
    lines = [
        say(
            "standing.follow.line",
            number=one.id,
            title=shown_title(one),
            state=standing(one, turn.today),
        )
        for one in shown
    ]
    empty = say("standing.follow.none", example=example_of("follow"))
    text = titled(turn, say("standing.follow.title"), len(listed), lines, empty, page=current, pages=pages)
    rows = [[button(label("standing.follow.off-one", number=one.id), OFF, one.id)] for one in shown]
    return Message(text, rows + paging(LIST, current, pages))


LISTED = Pages(page)
FOLLOW = Command(
    name="follow",
    effect=begin,
    action=Action.VIEW,
    buttons={VERB: press_on, LIST: LISTED.turn_page},
    on_milestone=frozenset({"follow", VERB}),
)
UNFOLLOW = Command(name="unfollow", effect=end, action=Action.VIEW, buttons={OFF: press_off})
