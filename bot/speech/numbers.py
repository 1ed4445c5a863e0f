"""Numbers in a text: which are numbers of milestones, which are percentages, and which are something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TAKEN: Final = "■"  # fills the places of what was taken out of a text before
IDS_MOST: Final = 20  # numbers in one message
FIRST_YEAR, LAST_YEAR = 1990, 2100

_UNITS = (
    r"명|개소|개년|개사|개월|개|대|동|층|차례|차|회차|회|가구|세대|평|㎡|ha|km|톤|kg|m2|m|억|점|위|등|권|부|쪽|페이지|번지|필지|식|단계"
    r"|분기|기|인|배|곳|건|장|면|호선|호기|호|년도|년|월|주년|주일|주|일|시간|분|초|학년|반|급|가지|종|편|병상|석|줄|조"
)
NO_NUMBERS: Final = re.compile(
    r"https?://\S+|[^\s@]{1,64}@[^\s@.]+\.\S+"
    r"|(?<![가-힣])[가-힣]{2,}-\d{1,6}(?![\d-])"
    r"|(?<!\d)(?:0\d{1,2}|\(0\d{1,2}\))[-.\s)]\d{3,4}[-.\s]\d{4}(?!\d)|(?<!\d)01\d\d{7,8}(?!\d)|(?<![\d-])\d{3,4}-\d{4}(?![\d-])"
    r"|(?<!과)제\d+(?:\s*[-~]\s*\d+)?\s*(?:조(?:의\s*\d+)?|항|호|장|절|차|회|기|대|과|단계|관|번)?(?:\s*(?:제\s*)?\d+\s*[항호목])*"
    r"|(?<!과)제\s+\d+\s*(?:조(?:의\s*\d+)?|항|호|장|절|차|회|기|대)|\d{1,4}\s*조(?:의\s*\d{1,3})?\s*제?\s*\d{1,3}\s*항"
    r"|(?:내선|전화|연락처|휴대폰|HP|tel|☎)[\s.:)]*[\d-]{3,}"
    r"|\d+-\d+(?:-\d+)*-?[①-⑳]|(?<![\d.'’-])(?!2[5-9]-(?:0?[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d))\d{1,2}-\d{1,2}-\d{1,3}(?![\d-])|[①-⑳]"
    r"|\d+\.\d+\s*(?:배|점|km|㎞|m|ha|㎡|억|조|만|천|명|톤|kg)"
    r"|\d[\d,]*\s*(?:여\s*)?(?:조|억|천만|백만|십만|만|천|백)?\s*원(?:정)?(?![가-힣]{2})"
    r"|\d[\d,]*\s*(?:여\s*)?(?:억|천만|백만|십만|만|천)(?:\s*\d[\d,]*(?:천만|백만|만|천)?)?(?=\s|$|[을를이가의로에,.)명개])"
)
"""Addresses, telephone numbers, articles of law, task numbers, amounts: never numbers of milestones, never dates."""
COUNTS: Final = re.compile(
    rf"\d[\d,]*(?:여)?(?:{_UNITS})(?=$|[\s.,!?~)]|[을를이가은는의로에도당씩간까만]|으로|마다|이상|이하|째|완|연|다)"
    rf"|(?<!\d)\d{{1,2}}\s+건(?=$|[\s.,!?)]|[을를])|\d[\d,]*\s+(?:여\s*)?(?:명|개소|개년|개|차례|회|가구|세대|평|ha|km|톤|층|곳|필지|시간(?!\s*(?:좀|더|을|이))|페이지|쪽|차|단계)(?=$|[\s.,!?)]|[을를])"
    r"|\d{1,2}:\d{2}|(?:오전|오후)\s*\d{1,2}\s*시(?:\s*\d{1,2}\s*분|\s*반)?|\d+번(?:\s*(?:째|국도|버스|출구|게이트|안건)|길)|\d+\.\d+"
)
"""Numbers with a unit, a clock time: left over once dates are taken out."""
PERCENT: Final = re.compile(
    r"(?P<low>\d{1,3})\s*[~∼-]\s*(?P<high>\d{1,3})\s*(?:%|％|퍼센트|프로)(?![가-힣]*젝트)"
    r"|(?<![\d.])(?P<n>\d{1,3}(?:\.\d+)?)\s*(?:%|％|퍼센트|퍼센|퍼(?![가-힣])|프로(?!젝트|그램|필|세스)|percent\b|pct\b)"
)
_SIGN = r"(?:[#＃]\s?|(?<![a-z])no\.?\s*|번호\s*)"
_ID = rf"(?P<sign>{_SIGN})?(?P<number>\d{{1,9}})(?P<tail>\s?번(?!째))?"
_AFTER = r"(?![\d%％.:]\d|[\d%％]|:(?!\s|$)|[a-z])"
ID: Final = re.compile(rf"(?<![\d.:\-+A-Za-z])(?<!(?<!과)제)(?<!(?<!과)제 ){_ID}{_AFTER}", re.IGNORECASE)
RANGE: Final = re.compile(
    rf"(?<![\d./:\-+제])(?:{_SIGN})?(?P<first>\d{{1,9}})\s?번?\s*(?P<how>~|∼|–|-|부터|에서)\s*(?:{_SIGN})?(?P<last>\d{{1,9}})(?:\s?번)?(?:\s?까지)?(?![\d%.:]|\s*(?:명|개|건|회|차|월|주|일))",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"(?<![\d/])\d{1,2}/\d{1,3}(?![\d/])|(?<![\d/])\d{1,3}/\d{1,2}(?![\d/])")
THOUSANDS: Final = re.compile(r"(?<![\d,])\d{1,2},\d{3}(?![\d,])")
_SPELT = re.compile(
    r"(?<![\d,.#])\d \d \d(?![\d,.])|(?<![\d,.#])\d{1,2} \d{1,2}\s?번(?!째)|(?<![\d,.#])\d \d{2,}\s?번(?!째)"
)  # 1 2 1번, 12 1번: one number, or several
OR_DAYS: Final = re.compile(r"(?<!\d)(?:\d{1,2},|\d,\s+)\d{1,2}\s?(?:일|주|달|개월)")  # 2,3일
NEGATIVE: Final = re.compile(r"(?:(?<=^)|(?<=\s))[-+]\d+(?=[\s,]|$)")
_AND_OTHERS = re.compile(r"\d\s?번?\s*(?:등(?![록기급산])|외(?=\s|\d|$|에)|포함|제외|빼고|이하|이상)")
_TASK_NUMBER = re.compile(r"(?<![\d-])\d{1,2}-\d{1,2}(?![\d-])")
_MAY_FOLLOW = re.compile(
    r"$|[\s,.!~)\]:;/·&+✅👍🙏№◆％\n]|은|는|이랑|랑|입니다|이요|임|이|가|과|와|도|을|를|의|하고|에|건|완|끝|연|다|했|마|진|메|및|번|미|늦|되|취|하|처|담|종|순|유|요|번호|완뇨"
)


@dataclass(frozen=True)
class Number:
    """One mention of milestones: their numbers, and whether they are marked as such (#, 번) or only stand there."""

    start: int
    end: int
    ids: tuple[int, ...]
    is_marked: bool
    doubt: str | None = None


def numbers(text: str) -> Iterator[Number]:
    """The mentions of milestones in a text whose other numbers are masked, in order."""
    at = 0
    while at < len(text):
        ranges, single = RANGE.search(text, at), ID.search(text, at)
        if ranges is not None and (single is None or ranges.start() <= single.start()):
            found = _range(ranges)
        elif single is not None:
            found = _single(text, single)
        else:
            return
        yield found
        at = found.end


def _range(found: re.Match[str]) -> Number:
    first, last = int(found["first"]), int(found["last"])
    is_odd = found["how"] in "-–" and min(first, last) < 100
    span = range(first, last + 1)
    doubt = None
    if is_odd or not span:
        doubt = f"“{found[0].strip()}”가 어느 번호인지 알 수 없습니다."
    elif len(span) > IDS_MOST:
        doubt = f"한 번에 {IDS_MOST}건까지 처리할 수 있습니다. 나누어 보내 주십시오."
    ids = tuple(span) if doubt is None else (first, last)
    return Number(found.start(), found.end(), ids, is_marked=True, doubt=doubt)


def _single(text: str, found: re.Match[str]) -> Number:
    number, is_marked = int(found["number"]), bool(found["sign"] or found["tail"])
    doubt = None
    if not is_marked and len(found["number"]) == 4 and FIRST_YEAR <= number <= LAST_YEAR:
        doubt = f"{number}이 연도인지 번호인지 알 수 없습니다. 번호이면 #{number}처럼 적어 주십시오."
    elif found["number"].startswith("0") or not _may_end(text, found):
        doubt = f"“{text[found.start() : found.end() + 3].strip()}”가 일정 번호인지 알 수 없습니다."
    return Number(found.start(), found.end(), (number,), is_marked, doubt)


def _may_end(text: str, found: re.Match[str]) -> bool:
    """What follows does not make another thing of the number; behind 번 anything that was taken out may."""
    is_taken = bool(found["tail"]) and text[found.end() :].lstrip("( ").startswith(TAKEN)
    return is_taken or _MAY_FOLLOW.match(text, found.end()) is not None


def doubt_of(text: str) -> str | None:
    """Why the numbers of a text cannot be sure, whatever they are: 1,200 · -3 · 4-1; None where nothing is odd."""
    if found := _SPELT.search(text):
        return f"“{found[0].strip()}”이 한 번호인지 여러 번호인지 알 수 없습니다. 붙여 적어 주십시오."
    if found := OR_DAYS.search(text):
        return f"“{found[0].strip()}”이 번호인지 기간인지 알 수 없습니다."
    if found := THOUSANDS.search(text):
        return f"“{found[0]}”이 번호 두 개인지 금액인지 알 수 없습니다."
    if NEGATIVE.search(text):
        return "번호는 메시지에 적힌 # 뒤의 숫자만 적어 주십시오."
    if found := _AND_OTHERS.search(text):
        return f"“{found[0].strip()}”에 어느 일정이 드는지 알 수 없습니다. 번호를 모두 적어 주십시오."
    if found := _FRACTION.search(text):
        return f"“{found[0]}”이 번호인지 날짜인지 알 수 없습니다."
    if found := _TASK_NUMBER.search(text):
        return f"“{found[0]}”은 과제 번호로 보입니다. 메시지에 적힌 # 뒤의 번호로 적어 주십시오."
    return None
