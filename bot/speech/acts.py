"""The acts that the words of a masked text speak of, and the numbers they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.speech.lexicon import PATTERNS, Intent
from bot.speech.manners import ALL, NOT_DONE
from bot.speech.masking import ID, Masked
from bot.speech.numbers import IDS_MOST

_BETWEEN: Final = re.compile(
    r"(?:\s*(?:,|·|/|&|\+|과|와|이랑|랑|하고|및|그리고|또|and|번|은|는|도|하고요))*\s*",
    re.IGNORECASE,
)
_EACH_DONE: Final = re.compile(
    rf"\s*(?:{ID}\s*(?:번\s*)?(?:(?:은|는|도|건)\s*)?(?:완료|끝|종료)(?:했습니다|하였습니다|했어요|했고|하고|했음|입니다|[됨함요])?[\s,./·!]*)+"
)  # 121 완료, 122도 완료
_CHANGED: Final = re.compile(r"기한|기간|날짜|마감|일정")
_CAUSE: Final = re.compile(
    r"\s*(?:으로|로)(?!\s*(?:등록|처리|변경|해|신청|요청|부탁))|\s*(?:에\s*따[라른]|때문|되어|돼서|되면서|되는\s*바람|에\s*의[해한]|이\s*되어|의\s*영향)"
)
LISTS: Final[tuple[Intent, ...]] = (
    Intent.OVERDUE,
    Intent.MY,
    Intent.UPCOMING,
    Intent.STATUS,
)  # dates are words of these
_TOLD: Final = re.compile(r"(?:입니다|습니다|했음|있음|없음|됨|임)\s*[.!]?$")


@dataclass(frozen=True)
class Heard:
    """A masked text with its acts. `groups` are runs of numbers with only joining words between them."""

    words: Masked
    acts: dict[Intent, list[re.Match[str]]]
    ids: tuple[int, ...]
    groups: int
    doubt: str | None

    @property
    def is_negated(self) -> bool:
        return NOT_DONE.search(self.words.text) is not None

    @property
    def is_told(self) -> bool:
        """A statement rather than a wish."""
        return _TOLD.search(self.words.text) is not None

    @property
    def means_all(self) -> bool:
        """All of them, the rest, the second one: without numbers nobody knows which."""
        return ALL.search(self.words.text) is not None


def hear(words: Masked) -> Heard:
    plain = words.plain(0, len(words.text))
    acts = {
        intent: found
        for intent, pattern in PATTERNS.items()
        if (found := list(pattern.finditer(plain if intent in LISTS else words.text)))
    }
    acts = _plain_delays(_without_undone(acts), words.text)
    ids = tuple(dict.fromkeys(one for _, number in words.numbers for one in number.ids))
    return Heard(words, acts, ids, _groups(words), _doubt(words, ids))


def _without_undone(acts: dict[Intent, list[re.Match[str]]]) -> dict[Intent, list[re.Match[str]]]:
    """Acts that are only named as what is to be taken back (연기 취소) are not asked for."""
    undone = [act.span() for act in acts.get(Intent.UNDO, [])]
    if not undone:
        return acts
    kept: dict[Intent, list[re.Match[str]]] = {Intent.UNDO: acts[Intent.UNDO]}
    for intent, found in acts.items():
        left = [
            one for one in found if not any(one.start() < end and start < one.end() for start, end in undone)
        ]
        if left and intent is not Intent.UNDO:
            kept[intent] = left
    return kept


def _plain_delays(acts: dict[Intent, list[re.Match[str]]], text: str) -> dict[Intent, list[re.Match[str]]]:
    """“의회 회기 연장으로, 일정 변경 때문에 2주 연기”: what is told as the cause is the act only where nothing else is."""
    found = acts.get(Intent.DELAY, [])
    plain = [act for act in found if not _CAUSE.match(text, act.end()) and not _CHANGED.match(act[0])]
    return acts | {Intent.DELAY: plain} if plain and len(plain) < len(found) else acts


def _groups(words: Masked) -> int:
    if _EACH_DONE.fullmatch(words.text):
        return 1
    places = [atom.at for atom, _ in words.numbers]
    count = min(1, len(places))
    for before, after in pairwise(places):
        between = words.text[before + 1 : after]
        count += _BETWEEN.fullmatch(between) is None
    return count


def _doubt(words: Masked, ids: tuple[int, ...]) -> str | None:
    """Why it cannot be sure which items are meant."""
    if words.doubt:
        return words.doubt
    for _, number in words.numbers:
        if number.doubt:
            return number.doubt
    if len(ids) > IDS_MOST:
        return f"한 번에 {IDS_MOST}건까지 처리할 수 있습니다. 나누어 보내 주십시오."
    if _groups(words) > 1 and not all(number.is_marked for _, number in words.numbers):
        return "어느 숫자가 일정 번호인지 알 수 없습니다. 번호 앞에 #을 붙여 주십시오."
    return None


def spoken(words: Masked, act: re.Match[str]) -> tuple[int, int]:
    """Where the act stands, with the rest of its last word: 완료 + 하였음을."""
    end = act.end()
    while end < len(words.text) and "가" <= words.text[end] <= "힣" and not words.text[end - 1].isspace():
        end += 1
    return act.start(), end


def places(words: Masked, sign: str = ID) -> list[tuple[int, int]]:
    """Where the signs of a kind stand."""
    return [(atom.at, atom.at + 1) for atom in words.atoms if atom.sign == sign]
