"""People as they are named in a message: "이바다", "@이바다 주무관님", "총무과 남궁 민수에게" -> who is meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.chat.newcomers import Add
from bot.chat.turn import UsageError
from bot.privacy import guard
from bot.texts.render import say
from store import officers
from store.models import Officer

NO_NAMES = {"부담당", "부담당자", "추가", "내일", "오늘", "모레", "다음", "이번"}  # what follows a name
MOST_WORDS = 4  # of one name: Anna Maria Kim
NOBODY = {"없음", "공석", "-"}
RANKS = ("주무관", "실무관", "사무관", "서기관", "팀장", "과장", "계장", "국장", "실장", "주사", "서기")
_TITLE = rf"(?:{'|'.join(RANKS)})?님?(?:께서|께|에게서|에게|한테|에서|이|가|을|를|의|로|으로)?"
_WORD = re.compile(r"\s*@?([가-힣A-Za-z][가-힣A-Za-z·]*)(?:\(([^)]*)\))?[,:]?")
_ONLY_TITLE = re.compile(rf"\s*{_TITLE}(?=\s|$)[,:]?")
_NEXT_WORD = re.compile(r"\s*[가-힣A-Za-z][가-힣A-Za-z·]*")
_ARROW = re.compile(r"^\s*(?:->|→|⇒|>|에서|에게)\s*")


@dataclass(frozen=True)
class Party:
    """Who may be meant, by department and id; nobody at all for "없음"; and what follows the name."""

    name: str
    people: list[Officer]
    rest: str

    @property
    def is_nobody(self) -> bool:
        return self.name in NOBODY

    def one(self) -> Officer | None:
        return self.people[0] if len(self.people) == 1 else None


def party(session: Session, text: str, *, example: str, add: Add | None = None) -> Party:
    """The person named at the front of the text, with the department before or in brackets after the name.

    `add`: how somebody whom no plan knows is added where the department is written. Raises UsageError.
    """
    text = _ARROW.sub("", text)
    first, _, rest = text.strip().partition(" ")
    if first in NOBODY:
        return Party(first, [], rest.strip())
    found = _WORD.match(text)
    if found is None:
        raise UsageError(say("chat.error.no-name"), example=example)
    department = officers.department(session, found[1])
    if department is not None and (named := _WORD.match(text, found.end())):
        return _of(session, named, text, department.name, example, add)
    return _of(session, found, text, found[2], example, add)


def _of(
    session: Session,
    found: re.Match[str],
    text: str,
    department: str | None,
    example: str,
    add: Add | None,
) -> Party:
    for words, end in [*_longer(text, found.start(1)), (found[1], found.end())]:
        for name in _spellings(words):
            if people := officers.find(session, name, department):
                return Party(name, people, _behind(text, end))
    name = _spellings(found[1])[-1]
    known = officers.department(session, department) if department else None
    if add is not None and known is not None:
        name, rest = _new_name(text, found)
        return Party(name, [add(name, known)], rest)
    raise UsageError(
        say("chat.error.unknown-name", department=department, name=guard.name(name)), example=example
    )


def _longer(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The names of several words that may stand there, the longest first, each with its end."""
    ends = [start]
    while len(ends) <= MOST_WORDS and (word := _NEXT_WORD.match(text, ends[-1])):
        ends.append(word.end())
    for end in reversed(ends[2:]):
        yield " ".join(text[start:end].split()), end


def _new_name(text: str, found: re.Match[str]) -> tuple[str, str]:
    """The whole name of somebody unknown, up to a title or a word that is no part of names; and what follows."""
    words, end = [found[1]], found.end()
    while (
        _spellings(words[-1])[-1] == words[-1]
        and (word := _NEXT_WORD.match(text, end))
        and not _ONLY_TITLE.fullmatch(word[0])
        and word[0].strip() not in NO_NAMES
    ):
        words.append(word[0].strip())
        end = word.end()
    return _spellings(" ".join(words))[-1], _behind(text, end)


def _behind(text: str, end: int) -> str:
    """What follows the name, a title of its own aside."""
    rest = text[end:]
    title = _ONLY_TITLE.match(rest)
    return _ARROW.sub("", rest[title.end() :] if title else rest).strip()


def _spellings(word: str) -> list[str]:
    """The name as it stands, then without a title and particles grown onto it."""
    bare = re.sub(rf"{_TITLE}$", "", word).strip()
    return [word] if not bare or bare == word else [word, bare]
