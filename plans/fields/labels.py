"""Labels of cards and attribute lines: which words name which field (항목 이름)."""

from __future__ import annotations

import re
from typing import Final

from plans.text.spelling import squeeze, words_of

FIELDS: Final[dict[str, str]] = {
    **dict.fromkeys(
        (
            "주관부서",
            "담당부서",
            "소관부서",
            "추진부서",
            "주무부서",
            "주관과",
            "담당과",
            "부서명",
            "부서",
            "소관과",
            "주관부서명",
            "실과명",
            "소관",
        ),
        "department",
    ),
    **dict.fromkeys(
        (
            "관련협업기관",
            "협업기관",
            "관련부서",
            "협조부서",
            "협력부서",
            "협력기관",
            "관련기관",
            "유관기관",
            "협업부서",
            "협조기관",
            "협업부서기관",
            "관계부서",
            "관계기관",
        ),
        "related",
    ),
    **dict.fromkeys(
        ("담당자", "업무담당자", "담당공무원", "담당", "담당자명", "과제담당자", "담당팀장"), "officers"
    ),
    **dict.fromkeys(("연락처", "전화번호", "전화", "행정전화", "문의처", "문의"), "phones"),
    **dict.fromkeys(
        ("소요예산", "총사업비", "사업비", "예산", "예산액", "소요사업비", "사업예산", "총예산", "투자금액"),
        "budgets",
    ),
    **dict.fromkeys(("사업기간", "추진기간", "기간", "사업시기", "추진시기", "시행기간"), "period"),
    **dict.fromkeys(
        (
            "추진상황",
            "추진상태",
            "이행상태",
            "이행상황",
            "진행상황",
            "진행상태",
            "추진현황",
            "이행현황",
            "상태",
            "이행여부",
            "추진단계",
        ),
        "status",
    ),
    **dict.fromkeys(
        (
            "공약명",
            "과제명",
            "사업명",
            "공약사업명",
            "단위사업명",
            "추진과제",
            "세부추진과제",
            "세부과제",
            "단위사업",
            "과제",
            "공약사업",
            "세부사업명",
            "시책명",
        ),
        "title",
    ),
    **dict.fromkeys(("관리번호", "연번", "번호", "과제번호", "공약번호", "순번", "no"), "no"),
    **dict.fromkeys(("분야", "구분", "영역", "전략", "분야별"), "area"),
}
"""Squeezed label -> field of a task."""

DONE: Final = "완료"
"""The status of what is done."""
PERIOD_LABELS: Final = (
    "사업기간",
    "추진기간",
    "기간",
    "사업시기",
    "추진시기",
    "시행기간",
    "시기",
    "운영기간",
    "사업기한",
)
WHEN_LABELS: Final = re.compile(r"^(일시|시기|일정|일자|날짜|기간|.{1,4}(기간|일시|시기|일정|일자))$")
_ATTRIBUTE: Final = re.compile(
    r"(대상|대상국|장소|위치|인원|방법|내용|사업비|예산|기관|단체|근거|목적|규모|사업량|자격|출처|기준|금액|현황|명|효과|부서|기간|일시|시기"
    r"|주재|참석|분과|매체|재원|기준일|기준일자|수량|매수|강도|조건|목표|비율|품목|문의|연락처|담당자|담당|성명|면적|사유|추이|필요성|예시|배경|방침|(시행|개최|기준|발행|개소|설립|제정|개정|고시|작성|수정|갱신|출력)일|(결재|기안|생산)일자?|^보고일)$"
)
STATUS_NAMES: Final[dict[str, str]] = {
    "이행후계속": "이행후계속추진",
    "이행후계속추진": "이행후계속추진",
    "이행완료후계속추진": "이행후계속추진",
    "완료": "완료",
    "이행완료": "완료",
    "추진완료": "완료",
    "정상추진": "정상추진",
    "정상": "정상추진",
    "일부추진": "일부추진",
    "보류": "보류",
    "폐기": "폐기",
    "부진": "부진",
    "지연": "지연",
    "추진중": "추진중",
    "진행중": "추진중",
    "미착수": "미착수",
    "시기미도래": "시기미도래",
    "계속추진": "계속추진",
    "종료": "종료",
}
"""Squeezed status as written -> its one spelling."""


def field_of(label: str) -> str | None:
    """The task field that a label names: "주관 부서" -> "department"; units in brackets are left out."""
    return FIELDS.get(squeeze(re.sub(r"\([^()]*\)", "", label)))


def is_attribute(label: str) -> bool:
    """Whether "LABEL : value" describes a thing (대상, 장소, 사업비) and is no action."""
    name = squeeze(re.sub(r"\([^()]*\)", "", label))
    return bool(_ATTRIBUTE.search(name))


