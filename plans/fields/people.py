"""Officers, telephone numbers and partner offices as cards write them (담당자·연락처·협업기관)."""

from __future__ import annotations

import re
from typing import Final

from plans.draft import OfficerDraft
from plans.text.spelling import close_up, one_line

RANKS: Final = (
    "주무관|팀장|과장|계장|실장|국장|소장|단장|센터장|관장|원장|부장|차장|면장|동장|읍장|담당관|담당|사무관|서기관|주사보|주사|서기보|서기"
    "|전문관|연구사|연구관|지도사|지도관|공무직|대리|실무관|(?:행정|시설|사회복지|환경|보건|농업|전산|토목|건축|세무|간호)?[4-9]급"
)
_RANK: Final = re.compile(rf"^(?:{RANKS})$")
_NAME_WITH_RANK: Final = re.compile(rf"^([가-힣○*]{{2,4}}?)({RANKS})$")
_NAME: Final = re.compile(r"^[가-힣○*]{2,4}$")
_PHONE: Final = re.compile(
    r"(?:\(?0\d{1,2}\s?[)\-.∼~]\s?)?\d{3,4}\s?-\s?\d{4}(?!\d)|(?<![\d-])-?\s?\d{4}(?![\d-])"
)
_EMPTY: Final = ("", "-", "–", "―", "없음", "해당없음", "해당 없음")
_UNIT_END: Final = re.compile(r"(과|팀|관|국|실|계|센터|본부|담당관)(\([^()]*\))?$")


def read_officers(text: str) -> list[OfficerDraft]:
    """Names with their ranks; a rank behind several names is all of theirs ("가, 나, 다 주무관")."""
    words = _name_words(_PHONE.sub(" ", text))
    rank_first = bool(words) and is_rank(words[0])
    officers: list[OfficerDraft] = []
    rank: str | None = None
    for word in words:
        if is_rank(word):
            rank = word
            if not rank_first:
                officers = [o if o.rank else o.model_copy(update={"rank": rank}) for o in officers]
        elif _NAME.match(word):
            officers.append(OfficerDraft(name=word, rank=rank if rank_first else None))
    return officers


def _name_words(text: str) -> list[str]:
    """Words of an officer cell: spaced names closed up, names and ranks written together taken apart."""
    words: list[str] = []
    for piece in re.split(r"[,/·ㆍ()\n:]|☎", text):
        parts = close_up(piece).split()
        has_name = any(
            _NAME.match(word) and not _NAME_WITH_RANK.match(word) and not _RANK.match(word) for word in parts
        )
        for word in parts:
            together = _NAME_WITH_RANK.match(word)
            is_rank = bool(_RANK.match(word)) or (has_name and together is not None)
            words += [word] if is_rank or together is None else [together[1], together[2]]
    return _join_letters(words)


def is_rank(word: str) -> bool:
    """주무관 · 팀장 · 기획팀장."""
    return bool(_RANK.match(word) or re.search(r"(팀장|과장|담당관|주무관|계장)$", word))


def _join_letters(words: list[str]) -> list[str]:
    """Letters of a name that stand apart (강 승 미 주무관) become one word again."""
    joined: list[str] = []
    letters = ""
    for word in [*words, ""]:
        if len(word) == 1 and "가" <= word <= "힣":
            letters += word
            continue
        joined += [part for part in (letters, word) if part]
        letters = ""
    return joined


def read_phones(text: str) -> list[str]:
    """Telephone numbers; a lone extension behind a number (-2880, 2889) is a number of its own."""
    phones: list[str] = []
    for found in _PHONE.finditer(text):
        phone = one_line(found[0])
        phone = phone if phone.count("(") == phone.count(")") else phone.strip("(")
        if re.fullmatch(r"-?\s?\d{4}", phone) and phones:
            phone = phones[-1][:-4] + phone[-4:]
        phones.append(phone)
    return phones


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
