"""Officers, telephone numbers and partner offices as cards write them (담당자·연락처·협업기관)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from plans.draft import OfficerDraft
from plans.text.spelling import close_up, one_line

RANKS: Final = (
    "주무관|팀장|과장|계장|실장|국장|소장|단장|센터장|관장|원장|부장|차장|면장|동장|읍장|담당관|담당|사무관|서기관|주사보|주사|서기보|서기"
    "|전문관|연구사|연구관|지도사|지도관|공무직|대리|실무관|(?:행정|시설|사회복지|환경|보건|농업|전산|토목|건축|세무|간호)?[4-9]급"
)
_RANK: Final = re.compile(rf"^(?:{RANKS})$")
_RANK_END: Final = re.compile(r"(팀장|과장|실장|국장|단장|소장|본부장|센터장|담당관|주무관|계장)$")
_ROLES: Final = frozenset(
    (
        "담당자",
        "담당",
        "업무담당",
        "업무담당자",
        "실무자",
        "책임자",
        "부서장",
        "성명",
        "담당공무원",
        "담당직원",
    )
)
"""What a person is in the plan, and no rank."""
_NAME_WITH_RANK: Final = re.compile(rf"^([가-힣○*]{{2,4}}?)({RANKS})$")
_NAME: Final = re.compile(r"^[가-힣○*]{2,4}$")
_NO_NAMES: Final = frozenset(
    (
        "없음",
        "미정",
        "공석",
        "해당없음",
        "추후",
        "예정",
        "각부서",
        "전부서",
        "내선",
        "전화",
        "연락처",
        "팩스",
        "직통",
        "대표",
    )
)
_PHONE: Final = re.compile(
    r"(?:\(?0\d{1,2}\s?[)\-.∼~]\s?)?\d{3,4}\s?-\s?\d{4}(?!\d)|(?<![\d-])-?\s?\d{4}(?!\d|-|\s?년|\s?\.\s?\d)"
)
_EMPTY: Final = ("", "-", "–", "―", "없음", "해당없음", "해당 없음")
_UNIT_END: Final = re.compile(r"(과|팀|관|국|실|계|센터|본부|담당관)(\([^()]*\))?$")
_DEPARTMENT_ENDS: Final = (
    "과",
    "실",
    "국",
    "관",
    "단",
    "소",
    "센터",
    "본부",
    "원",
    "청",
    "처",
    "부",
    "읍",
    "면",
    "동",
)
_MOST_BEFORE_TEAM: Final = 2  # 국 and 과
_TEAM: Final = re.compile(r"(?:[가-힣A-Za-z0-9]{1,20}(?<!팀) ){0,3}[가-힣A-Za-z0-9]{1,20}팀")
_OFFICE: Final = re.compile(r"[가-힣]{1,12}(?:과|팀|센터|본부|사업소|위원회|담당관|기획단|추진단|지원단)")
_OFFICE_BEFORE_NAME: Final = re.compile(r"[가-힣]{1,12}(?:국|실|관|단|원|소|청)")
_HEADED: Final = re.compile(r"(?P<office>[가-힣]{2,12}(?:과|실|단|센터|사업소|본부|소|원|관|국|팀))장")
_LEVELS: Final = (
    ("팀장", "계장", "파트장"),
    ("과장", "담당관", "실장", "소장", "단장", "센터장", "관장", "원장", "부서장"),
    ("국장", "본부장"),
)
_LETTERS: Final = re.compile(r"(?<![가-힣○*])[가-힣](?: [가-힣](?![가-힣○*])){1,8}")
_PIECE: Final = re.compile(
    rf"(?P<phone>{_PHONE.pattern})|(?P<word>[가-힣]{0, 8}[4-9]급|[가-힣○*]+)|(?P<stop>[,/·ㆍ;|]|\n)"
)


@dataclass
class Person:
    """Somebody in a person's field: rank and numbers as they stand beside the name."""

    name: str
    rank: str | None = None
    phones: list[str] = field(default_factory=list)

    @property
    def level(self) -> int:
        """0 for who does the work, above that for who answers for it."""
        rank = self.rank or ""
        return next((at for at, ends in reversed(list(enumerate(_LEVELS, 1))) if rank.endswith(ends)), 0)


def read_officers(text: str) -> list[OfficerDraft]:
    """Names with their ranks; a rank behind several names is all of theirs ("가, 나, 다 주무관")."""
    return [OfficerDraft(name=one.name, rank=one.rank) for one in read_people(text)]


def read_people(text: str) -> list[Person]:
    """Everybody in a person's field: the rank stands before or behind the name, the name of a team before a rank
    (산림휴양 팀장 가나다), that of an office before a name (총무과 가나다)."""
    found: list[Person] = []
    carried: str | None = None
    phone = ""
    for stop, words, phones in _pieces(text):
        marked = _marked(words)
        kinds = [kind for kind, _ in marked]
        has_rank = "rank" in kinds or "role" in kinds
        carried = None if has_rank or stop == "\n" else carried
        if has_rank and "name" not in kinds[_last_rank(kinds) :]:
            found += _trailing(marked, found)
        else:
            new, carried = _leading(marked, carried)
            found += new
        for written in phones:
            phone = whole_phone(written, phone)
            found[-1].phones.append(phone) if found else None
    return found


def _pieces(text: str) -> list[tuple[str, list[str], list[str]]]:
    """The sign before each piece, its words and its numbers; a word behind a number begins a piece of its own."""
    pieces: list[tuple[str, list[str], list[str]]] = [("\n", [], [])]
    for match in _PIECE.finditer(_LETTERS.sub(lambda run: run[0].replace(" ", ""), text)):
        if match["stop"] is not None:
            pieces.append((match[0], [], []))
        elif match["phone"] is not None:
            pieces[-1][2].append(match[0])
        else:
            if pieces[-1][2]:
                pieces.append(("", [], []))
            pieces[-1][1].append(match[0])
    return pieces


