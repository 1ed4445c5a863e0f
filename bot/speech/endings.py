"""Whether words hold a predicate: a verb, an adjective or a copula, told by the endings of the words alone (서술어).

Korean: the last syllable of a word, and the one before it where nouns end alike; English: finite verbs, auxiliaries,
modals and pronouns. It leans towards "yes": what is taken for a predicate costs its writer one tap. The rule was
compared with a morphological analyser on some 100,000 words (decision 15); the analyser itself is not needed.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from bot.speech.whole import view
from plans.time.lazy import pattern
from plans.time.vocabulary import words_of

_VERBAL: Final = frozenset("ᆬᆭᆴᆵᆶᆻ")  # final consonants that only verbs have
ALWAYS: Final = frozenset(
    "다요죠쥬까냐네니데든던봐놔며는은을를된될할한운럴닌닐쁜픈큰긴낸린릴낼볼올갈줄쓸뜰끌"
    "듯됨함임음옴짐냄걸께게고라아어여해셈야래것남"
)
"""A word that ends so is a predicate, except the nouns below."""
TAILS: Final = words_of(
    """
    까지만요 도록 므로 하기 되기 하기로 되기로 하길 되길 시길 주길 고자 거나 으나 되나 끝나 어나 시오 십쇼 는가 은가 던가 한가 된가 끝난 어난 만난 끝날 어날 끝남 어남 걸림 밀림 틀림 버림 나와 어와 라와 도와 보내 끝내 해내 마친 고친 마칠 고칠 미칠
    고침 시킨 지킨 시킬 지킬 시킴 나온 어온 아온 생길 남길 넘길 옮길 맡길 세울 채울 도울 려울 치울 비울 만들 어옴 나옴 려움 까움 이런 그런 는군 이군 한대 된대 는대 은대 심더 니더 니당 이당 구만 구먼 놓 넣 싶 싫 아님 하삼 건가 운가 뭔가 지마 먹자 일까
    말라 야지 같애 어때 아파 고파 비싸 나빠 바빠 슬퍼 가자 되자 그러자 나자 보자 주자 바뀔 맞출 늦출 멈출 주실 하실 되실 만날 뤄질 해질 바뀐 누른 하신 주신 되신 미룬 늦춘 바뀜 미룸 늦춤 멈춤 당김 생김 넘김 옮김 남김 하심 주심 세용 해용 네용 려나 되나
    나나 각나 안나 빛나 보나 건만 구나 소서 다가 지만 자마자 수록 무나 라구 다구 자구 냐구 나가서 어가서 라가서 아가서 나가게 어가게 라가게 아가게 보내서 끝내서
    나서면 어지지 아지지 러지지 나가지 나가 어가 라가 아가 끝내지 보내지 견디지 그럼 이럼 나래 나라 텐데 러심 가심 오심 두자 켜보고 펴보고 아보고 어보고 해보고
    """
)
NOUNS: Final = words_of(
    """
    필요 주요 수요 개요 소요 중요 바다 까지 제고 보고 공고 사고 광고 신고 권고 창고 재고 최고 중고 장비고 차고 금고 국고 경고 선고 참고 원고 비고 통고 예고 냉장고 에게 가게 휴게 무게 동네 바구니 머니 모든 타워 독려 장려 우려 배려 고려 격려 염려 참여 기여
    대여 부여 급여 증여 수여 관여 올해 피해 재해 이해 공해 새해 침해 방해 양해 유해 동해 서해 남해 견해 ^당해 ^매해 년해 디어 명령어 케어 언어 용어 국어 영어 단어 방어 신생아 북아 시아 육아 유아 째아 소아 영아 인프라 나라 기한 제한 권한 최대한 최소한 시한
    무한 극한 또한 상한 하한 연한 인한 위한 대한 관한 의한 통한 따른 또는 혹은 마을 가을 노을 다음 소음 마음 처음 걸음 녹음 방음 포함 결함 거함 관함 편함 표함 물함 보함 금함 모임 책임 위임 선임 후임 전임 담임 퇴임 취임 부임 재임 역임 해임 겸임 상임 게임
    타임 타운 다운 기운 행운 오픈 스크린 그린 클린 역할 관할 분할 자갈 알코올 밧줄 으로써 가운데 함께 분야 시야 평야 미래 거래 노래 원래 초래 나래 재래 장래 보고서 신고서 공고서 저장고 아울러 ^나라 ^나래
    동남 서남 성남 하남 경남 전남 충남 강남 호남 영남 해남
    컬러 보일러 롤러 클러 달러 필러 시뮬러 트레일러 반대 군대 현대 연대 원대 전대 선대 온대 도면 화면 대면 노면 수면 서면 사면 ^라면 저면 배면 ^지면 ^가면 ^내면 ^해면
    """
)
"""Nouns, by their last syllables, that end like predicates; ^ where the word begins there."""
LAST: Final = words_of("나 와 하자 서면 에 에서 에게 께 한테 까지 부터 만 라도 마저 조차")
"""No phrase of nouns ends so: 화나, 안와, 수요일에; except the next."""
_LAST_NOUNS: Final = words_of(
    "^하나 코로나 세미나 바나나 안테나 아레나 사우나 기와 방만 대만 오만 거만 낭만 때문에 탓에"
)
_OPEN: Final = (
    "해",
    "어",
    "아",
    "와",
    "라",
    "봐",
    "놔",
    "러",
    "나",
    "내",
    "ᅥ",
    "ᅧ",
    "ᅫ",
    "ᅯ",
)  # of a stem that has taken 어
_LINKED: Final = (
    (_OPEN, "서 도 유 염 욥 진 질"),
    ("면나고", "서"),
    ("빼까따", "도"),
    ("빠퍼터꺼너", "진 질"),
    ("ᆯ", "지도 면 래"),
    ([chr(one) for one in range(0x1161, 0x1176)], "면"),  # an open syllable
    ("하되가오나리시르보주루추두우키치쓰않있없같좋늦많싶는은한된할될일인던못말ᆨᆩᆫᆮᆯᆸᆽᇀᇁ", "지"),
    ("ᆫᆮᆽᆾᇀᇂ", "대"),
)
"""Endings that nouns have as well, by what stands before them: 해서, 하면, 하지, 할래, 떨어진."""
_NOT_JI: Final = words_of(
    """
    이미지 페이지 주지 공지 보지 메시지 가지 단지 산지 편지 전지 현지 천지 환지 습지 접지 복지 먼지 린지 일리지 번지 부지 토지 용지 일지 별지 쓰레기지
    """
)
_WORD: Final = pattern(r"[가-힣]+|[A-Za-z]+(?:['’][A-Za-z]+)?")
_THIRD: Final = pattern(
    r"\b[a-z]{2,}[^\Wsui]s [a-z]{3}"
)  # requires approval: a verb, or a plural before a noun
ENGLISH: Final = frozenset(
    words_of(
        """
    i we he she they it you me us him her them this that these those there who what which why how am is are was were be been being do does did done
    doing have has had having will would shall should can could may might must cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt
    shouldnt couldnt hasnt havent hadnt im ive ill id youre theyre its lets gonna gotta wanna let need needs want wants get gets got give gives gave
    take takes took make makes made go goes going went come comes came see sees saw ask asks say says said tell tells told know knows think thinks hope
    hopes wish try trying send sends sent finish start starts stop stops wait waits waiting move moves change check confirm forget ignore cancel delay
    postpone push keep keeps put run runs ran seem seems look looks mean means expect expects promise plan plans help please mind hold become begin
    began bring brought leave left lose lost pay paid meet met read write wrote work works happen show find found fix use call turn add remove delete
    undo revert scratch skip drop reject approve fail fails open close arrive
    """
    )
)
"""English words that make a clause: pronouns, auxiliaries, modals, the most common verbs."""
_ED_NOUNS: Final = words_of(
    """
    family assembly supply monthly weekly quarterly yearly need seed feed speed bed shed red weed led unified integrated shared
    meeting building hearing briefing training paving lighting parking engineering funding housing planting painting wiring piping heating
    cleaning printing marketing bidding evening morning ceiling crossing dredging landscaping zoning table cable vegetable
    """
)


def holds_predicate(text: str) -> bool:
    """One of the words is a verb, an adjective or a copula, or looks like one."""
    text = view(text)
    words = _WORD.findall(text)
    ends_open = bool(words) and words[-1].endswith(LAST) and not f"^{words[-1]}".endswith(_LAST_NOUNS)
    return ends_open or _THIRD.search(text) is not None or any(map(is_predicate, words))


def is_predicate(word: str) -> bool:
    """The word alone; Korean by its letters, English in any case."""
    if word[0].isascii():
        return _is_english(word.lower().replace("’", "'"))
    letters = unicodedata.normalize("NFD", word)
    if not _VERBAL.isdisjoint(letters) or "없" in word:
        return True
    if word.endswith("까지") or f"^{word}".endswith(NOUNS):
        return word.endswith(TAILS) and not word.endswith("까지")
    is_short = len(word) == 1 and word in "가와봐놔꺼써나마남"
    is_open = (
        letters.endswith(("ᅧ", "ᅫ", "ᅯ")) or word.endswith("러") or (len(word) > 2 and word.endswith("하자"))
    )
    is_linked = len(word) > 1 and letters.endswith(_endings()) and not word.endswith(_NOT_JI)
    return is_short or is_open or is_linked or word[-1] in ALWAYS or word.endswith(TAILS)


@cache
def _endings() -> tuple[str, ...]:
    made = (before + end for befores, ends in _LINKED for before in befores for end in ends.split())
    return tuple(unicodedata.normalize("NFD", one) for one in made)


def _is_english(word: str) -> bool:
    is_odd = len(word) > 4 and word.endswith(("ed", "ing", "ful", "able", "ly")) and word not in _ED_NOUNS
    return "'" in word or word in ENGLISH or is_odd
