"""Words that no rule has read and that can turn the sense of a sentence: then it is asked back, never guessed."""

from __future__ import annotations

import re
from typing import Final

from bot.speech.lexicon import any_of

REPORTED: Final = any_of(
    r"""
    (?:라|자|다|냐|달라)고(?:는|도|만)? ?(?:하|해|했|합|함|한|들|말|지시|시[키켜]|요청|그|전|통보|연락|안내|생각|알|적|나오|뜨|뜹|떠|표시)
    (?:라|다|자|냐)(?:는데|네요|시네|십니다|고요|더라|던데|신다|신대|는 ?(?:말|지시|연락|얘기|소리|분))  라네요?(?![가-힣])
    셔서 ?(?:감사|고맙)  (?:하|으|미루|늦추|바꾸|옮기)(?:래|랍니다|라십니다|라셔|라시|래요|랬)  [했됐났냈]대(?:요)?(?![가-힣])  답니다(?=$|[\s.!])
    """
)
"""What somebody else said, ordered or wished."""
ORDERED: Final = re.compile(r"\b(?:said|says|told|asked|asks|wants?|wanted)\b", re.IGNORECASE)
"""The same in English, where it stands ahead of the act."""
_OTHERS: Final = (
    r"(?:팀|과|부서|업체|업자|시공사|감리단?|동료|팀장|과장|계장|국장|실장|소장|주무관|담당자|담당|대리|직원|후임자?|전임자?"
    r"|선임|사수|발주처|도청|시청|본청|구청|기관|쪽|측|누가|누군가|남|용역사|설계사|조달청|의회)"
)
STRANGER: Final = re.compile(
    rf"{_OTHERS}(?:님)?(?:이|가|에서|께서|께선|한테서)(?=\s)|(?<![가-힣])(?:누가|누군가)(?=\s)"
)
"""Somebody else is the one who did it."""
_CLAUSE: Final = re.compile(
    r"(?:는데|은데|인데|지만|니까|[아어여해]서|라서|려고|도록|면서|다가|[라다자냐]고|라는|다는|라며|다며|아니라|거나|든지|던데|더니"
    r"|느라|더라도|[아어해]도|는지|을지|할지|[가-힣]면|나요|까요|네요|군요|죠|어요|아요|해요|습니다|[입합됩답]니다|하며|되며|하고서|한다|된다|[였했됐었았겠]다"
    r"|었고|았고|했고|됐고|였고|되고|하고|싶은|싶고|않은|않고|없는|없이|없고)[.,!~]*$"
)
_SELF: Final = re.compile(
    r"[가-힣]{2,}(?:과|팀|실|소|관|원|청|동|면|읍|국|단|주무관|담당|담당자|장|계)(?:의)?[\s가-힣]*입니다[.,!~]*$"
)  # who is writing
_NOUNS: Final = re.compile(
    r"(?:도면|지면|화면|전면|후면|서면|대면|측면|노면|장면|정면|표면|국면|업무협약하고|(?:문제|차질|이상|탈|사고)없이|하고)$"
)
_TIME: Final = re.compile(
    r"(?:차|다음|지난|저번|이번|전|익|그)\s?(?:주|달|해|분기)|반나절|나절|요일|중순|하순|상순|월초|월말|연초|연말|년초|작년|재작년|지난해|올봄|(?<![가-힣])(?:봄|여름|가을|겨울)(?:에|철)?(?![가-힣])|상반기|하반기|분기|어제|그저께|그제|엊그|내일|모레|며칠|예전|옛날|그때|당시|\b(?:ago|last|yesterday|tomorrow|next|week|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?![a-z])|[0-9]+\s*(?:주|달|일|월|년|개월)"
)
_BEFORE_DATE: Final = re.compile(
    r"(?:■\s*(?:의|에서|부터|내지|[~-])|(?<![가-힣])(?:앞으로|오는|돌아오는|다가오는|한|이번|다음|지난|저번|그|각|첫|둘째|셋째|넷째|마지막|이후|이전|내후년|후년|재작년|중순|상순|하순|말)|\d+\s*(?:년|월|일|주|분기)(?:의|에)?|(?:차|다음|다다음|지난|저번|이번|익|그|매|격)+\s?(?:주|달|해|분기)|반|(?:일|주|달|개월|년|흘|틀|루)(?:에서|부터)|초|순|쯤|(?<=[가-힣])\s*(?:후|뒤)에?|(?:끝나고|마치고|지나고)(?:\s*나서)?|늦어도|빨라도|빨라야|최소한?|최대한?|적어도|못해도|길면|짧으면|아마도?|아니면|또는|혹은|이나"
    r"|\bor|\bleast|\bmost|\babout|\baround|\bfrom|\bafter|\bbefore|\bsince|\bthan|\bhalf|\bevery|\beach|\bper|\bnot|\bwithin)\s*$",
    re.IGNORECASE,
)
_BEHIND_DATE: Final = re.compile(
    r"\s*(?:(?:조금|약간|살짝|좀)\s*(?:넘|못|안)|넘게|반(?![가-힣])|쯤|경(?![가-힣])|정도(?=\s*(?:로|$))|아니면|또는|혹은|이나(?![가-힣])|내지|or\b|from\b|after\b|before\b|since\b|and a half|at the earliest|at least)",
    re.IGNORECASE,
)


HEDGED: Final = re.compile(
    r"(?:밀린|지난|남은|이번\s*주|다음\s*주|이번\s*달|다음\s*달)\s*(?:일정|과제|업무|거|것)(?!\s*(?:때문|으로|사유|관계|상))|그때|그날|길면|되도록|가급적|가능한\s*한|가능하면|웬만하면|최악|경우|차라리|정\s*안|여차하면|필요\s*시|유사\s*시|정말\s*안"
)
"""A delay only wished for in some case, or as far as may be."""
TAKEN_BACK: Final = re.compile(r"(?:취소|철회)\s*(?:해|하|합|요|부탁|바|$)|말고(?=\s|$)|아닌(?=\s)")
"""What was asked for is called off in the same breath."""
CORRECTED: Final = re.compile(
    r"(?<![가-힣])(?:아니(?:다|야|지|네)?|아차|참|오타|정정(?:합니다|해요|요)?)(?![가-힣])|\b(?:no wait|i mean|oops|correction|sorry,? (?:not|i meant))\b",
    re.IGNORECASE,
)
"""Words that take something back that was just said: nobody knows what is left of it."""
_DIGIT: Final = re.compile(r"(?<![A-Za-z\d])\d")


def is_clause(told: str) -> bool:
    """One of the words is no noun but the end of a clause of its own (…는데, …라서, …지만), or tells who else did it."""
    words = told.split()
    return STRANGER.search(told + " ") is not None or any(
        _CLAUSE.search(one) is not None and _NOUNS.fullmatch(one) is None and _SELF.match(one) is None
        for one in words
    )


def tells_time(told: str) -> bool:
    """A time is told in words that were not read as a date."""
    return _TIME.search(told) is not None


def has_unread_number(text: str) -> bool:
    """A digit is left where all numbers, dates, amounts and counts have been taken out."""
    return _DIGIT.search(text) is not None


def changes_date(before: str, behind: str) -> bool:
    """What stands right before or behind a date makes another one of it, or a vague one."""
    return _BEFORE_DATE.search(before) is not None or _BEHIND_DATE.match(behind) is not None
