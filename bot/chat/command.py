"""What a chat command is: its names, its help (`bot/texts/<language>/commands/`), whom it is for, its effect; and the same for a
button."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.chat.turn import Press, Turn, UsageError
from bot.speech.reading import Understood
from bot.speech.understand import KOREAN
from bot.texts.render import say, words
from jobs.authority.permissions import Action
from store.models import Dialogue

Effect = Callable[[Turn, str], None]
PressEffect = Callable[[Turn, Press], None]
CarryOn = Callable[[Turn, Dialogue, str], None]

Act = Callable[[Turn, Understood], None]


def read_as_words(_turn: Turn, _text: str) -> None:
    """The effect of commands whose whole text the reader of words reads (bot/speech/understand.py): what it reads is
    carried out by ACTS of bot/routing/proposal.py, or shown as a card there."""
    raise NotImplementedError


@dataclass(frozen=True)
class Command:
    """One command. `action` None: for everybody linked. `buttons` are the verbs its keyboards use.

    `on_milestone`: its own name and those of its verbs whose number is a milestone's, which must lie in the
    person's reach. `dialogues`: the kinds of question it asks, with what takes the answer.
    """

    name: str
    effect: Effect = read_as_words
    action: Action | None = None
    buttons: dict[str, PressEffect] = field(default_factory=dict)
    in_menu: bool = True
    on_milestone: frozenset[str] = frozenset()
    dialogues: dict[str, CarryOn] = field(default_factory=dict)

    @property
    def korean(self) -> tuple[str, ...]:
        """What may be typed instead of its name."""
        return KOREAN.get(self.name, ())

    @property
    def summary(self) -> str:
        """What it does, as /help and the menu say it."""
        return words(f"commands.{self.name}")["summary"]

    @property
    def example(self) -> str | None:
        """How it is typed; None where its name alone is."""
        return words(f"commands.{self.name}").get("example")


def example_of(name: str) -> str:
    """How the command of that name is typed, for whoever typed it otherwise."""
    return words(f"commands.{name}").get("example", f"/{name}")


def misused(key: str, name: str, /, **facts: object) -> UsageError:
    """What was wrong, as a line of the catalogue, with the example of the command of that name."""
    return UsageError(say(key, **facts), example=example_of(name))