def _marked(words: Sequence[str]) -> list[tuple[str, str]]:
    """Each word as rank, role, office or name; others are left out."""
    has_name = any(_NAME.match(w) and not _NAME_WITH_RANK.match(w) and not _is_said(w) for w in words)
    marked: list[tuple[str, str]] = []
    for at, word in enumerate(words):
        together = None if has_name or _RANK.match(word) else _NAME_WITH_RANK.match(word)
        behind = words[at + 1] if at + 1 < len(words) else ""
        if word in _ROLES:
            marked.append(("role", word))
        elif together is not None:
            marked += [("name", together[1]), ("rank", together[2])]
        elif is_rank(word):
            marked.append(("rank", word))
        elif _OFFICE.fullmatch(word) or (_OFFICE_BEFORE_NAME.fullmatch(word) and _may_be_name(behind)):
            marked.append(("office", word))
        elif _may_be_name(word):
            marked.append(("name", word))
    return marked


def _may_be_name(word: str) -> bool:
    return bool(_NAME.match(word)) and not _is_said(word)


def _is_said(word: str) -> bool:
    """Whether a word of a person's field is certainly no name."""
    return word in _ROLES or word in _NO_NAMES or is_rank(word) or bool(_OFFICE.fullmatch(word))


def _last_rank(kinds: Sequence[str]) -> int:
    return max(at for at, kind in enumerate(kinds) if kind in ("rank", "role"))


def _leading(marked: Sequence[tuple[str, str]], carried: str | None) -> tuple[list[Person], str | None]:
    """The rank stands before the names; what stands before a rank whose forerunner has its name is that of a team."""
    found: list[Person] = []
    rank, team, is_named = carried, "", True
    for at, (kind, word) in enumerate(marked):
        behind = marked[at + 1][0] if at + 1 < len(marked) else ""
        if kind in ("rank", "role"):
            rank, team, is_named = (team + word if kind == "rank" else None), "", False
        elif kind == "name" and behind == "rank" and is_named:
            team = word
        elif kind == "name":
            found.append(Person(word, rank))
            is_named = True
    return found, rank


def _trailing(marked: Sequence[tuple[str, str]], before: Sequence[Person]) -> list[Person]:
    """The rank stands behind one or several names, also those of the pieces before."""
    found: list[Person] = []
    for kind, word in marked:
        if kind == "name":
            found.append(Person(word))
        elif kind == "rank":
            for person in (*before, *found):
                person.rank = person.rank or word
    return found


def is_rank(word: str) -> bool:
    """주무관 · 팀장 · 기획팀장."""
    return bool(_RANK.match(word) or _RANK_END.search(word))


def department_in(text: str) -> str | None:
    """The office that a person's field names: 총무과 가나다, or by its head (공원과장 가나다 -> 공원과); a team only where
    no office is named."""
    words = [word for _, words, _ in _pieces(text) for word in words]
    named = [word for kind, word in _marked(words) if kind == "office"]
    headed = [found["office"] for word in words if (found := _HEADED.fullmatch(word)) is not None]
    offices = sorted([*named, *headed], key=lambda name: (name.endswith("팀"), name.endswith("국")))
    return offices[0] if offices else None


def read_phones(text: str) -> list[str]:
    """Telephone numbers; a lone extension behind a number (-2880, 2889) is a number of its own."""
    phones: list[str] = []
    for found in _PHONE.finditer(text):
        phones.append(whole_phone(found[0], phones[-1] if phones else ""))
    return phones


def whole_phone(written: str, before: str) -> str:
    """A number as written; a lone extension takes the beginning of the one before."""
    phone = one_line(written)
    phone = phone if phone.count("(") == phone.count(")") else phone.strip("(")
    return before[:-4] + phone[-4:] if before and re.fullmatch(r"-?\s?\d{4}", phone) else phone


def read_offices(text: str) -> list[str]:
    """Partner offices: split at commas and line breaks, and behind every unit that ends one (… 총무과 … 정책관)."""
    offices: list[str] = []
    for piece in re.split(r"[,/\n;、]", text):
        parts = re.split(r"[·ㆍ]", piece)
        is_listed = len(parts) > 1 and all(_UNIT_END.search(part.strip()) for part in parts)
        for part in parts if is_listed else [piece]:
            offices += _offices_in(part)
    return [office for office in offices if office not in _EMPTY]


def _offices_in(piece: str) -> list[str]:
    found: list[str] = []
    words: list[str] = []
    for word in close_up(piece).split():
        words.append(word)
        if _UNIT_END.search(word):
            found.append(" ".join(words))
            words = []
    if words and found and all(word.startswith("(") for word in words):
        return [*found[:-1], " ".join([found[-1], *words])]
    return [*found, " ".join(words)] if words else found


def read_department(text: str) -> str | None:
    """The lead department, closed up, without telephone numbers in brackets; None for "-"."""
    name = close_up(re.sub(r"\([^()\d]*\d[^()]*\)|☎.*", "", text))
    return None if name in _EMPTY else name


def office_and_team(department: str) -> tuple[str, str | None]:
    """법무지원과 법무규제혁신팀 -> the department, and the team inside it, of several words, too; None where no team stands
    behind a department."""
    words = department.split()
    for count in range(min(len(words) - 1, _MOST_BEFORE_TEAM), 0, -1):
        if words[count - 1].endswith(_DEPARTMENT_ENDS) and _TEAM.fullmatch(" ".join(words[count:])):
            return " ".join(words[:count]), " ".join(words[count:])
    return department, None
