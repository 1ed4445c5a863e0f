"""What one entry of a line is: an action and its time, and the small readings that all forms share (문구)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from plans.facts import Reason
from plans.fields.labels import is_attribute
from plans.text.spelling import CIRCLED, one_line, without_brackets
from plans.time.scan import find_dates
from plans.time.timeline import Code, Context, Reading, parse_prefix

ORDINAL: Final = re.compile(rf"^(?:[{CIRCLED}]|\d{{1,2}}\)|[가-하][.)]|[ㄱ-ㅎ][.)])\s*")


@dataclass(frozen=True)
class Clause:
    """What happens and when; an empty `title` means the line above says what. `has_act`: its bracket says what is done
    (구축(8월부터 운영)); `is_ahead`: its time is one that is to come (9월 예정)."""

    title: str
    expr: str
    reading: Reading
    is_bracketed: bool = False
    has_act: bool = False
    is_ahead: bool = False


@dataclass(frozen=True)
class Unreadable:
    """An entry whose time cannot be said, for a finding."""

    title: str
    expr: str
    reason: Reason
    code: Code = "unreadable-time"


def clean_title(text: str) -> str:
    """An action without ordinals, trailing colons, separators and remarks behind ※."""
    text = ORDINAL.sub("", text.strip())
    text = re.split(r"\s[※*]\s?", text)[0]
    return one_line(text).strip(" :：,·ㆍ→⇒⇨➡➔▶/-~")


def whole(text: str | None, context: Context) -> Reading | None:
    """The time that a text is from end to end, or None; one that cannot be said has `trouble`."""
    found = parse_prefix(text or "", context)
    return found if isinstance(found, Reading) and not found.has_tail else None


_FIGURE: Final = re.compile(
    r"[\d,.\s%]+(?:[가-힣]{0,3}|개\s?[가-힣]{1,4}|[A-Za-z㎀-㏿/%]{1,6})(?:\s*\([^()]*\))?"
)

BARE: Final = re.compile(r"\d{2}\.\d{1,2}")
"""28.5: a month of a year as well as a score."""
_ROUND: Final = re.compile(r"\s*(?:19|20)\d\d년도?\s?\([^()]*[가-힣]{2}")


def is_figure(text: str) -> bool:
    """Whether what stands where an action should is only a count (9개소, 6개 과정); the name of a year's round is none
    (2031년도(3회 필기))."""
    return _FIGURE.fullmatch(one_line(text)) is not None and _ROUND.match(text) is None


_ACT: Final = re.compile(
    r"(?:추진|시행|실시|운영|개최|공모|공사|설계|준공|착공|완료|완공|개통|개장|개관|개소|선정|수립|착수|구축|설치|도입|공개|고시|공고|심의|승인|협의|교부|접수"
    r"|발표|확정|편성|점검|조사|위촉|발족|출범|체결|채용|모집|배포|제작|정산|평가|발간|시상|이전|매입|보상|철거|개정|제정|신청|제출|반영|확대|전환|상용화|통합"
    r"|마련|조정|지급|지원|개시|종료|출시|지정|인가|결정|보고|건의|회신|의뢰|통보|발주|입찰|계약|등록|가입|방문|견학|분석|연구|검토|홍보|전개|발굴|개발|보급|연계"
    r"|개편|변경|해제|공람|상정|의결|가결|수상|배치|입점|입주|준비|운행|견학|진단|교체|양성|상담|이행|정비|보수|보강|증설|신설|개선|재개|연장|집행|교육|훈련|회의|보고회|설명회|공청회|간담회|토론회"
    r"|완성|기획|검증|확산|적용|발급|폐지|시범|고도화|활성화|내실화|현대화|정상화|전산화|제도화|법제화"
    r"|발족식|개소식|기공식|준공식|위촉식|[가-힣]기)$"
)
_THING: Final = re.compile(
    r"(?:용역|사업|임기|기간|센터|위원회|단지|협약|계약|계획|시설|공원|과정|예산|기금|펀드|협의체|지구|구역|조성)$"
)
_STAGE: Final = re.compile(r"(?:제?\s?\d{1,2}\s?(?:단계|차)|[상하]반기)$")
_BEHIND: Final = re.compile(
    r"^[\s.)\]】’']*(?:(?:년도?|월|일)?\s?(?:말\s?)?(?:현재|대비|까지의|이전|이래|당시|부로|누계|개최\s?기준)(?![가-힣])"
    r"|(?:말\s?)?기준(?!\s?(?:마련|수립|개정|제정|정비|완화|강화|확정|안|고시))"
    r"|(?:본?예산|결산|실적)(?:액)?\s*(?:$|[\d:：(),~∼～])"
    r"|말\s*(?:기준|현재)|[%]|(?:분|치)(?![가-힣]))"
)
_ATTACHED: Final = re.compile(
    r"^(?:[명건원억천백만호대회점]|개[소소]?)(?![가-힣])|^(?:천|백|만|억)[가-힣]?\s?(?:명|건|원|$)"
)


def is_act(title: str) -> bool:
    """Whether an action ends in a word for doing (착공, 협약 체결)."""
    return bool(_ACT.search(without_brackets(title)))


def is_thing(title: str) -> bool:
    """Whether an action ends in a word for a thing that lasts (용역, 위원회)."""
    return bool(_THING.search(without_brackets(title)))


def is_stage(title: str) -> bool:
    """Whether an action is the stage of a thing (2단계)."""
    return bool(_STAGE.search(title))


def is_statistic(tail: str) -> bool:
    """Whether what stands behind a time makes it the time of a figure (’24. 12. 기준, 2024년 예산, ’25. 3. 12건): the word
    behind a number decides (3차 자문회의 and 백서 발간 are done)."""
    return bool(_BEHIND.match(tail) or _ATTACHED.match(tail)) or (
        bool(tail.strip()) and is_figure(tail.strip(" .)"))
    )


def is_year_only(found: Reading) -> bool:
    """Whether a time is no more exact than a year."""
    return bool(found.windows) and all(window.precision == "year" for window in found.windows)


def is_described(body: str) -> bool:
    """Whether the line is "LABEL : value" of a thing."""
    left = re.match(r"^([^:：]{1,20})[:：]", body)
    return left is not None and is_attribute(left[1])


def is_exact(found: Reading) -> bool:
    """Whether a time is one that says more than a year."""
    return found.trouble is None and bool(found.windows) and not is_year_only(found)


def has_words(title: str) -> bool:
    """Whether an action says more than further times."""
    left = title
    for token in reversed(find_dates(title)):
        left = left[: token.start] + left[token.end :]
    return bool(re.search(r"[가-힣A-Za-z]", left))
