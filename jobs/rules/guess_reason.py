"""Which reason code a few words sound like: a suggestion for a button, never recorded by itself."""

import re

from store.states import DelayReason

# In this order: the more particular words first.
SIGNS: dict[DelayReason, str] = {
    DelayReason.CONTEST: r"공모|선정.{0,4}(?:탈락|안)|미선정|국비\s*(?:축소|탈락)",
    DelayReason.BUDGET: r"예산|추경|국비|도비|시비|재원|교부|사업비",
    DelayReason.COUNCIL: r"의회|조례|의원|심의",
    DelayReason.LAND: r"토지|보상|부지|편입|수용|매입",
    DelayReason.TENDER: r"입찰|계약|유찰|용역|업체|공고|낙찰|납품",
    DelayReason.COMPLAINT: r"민원|주민\s*반대|반발",
    DelayReason.DISASTER: r"재난|방역|코로나|감염|태풍|호우|폭우|폭설|지진|집중\s*호우|산불|우천",
    DelayReason.STAFF: r"인력|인사|결원|휴직|담당자\s*(?:변경|교체)|공석",
    DelayReason.AGENCY: r"타\s*기관|공단|공사(?:와|측)|교육청|경찰|국토부|[가-힣]{1,4}부\s*(?:승인|협조)|관계\s*기관",
    DelayReason.CONSULTATION: r"협의|협조|조율|의견|중앙|도청",
    DelayReason.CONDITIONS: r"여건|수요|기술|상황\s*변화|물가",
}


def guess(words: str) -> DelayReason | None:
    """The code the words sound like, the most particular one; None where they sound like none."""
    found = [code for code, signs in SIGNS.items() if re.search(signs, words)]
    return found[0] if found else None
