"""How much a cell or a goal line says there is or is to be: number, unit, bound, year and what is counted (목표값).

Only what is certain is a value. A number among words that go on behind it (누구에게, 몇 회씩) may be a condition or a part of
a name: it is told as a doubt, and the wording stays a goal in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from plans.indicators.drafts import Bound, Kind
from plans.text.characters import APOSTROPHES
from plans.text.lines import BULLETS
from plans.text.spelling import one_line, plain, squeeze

_DASHES: Final = r"\-–―−"  # escaped, for classes of characters
_TOPS: Final = "".join(one for one in BULLETS if one not in _DASHES)
_PIECE: Final = re.compile(rf"\n|(?:^|\s)(?:[{re.escape(_TOPS)}]\s*|[{_DASHES}]\s+)")
_MULTIPLES: Final = {"조": 10**12, "억": 10**8, "백만": 10**6, "만": 10**4, "천": 10**3}
_UNITS: Final = (
    r"%|명|인|건|개소|개교|개사|개국|개|대|회|등급|원|세대|가구|㎡|ha|km|kg|톤|점|권|호|곳|팀|종|면|그루|본|편|석|교|동"
    r"|필지|구간|단지"
)
_NUMBER: Final = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?"
_VALUE: Final = re.compile(
    rf"(?<![\d.,~∼～/{_DASHES}제{APOSTROPHES}])(?P<number>{_NUMBER})\s?(?P<multiple>조|억|백만|만|천)?\s?(?P<unit>{_UNITS})"
    r"(?P<behind>[가-힣]*)"
)
_COUNTED: Final = re.compile(rf"(?P<number>{_NUMBER})\s?(?P<multiple>조|억|백만|만|천)?\s?(?:{_UNITS})?")
_WHOLE: Final = re.compile(
    rf"\(\s?(?P<number>{_NUMBER})\s?(?P<multiple>만|천)?\s?(?:명|건|개소|개|대|가구|세대)"
)
_BRACKET: Final = re.compile(r"\([^()]*\)")
_QUOTED: Final = re.compile(r"[「『“\"'‘][^「」『』“”\"'’]{1,60}[」』”\"’]")
_YEAR: Final = re.compile(
    rf"(?:[{APOSTROPHES}]\s?(\d{{2}})|((?:19|20)\d\d))\s?년?도?\s?(?:말|기준)?(?:까지)?(?=[\s:.]|$)"
)
_BOUND: Final = re.compile(r"^\s?(이상|이하|이내|미만|초과)")
_ABOUT: Final = re.compile(r"(약|대략)\s?$")
_BOUNDS: Final[dict[str, Bound]] = {
    "이상": "least",
    "초과": "least",
    "이하": "most",
    "이내": "most",
    "미만": "most",
}
_RATE: Final = re.compile(r"(?:[율률도]|비중|비율|지수|수준)$")
_OF: Final = re.compile(r"의$")
_CHANGE: Final = re.compile(
    r"^(?:\S{0,6}\s)?(?:증|감|향상|상승|하락|절감|단축|확대|추가|할인|인상|인하|개선|저감)"
)
_OFTEN: Final = re.compile(r"(?:연|월|주|일|매년|매월|매주|매일|분기|반기|1인당|당)\s?$")
_MONEY_FOR_WORK: Final = re.compile(r"사업비|예산|소요|투자|국비|도비|시비|구비|지원금")
_RIM: Final = " :：,./·~"
_LEFT_OVER: Final = ("기준", "목표")
_AGE: Final = re.compile(r"[1-9]0")
_PARTICLE: Final = re.compile(r"^(?:을|를|이|가|은|는|의|에|으로|로|과|와|씩|당|부터|까지|만|도)$")
LONGEST_REST: Final = 2  # words behind a value that say what is done with it
SHORT_NAME: Final = 2  # letters that name nothing counted by themselves (관내)


@dataclass(frozen=True)
class Value:
    """One number that is certain; `of` is the whole of a ratio where its cell prints it, `year` only where it is written."""

    number: Decimal
    unit: str
    kind: Kind
    name: str
    bound: Bound | None = None
    of: Decimal | None = None
    year: int | None = None


@dataclass(frozen=True)
class Said:
    """What a cell says: its values, and whether it holds a number that may be one."""

    values: tuple[Value, ...] = ()
    is_doubted: bool = False


def kind_of(unit: str) -> Kind:
    """What a unit counts in."""
    kinds: dict[str, Kind] = {"%": "ratio", "등급": "grade", "원": "amount"}
    return kinds.get(unit, "count")


def said_in(text: str) -> Said:
    """The values of a cell or goal line. What stands in brackets counts only where nothing outside them does: there it
    repeats or breaks down."""
    values: list[Value] = []
    is_doubted = False
    for piece in pieces(text):
        found, doubt = _of_piece(piece)
        values += found
        is_doubted = is_doubted or doubt
    if not values:
        inside = [_of_piece(one.strip("()")) for one in _BRACKET.findall(one_line(text))]
        values = [value for found, _ in inside for value in found if value.name]
    return Said(tuple(values), is_doubted)


def pieces(text: str) -> list[str]:
    """The bullets of a cell, each as one line, without marks and tags."""
    parts = (one_line(one) for one in _PIECE.split(plain(text).replace("％", "%")))
    return [one for one in parts if one]


def wording(text: str) -> str:
    """A cell as one line without its first bullet mark; "" for one that says nothing (-)."""
    said = one_line(plain(text))
    said = re.sub(rf"^[{re.escape(_TOPS)}{_DASHES}]\s*", "", said)
    return said if squeeze(said.strip("-–―−")) else ""


def bare_number(text: str) -> Decimal | None:
    """A cell that is a number and nothing else."""
    found = re.fullmatch(rf"\s*({_NUMBER})\s*", text)
    return Decimal(found[1].replace(",", "")) if found else None


def counted(text: str, unit: str | None = None) -> Decimal | None:
    """A number with its unit, or the one given, and nothing else: 1,250명, 3만명; None for any other."""
    said = text.strip()
    if unit and said.casefold().endswith(unit.casefold()):
        said = said[: -len(unit)].rstrip()
    found = _COUNTED.fullmatch(said)
    if found is None:
        return None
    number = Decimal(found["number"].replace(",", ""))
    return number * _MULTIPLES[found["multiple"]] if found["multiple"] else number


def _of_piece(piece: str) -> tuple[list[Value], bool]:
    """The certain values of one bullet, and whether another number in it may be one."""
    covered = _QUOTED.sub(lambda one: "「" + "가" * (len(one[0]) - 2) + "」", _blank_brackets(piece))
    found = [one for one in _VALUE.finditer(covered) if not _is_no_value(covered, one)]
    if len(found) != 1:
        return [], len(found) > 1
    value = _value(piece, covered, found[0])
    return ([value], False) if value is not None else ([], True)


def _blank_brackets(text: str) -> str:
    """Brackets hide what is in them, and all other letters stay where they are."""
    return _BRACKET.sub(lambda one: " " * len(one[0]), text)


def _is_no_value(text: str, found: re.Match[str]) -> bool:
    """Numbers that certainly say nothing of how much there is: so often, for each, an age, a part of a longer word."""
    unit, behind = found["unit"], found["behind"]
    is_age = unit == "대" and bool(_AGE.fullmatch(found["number"])) and not found["multiple"]
    is_part = bool(behind) and not _PARTICLE.match(behind) and not _BOUND.match(behind)
    return is_part or behind == "당" or is_age or bool(_OFTEN.search(text[: found.start()]))


def _value(piece: str, covered: str, found: re.Match[str]) -> Value | None:
    """The value where what stands around it makes it certain, else None."""
    before, rest = covered[: found.start()], found["behind"] + covered[found.end() :]
    bound = _BOUND.match(rest)
    rest = (rest[bound.end() :] if bound else rest).strip(" .")
    clause = re.split(r"[,;]", rest, maxsplit=1)[0].strip()
    year = _YEAR.search(before)
    name = _named(_YEAR.sub(" ", _ABOUT.sub("", before)), clause, rest)
    unit = found["unit"]
    if not _is_certain(name, unit, clause, bool(bound), year is not None, bool(_OF.search(_tail(before)))):
        return None
    whole = _WHOLE.search(piece[: found.start()]) if unit == "%" else None
    about: Bound | None = "about" if _ABOUT.search(before) else None
    return Value(
        _number(found), unit, kind_of(unit), name, _BOUNDS[bound[1]] if bound else about,
        _number(whole) if whole else None, _year(year) if year else None,
    )  # fmt: skip


def _is_certain(name: str, unit: str, clause: str, is_bound: bool, has_year: bool, is_share: bool) -> bool:
    """Whether what stands around a number leaves nothing else that it may be. A bound before more words is a condition
    (120% 이하 가구), unless a year says that it is a level; a share needs a word that is one."""
    if len(clause.split()) > LONGEST_REST or _CHANGE.match(clause) or _MONEY_FOR_WORK.search(name):
        return False
    if is_bound and clause and not has_year:
        return False
    if unit == "%":
        rated = name.removesuffix(clause).strip()
        return is_share or bool(_RATE.search(rated))
    return bool(name) or (not clause and has_year)


def _tail(before: str) -> str:
    return _ABOUT.sub("", before).strip()


def _named(before: str, clause: str, rest: str) -> str:
    """The words that say what is counted: those before the number; those behind it where there are none or they are only
    a place, or where they are the whole of a share (…의 20% 수혜)."""
    front = one_line(before).strip(_RIM)
    for word in _LEFT_OVER:
        front = front.removesuffix(word).strip(_RIM)
    if _OF.search(front):
        return one_line(f"{_OF.sub('', front)} {clause}")
    if len(squeeze(front)) <= SHORT_NAME:
        return one_line(f"{front} {rest.replace(',', ' ')}").strip(" .")
    return front


def _number(found: re.Match[str]) -> Decimal:
    multiple = found["multiple"]
    return Decimal(found["number"].replace(",", "")) * (_MULTIPLES[multiple] if multiple else 1)


def _year(found: re.Match[str]) -> int:
    return 2000 + int(found[1]) if found[1] else int(found[2])
