"""What a text is read as, and the small pieces of it: numbers, percentages, politeness, a named reason (읽은 결과).

A reason or note is kept as typed. What is done to it is named here and nowhere else: control and direction marks and line
breaks become one blank (`clean`), what is longer than 500 characters is cut (`bot/chat/turn.py`), `minimal` keeps none,
telephone numbers are cut when a message goes out (`bot/privacy/guard.py`), and a document's number
behind 문서번호 is kept as evidence and not in the note.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from plans.time.typed.meanings import Doubt, Shift
from plans.time.typed.vocabulary import words_of

NOTE_MOST: Final = 500  # characters of a note or reason
IDS_MOST: Final = 20  # numbers in one message
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_PERCENT: Final = 100
LEAST_OF_CASES: Final = 100  # “3건” are three cases, “121건” is rather a number


class Intent(StrEnum):
    """What somebody wants with a text; a command that is not among them gives its own name."""

    DONE = "done"
    DELAY = "delay"
    PROGRESS = "progress"
    NOTE = "note"
    UNDO = "undo"
    AWAY = "away"
    HANDOVER = "handover"
    STATUS = "status"
    MY = "my"
    OVERDUE = "overdue"
    UPCOMING = "upcoming"
    HELP = "help"
    ASK = "ask"  # something is meant that must be asked back
    NONE = "none"  # nothing is asked of the bot


CHANGING: Final = frozenset({Intent.DONE, Intent.DELAY, Intent.PROGRESS, Intent.NOTE})  # done to items
ASKED: Final = CHANGING | {Intent.UNDO, Intent.AWAY, Intent.HANDOVER, Intent.ASK}  # whether it is meant


class Certainty(StrEnum):
    """What follows from a reading."""

    ACT = "done at once"
    CARD = "shown with its slots and done after a tap"
    ASK = "asked back"


@dataclass(frozen=True)
class Understood:
    """The reading of a text; what was read is kept where it is unsure, too.

    `day`: of a completion, a new due day, the first day of an absence; of a delay either `day` or `shift` (from the
    milestone's own due day). `words`: the reason or note, whole; `document`: what stands behind 문서번호. `question`: what is
    doubtful, with `choices` of days. `parts`: several acts of one text, which is their card. `arguments`: what stands behind
    a command's name, as typed. `code`: the place of the reason in its list, where a tap gave it.
    """

    intent: str
    ids: tuple[int, ...] = ()
    day: datetime.date | None = None
    shift: Shift | None = None
    percent: int | None = None
    words: str | None = None
    document: str | None = None
    certainty: Certainty = Certainty.CARD
    question: Doubt | None = None
    choices: tuple[datetime.date, ...] = ()
    until: datetime.date | None = None
    basis: str | None = None
    parts: tuple[Understood, ...] = ()
    arguments: str = ""
    code: int | None = None

    @property
    def acts(self) -> bool:
        return self.certainty is Certainty.ACT

    @property
    def asks(self) -> Doubt | None:
        """What its writer is asked: what is doubtful, else whether it is meant."""
        asked = self.question or (Doubt(f"ask-{self.intent}") if self.intent in ASKED else None)
        return None if self.acts else asked

    def as_json(self, worded: Callable[[Doubt], str]) -> dict[str, object]:
        """The reading as the contract has it."""
        is_reason = self.intent == Intent.DELAY
        return {
            "intent": str(self.intent),
            "ids": list(self.ids),
            "date": self.day.isoformat() if self.day else None,
            "shift": {"days": self.shift.days, "months": self.shift.months} if self.shift else None,
            "percent": self.percent,
            "note": None if is_reason else self.words,
            "reason": self.words if is_reason else None,
            "question": worded(self.asks) if self.asks else None,
            "acts": self.acts,
        }


def asking(code: str, ids: tuple[int, ...] = (), **facts: object) -> Understood:
    """Something is meant, and must be asked back."""
    return Understood(Intent.ASK, ids, question=Doubt(code, facts=facts), certainty=Certainty.ASK)


_SLIPS: Final = str.maketrans(
    "햇됏됬됫냇겟엇앗쳣졋렷겻켯왓줫봣셧낫갓혓혔됌끗엿욧뇨룟쪠",
    "했됐됐됐냈겠었았쳤졌렸겼켰왔줬봤셨났갔했했됨끝였요료료주",
)  # the most common ones, letter for letter, so that places stay where they are


def view(text: str) -> str:
    """The text as it is read: full-width signs as usual ones, known slips mended; every letter in its own place."""
    half = "".join(unicodedata.normalize("NFKC", one) if "\uff01" <= one <= "\uff5e" else one for one in text)
    return half.translate(_SLIPS)


_DOCUMENT: Final = r"\s*문서\s?번호(?:\s?[:：])?\s?(?P<value>\S*)\s*"
_REASON: Final = r"(?:^|[\s,.(])(?:연기|연장|지연|변경)?\s*(?:사유|이유)\s*(?:는|은)?\s*[:：=]\s*|(?:^|[\s,.])(?:사유|이유)[는은]\s+"


def document_in(words: str) -> tuple[str | None, str]:
    """What stands behind the word 문서번호, and the words without both; None where the word does not stand there."""
    found = re.search(_DOCUMENT, words)
    return (found["value"], re.sub(_DOCUMENT, " ", words, count=1).strip()) if found else (None, words)


def named_reason(text: str) -> tuple[int | None, str]:
    """Where “사유: ” begins, and what follows it; None and nothing where no reason is named."""
    found = re.search(_REASON, " " + text)
    return (max(found.start() - 1, 0), text[found.end() - 1 :].strip()) if found else (None, "")


GREETINGS: Final = frozenset(
    words_of(
        """
    안녕하세요 안녕하십니까 안녕 안녕하세여 반갑습니다 수고하세요 수고하십니다 수고하십시오 수고많으십니다 수고 많으십니다 수고하셨습니다 고생하세요 고생하십니다 고생하셨습니다
    감사합니다 감사해요 감사드립니다 고맙습니다 고마워요 죄송합니다 죄송하지만 미안합니다 네 넵 넹 예 옙 넴 응 그래 그래요 알겠습니다 알겠어요 확인했습니다 확인하였습니다 좋아요
    좋습니다 봇 봇님 여러분 hi hello thanks thank you pls please kindly ok okay yes sir dear all good morning afternoon regards best
    """
    )
)
REQUESTS: Final = words_of(
    "부탁드립니다 부탁드려요 부탁합니다 부탁드릴게요 부탁해요 부탁 바랍니다 요청드립니다 요청합니다 요청 신청합니다 신청드립니다 신청 해주세요 해주십시오 해 주세요 주십시오 드립니다 처리 등록"
)
"""A request says nothing more behind a delay; behind a completion it may ask others for it, unless 처리 or 등록 stands there."""
_WISHES: Final = (
    r"(?:즐거운|좋은|편안한) (?:하루|주말|아침|저녁|오후)(?: ?(?:되세요|되십시오|보내세요|입니다))?"
)
_SAID: Final = r"[^\s,.!~…ㅎㅋ^;:·🙏😊👍✅]+"


def is_polite(text: str, *, may_request: bool = False) -> bool:
    """Nothing but greetings and politeness, or nothing at all; with `may_request` requests as well."""
    words = re.findall(_SAID, re.sub(_WISHES, "", text))
    return all(_is_greeting(one) or (may_request and one in REQUESTS) for one in words)


def without_greeting(text: str) -> int:
    """Where the text begins behind its greetings."""
    at = 0
    while (word := re.compile(_SAID).search(text, at)) is not None and _is_greeting(word[0]):
        at = word.end()
    return len(text) - len(text[at:].lstrip(" ,.!~…"))


def _is_greeting(word: str) -> bool:
    is_address = word.endswith(("님", "선생님", "쌤")) and 2 < len(word) <= 8 and word != "아님"
    return is_address or word.lower() in GREETINGS


_NUMBER: Final = r"(?P<sign>(?:[#＃№]|\bno\.?|번호)\s?)?(?P<n>\d{1,9})(?P<tail>\s?번(?![째지길국]))?"
_SPELT: Final = r"(?<![가-힣])(?P<n>[일이삼사오육칠팔구]?천?[일이삼사오육칠팔구]?백[일이삼사오육칠팔구십]*|[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?)\s?번(?![째지길])"
_START: Final = r"(?<!\d)\d|[#＃№nN번]|(?<![가-힣])[일이삼사오육칠팔구십백천]"
_PERCENTS: Final = (
    (
        r"(?<![\d.])(?P<n>\d{1,3})(?:\.\d+)?\s*(?:%|％|퍼센트|퍼센|퍼(?![가-힣])|프로(?![젝그필세])|percent\b|pct\b)",
        1,
    ),
    (r"(?<![가-힣])(?P<n>[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|백)\s?(?:퍼센트|프로(?![젝그필세]))", 1),
    (
        r"(?:진행|공정|진척|추진|달성|진도)\s?[률율도]?\s?(?:은|는|이|을|를)?\s?(?P<n>\d{1,3})(?=\s*$|[.!,]|입니다|이요|으로|로|까지|\s?정도)",
        1,
    ),
    (r"(?<![가-힣\d])(?P<n>\d|[일이삼사오육칠팔구한두세네])\s?할(?=\s|정도|쯤|은|이|을|까지|가량)", 10),
    (
        r"(?<![가-힣])(?:반|절반|반절)(?=만|\s*(?:정도|쯤|가량|이상|은|을|까지)?\s*(?:했|됐|완료|끝|진행|마쳤|왔))|\bhalf(?:way)? (?:done|finished|complete)(?P<n>)",
        10,
    ),
)
"""70% · 칠십 프로 · 진행률 70 · 7할 · 반만 했어요, and how much one of them is."""
_UNITS: Final = words_of(
    "명 개 대 동 층 차 회 가구 세대 평 ㎡ ha km 톤 kg m 억 만 천 백만 원 점 위 등 권 부 쪽 페이지 필지 식 단계 분기 기 인 배 곳 건의 건을 장 면 호 년 월 주 일 시 분 초 학년"
    " 반 급 가지 종 편 석 조 항 여 할 달 % ％ 퍼 프로 . ~ w d st nd rd th day week month"
)
_JOINT: Final = r"(?i)\s*(?:[,·/&+、]|및|과|와|이랑|랑|하고|그리고|and\b)?\s*(?:-\s)?"
_TO: Final = r"\s*(?:[~∼–-]|부터|에서)\s*"
_PHONE: Final = r"\d{2,4}-\d{3,4}(?:-\d{4})?|[가-힣]{2,}-\d+|\d+-\d+(?:-\d+)*"
_GLUE: Final = ("제", "~", "∼", "+", "₩", "￦", "$", "'", "’")
_VALUES: Final = {one: at for at, one in enumerate("일이삼사오육칠팔구", 1)} | dict(
    zip("한두세네반", range(1, 6), strict=True)
)
_PLACES: Final = {"십": 10, "백": 100, "천": 1000}


class Mention(NamedTuple):
    """Milestones named together: with # or 번; no range and no odd number; unsure only because it may be a year."""

    start: int
    end: int
    ids: tuple[int, ...]
    is_marked: bool
    is_sure: bool = True
    is_year: bool = False


class Percent(NamedTuple):
    """A percentage and where it stands; `is_exact` where digits say it."""

    start: int
    end: int
    value: int
    is_exact: bool


def _value(word: str) -> int:
    """121 · 백이십일."""
    if word.isdigit():
        return int(word)
    total, digit = 0, 0
    for one in word:
        if one in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[one], 0
        else:
            digit = _VALUES.get(one, 0)
    return total + digit


def percents(text: str) -> list[Percent]:
    """The percentages of a text, in order."""
    found = [(one, one["n"] or "반", unit) for words, unit in _PERCENTS for one in re.finditer(words, text)]
    made = [
        Percent(*one.span(), unit * _value(n), n.isdigit() and unit == 1 and "." not in one[0])
        for one, n, unit in found
    ]
    return sorted(one for one in made if one.value <= MOST_PERCENT)


def number_at(text: str, place: int) -> Mention | None:
    """The number that stands there and may be an item's; with the other end of a range."""
    number = re.compile(_NUMBER)
    found = number.match(text, place) or re.compile(_SPELT).match(text, place)
    if found is None or _is_else(text, found):
        return None
    end, first, is_spelt = found.end(), _value(found["n"]), not found["n"].isdigit()
    is_marked = is_spelt or bool(found["sign"] or found["tail"])
    joint = re.compile(_TO).match(text, end)
    last = number.match(text, joint.end()) if joint else None
    if last is not None and not text.startswith(_UNITS, last.end()) and _is_range(found["n"], last["n"]):
        end = last.end() + (2 if text.startswith("까지", last.end()) else 0)
        return Mention(place, end, tuple(range(first, int(last["n"]) + 1)), is_marked=True, is_sure=False)
    is_case = not is_marked and text.startswith("건", end)
    has_unit = text.startswith(_UNITS, end) and not text.startswith(("- ", ". "), end)
    is_unit = has_unit and text[end:].strip(". ")
    is_few = first < LEAST_OF_CASES and (is_case or re.match(r"/\d", text[end : end + 2]))
    if is_few or (is_unit and not is_marked):
        return None
    is_odd = is_spelt or is_case or found["n"].startswith("0")
    is_year = not is_marked and FIRST_YEAR <= first <= LAST_YEAR
    return Mention(place, end, (first,), is_marked, not (is_year or is_odd), is_year and not is_odd)


def _is_else(text: str, found: re.Match[str]) -> bool:
    """A part of another number, word or sign: 제3, 1.5, A4, 010-1234-5678."""
    before, behind, n = text[: found.start()], text[found.end() : found.end() + 2], found["n"]
    last = re.compile(_NUMBER).match(text, found.end() + 1)
    is_item = len(n) > 2 and (behind[:1] != "-" or (last is not None and _is_range(n, last["n"])))
    is_glued = before.endswith(_GLUE) or (before[-1:].isascii() and before[-1:].isalnum())
    is_cut = behind[:1] in {".", "-", ":"} and behind[1:].isdigit() and not (behind[0] == "-" and is_item)
    is_tail = before[-1:] in {".", ",", ":", "/"} and before[-2:-1].isdigit()
    is_list = is_item and before[-1:] in {",", "/"} and len(before) > 3 and before[-4:-1].isdigit()
    is_thousands = len(n) < 3 and re.match(r",\d{3}(?!\d)", text[found.end() :]) is not None
    return is_glued or is_cut or (is_tail and not is_list) or is_thousands


def _is_range(first: str, last: str) -> bool:
    """121-123: two numbers of items, the second a little larger."""
    return first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < IDS_MOST


def mentions(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Mention]:
    """The items that a text names: the marked ones, else those at the front, else bare numbers of three digits or more."""
    phones = [one for one in re.finditer(_PHONE, text) if not _is_ids(one[0])]
    blocked, place, groups = [*taken, *(one.span() for one in phones)], 0, list[list[Mention]]()
    while (start := re.compile(_START).search(text, place)) is not None and sum(map(len, groups)) <= IDS_MOST:
        one, place = number_at(text, start.start()), start.end()
        if one is None or any(first < one.end and one.start < end for first, end in blocked):
            continue
        place = one.end
        if groups and re.compile(_JOINT).fullmatch(text, groups[-1][-1].end, one.start):
            groups[-1].append(one)  # only joining words between them
        else:
            groups.append([one])
    marked = [group for group in groups if any(one.is_marked for one in group)]
    front = [one for one in groups if one not in marked and not any(map(str.isalpha, text[: one[0].start]))]
    long = [group for group in groups if all(one.ids[0] >= 100 and one.is_sure for one in group)]
    alone = groups if len(groups) == 1 and groups[0][0].is_sure else []
    kept = [*marked, *front] if marked else [*front, *(one for one in long if one not in front)] or alone
    return sorted(one for group in kept for one in group)


def _is_ids(word: str) -> bool:
    """121-123 and no number of a telephone, a document or a task."""
    first, _, last = word.partition("-")
    return len(first) > 2 and _is_range(first, last)
