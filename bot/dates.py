"""What an officer types for a date -> a day: at the front of a text, anywhere in it, or as the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.speech import calendar_forms, english_forms, period_forms, relative_forms, week_forms
from bot.speech.days import Doubt, Leaning, Rule, Shift, Value, When, month_end_after
from bot.speech.foreign import foreign
from bot.speech.judging import MOST_DAYS, Judged, judge

__all__ = [
    "MOST_DAYS",
    "Doubt",
    "Found",
    "Judged",
    "Leaning",
    "Read",
    "Shift",
    "Value",
    "When",
    "find",
    "judge",
    "month_end_after",
    "read",
]


RULES: Final = (
    *calendar_forms.RULES,
    *relative_forms.RULES,
    *period_forms.RULES,
    *week_forms.RULES,
    *english_forms.RULES,
)
_CLOCK = re.compile(
    r"\s*(?:(?:오전|오후|저녁|밤|낮)\s*)?\d{1,2}\s*(?:시(?:\s*(?:\d{1,2}\s*분|반))?|:\s*\d{2})(?=\s|까지|에|$)"
    r"|\s*(?:자정|정오|오전|오후|저녁|아침|새벽|밤|낮|점심|퇴근\s*전|업무\s*시간\s*(?:내|안))(?:\s*중(?:으로|에)?)?(?=\s|까지|에|$)"
    r"|\s+(?:in the\s+)?(?:morning|noon|afternoon|evening|night)\b|\s+at\s+\d{1,2}(?::\d\d)?\s*(?:am|pm)?\b"
)
_PARTICLE = re.compile(
    r"\s*(?:까지로|까지는|까지만|까지|으로부터|로부터|이내|내로|내|안에|안으로|으로|로|에는|에|자로|자|부로|에서|부터|날짜로|날|중으로|중)(?![가-힣])"
    r"|\s*(?:이전|이후|쯤|께|경|무렵|즈음|전후|안팎|내외|정도|이상|이하|미만|넘게|남짓|가까이|전|지나)(?:까지로|까지|에|으로|로|서)?(?![가-힣])"
    r"|\s*(?:이나|혹은|또는|아니면|내지)(?=\s*[\d가-힣])"
    r"|\s*(?:까지로|까지는|까지만|까지|으로|로|에)"
)
_FOLLOWS = re.compile(
    r"\s*(?:연기|연장|미[루뤄룸뤘]|늦[추춰춤]|순연|유예|변경|조정|옮[기겨]|완료|끝|마[치쳤무]|했|함|한\s*달|부탁|신청|더|만|씩|요|이요|입니다|이에요|예요|임|바꿔)"
)
_LEADS = re.compile(r"(?:[번을를은는도에료기한종호]|부터|까지|건)$")
_VAGUE_PARTICLE = re.compile(
    r"(?:이전|이후|쯤|께|경|무렵|즈음|전후|안팎|내외|정도|이상|이하|미만|넘게|남짓|가까이|전|지나|부터|이나|혹은|또는|아니면|내지)|.*부터"
)  # behind a day or a length: one does not know which is meant
_LED = re.compile(
    r"(?:(?<![가-힣])(?:그\s*)?다음(?:\s*번)?|매|매주|매월|매달|매년|격주|격월|차차|내후|전전|지지난|저저번|그\s*(?:다음)?\s*(?:주|달)|(?:다음|차차|지난|저번|이번)\s*(?:주|달|해)|대략|거의|최소|최대|적어도|늦어도|빨라야|약|(?<![가-힣])한)\s*$"
)  # before it: another day than the words alone would say, or one of many
_CUT_NUMBER = re.compile(r"\d\s*[./]\s+$")  # "12. 4일": the second half of something
_ASIDE = re.compile(r"\s*[(（]\s*")
_ASIDE_END = re.compile(r"\s*[)）]")
_LAST_DAY: Final = re.compile(r"(?:말일|마지막\s*날)$")
_NEXT = re.compile(r"\s*(?:의\s*|[~∼]\s*|or\s+)?")
_ACT = re.compile(
    r"^\s*(?:더\s*)?(?:연기|연장|미룸|늦춤|더)(?=\s|$)"
)  # "3일 연기 의회": no part of the reason
_TOWARDS = re.compile(r"^(?:by|to|until|till|on)\s+", re.IGNORECASE)
_POLITE = re.compile(r"^\s*(?:이요|요|입니다|이에요|예요|임)(?=[\s.!,]|$)")
COUNTED: Final = "오늘부터 셈"
_COUNTED = re.compile(r"뒤|후|later|from|^in\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\s*(?:억|만원|백만|천만|조원|%|％|퍼센트|배|weeks?|months?|days?|주일|개월)"
)  # behind 2.5
_DOTTED = re.compile(r"\d\s*[.\-/．]\s*\d")


@dataclass(frozen=True)
class Found:
    """A date expression in a text, up to `stop`; with the `particle` behind it (까지, 에) up to `end`."""

    start: int
    stop: int
    end: int
    value: Value
    text: str
    particle: str
    is_period: bool

    @property
    def basis(self) -> str | None:
        """From where a day that is not written out was counted, for the answer that shows it."""
        return (
            f"“{self.text}”, {COUNTED}"
            if isinstance(self.value, date) and _COUNTED.search(self.text)
            else None
        )


@dataclass(frozen=True)
class Read:
    """What stood at the front of the text, and the rest of it."""

    value: Value
    rest: str
    basis: str | None = None
    text: str = ""


def find(text: str, when: When) -> list[Found]:
    """Every date expression of the text, in order, none inside another; the longest reading wins."""
    return list(_scan(text, when))


def _scan(text: str, when: When) -> Iterator[Found]:
    at = 0
    while at < len(text):
        found = _at(text, at, when) if _may_begin(text, at) else None
        if found is None:
            at += 1
        else:
            yield found
            at = max(found.end, at + 1)


def _may_begin(text: str, at: int) -> bool:
    """Nothing stands directly before it that would make it a part of something else."""
    if at == 0:
        return not text[0].isspace()
    before, here = text[at - 1], text[at]
    if here.isspace() or here == ".":
        return False
    if before in "+＋" or _CUT_NUMBER.search(text[:at]):
        return False
    if before.isdigit() or (
        before in ".,-/:￦₩$" and at > 1 and (text[at - 2].isdigit() or before in "￦₩$")
    ):
        return False
    if "가" <= before <= "힣":
        if here.isdigit():
            return before != "제"
        return _LEADS.search(text[:at]) is not None
    return not (before.isalpha() and before.isascii() and (here.isalpha() or here.isdigit()))


def _at(text: str, at: int, when: When) -> Found | None:
    """The date that begins there, with what stands beside it: led by a word that changes it, told again in brackets,
    or with another date on its heels, which makes a doubt of it."""
    found = _longest(text, at, when)
    if found is None:
        return None
    if _LED.search(text[:at]):
        return replace(found, value=_vague(found))
    aside = _ASIDE.match(text, found.end)
    told = _longest(text, aside.end(), when) if aside else None
    if told is not None and (closed := _ASIDE_END.match(text, told.end)):
        return _agreed(text, found, told, closed.end())
    other = _on_its_heels(text, found, when)
    if other is None:
        return found
    said = text[found.start : other.stop].strip()
    return replace(found, stop=other.stop, end=other.end, value=Doubt(f"“{said}”에 날짜가 둘입니다."))


def _on_its_heels(text: str, found: Found, when: When) -> Found | None:
    """Another date directly behind it: 12. 4. 12. 11. · 일주일에서 열흘."""
    heels = _NEXT.match(text, found.end)
    is_range = isinstance(found.value, Shift) and found.particle in {"에서", "부터"}
    if heels is None or heels.end() == found.end or (found.particle and not is_range):
        return None
    return _longest(text, heels.end(), when)


def _vague(found: Found) -> Doubt:
    days = (found.value,) if isinstance(found.value, date) else ()
    return Doubt(f"“{found.text}”가 며칠인지 알 수 없습니다.", days)


def _agreed(text: str, found: Found, told: Found, end: int) -> Found:
    """다음 주 금요일(12. 4.): the same day told twice, or a doubt between the two."""
    days = tuple(one.value for one in (found, told) if isinstance(one.value, date))
    known = found.value.choices if isinstance(found.value, Doubt) else (found.value,)
    particle = _PARTICLE.match(text, end)
    after = particle.end() if particle else end
    value = told.value
    if not isinstance(told.value, date) or told.value not in known:
        said = text[found.start : end].strip()
        value = Doubt(f"“{said}”의 두 날짜가 다릅니다.", tuple(sorted(set(days))))
    word = particle[0].strip() if particle else found.particle or told.particle
    return replace(found, stop=end, end=after, value=value, particle=word)


def _longest(text: str, at: int, when: When) -> Found | None:
    """The longest date that begins there and ends where a date may end."""
    best: Found | None = None
    for rule in RULES:
        match = rule.pattern.match(text, at)
        if match is None or match.end() == at:
            continue
        found = _ended(text, match, rule, when)
        if found is not None and (best is None or found.end > best.end):
            best = found
    return best


def _ended(text: str, match: re.Match[str], rule: Rule, when: When) -> Found | None:
    end = match.end()
    if clock := _CLOCK.match(text, end):
        end = clock.end()
    particle = _PARTICLE.match(text, end)
    if particle and not _is_border(text, particle.end(), match[0]):
        particle = None
    after = particle.end() if particle else end
    if not _is_border(text, after, match[0]):
        return None
    word = particle[0].strip() if particle else ""
    if word.startswith("중") and not rule.is_period and any(one.isdigit() for one in match[0]):
        return None
    value = rule.resolve(match, when)
    if _VAGUE_PARTICLE.match(word) and not isinstance(value, Doubt):
        days = (value,) if isinstance(value, date) else ()
        value = Doubt(f"“{match[0].strip()} {word}”가 며칠인지 알 수 없습니다.", days)
    if (
        rule.is_period
        and when.leaning is Leaning.PAST
        and isinstance(value, date)
        and not _LAST_DAY.search(match[0])
    ):
        value = Doubt(f"“{match[0].strip()}”의 며칠인지 알려 주십시오.")
    return Found(match.start(), end, after, value, match[0].strip(), word, rule.is_period)


def _is_border(text: str, at: int, said: str) -> bool:
    """A date may end there: nothing follows that makes another word or an amount of it."""
    if at >= len(text):
        return True
    char = text[at]
    if char.isspace():
        return not (_DOTTED.search(said) and _AMOUNT.match(text, at))
    if "가" <= char <= "힣":
        return _FOLLOWS.match(text, at) is not None
    if "ㄱ" <= char <= "ㅣ":
        return True
    return not (char.isalnum() or char in "%％￦₩:'’-" or (char in ".,/" and text[at + 1 : at + 2].isdigit()))


def read(text: str, when: When) -> Read | None:
    """The date at the front of the text; None where there is none."""
    text = text.strip()
    text = _TOWARDS.sub("", text)
    found = _at(text, 0, when) if text and _may_begin(text, 0) else None
    if found is None:
        value = foreign(text, when)
        return None if value is None else Read(value, "")
    rest = _ACT.sub("", _POLITE.sub("", text[found.end :]))
    return Read(found.value, rest.strip(" ,;:"), found.basis, found.text if not found.particle else "")
