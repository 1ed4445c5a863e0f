"""People as they are named in a message: "이바다", "@이바다 주무관님", "총무과 남궁 민수에게", "시설팀 이바다" -> who."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.orm import Session

from bot.chat.newcomers import Add
from bot.chat.turn import UsageError
from bot.privacy import guard
from bot.texts.render import say
from store import officers, teams
from store.models import Department, Officer

NO_NAMES = {
    "부담당",
    "부담당자",
    "추가",
    "내일",
    "오늘",
    "모레",
    "다음",
    "이번",
    "deputy",
}  # what follows a name
MOST_WORDS = 4  # of one name: Anna Maria Kim, Trees and Parks Team
NOBODY = {"없음", "공석", "-", "none", "nobody", "vacant"}
RANKS = ("주무관", "실무관", "사무관", "서기관", "팀장", "과장", "계장", "국장", "실장", "주사", "서기")
_TITLE = rf"(?:{'|'.join(RANKS)})?님?(?:께서|께|에게서|에게|한테|에서|이|가|을|를|의|로|으로)?"
_WORD = re.compile(r"\s*@?([가-힣A-Za-z][가-힣A-Za-z·]*)(?:\(([^)]*)\))?[,:]?")
_ONLY_TITLE = re.compile(rf"\s*{_TITLE}(?=\s|$)[,:]?")
_NEXT_WORD = re.compile(r"\s*[가-힣A-Za-z][가-힣A-Za-z·]*")
_BRACKET = re.compile(r"\s*\(([^()]*)\)[,:]?")
_ANY_WORD = re.compile(r"\S+")
_ARROW = re.compile(r"^\s*(?:->|→|⇒|>|에서|에게)\s*")


@dataclass(frozen=True)
class Party:
    """Who may be meant, by department and id; nobody at all for "없음"; and what follows the name. `is_team`: a team was
    named, and these belong to it."""

    name: str
    people: list[Officer]
    rest: str
    is_team: bool = False

    @property
    def is_nobody(self) -> bool:
        return self.name in NOBODY

    def one(self) -> Officer | None:
        return self.people[0] if len(self.people) == 1 and not self.is_team else None


def party(session: Session, text: str, *, example: str, add: Add | None = None) -> Party:
    """The person named at the front of the text, with the department, the team or both before or one of them in brackets
    after the name; a team alone is whoever belongs to it.

    `add`: how somebody whom no plan knows is added where the department is written. Raises UsageError.
    """
    text = _ARROW.sub("", text)
    first, _, rest = text.strip().partition(" ")
    if first in NOBODY:
        return Party(first, [], rest.strip())
    found = _WORD.match(text)
    if found is None:
        raise UsageError(say("chat.error.no-name"), example=example)
    department, end = _department(session, text, found)
    if department is not None and (named := _WORD.match(text, end)):
        within = _in_team(session, named, text, department.id)
        return within or _of(session, named, text, department.name, example, add)
    return _in_team(session, found, text) or _of(session, found, text, found[2], example, add)


def _department(session: Session, text: str, found: re.Match[str]) -> tuple[Department | None, int]:
    """The department at the front, and where it ends."""
    if not found[1].isascii():
        return officers.department(session, found[1]), found.end()
    before = officers.department_before(session, text)
    return (before[0], len(text) - len(before[1])) if before else (None, found.end())


def _in_team(
    session: Session, found: re.Match[str], text: str, department_id: int | None = None
) -> Party | None:
    """Where the text begins with a team's name, in that department: who of it is named behind, else all of it. Of a person with
    the team in brackets the same. None where there is no such team, or nobody of that name in it."""
    if found[2]:
        named = _called(_members(session, found[2], department_id), found[1])
        return Party(found[1], named, _behind(text, found.end())) if named else None
    for name, end in _words(text, found.start(1)):
        if people := _members(session, name, department_id):
            return _of_team(people, name, text, end)
    return None


def _of_team(people: list[Officer], team: str, text: str, end: int) -> Party:
    """Who of the people is named from `end` on, else all of them."""
    for name, after in _words(text, end):
        if named := _called(people, name):
            return Party(named[0].name, named, _behind(text, after))
    return Party(team, people, text[end:].strip(), is_team=True)


def _members(session: Session, team: str, department_id: int | None) -> list[Officer]:
    held = teams.named(session, team, department_id)
    return [person for one in held for person in teams.members(session, one.id)]


def _called(people: list[Officer], name: str) -> list[Officer]:
    return [one for one in people if one.name in _spellings(name)]


def _words(text: str, start: int) -> Iterator[tuple[str, int]]:
    """What stands there, of several words down to one, each with its end."""
    ends = [found.end() for found in islice(_ANY_WORD.finditer(text, start), MOST_WORDS)]
    for end in reversed(ends):
        yield " ".join(text[start:end].lstrip(" @").rstrip(",:").split()), end


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
                meant, after = _narrowed(session, people, text, end)
                return Party(name, meant, _behind(text, after))
    name = _spellings(found[1])[-1]
    known = officers.department(session, department) if department else None
    if add is not None and known is not None:
        name, rest = _new_name(text, found)
        return Party(name, [add(name, known)], rest)
    raise UsageError(
        say("chat.error.unknown-name", department=department, name=guard.name(name)), example=example
    )


def _narrowed(session: Session, people: list[Officer], text: str, end: int) -> tuple[list[Officer], int]:
    """Those of the department or the team in brackets that stands apart behind a name of several words; and where it ends."""
    found = _BRACKET.match(text, end)
    if found is None:
        return people, end
    where, inside = officers.department(session, found[1]), _members(session, found[1], None)
    kept = [one for one in people if one in inside or (where is not None and one.department is where)]
    return (kept, found.end()) if kept else (people, end)


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
