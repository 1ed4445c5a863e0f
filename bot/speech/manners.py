"""How things are said: politely, not yet, perhaps, if; and what is left out of reasons and notes (말씨)."""

from __future__ import annotations

import re
from typing import Final

from bot.speech.lexicon import any_of

GREETINGS: Final = any_of(
    r"""
    안녕하(?:세요|십니까)  (?:대단히 |정말 )?감사(?:합니다|드립니다|해요)  고맙습니다|고마워요?
    수고 (?:하세요|하십니다|하십시오|많으십니다|많으셨습니다|하셨습니다)
    알겠습니다|알겠어요|알았습니다|알았어요
    (?<![가-힣])(?:네네|네|넵|넹|예|옙|응|ㅇㅇ|ㅇㅋ|오케이)(?![가-힣])
    (?:잘 )?부탁 ?(?:드립니다|드려요|드려용|드릴게요|합니다|해요|드림)  부탁이요
    감사하겠습니다|고맙겠습니다|감사하겠어요  죄송(?:합니다|해요)|미안합니다
    (?<![가-힣])(?:좋아요|좋습니다|좋네요|굿|최고예요|최고입니다|굳)(?![가-힣])
    좋은 ?(?:하루|아침|주말)[^.!\n]{0,8}  \b(?:please|pls|thanks?(?: you)?|hi|hello|ok(?:ay)?)\b
    확인했습니다|확인하였습니다|확인하겠습니다|확인해 ?보겠습니다  주무관님|팀장님|과장님
    """
)
"""Politeness that asks for nothing."""
FILLERS: Final = any_of(
    r"""
    (?<![가-힣])(?:처리|등록|신청|요청|반영|표시|정도|쯤|가량|내외|약|대략)(?![가-힣])
    (?:처리|등록|반영|표시|변경|조정|신청|요청)? ?(?:좀 )?(?:해|하여|하)? ?(?:주세요|주십시오|주시기 ?바랍니다|주시길 ?바랍니다|줘요?|주실래요|주시면 ?(?:감사하겠습니다|됩니다|좋겠습니다|감사하겠어요))
    (?:하였음을|했음을|음을|임을|을|를)? ?(?:알려|말씀|전해|전달|보고|통보) ?(?:드립니다|드려요|드립니당|드림|합니다)  (?<![가-힣])(?:방금|아까|조금 전|좀 전|이미|드디어|금방|막)(?:에)?(?![가-힣])
    (?:좀 )?바랍니다  바람(?=$|[\s.])
    (?:처리|신청|요청|등록|보고) ?(?:합니다|드립니다|드려요|함|했습니다|요)  부탁
    합니다|해요|할게요|하겠습니다|했습니다|하였습니다|했어요|했음|했다|함(?=$|[\s.,!])
    됐습니다|되었습니다|됐어요|됐음|됨(?=$|[\s.,!])|되었어요
    입니다|이에요|예요|이요|임(?=$|[\s.,!])|이다|습니다|어요|네요
    (?:제출|완료|추진|이행|처리|준공|마감|수행|납품)?기한(?:을|은|이|만)?|날짜(?:를)?|일정(?:을)(?= )
    (?<![가-힣])(?:건|것|거|좀|더|다|모두|전부|각각|씩|요|만|을|를|은|는|이|가|에|로|으로|의|도|과|와|랑|이랑|및|그리고|저|제가|저는|번|번은|번을|번도|후|까지|까지로|일정도|by|to|until|the|is|was|it|for|i|have|has|been|back|so|and|of|due|item|task|number|no|because|because of|since)(?![가-힣a-z])
    """
)
"""Words at the edges of what is told that tell nothing themselves."""
NOT_DONE: Final = any_of(
    r"""
    아직  못 ?(?:했|하|끝|마|함|한|냈|냄|해)  (?<![가-힣])안 (?:끝|했|하|됐|됨|되|돼|해|함|마)  (?<!이)미 ?완료
    (?:하|되|내|나|치|지)지 ?(?:못|않|는 못|도 못|를 못)
    (?:완료|마무리) ?(?:못|안|불가|전(?!부)|아님|아니|아닙|이 ?아)  거의  지 ?(?:말|마[세십라])  (?<![가-힣])덜(?![가-힣])
    일부  부분 ?(?:만|적)  절반|반쯤|반 정도  아닙니다|아니에요|아님
    \b(?:not|n't|isn't|haven't|hasn't|didn't|yet|never|almost|nearly|partly|partially)\b|n't\b
    불가(?:능)?  어렵|어려|힘들  빼고|제외|말고
    """
)
"""How a done is no done: wherever one of these stands beside a word of completion, it is asked back."""
STEP: Final = any_of(
    r"""
    중간 ?(?:보고|점검|평가|검토|설명|용역|공정)  착수  착공  기공  초안|가안|시안  사전  예비  임시|가설  기초 ?(?:공사|조사)
    (?<![가-힣])(?:단계|차|회차|구간|공구)(?![가-힣])
    [가-힣]{2,}(?:만|까지|까지만) ?$  (?<!건)(?<!업무)(?<!과제)(?<!번)(?<!일)(?<!것)(?<!거)(?<!사업)(?<=[가-힣][가-힣])(?:은|는) ?$
    """
)
"""Before a word of completion: part of the way, what is finished is a step of the item rather than the item."""
MAYBE: Final = any_of(
    r"""
    (?:것|거) ?같  듯 ?(?:합|해|하|싶|요|한데)  지도 ?모  (?:할|될|룰|출|질)까(?!지)  고민  생각 ?(?:중|입|이|하고|해)
    해야 ?(?:할|하|될|되|겠)  [뤄춰]야 ?(?:할|하|될|되|겠)  (?:하|되|루|추|기)려나
    \b(?:maybe|perhaps|might|may|probably|think)\b
    """
)
"""Only thought about."""
HEARSAY: Final = any_of(
    r"""
    다고 ?(?:합|하|해|들|전|그|한|생각|알고|하던)  [했됐났냈]대(?:요)?(?![가-힣])  다네요|다던데|답니다(?=$|[.!])  을걸(?:요)?  나 ?(?:봐|봅|보)  (?:ㄴ|은|는|한|된) ?(?:모양|줄)  던데요?
    \b(?:heard|they say|apparently|supposedly)\b
    """
)
"""Told by others or guessed."""
NOT_CHANGED: Final = any_of(
    r"""
    없(?:습|어|음|이|다|네|는)  (?<![가-힣])안 ?(?:바|변|했|됐|돼|되|함|갑|가|씁|써|넘)  지 ?(?:않|마|말|못)  아직  취소  (?:변경|교체|인계|이동) ?(?:예정|검토|여부|불가)
    (?:다녀|갔다) ?(?:왔|옴)  복귀
    \b(?:not|isn't|hasn't|cancel)
    """
)
"""No change of people and no absence: denied, called off, over, or not yet."""
NOT_UNDONE: Final = any_of(
    r"""
    지 ?(?:마|말|않|못)  아님|아닙|아니  말고  (?<![가-힣])안 ?(?:해|하|됩|돼|됨|되)  \b(?:not|don't|never)\b
    """
)
"""The taking back itself is denied."""
YET_TO_COME: Final = any_of(
    r"""
    예정
    할게|할 ?것|할 ?거|하겠|낼게|낼 ?것|낼 ?거|날 ?것|날 ?거|칠게|치겠|끝내겠|되겠|될 ?것|될 ?거|될 ?듯|할 ?듯|할 ?수|될 ?수|하려|하도록|하기로|하고자|해야
    목표  계획(?:입|이|임)  가능  조만간|나중에|이제 ?곧|금방  내겠|마치겠|겠습니다|겠어요|ㄹ게요|을게요
    (?:완료|마무리) ?중  (?:◆) ?까지
    \b(?:will|going to|gonna|plan(?:ned|ning)? to|soon|by tomorrow|shall|should|would|can|could|expect)\b|'ll\b
    """
)
"""Plans and promises."""
QUESTION: Final = any_of(
    r"""
    [?？]  나요  (?:할|될|일|을|줄|올|날)까(?!지)  (?:인|은|는|한|된|던|할|될)가요
    (?:는|은|인|했|됐|한|된|할|될)지(?: |$|요|를|가|도)  (?:습|입|합|됩|십|하|됩)니까
    하려면|되려면|려면  여부  언제  어떻게  얼마나  무엇|무슨|뭔가|뭐(?:가|를|야|예|죠|에)
    맞(?:나|죠|지)  (?:있|없|되|하|인|거)(?:죠|지요)\b
    \b(?:when|what|how|why|who|which|is it|did|does|do i|do we|should)\b
    """
)
"""Questions."""
CONDITIONAL: Final = any_of(
    r"""
    (?:되|돼|하|오|나|가|리|치|보|받|지|않|없|있|으|났|했|어지|려지|내|쉬우|려우|생기|뀌|르|우|주|겠|졌|았|었|였|갔|이|추|루)면(?= |,|$|서 ?(?:$|요))
    (?<!주)시면(?= |,|$)  (?:되|하|나오|오|끝나|나|가|받|내)는 ?대로  (?:할|될|한|된|인|경우|는) ?경우
    (?:확정|완료|종료|결정|통과|선정|승인|처리|의결) ?(?:시(?= |에|$)|후(?= |에|$))
    (?:된|한|난|은|끝난) ?(?:뒤|후|다음)(?:에| |$)  \b(?:if|once|unless|when|after|as soon as)\b
    만약|만일|혹시|아마
    """
)
"""What depends on something."""
NOT_DELAYED: Final = any_of(
    r"""
    ^ ?(?:을|를|는|은|도|까지)? ?(?:하지|되지|시키지|할 필요|안 ?(?:해|하|합|됩|되|돼|함)|못|불가|필요 ?(?:없|가 없)|없이|없음|말|아니|아닙|취소|반려)
    ^(?:지|질|지도|지는) ?(?:마|말|않|못)  ^ ?(?:을|를)? ?(?:원하지|바라지)
    """
)
"""Behind a word of delay: it is refused or called off."""
ALREADY_DELAYED: Final = any_of(
    r"""
    ^ ?(?:됐|되었|됨|된|될|되어|돼|되는|했|하였|함|예정|결정|확정|하기로|ed\b)  ^(?:졌|뤘|췄)
    ^ ?(?:여부|검토|관련|문의|논의|신청 ?(?:현황|내역))  ^ ?(?:사유|이력|내역|된)
    """
)
"""Behind a word of delay: it is told as something that happened, or only spoken of."""
ALL: Final = any_of(
    r"""
    전부  모두  모든  싹 ?다  둘 ?다  셋 ?다  다른 ?(?:건|것|거)  나머지
    \b(?:all|both|everything|rest)\b  전체  (?:첫|두|세|네|마지막|맨|위|아래|[가-힣]+) ?번째
    위에? ?(?:것|거|건)|아래 ?(?:것|거|건)
    """
)
"""All of them, the rest, the second one."""
NOTE_ENDING: Final = re.compile(
    r"\s*(?:를|을|로)?\s*(?:좀\s*)?(?:남겨|남기|적어|기록|추가|등록|써|입력)?\s*(?:해)?\s*(?:주세요|주십시오|줘요?|놔|둬|주시기\s*바랍니다|부탁드립니다|부탁드려요|바랍니다)?\s*[:：]?(?=\s|$|[^가-힣])"
)
"""Behind the word 메모: what only asks to keep it."""
