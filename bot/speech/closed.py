"""What is left over behind a command, and whether it leaves the command standing: a noun phrase does.

Everything else makes a card of it: a predicate, a word of the list that docs/closed-words.md prints, another day, length,
percentage or number, a question. A predicate (서술어) is told by the endings of words alone, and the rule leans towards
“yes”: what is taken for one costs its writer one tap (compared with a morphological analyser: decision 15).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from bot.speech.dates import find
from bot.speech.reading import percents, view
from plans.time.typed.meanings import When
from plans.time.typed.vocabulary import any_of, words_of

LISTED: Final = """
denial and doubt
불가 불발 불승인 불허 불참 부결 무산 실패 아직 여부 추정 혹시 아마 글쎄 거짓 농담 장난 테스트 미확정 어려움 곤란 모름 없음 필요 요망 의문 의심 소문 오보 문의 질문 불투명 사실상 실질 서류상 명목상 잠정 가완료 불완료 방법 시점 가능 이유 미정 연습 잠깐 잠시 노노 역부족 불능 부적합 부적절 미지수 무소식 무응답 헛수고 퇴짜 거절 거부 난색 가망 요원 막막 캄캄 헛소문 구라 빈말 설마 낭설 과장된 반신반의 애매 모호 불확실 무리수 불분명 긴가민가 가등록 추측 착각 짜증 큰일 불일치 이견 이의 갑론을박 시기상조 오리무중
못 안 덜 일단 우선 그냥 임시 임시로 무리 무리임 노답 뻥 농 조금 대로 왜 뭐 좀 글쎄요 아니 아뇨 노 것 건가 nvm nah likely guess failure stuck invalid null lol dummy tba na hearsay rumour where however although again about under to way in off unclear unknown not no never none nope nothing nobody without maybe perhaps probably possibly unsure doubt false fake joke test incomplete unfinished pending tbd tbc rumor impossible unlikely apparently allegedly supposedly unable wip jk kidding thought
not done, which is a reason of a delay
난항 중지 두절 지지부진 제자리 재확인 지연 착수 시작 중간 재검토 재시공 재작업 재입찰 재공고 재협의 재제출 재심의 시험
delayed late behind missing started begun draft
plan and condition
예정 계획 전망 방침 추후 나중 향후 차후 조만간 이따 만약 만일 조건 전제 경우 즉시 직후 직전 예상 촉구 독려 단계 임박 목표 대기 진행중 추진중 준비중 검토중 협의중 작업중 공사중 처리중 하는중
금방 막 이제 전 후 뒤 시 때 곧 중 다음 yet soon later tomorrow tonight next if when unless until till once after before while planned planning scheduled upcoming eventually future target goal tentative aim provisional conditional subject assuming provided depending progress ongoing underway ready due eta expected hold
promise and wish
약속 다짐 노력 최선 희망 바람 부탁 요청 기대 각오
promise promised hopefully soonest asap sorry almost nearly trying going gonna hoping intend wish
cancellation and correction
취소 철회 폐지 말고 대신 무효 되돌 롤백 보류 중단 포기 반려 연기 연장 삭제 정정 수정 변경요 착오 오류 오타 오입력 실수 잘못 아님 무시 원복
홀딩 스톱 다른 disregard pause ice cancel cancelled canceled cancellation undo nevermind mind wrong mistake mistaken oops error typo instead rather ignore forget scratch void revert withdrawn rejected denied failed stop wait actually correction accident alarm bad reopen redo rework retry
only a part
절반 반만 일부 부분 거의 대부분 나머지 잔여 빼고 제외 외에 절차만 서류만
반 반쯤 half partly partially partial some most mostly except remaining rest only part but still just halfway though 외
""".strip().split("\n")
"""Three lines a kind: its name, syllables that make a card wherever they stand in a word, and whole words that do."""
UNDONE: Final = "not done, which is a reason of a delay"
_KINDS: Final = tuple(zip(LISTED[::3], LISTED[1::3], LISTED[2::3], strict=True))
_ANYWHERE: Final = tuple((one, kind == UNDONE) for kind, words, _ in _KINDS for one in words.split())
_WHOLE: Final = {one: kind == UNDONE for kind, _, words in _KINDS for one in words.split()}
_TAILS: Final = ("는대로", "후", "전", "중", "시", "만", "뒤", "때", "못", "안됨")
_UNDONE: Final = ("미", "un")  # 미확보, unpaid: not done
_NOT_DONE: Final = ("못", "안")  # 안남, 못감
_LISTS: Final = {
    "not undone": "미술 미래 미디어 미화 미팅 미관 미국 미세 미용 미식 미니 미혼 미아 미곡 미나리 미생물 미터 under union unit universi unified",
    "not denied": "안전 안내 안건 안정 안심 안산 안동 안과 안부 안성 안양 안치 안무 안경 안면 안보 안락 안마 안착 안테나 안료 안장 안배 안쪽 안팎 안길 안평 못자리",
    "not tails": "기후 사후 노후 안전 발전 사전 이전 완전 도전 대전 오전 회전 배전 정전 가전 공중 집중 대중 민중 도시 실시 게시 고시 공시 제시 표시 개시 임시 지시 감시 전시 동시 낙후 충전 변전 보전 급전 역전 면전 축전 본선전 백신",
    "predicates": """까지만요 도록 므로 하기 되기 하기로 되기로 하길 되길 시길 주길 고자 거나 으나 되나 끝나 어나 시오 십쇼 는가 은가 던가 한가 된가 끝난 어난 만난 끝날 어날 끝남 어남 걸림 밀림 틀림 버림 나와 어와 라와 도와 보내 끝내 해내 마친 고친 마칠 고칠 미칠
    고침 시킨 지킨 시킬 지킬 시킴 나온 어온 아온 생길 남길 넘길 옮길 맡길 세울 채울 도울 려울 치울 비울 만들 어옴 나옴 려움 까움 이런 그런 는군 이군 한대 된대 는대 은대 심더 니더 니당 이당 구만 구먼 놓 넣 싶 싫 아님 하삼 건가 운가 뭔가 지마 먹자 일까
    말라 야지 같애 어때 아파 고파 비싸 나빠 바빠 슬퍼 가자 되자 그러자 나자 보자 주자 바뀔 맞출 늦출 멈출 주실 하실 되실 만날 뤄질 해질 바뀐 누른 하신 주신 되신 미룬 늦춘 바뀜 미룸 늦춤 멈춤 당김 생김 넘김 옮김 남김 하심 주심 세용 해용 네용 려나 되나
    나나 각나 안나 빛나 보나 건만 구나 소서 다가 지만 자마자 수록 무나 라구 다구 자구 냐구 나가서 어가서 라가서 아가서 나가게 어가게 라가게 아가게 보내서 끝내서
    나서면 어지지 아지지 러지지 나가지 나가 어가 라가 아가 끝내지 보내지 견디지 그럼 이럼 나래 나라 텐데 러심 가심 오심 두자 켜보고 펴보고 아보고 어보고 해보고""",
    "nouns": """필요 주요 수요 개요 소요 중요 바다 까지 제고 보고 공고 사고 광고 신고 권고 창고 재고 최고 중고 장비고 차고 금고 국고 경고 선고 참고 원고 비고 통고 예고 냉장고 에게 가게 휴게 무게 동네 바구니 머니 모든 타워 독려 장려 우려 배려 고려 격려 염려 참여 기여
    대여 부여 급여 증여 수여 관여 올해 피해 재해 이해 공해 새해 침해 방해 양해 유해 동해 서해 남해 견해 ^당해 ^매해 년해 디어 명령어 케어 언어 용어 국어 영어 단어 방어 신생아 북아 시아 육아 유아 째아 소아 영아 인프라 나라 기한 제한 권한 최대한 최소한 시한
    무한 극한 또한 상한 하한 연한 인한 위한 대한 관한 의한 통한 따른 또는 혹은 마을 가을 노을 다음 소음 마음 처음 걸음 녹음 방음 포함 결함 거함 관함 편함 표함 물함 보함 금함 모임 책임 위임 선임 후임 전임 담임 퇴임 취임 부임 재임 역임 해임 겸임 상임 게임
    타임 타운 다운 기운 행운 오픈 스크린 그린 클린 역할 관할 분할 자갈 알코올 밧줄 으로써 가운데 함께 분야 시야 평야 미래 거래 노래 원래 초래 나래 재래 장래 보고서 신고서 공고서 저장고 아울러 ^나라 ^나래
    동남 서남 성남 하남 경남 전남 충남 강남 호남 영남 해남
    컬러 보일러 롤러 클러 달러 필러 시뮬러 트레일러 반대 군대 현대 연대 원대 전대 선대 온대 도면 화면 대면 노면 수면 서면 사면 ^라면 저면 배면 ^지면 ^가면 ^내면 ^해면""",
    "last": "나 와 하자 서면 에 에서 에게 께 한테 까지 부터 만 라도 마저 조차",
    "not last": "^하나 코로나 세미나 바나나 안테나 아레나 사우나 기와 방만 대만 오만 거만 낭만 때문에 탓에",
    "not ji": "이미지 페이지 주지 공지 보지 메시지 가지 단지 산지 편지 전지 현지 천지 환지 습지 접지 복지 먼지 린지 일리지 번지 부지 토지 용지 일지 별지 쓰레기지",
    "english": """i we he she they it you me us him her them this that these those there who what which why how am is are was were be been being do does did done
    doing have has had having will would shall should can could may might must cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt
    shouldnt couldnt hasnt havent hadnt im ive ill id youre theyre its lets gonna gotta wanna let need needs want wants get gets got give gives gave
    take takes took make makes made go goes going went come comes came see sees saw ask asks say says said tell tells told know knows think thinks hope
    hopes wish try trying send sends sent finish start starts stop stops wait waits waiting move moves change check confirm forget ignore cancel delay
    postpone push keep keeps put run runs ran seem seems look looks mean means expect expects promise plan plans help please mind hold become begin
    began bring brought leave left lose lost pay paid meet met read write wrote work works happen show find found fix use call turn add remove delete
    undo revert scratch skip drop reject approve fail fails open close arrive""",
    "english nouns": """family assembly supply monthly weekly quarterly yearly need seed feed speed bed shed red weed led unified integrated shared
    meeting building hearing briefing training paving lighting parking engineering funding housing planting painting wiring piping heating
    cleaning printing marketing bidding evening morning ceiling crossing dredging landscaping zoning table cable vegetable""",
}
WORDS: Final = {name: words_of(text) for name, text in _LISTS.items()}
"""What else tells: beginnings and tails of words that are none (미술 is not undone, 안전 not denied, 오전 no tail); syllables at
the end of a word that are a predicate's, and of nouns that end alike (^ where the word begins there); what no phrase of
nouns ends with; English words that make a clause, and nouns that end like its verbs."""
_STEP: Final = r"\d\s?(?:차|단계)(?![가-힣])"  # 1차 완료: a part of it
_ELSE: Final = any_of(
    r"""[#＃]\s?\d+  \d+\s?번(?![째지길])  (?<![\d.,A-Za-z가-힣#-])\d+(?=\s|$|,|(?<=\d{3})(?:이[었에라]|인가|[은는도]))
    (?<!\S)\(?[A-Za-z]\)?(?!\S)  (?<=[가-힣])[XxOo](?!\S)  \(미\)  \bn/a\b  [?？!！…ㅋㅎㅠㅜ;ㄱ-ㅣ]
    \d\s*(?:월|일|주|시|분|달|개월|년|/\d|\.\s?\d)|요일|음력|오전|오후|아침|저녁|밤|새벽|점심|정오|자정|퇴근|출근|하루|이틀|사흘|나흘|열흘|보름|주말|월말|연말|내년|명절|today|week|month|day\b|morning|afternoon|evening|night|noon|(?:mon|tues|wednes|thurs|fri|satur|sun)day"""
)
"""Another number, a letter (완료 x), a sign of doubt or feeling, another day."""
MOST_WORDS: Final = 10  # a longer note is a story
MOST_ENGLISH: Final = 5


def leaves_it(words: str, when: When, *, is_reason: bool) -> bool:
    """The command stands as it is; `is_reason`: of a delay, which may say that something is late or missing."""
    if re.search(_ELSE, words) or (not is_reason and re.search(_STEP, words)):
        return False
    found = [one.lower() for one in re.findall(r"[가-힣]+|[A-Za-z]+", words)]
    is_long = len(found) > MOST_WORDS or sum(one[0].isascii() for one in found) > MOST_ENGLISH
    if is_long or any(_is_listed(one, is_reason=is_reason) for one in found) or holds_predicate(words):
        return False
    return not find(words, when) and not percents(words)


def is_denied(word: str) -> bool:
    """It denies, doubts, plans, promises or takes back what is told; what has only begun is none of that."""
    return _is_listed(word, is_reason=True)


def is_undone(word: str) -> bool:
    """It tells that something has begun or is late: not that it is done."""
    return bool(_WHOLE.get(word))


def is_english_verb(word: str) -> bool:
    """A form in -ing or -ed that is no noun, nor an adjective like unpaid."""
    return word.endswith(("ing", "ed")) and word not in WORDS["english nouns"]


def _is_listed(word: str, *, is_reason: bool) -> bool:
    if word in _WHOLE:
        return not (is_reason and _WHOLE[word])
    if word.startswith(_UNDONE) and not word.startswith(WORDS["not undone"]) and not is_reason:
        return True
    if word[0].isascii():
        return False
    is_denied = word.startswith(_NOT_DONE) and not word.startswith(WORDS["not denied"])
    is_tail = len(word) > 1 and word.endswith(_TAILS) and not word.endswith(WORDS["not tails"])
    return is_denied or is_tail or any(one in word for one, undone in _ANYWHERE if not (is_reason and undone))


_VERBAL: Final = frozenset("ᆬᆭᆴᆵᆶᆻ")  # final consonants that only verbs have
ALWAYS: Final = frozenset(
    "다요죠쥬까냐네니데든던봐놔며는은을를된될할한운럴닌닐쁜픈큰긴낸린릴낼볼올갈줄쓸뜰끌"
    "듯됨함임음옴짐냄걸께게고라아어여해셈야래것남"
)
_OPEN: Final = (*"해어아와라봐놔러나내", "ᅥ", "ᅧ", "ᅫ", "ᅯ")  # of a stem that has taken 어
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
_THIRD: Final = r"\b[a-z]{2,}[^\Wsui]s [a-z]{3}"  # requires approval: a verb, or a plural before a noun


def holds_predicate(text: str) -> bool:
    """One of the words is a verb, an adjective or a copula, or looks like one."""
    text = view(text)
    words = re.findall(r"[가-힣]+|[A-Za-z]+(?:['’][A-Za-z]+)?", text)
    last = words[-1] if words else ""
    ends_open = last.endswith(WORDS["last"]) and not f"^{last}".endswith(WORDS["not last"])
    return ends_open or re.search(_THIRD, text) is not None or any(map(is_predicate, words))


def is_predicate(word: str) -> bool:
    """The word alone; Korean by its letters, English in any case."""
    if word[0].isascii():
        return _is_english(word.lower().replace("’", "'"))
    letters = unicodedata.normalize("NFD", word)
    if not _VERBAL.isdisjoint(letters) or "없" in word:
        return True
    if word.endswith("까지") or f"^{word}".endswith(WORDS["nouns"]):
        return word.endswith(WORDS["predicates"]) and not word.endswith("까지")
    is_short = len(word) == 1 and word in "가와봐놔꺼써나마남"
    is_open = letters.endswith(("ᅧ", "ᅫ", "ᅯ")) or word[-1] == "러" or word[1:].endswith("하자")
    is_linked = len(word) > 1 and letters.endswith(_endings()) and not word.endswith(WORDS["not ji"])
    return is_short or is_open or is_linked or word[-1] in ALWAYS or word.endswith(WORDS["predicates"])


@cache
def _endings() -> tuple[str, ...]:
    made = (before + end for befores, ends in _LINKED for before in befores for end in ends.split())
    return tuple(unicodedata.normalize("NFD", one) for one in made)


def _is_english(word: str) -> bool:
    is_odd = len(word) > 4 and word.endswith(("ed", "ing", "ful", "able", "ly"))
    return "'" in word or word in WORDS["english"] or (is_odd and word not in WORDS["english nouns"])
