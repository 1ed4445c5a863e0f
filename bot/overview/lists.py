"""/my, /overdue and /upcoming [days]: one's own open milestones, and what is late or falls due soon in a manager's reach."""

from bot.chat import lists
from bot.chat.command import Command, misused
from bot.chat.lists import MOST_DAYS
from bot.chat.turn import Turn
from bot.digest import december_question, recurring
from jobs.authority.permissions import Action
from plans.text.characters import number_of

DEFAULT_DAYS = 14
_DAYS = ("일", "days", "day")


def upcoming(turn: Turn, text: str) -> None:
    words = text.strip()
    unit = next((one for one in _DAYS if words.lower().endswith(one)), "")
    words = words[: len(words) - len(unit)].strip()
    days = number_of(words) if words else DEFAULT_DAYS
    if days is None or not 1 <= days <= MOST_DAYS:
        raise misused("overview.how-far", "upcoming", days=MOST_DAYS)
    lists.UPCOMING.show(turn, days)


MY = Command(
    name="my",
    effect=lambda turn, _text: lists.MY.show(turn),
    buttons={
        lists.MY.verb: lists.MY.turn_page,
        lists.LATE.verb: lists.LATE.show_or_turn,
        recurring.VERB: recurring.press,
        december_question.ALL_DONE: december_question.press_all_done,
        december_question.ONE_BY_ONE: december_question.press_one_by_one,
    },
)
OVERDUE = Command(
    name="overdue",
    effect=lambda turn, _text: lists.OVERDUE.show(turn),
    action=Action.OVERVIEW,
    buttons={lists.OVERDUE.verb: lists.OVERDUE.turn_page},
)
UPCOMING = Command(
    name="upcoming",
    effect=upcoming,
    action=Action.OVERVIEW,
    buttons={lists.UPCOMING.verb: lists.UPCOMING.turn_page},
)