def read_status(text: str) -> str | None:
    """추진상황 in its one spelling; what is not known stays as written, "-" is None."""
    name = squeeze(text)
    return STATUS_NAMES.get(name, name) if name and name != "-" else None


def is_status(text: str) -> bool:
    """Whether a cell holds one of the known status words."""
    return squeeze(text) in STATUS_NAMES


_ENGLISH: Final = {
    "phones": "phone telephone tel extension ext",
    "no": "ref reference no number id item #",
    "related": "supporting support partner partners consulted stakeholders collaborators",
    "officers": "officer officers contact person manager sponsor",
    "status": "status progress rag",
    "original": "original baseline",
    "revised": "revised forecast updated",
    "start": "start starts begin begins commencement",
    "due": (
        "due deadline deadlines timescale timescales timeframe timeframes timeline timelines timetable when completion finish"
        " end ends date dates timing by year quarter period schedule duration target"
    ),
    "department": (
        "lead leads owner owners responsible responsibility responsibilities accountable department departments service"
        " services directorate directorates team teams agency agencies division divisions bureau office offices who"
    ),
    "step": "milestone milestones step steps stage stages activity activities deliverable deliverables output outputs",
    "action": (
        "action actions task tasks project projects commitment commitments recommendation recommendations initiative"
        " initiatives measure measures what"
    ),
    "goal": "objective objectives goal goals theme aim aims",
}
ENGLISH_ROLES: Final = {role: words_of(words) for role, words in _ENGLISH.items()}
"""Role of an English label -> its words, the first that fits: "lead officer" is a person, "target completion date" a time."""

_ENGLISH_FILLERS: Final = words_of(
    "of and the for to in our we will do is are a be implementing implementation key proposed "
    "planned expected main delivery deliver council current title name description required agreed "
    "specific priority time frame scale line this happen next new strategic first council's city county municipal "
    "primary organisation organization other est estimated anticipated"
)
_ENGLISH_WORDS: Final = _ENGLISH_FILLERS.union(*ENGLISH_ROLES.values())
MOST_WORDS: Final = 6  # of an English label
MOST_HEAD_WORDS: Final = 12  # of the head of a column


def english_field(label: str) -> str | None:
    """The role that an English label names: "Lead department" -> "department"; None where a word says something else."""
    words = re.findall(r"[a-z']+|#", re.sub(r"\([^()]*\)", "", label).lower())
    if not 0 < len(words) <= MOST_WORDS or not _ENGLISH_WORDS.issuperset(words) or re.search(r"\d", label):
        return None
    found = set(words)
    if found & {"start", "starts", "begin"} and found & {"end", "finish", "completion"}:
        return "period"
    first, slash, _ = label.partition("/")
    if slash and (role := english_field(first)) is not None:
        return role  # Action/Target: the first word names the column
    return next((role for role, known in ENGLISH_ROLES.items() if known & found), None)


def action_named(label: str) -> str | None:
    """Whether the head of a column names actions or steps among other words (Verifiable milestones to fulfil the
    commitment); beside a column of times alone does it say so."""
    words = set(re.findall(r"[a-z]+", label.lower()))
    if len(words) > MOST_HEAD_WORDS or re.search(r"\d|[.!?]$", label):
        return None
    return next((role for role in ("step", "action") if ENGLISH_ROLES[role] & words), None)


ENGLISH_STATUS: Final[dict[str, str]] = {
    **dict.fromkeys(("completed", "complete", "done", "delivered", "achieved", "closed", "finished"), "완료"),
    **dict.fromkeys(("ontrack", "ontarget", "green"), "정상추진"),
    **dict.fromkeys(("inprogress", "underway", "ongoing", "started", "active"), "추진중"),
    **dict.fromkeys(("partiallycomplete", "partlycomplete", "partiallycompleted"), "일부추진"),
    **dict.fromkeys(("notstarted", "notyetstarted", "planned", "tostart"), "미착수"),
    **dict.fromkeys(
        ("delayed", "behind", "behindschedule", "overdue", "offtrack", "red", "amber", "atrisk"), "지연"
    ),
    **dict.fromkeys(("onhold", "paused", "deferred"), "보류"),
    **dict.fromkeys(("cancelled", "canceled", "discontinued", "withdrawn"), "폐기"),
}
"""Squeezed English status -> the one spelling that all documents share."""


def english_status(text: str) -> str | None:
    """The status of an English plan in the spelling of all plans; None for other words."""
    return ENGLISH_STATUS.get(re.sub(r"[^a-z]", "", text.lower()))
