"""The words of a reason -> the code of the list that a request of postponement needs (지연사유)."""

from __future__ import annotations

import re
from typing import Final

# In this order: the first code whose words stand in the text; a narrower code before a wider one. Two spaces part the words.
CODES: Final[dict[str, str]] = {
    "공모 미선정": r"""
        공모.{0,8}(?:미\s*선정|탈락|떨어|실패|축소)  미\s*선정  국비\s*축소  선정\s*(?:안|되지)
    """,
    "재난·방역": r"""
        코로나  감염  방역  재난  태풍  호우  폭우  집중\s*호우  장마  폭설  한파  지진  산불  산사태
        수해  가뭄  침수  화재  AI\s*발생  구제역  돼지열병  기상  우천
    """,
    "의회·조례": r"""
        의회  조례  임시회  정례회  본회의  상임위  의원  회기  council  규칙\s*(?:제정|개정)
    """,
    "토지·보상": r"""
        토지  보상  편입  수용\s*재결  지장물  부지  소유자  지주  land  감정\s*평가
    """,
    "입찰·계약": r"""
        입찰  유찰  계약  조달  발주  낙찰  공고  업체  시공사  용역사  납품  자재  수급  contract  bid
    """,
    "민원": r"""
        민원  주민\s*(?:반대|반발|의견|항의)  집회  시위  반대  complaint
    """,
    "타기관": r"""
        타\s*기관  유관\s*기관  관계\s*기관  협력\s*기관  경찰  교육청  소방  공단  공사\s*측  한전
        한국\w*공사  LH  기관\s*(?:회신|협조|의견)
    """,
    "예산": r"""
        예산  추경  국비  도비  시비  구비  교부  재원  사업비  보조금  특교  기금  budget  fund  money
    """,
    "협의": r"""
        협의  심의  승인  인허가  인·허가  허가  위원회  중앙  부처  행안부  국토부  도청  도와
        중앙부처  심사  approval
    """,
    "인력·인사이동": r"""
        인사\s*(?:이동|발령)?(?=으로|때문|로|\s|$)  인력  담당자  휴직  휴가  출장  결원  공석  전보
        발령  병가  교육  인수인계  업무\s*(?:과중|폭주)  staff
    """,
    "여건변화": r"""
        여건  수요  기술  설계\s*변경  계획\s*변경  변경  상황\s*변화  물가  단가  공법  환경\s*변화
    """,
}
OTHER: Final = "기타"
_PATTERNS = {
    code: re.compile("|".join(re.split(r"\s{2,}", words.strip())), re.IGNORECASE)
    for code, words in CODES.items()
}


def reason_code(text: str) -> str | None:
    """The code that the words suggest, 기타 where the person says so; None where nothing does."""
    for code, pattern in _PATTERNS.items():
        if pattern.search(text):
            return code
    return OTHER if OTHER in text else None
