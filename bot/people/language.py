"""/lang en|ko: in which language the speaker is spoken to; alone, in which that is, with a button for each."""

from bot.chat.command import Command, misused
from bot.chat.turn import Keyboard, Press, Turn, button
from bot.texts.render import codes, label, words
from jobs.people import own_language
from plans.text.characters import clean
from reports.texts.speaking import LANGUAGES, Language, known, language, turn_to

VERB = "ownlang"


def show_or_choose(turn: Turn, text: str) -> None:
    """Raises UsageError for what is no language there is."""
    said = clean(text).casefold()
    if not said:
        _tell(turn)
        return
    named = {word.casefold(): code for word, code in codes("people.language.name").items()}
    found = known(named.get(said, said))
    if found is None:
        raise misused(
            "people.language.unknown", "lang", languages=list(words("people.language.name").values())
        )
    _choose(turn, found)


def press(turn: Turn, pressed: Press) -> None:
    """A button carries the place in the list of languages, from 1."""
    if 0 < pressed.id <= len(LANGUAGES):
        _choose(turn, LANGUAGES[pressed.id - 1])


def _choose(turn: Turn, chosen: Language) -> None:
    own_language.choose(turn.deed, turn.actor.officer, chosen)
    turn.wants_menu = True
    turn_to(chosen)
    _tell(turn)


def _tell(turn: Turn) -> None:
    spoken = known(turn.actor.officer.language) or language()
    turn_to(spoken)
    turn.answer(
        "languages", _buttons(), number=turn.sample_number(), language=words("people.language.name")[spoken]
    )


def _buttons() -> Keyboard:
    """Each in its own language, for whoever reads no other."""
    return [
        [
            button(label(f"people.language.button.{one}"), VERB, place)
            for place, one in enumerate(LANGUAGES, 1)
        ]
    ]


COMMAND = Command(name="lang", effect=show_or_choose, buttons={VERB: press})
