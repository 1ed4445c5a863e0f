"""What remains of a text once acts, dates and numbers are read: the reason of a delay, the note of a completion."""

from __future__ import annotations

import re
from typing import Final

from bot.speech.manners import FILLERS, GREETINGS
from bot.speech.masking import DATE, ID, Masked

LEAST_LETTERS: Final = 2
FINALS: Final = 28  # ways a syllable of Hangul can end
_TENSE: Final = {18, 20}  # ㅄ and ㅆ: 없, 있, 했, 겠
_CAUSE = re.compile(
    r"(?:\s*(?:때문에|때문|땜에|땜시|때메|때매|(?:으)?로\s*인해서?|(?:으)?로\s*인한|(?:으)?로\s*인하여|(?:[의을를]\s*)?사유로|(?:의\s*)?이유로|(?:의\s*)?관계로|탓에|탓으로|덕분에|라서|이라서|이라|이어서))+\s*(?:요|입니다|이에요|예요|임)?$"
)
_CAUSE_AHEAD = re.compile(
    r"^(?:연기\s*)?(?:사유|이유|원인)\s*(?:는|은|로는|[:：])?\s*|^(?:because(?:\s+of)?|due\s+to|since|as|for)\s+",
    re.IGNORECASE,
)
_BY = re.compile(r"으로$")
_BY_SHORT = re.compile(r"(?<=[가-힣]{2})로$")
_ROADS = re.compile(
    r"(?:도로|경로|수로|선로|진로|통로|항로|철로|산책로|탐방로|대로|회로|활로|별로|새로|스스로|서로|바로|따로|홀로)$"
)
_EDGE = " \t\n,.·;:~!?()[]-–—/>“”\"'ㅎㅋㅠㅜ^…✅👍🙏🙂😊😀🙇"
_PARTICLES_AHEAD = re.compile(
    r"^[-–—]\s*|^(?:번|은|는|을|를|이|가|과|와|도|의|에|로|으로|까지로|까지만|까지|이랑|랑|건|것|거|씩|만|더|간|부터|에는|자로|좀|다|모두|전부|요)(?=[\s,.!]|$|[№◆])"
)
_STUCK = re.compile(
    rf"(?<=[{ID}{DATE}])(?:번|까지로|까지만|까지|으로|로|에는|에|은|는|을|를|이랑|랑|이|가|과|와|도|의|씩|만|간|자로|부로|쯤|날|부터)(?![가-힣])|(?<=[{DATE}])(?:까지로|까지만|까지|으로|로|에)"
)


def chunks(found: Masked, used: list[tuple[int, int]]) -> list[str]:
    """The stretches of words between the used places, as typed, without politeness and particles at their edges."""
    free = _holes(found, used)
    stretches: list[str] = []
    start: int | None = None
    for place, is_free in enumerate([*free, False]):
        if is_free and start is None:
            start = place
        elif not is_free and start is not None:
            stretches.append(trimmed(found.plain(start, place)))
            start = None
    return [one for one in stretches if _is_told(one)]


def _holes(found: Masked, used: list[tuple[int, int]]) -> list[bool]:
    free = [True] * len(found.text)
    for match in _STUCK.finditer(found.text):
        if any(start <= match.start() - 1 < end for start, end in used):
            used = [*used, match.span()]
    for start, end in used:
        free[start:end] = [False] * (end - start)
    return free


def _is_told(text: str) -> bool:
    return sum(one.isalnum() for one in text) >= LEAST_LETTERS


def trimmed(text: str) -> str:
    """The text without greetings, polite fillers, particles and signs at its edges; its inside stays as typed."""
    before = None
    while text != before:
        before = text
        text = text.strip(_EDGE)
        text = _PARTICLES_AHEAD.sub("", text)
        for pattern in (GREETINGS, FILLERS):
            if (ahead := pattern.match(text)) and ahead.end():
                text = text[ahead.end() :]
            for behind in pattern.finditer(text):
                if (
                    behind.end() == len(text)
                    and behind.start() < behind.end()
                    and _ends_a_word(text, behind.start())
                ):
                    text = text[: behind.start()]
                    break
    return text


def _ends_a_word(text: str, at: int) -> bool:
    """A filler at the end is one only as a word of its own, or as an ending of what is said."""
    if text[at:].startswith("습니다") and at and (ord(text[at - 1]) - ord("가")) % FINALS in _TENSE:
        return False  # 늦어지고 있습니다: the end of what is told
    return at == 0 or text[at - 1].isspace() or text[at:].startswith(("입니다", "이에요", "예요", "습니다"))


def reason(text: str) -> str:
    """A reason without the words that only say that it is one: 때문에, 으로 인해, 사유:, because of."""
    text = trimmed(_CAUSE_AHEAD.sub("", text.strip(_EDGE)))
    text = _CAUSE.sub("", text).strip(_EDGE)
    text = _BY.sub("", text)
    if not _ROADS.search(text):
        text = _BY_SHORT.sub("", text)
    return text.strip(_EDGE)
