"""Typing errors that are understood, and those that are only suspected; the text in one form (오타)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

TYPOS: Final = r"""
    햇 -> 했
    (?<=[가-힣])주(?:셨으면|시면|실 수 있으면|시길)\s?(?:합니다|해요|하겠습니다|좋겠습니다|좋겠어요|좋겠는데요|감사하겠습니다|고맙겠습니다|감사합니다|바랍니다) -> 주세요
    (진행|공정|진척)([률율])\s?(?:은|는|이|을)?\s?(\d{1,3})(?=\s?(?:$|[.,!~](?!\d)|입니다|이요|임|으로)) -> \1\2 \3%
    (?<=[했됐냈났쳤])[슴습씀][다당닷] -> 습니다
    끝내[씀쓴] -> 끝냈음
    완료\s?해습 -> 완료했습
    (?<=[했됐냈났쳤])\s?[습씁슴읍슺숩]\s?[니ㄴ느][다댜당디] -> 습니다
    (?<=[했됐냈났쳤])(?:엉|어염|어욤|어용|어여|엄|오요) -> 어요
    (?<=완료)(?:여|욧|용|염)(?=$|[\s.!~]) -> 요
    됬 -> 됐
    됏 -> 됐
    끝냇 -> 끝냈
    끝낫 -> 끝났
    마쳣 -> 마쳤
    마첬 -> 마쳤
    끗 -> 끝
    읍니다 -> 습니다
    슴니다 -> 습니다
    습니당 -> 습니다
    슴다 -> 습니다
    드림니다 -> 드립니다
    ([가-힣])니댜 -> \1니다
    했어염|했어용|했어여 -> 했어요
    했슴|했씀 -> 했음
    완료했다용 -> 완료했다
    (완료|연기|처리)\s*요(?=$|[\s.!~]) -> \1
    미러주 -> 미뤄주
    늦쳐|늦처|늦춰 -> 늦춰
    연기\s*해\s*주 -> 연기해주
    담\s*주 -> 다음 주
    담\s*달 -> 다음 달
    (?<![가-힣])낼(?![가-힣]) -> 내일
    모래(?=까지|로|에|\s*$) -> 모레
    금욜 -> 금요일
    월욜 -> 월요일
    화욜 -> 화요일
    수욜 -> 수요일
    목욜 -> 목요일
    다음쭈 -> 다음주
    일주읽 -> 일주일
    몇일 -> 며칠
    하엿 -> 하였
    되엿 -> 되었
    겟(?=습|어|음) -> 겠
    할께 -> 할게
    낼께|낼게 -> 낼게
    을께 -> 을게
    완룟|왼료|(?<![가-힣])완\s료(?![가-힣]) -> 완료
    (?<![가-힣])언기(?=$|[\s.,!~]) -> 연기
    dhksfy -> 완료
    dusrl -> 연기
    안\s?됬 -> 안 됐
    됫 -> 됐
    (?<=완료)\s*되었 -> 되었
    끝났슴 -> 끝났음
    바꼇|바꼈|바뀌엇|바꼇 -> 바뀌었
    추석후 -> 추석 후
    설후 -> 설 후
    연말가지 -> 연말까지
    (?<=[일월말주])(?:가지|까자|까디|까징)(?=\s|$) -> 까지
    얼마 ?전 -> 얼마전
    연귀|연긱|여기해\s*주 -> 연기
    왼료|완료료|완룔 -> 완료
    와료 -> 완료
"""
"""Pattern -> what is meant, one a line."""

_TYPOS = tuple(
    (re.compile(wrong.strip()), right.strip())
    for wrong, _, right in (line.partition(" -> ") for line in TYPOS.strip().splitlines())
)
_ARROW = re.compile(r"(?<=[\d일.)])\s*(?:→|->|=>|⇒)\s*(?=['’]?\d{1,4}\s*[.월/년-])")
_ODD_SPACE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
NEARLY_DONE_WORDS: Final = re.compile(
    r"(?<![가-힣])(?:완뇨|완로|환료|관료|원료|완요|안료|완려|완룐|완ㄹ|ㅇㄹ|연기기|여니|연갸|연기ㅣ|욘기)(?![가-힣])"
)


def normalised(text: str) -> str:
    """The text composed (NFC), with full-width digits and signs as usual ones, known typos mended, one space at most."""
    text = _ODD_SPACE.sub("", unicodedata.normalize("NFC", text))
    text = "".join(unicodedata.normalize("NFKC", one) if "\uff01" <= one <= "\uff5e" else one for one in text)
    for wrong, right in _TYPOS:
        text = wrong.sub(right, text)
    text = _ARROW.sub("에서 ", text)
    return re.sub(r"[^\S\n]+", " ", text).strip()
