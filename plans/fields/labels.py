"""Labels of cards and attribute lines: which words name which field (항목 이름)."""

from __future__ import annotations

import re
from typing import Final

from plans.text.spelling import squeeze

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
    r"|주재|참석|분과|매체|재원|기준일|기준일자|수량|매수|강도|조건|목표|비율|품목|문의|연락처|담당자|담당|성명|면적|사유|추이|필요성|예시|배경|방침|(시행|개최|기준|발행|개소|설립|제정|개정|고시|작성)일)$"
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
