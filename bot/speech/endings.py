"""How the word of an act may end where it is told or asked for; every other ending is asked back (어미)."""

from __future__ import annotations

import re
from typing import Final

_THANKS: Final = r"(?:감사|고맙|수고|부탁|보고|확인|알려)[가-힣]*"
_TOLD: Final = r"(?:습니[다당닷댜]|었습니다|어요?|어용|어여|어염|어욤|아요?|여요|음|음을|음이|음요|네요?|네용|다|다요|죠|지요|거든요|구요|고요?|으며|며|으니|으니까|기에|으므로|는데요?|답니다|군요|구나|구만|소|오|엉|슴)"
_DONE: Final = re.compile(
    rf"(?:(?:[했됐]|하였|되었|시켰|했었|됐었|지었|졌)?{_TOLD}|[함됨]|[함됨]을|[한된]|하여|되어|해|해주세[요용여]|해주십시오|해줘요?|돼|하고|되고|하며|되며|하였|되었|합니다|됩니다|했|됐|짓고|지음"
    rf"|입니[다당]|이에요|예요|이요|요|욤|용|임|임다|이고|이며|이다|이네요|고요?|(?:상태)?로|상태(?:입니다|이에요|임)|일자?[은는]?|건|처리[가-힣]*|보고[가-힣]*|등록[가-힣]*|표시[가-힣]*|체크[가-힣]*|부탁[가-힣]*)?(?:{_THANKS})?"
)
_WISH: Final = (
    r"심|요|용|욤|염|여|요망|세[요여용염욤]|십시[오요]|시오|시기|시기를|시길|시면|시고|실|셔요|소서|기|길|합니다|함|하겠습니다|하고자|하려고?|하려는데|할게요?|할려고|하자|합시다|해야|하십시오|하심"
    r"|드립니[다당]|드려요|드려용|드려봅니다|드림|드리며|드리고자|드릴게요|드리려고|바랍니다|바래요|바람|바라며|바랄게요|합니당|해용|하네|하게|하고|하며|하여|해|해서|하였으면|했으면|게요|게|려고?|고|고자|겠습니다|자|네|니다|음|룹니다|룸|춤|쥬|죠"
)
_DELAY: Final = re.compile(
    rf"(?:을|를|이|가|만|도|로|건|좀)?(?:요청|신청|부탁|희망|건의|처리|필요|변경|조치)?(?:을|를|이)?(?:좀)?(?:해|하여|시켜)?(?:주|줘|줬)?(?:{_WISH})?(?:(?<=니다|세요|시오)[가-힣]+)?"
)
_MANNERED: Final = re.compile(r"[가-힣]*")


def is_told(text: str, end: int) -> bool:
    """The rest of the word behind a completion tells it as a fact: 했습니다, 됐어요, 함."""
    return _DONE.fullmatch(_rest(text, end)) is not None


def is_wished(text: str, end: int) -> bool:
    """The rest of the word behind a delay asks for it: 해 주세요, 신청합니다, 바람."""
    return _DELAY.fullmatch(_rest(text, end)) is not None


def _rest(text: str, end: int) -> str:
    found = _MANNERED.match(text, end)
    return found[0] if found else ""
