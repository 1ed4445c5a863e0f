"""Words of acts: what officers call done, delayed, in progress, and what they ask for (어휘)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Intent(StrEnum):
    """What somebody wants with a text."""

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


def any_of(table: str) -> re.Pattern[str]:
    """Any of the patterns, which stand two spaces or a line apart; a single space in one means any space or none,
    but right behind “(?=”, “(?:” or “(?!” it is a space."""
    patterns = re.split(r"\s{2,}", re.sub(r"(?<=\(\?[=:!]) (?=\|)", r"\\s", table).strip())
    return re.compile("|".join(one.replace(" ", r"\s*") for one in patterns), re.IGNORECASE)


# What may stand behind a word of completion for it to be told as done: an ending, a sign, or nothing.
_END = any_of(
    r"""
    $  [^\w\s?？]|[ㅎㅋㅠㅜ№◆％\n]  했  하였  됐  되었  됨(?!직)  되엇  함(?!께)  한 건  합니다  해 (?:주|줘|줬|놨|뒀|버|요|놓)  하였  입니다
    욤(?![가-힣])  용(?![가-힣])  염(?![가-힣])  입니당  이에요  예요  이요  임(?![가-힣])  이다  요(?![가-힣])  처리  등록  보고 (?:합니다|드립니다|드려요|했|함|완료|[:：])  (?:하여|되어|돼서) (?:보고|알려|말씀) ?(?:드|합)  시켰  (?:문서|공문) ?번호  일자? (?:은 |는 |: ?)?(?=◆)  (?:상태)?로 (?:등록|처리|해|표시|바꿔|변경|체크|올려|수정|전환)  표시  체크  부탁  하고
    되고  하며  :
    """
)
_TABLES: Final = {
    Intent.DONE: r"""
        (?<!(?<!이)미)완료<END>  (?:종료|완결|종결)<END>
        마무리(?: (?:했|하였|됐|되었|됨|함|지었|합니다|입니다|요|$|[.!~]|하고|짓))
        끝(?:냈|났|냄|남|마쳤|낫|내었|내서|내고)  끝(?= (?:$|№|[.!~,ㅎㅋㅠㅜ]|입니다|이에요|이요|요|임|이다))
        마(?:쳤|쳤음|침(?= (?:$|[.!~])))  마쳐서  다 (?:했|하였|됐|되었|됨|함|해 ?놨|해 ?뒀)(?! (?:고|지만))
        (?<![가-힣])했(?:음|습니다|어요|어용|네요|다|지요|죠)  (?<=[№ ])(?:했|하였)(?:음|습니다|어요|다)
        (?:완료 된|완료 한|끝난|마친) (?:것|거|걸)(?:으로|로)? (?:처리|등록|해|표시)  (?:완료 된|완료 한|끝난|끝낸|마친) (?:사업|건|과제|일정|일|업무|것|거|상태)(?:입니다|이에요|예요|임|이라|라)
        처리 (?:했|하였|됐|되었|함|됨|해 ?놨|해 ?뒀)  (?<=№)(?:번|은|는|건)? ?(?:했|됐)(?:음|습니다|어요|다)
        (?<=◆)에?(?:했|됐)(?:음|습니다|어요)  \b(?:done|finished|completed?|finish)\b
    """,
    Intent.DELAY: r"""
        연기(?!자|금| (?:되면|학|사유|이력|내역|승인|여부|관련 문의|된 일정|된 것))
        연장(?!선|전|자|근무| (?:사유|승인|여부|근로))  미루|미뤄|미룸|미룹|미룰|미뤘|미룬
        늦추|늦춰|늦춤|늦춥|늦출|늦췄  순연  유예
        (?:기한|기간|날짜|마감|일정|마감일|기일|납기)(?:을|은|를|만)? .{0,14}?(?:변경|조정|수정|바꿔|바꾸|늘려|늘리|옮겨|옮기)
        (?<=◆)(?:까지로|까지|으로|로) (?:기한 |기한을 )?(?:변경|조정|수정|바꿔|바꾸|옮겨|옮기|넘겨|넘기)
        더 (?:주|줘|필요|걸)  ◆만? 더 부탁  더 시간(?:을|이)? (?:좀 )?(?:주|줘|필요)  시간(?:을)? (?:좀)? 더(?: 주|줘)?  말미
        \b(?:need|give|want|take|require)s?\b.{0,24}?\bmore\b(?: (?:time|days?|weeks?|months?))?|\bmore (?:time|days?|weeks?|months?)\b|\bextension\b
        \bneed(?:s|ed)?\b(?= .{0,8}◆)
        \b(?:delay|postpone|extend|defer|reschedule)(?:ed|d)?\b|\bpush\b(?:.{0,20}\bback\b)?|\bmove\b(?=.*\bto\b)|\bchange\b(?=.*\bdeadline\b.*\bto\b)
    """,
    Intent.PROGRESS: r"""
        진행 중|진행(?! (?:상황|현황|사항|률 (?:알|보)|예정))  진척(?! (?:상황|현황))  (?:공정|추진|진척|달성) ?[률율]  (?:공정|진척|진도)(?= ?[은는이가]? ?％)  (?<=％)(?:를|을|까지)? ?(?:추진|달성|진행)(?: 중)?  추진 중  진도
        하는 중|하고 있  작업 중  검토 중  \b(?:progress|underway|in progress)\b
    """,
    Intent.NOTE: r"""
        메모(?!리)  비고  (?:기록|남겨|남기|적어|노트) (?:해 )?(?:주|줘|두세|두십|둬|놔|놓아)  \b(?:note|memo)\b
    """,
    Intent.UNDO: r"""
        되돌[리려림]  실행 취소  원상 복구  원래 ?대로  롤백
        잘못 (?:눌|입력|등록|보냈|보낸|했|처리|완료|적|쳤|클릭)
        실수로 .{0,12}(?:눌|등록|입력|보냈|했|처리|완료|연기)
        (?:방금|아까|조금 전|좀 전|직전|마지막|그) ?.{0,12}취소(?!된|됐|되|됨|로|될|한다)
        (?:완료|연기|연장|등록|입력|신청|진행률|메모|보고|처리)(?: ?(?:신청|등록|보고|처리|요청))? ?(?:한 ?(?:거|것|건|걸))? ?(?:을|를|은|는)? ?취소(?!로|되|됨|된|돼)
        \b(?:undo|revert|rollback|take (?:it|that) back|cancel (?:my |the |that )?(?:last|previous|report|that|it)|wrong button|by mistake|accidentally)\b  무르|(?<![가-힣])물러|물려 ?주
    """,
    Intent.AWAY: r"""
        휴가  연가(?!를 보)  연차(?!별)  반차  병가  공가  출장  부재  자리 (?:를 )?비|자리에 없
        교육 (?:갑|가|참석|들어|받|입교|파견|이|으로|입니다)  파견  휴직  육아 시간  대직
        \b(?:on leave|vacation|out of office|business trip|day off|off work|holiday)\b
    """,
    Intent.HANDOVER: r"""
        (?:담당|담당자|담당 ?직원|업무|주무관)(?:가|이|은|는|를|을|도)? ?.{0,12}(?:바뀌|바뀐|바뀜|바꿨|바꿔 ?주|바꾸|변경|변동|교체|이동|달라|이관|넘겼|넘어)
        인수 ?인계  인계  후임  전임자  인사 ?(?:이동|발령)  (?:전보|발령) ?(?:됩|났|나서|받|되|됐|으로)
        (?:제|저의|내|우리|저희)(?:가|는)? ?(?:(?:과|팀|부서|담당) ?)?(?:업무|담당|소관|일|과제|과 업무|부서 업무|팀 업무)(?:가|이|은|는)? ?(?:아닙|아니|아님|아녜|아닌)
        담당(?:자)?(?:가|이)? ?(?:아닙|아니|아님|아녜|아닌)  업무 ?분장
        (?:다른|옆|타) ?(?:팀|과|부서)(?:에서|의|이)? ?(?:담당 ?)?(?:소관|업무|담당|일|과제|건)(?: ?(?:입니다|이에요|예요|인데|임|합니다|함)|$)
        (?:부서|과|팀)(?:을|를)? ?옮[겼기]  부서 ?이동
        \b(?:person|officer|one) in charge (?:has|was|is) (?:now )?(?:changed|replaced)\b  \b(?:hand ?over|not my (?:task|job|responsibility)|not in charge|(?:was|been|am|be|got) transferred|no longer (?:in charge|responsible)|not responsible|reassign(?:ed)?)\b
    """,
    Intent.HELP: r"""
        도움말  사용 ?법  사용 ?방법  사용 ?설명서  이용 ?방법  쓰는 ?(?:법|방법)
        (?:뭐라고|뭘|무어라고) (?:보내|적|쓰|써|치|입력)  메뉴
        어떻게 (?:써|쓰|쓴|사용|하|해|이용|입력|등록|보내|말)  명령어  뭐 (?:를 )?할 수
        (?:무엇|뭘) (?:을 )?할 수  도와 ?(?:줘|주)  뭐 ?하는 ?(?:봇|거|건|곳)  도움(?:이|을)? (?:필요|요청|줘|주(?!셔|신)|받)  기능 (?:이|을|알|뭐)  매뉴얼
        \bhelp\b|\bhow (?:do|can|to)\b|\busage\b
    """,
    Intent.OVERDUE: r"""
        지난 (?:거|것)(?: |$|들)  (?:기한|마감|날짜) ?(?:이|을|를)? ?(?:지난|넘긴|넘은|경과|초과|지나)
        ^ ?(?:지난(?! ?(?:주|달|번|해|분기|월|[월화수목금토일]요))|지연|경과|밀린|늦은|초과)(?: (?:일정|것|거|업무|과제|목록|건|된))?
        지연 ?(?:된|되고|중인|목록|일정|현황|건|과제|업무)  밀린  연체  늦어진 (?:거|것|일정)
        기한 ?경과  \b(?:overdue|late|behind schedule)\b
    """,
    Intent.MY: r"""
        (?<![가-힣])(?!내일(?!정))(?:내|제|나의|저의|내가|제가|나한테|저한테|저에게) ?(?:맡은|담당|소관|해야 할|남은)? ?(?:일정|업무|과제|할 ?일|할 ?거|일 목록|목록|기한|마감|일(?: |$))
        (?<![가-힣])(?:내|제|나|저)(?:가|의)? ?맡(?:은|고 있는) ?(?:거|것|건|게|일|업무|과제)  (?<![가-힣])(?:내|제|나의|저의) ?(?:꺼|거|것)(?= |$|만|들|를|을)
        (?<![가-힣])(?:할 ?일|할 ?거)(?!게)  (?<![가-힣])(?:나|저|내가|제가)(?:는|도)? (?:이제|지금|오늘|당장)? ?(?:뭐|뭘|무엇|무슨 ?일)(?:을|를)? ?(?:해야|하면)  남은 ?(?:일정|업무|과제|할|일|거|것)
        오늘 ?(?:일정|할|해야|마감|업무|뭐)  (?:저한테|나한테|저에게) .{0,6}(?:뭐|있)
        \bmy (?:tasks?|schedule|items?|list|work|deadlines?)\b|\bwhat (?:\w+ )?do i have\b|\bto ?do\b
    """,
    Intent.UPCOMING: r"""
        다가오는  앞으로  임박
        (?:이번|다음|다다음|금) ?(?:주|달)(?:에|의|까지)? ?(?:일정|마감|기한|업무|과제|할 ?일|뭐|무슨|예정|도래|있)
        (?:이번|다음) ?(?:주|달)(?:에|의)? .{0,8}(?:일정|마감|기한)
        예정 ?(?:된|인)? ?(?:일정|업무|과제|목록)  ^ ?예정$  곧 (?:있|마감|다가)
        (?:마감|기한) ?(?:임박|다가)  \b(?:upcoming|coming up|due (?:soon|this week|next week))\b
    """,
    Intent.STATUS: r"""
        현황  (?:추진|이행) ?상황  진행 ?(?:상황|현황|사항)  진척 ?(?:상황|현황)  이행률  완료율  통계  요약
        전체 ?(?:상황|보기)  \b(?:status|summary|overview|how are we doing)\b
    """,
}
PATTERNS: Final[dict[Intent, re.Pattern[str]]] = {
    intent: any_of(table.replace("<END>", rf"(?=\s*(?:{_END.pattern}))")) for intent, table in _TABLES.items()
}
"""What each intent is called; dates, numbers and percentages are their signs (№ ◆ ％)."""

ABOUT_WORK: Final = any_of(
    r"""
    기한  마감  일정  업무  과제  보고  기일  납기  \b(?:deadline|due|task)\b
    """
)
"""Words of this bot's business, which make a question one for it."""
CHATTER: Final = any_of(
    r"""
    굿모닝|굿나잇|메리 ?크리스마스  점심  저녁 ?(?:먹|식사|약속|드)  아침 ?(?:먹|식사|드)  날씨  커피  식사  밥  퇴근 ?(?:하|시간|합)  주말 (?:잘|에 뭐)  맛있  반갑|반가(?:워|웠|운)  누구(?:세요|야|냐|니|신)  심심
    재미|재밌  배고  생일  축하  [화파]이팅  힘내  춥|덥|추워|더워  (?:비|눈)(?:가|이)? ?(?:오|온|와)  ㅋㅋ|ㅎㅎ  테스트|\btest\b  잘 ?지내  건강 ?(?:하|조심)  뵙겠|뵐게|봬요|봅시다  (?:주말|하루|휴일|명절|연휴|저녁|시간)(?:을|를)? ?(?:잘 |즐겁게 |편히 |푹 )?보내  새해  전화 (?:주|드|바|해)
    회식  졸려|졸리  피곤  힘들 ?(?:어요|네요|다)  농담  노래  사랑  바보  고생  연락 ?(?:주|드)
    \b(?:weather|lunch|coffee|dinner|who are you|how are you|good (?:morning|night|afternoon|evening)|nice|great|cool|lol|haha)\b
    """
)
"""Small talk: nothing of the bot's business."""
LONE: Final = re.compile(r"\s*(?:취소|[?？]+)(?:\s|해|할|요|$)", re.IGNORECASE)
"""A text that begins so wants something, and does not say what."""
