"""What is left over behind a command, and whether it leaves the command standing: politeness and a noun phrase do.

Everything else makes a card of it: a predicate (`endings.py`), a word of the list below, a second day or length, a
percentage, another number that may be an item's, a question. The list is printed in docs/closed-words.md.
"""

from __future__ import annotations

from typing import Final

from bot.speech.endings import holds_predicate
from bot.speech.numbers import percents
from plans.time.days import When
from plans.time.lazy import any_of, pattern
from plans.time.spoken import find
from plans.time.vocabulary import words_of

DENIAL: Final = "denial and doubt (부정·의심)"
UNDONE: Final = "not done, which is a reason of a delay (미완)"
PLAN: Final = "plan and condition (계획·조건)"
PROMISE: Final = "promise and wish (약속·바람)"
CANCELLATION: Final = "cancellation and correction (취소·정정)"
PART: Final = "only a part (일부)"
ANYWHERE: Final[dict[str, tuple[str, ...]]] = {
    DENIAL: words_of(
        "불가 불발 불승인 불허 불참 부결 무산 실패 아직 여부 추정 혹시 아마 글쎄 거짓 농담 장난 테스트 미확정 어려움 곤란 모름 없음 필요 요망 의문 의심 소문 오보 문의 질문 불투명 사실상 실질 서류상 명목상 잠정 가완료 불완료 방법 시점 가능 이유 미정 연습 잠깐 잠시 노노 역부족 불능 부적합 부적절 미지수 무소식 무응답 불발 헛수고 퇴짜 거절 거부 난색 가망 요원 막막 캄캄 헛소문 구라 빈말 설마 낭설 과장된 반신반의 애매 모호 불확실 무리수 불분명 긴가민가 가등록 추측 착각 짜증 큰일 불일치 이견 이의 갑론을박 시기상조 오리무중"
    ),
    UNDONE: words_of(
        "난항 중지 두절 지지부진 제자리 재확인 지연 착수 시작 중간 재검토 재시공 재작업 재입찰 재공고 재협의 재제출 재심의 시험"
    ),
    PLAN: words_of(
        "예정 계획 전망 방침 추후 나중 향후 차후 조만간 이따 만약 만일 조건 전제 경우 즉시 직후 직전 예상 촉구 독려 단계 임박 목표 대기 진행중 추진중 준비중 검토중 협의중 작업중 공사중 처리중 하는중"
    ),
    PROMISE: words_of("약속 다짐 노력 최선 희망 바람 부탁 요청 기대 각오"),
    CANCELLATION: words_of(
        "취소 철회 폐지 말고 대신 무효 되돌 롤백 보류 중단 포기 반려 연기 연장 삭제 정정 수정 변경요 착오 오류 오타 오입력 실수 잘못 아님 무시 원복"
    ),
    PART: words_of("절반 반만 일부 부분 거의 대부분 나머지 잔여 빼고 제외 외에 절차만 서류만"),
}
"""Syllables that make a card wherever they stand in a word."""
WHOLE: Final[dict[str, tuple[str, ...]]] = {
    DENIAL: words_of(
        "못 안 덜 일단 우선 그냥 임시 임시로 무리 무리임 노답 뻥 농 조금 대로 왜 뭐 좀 글쎄요 아니 아뇨 노 것 건가 nvm nah likely guess failure stuck invalid null lol dummy tba na hearsay rumour where however although again about under to way in off unclear unknown not no never none nope nothing nobody without maybe perhaps probably possibly unsure doubt false fake joke test incomplete unfinished pending tbd tbc unknown rumor impossible unlikely apparently allegedly supposedly unable wip jk kidding thought"
    ),
    PLAN: words_of(
        "금방 막 이제 전 후 뒤 시 때 곧 중 다음 yet soon later tomorrow tonight next if when unless until till once after before while planned planning scheduled upcoming eventually future target goal tentative aim provisional conditional subject assuming provided depending progress ongoing underway ready due eta expected hold"
    ),
    UNDONE: words_of("delayed late behind missing started begun draft"),
    PROMISE: words_of(
        "promise promised hopefully soonest asap sorry almost nearly trying going gonna hoping intend wish"
    ),
    CANCELLATION: words_of(
        "홀딩 스톱 다른 disregard pause ice cancel cancelled canceled cancellation undo nevermind mind wrong mistake mistaken oops error typo instead rather ignore forget scratch void revert withdrawn rejected denied failed stop wait actually correction accident alarm bad reopen redo rework retry"
    ),
    PART: words_of(
        "반 반쯤 half partly partially partial some most mostly except remaining rest only part but still just halfway though 외"
    ),
}
"""The same of whole words."""
_TAILS: Final = ("는대로", "후", "전", "중", "시", "만", "뒤", "때", "못", "안됨")
_UNDONE: Final = ("미", "un")  # 미확보, unpaid: not done
_NOT_UNDONE: Final = words_of(
    "미술 미래 미디어 미화 미팅 미관 미국 미세 미용 미식 미니 미혼 미아 미곡 미나리 미생물 미터 under union unit universi unified"
)
_NOT_DONE: Final = ("못", "안")  # 안남, 못감
_INSIDE: Final = words_of(
    "안전 안내 안건 안정 안심 안산 안동 안과 안부 안성 안양 안치 안무 안경 안면 안보 안락 안마 안착 안테나 안료 안장 안배 안쪽 안팎 안길 안평 못자리"
)
_NOT_TAILS: Final = words_of(
    "기후 사후 노후 안전 발전 사전 이전 완전 도전 대전 오전 회전 배전 정전 가전 공중 집중 대중 민중 도시 실시 게시 고시 공시 제시 표시 개시 임시 지시 감시 전시 동시 낙후 충전 변전 보전 급전 역전 면전 축전 본선전 백신"
)
_STEP: Final = pattern(r"\d\s?(?:차|단계)(?![가-힣])")  # 1차 완료: a part of it
_ELSE: Final = any_of(
    r"""[#＃]\s?\d+  \d+\s?번(?![째지길])  (?<![\d.,A-Za-z가-힣#-])\d+(?=\s|$|,|(?<=\d{3})(?:이[었에라]|인가|[은는도]))
    (?<!\S)\(?[A-Za-z]\)?(?!\S)  (?<=[가-힣])[XxOo](?!\S)  \(미\)  \bn/a\b  [?？!！…ㅋㅎㅠㅜ;ㄱ-ㅣ]
    \d\s*(?:월|일|주|시|분|달|개월|년|/\d|\.\s?\d)|요일|음력|오전|오후|아침|저녁|밤|새벽|점심|정오|자정|퇴근|출근|하루|이틀|사흘|나흘|열흘|보름|주말|월말|연말|내년|명절|today|week|month|day\b|morning|afternoon|evening|night|noon|(?:mon|tues|wednes|thurs|fri|satur|sun)day"""
)
"""Another number, a letter (완료 x), a sign of doubt or feeling, another day."""
_WORD: Final = pattern(r"[가-힣]+|[A-Za-z]+")
_ANYWHERE: Final = tuple((one, kind == UNDONE) for kind, words in ANYWHERE.items() for one in words)
_WHOLE: Final = {one: kind == UNDONE for kind, words in WHOLE.items() for one in words}
MOST_WORDS: Final = 10  # a longer note is a story
MOST_ENGLISH: Final = 5
GREETINGS: Final = frozenset(
    words_of(
        """
    안녕하세요 안녕하십니까 안녕 안녕하세여 반갑습니다 수고하세요 수고하십니다 수고하십시오 수고많으십니다 수고 많으십니다 수고하셨습니다 고생하세요 고생하십니다 고생하셨습니다 감사합니다 감사해요 감사드립니다 고맙습니다 고마워요 죄송합니다 죄송하지만 미안합니다 네 넵 넹 예 옙
    넴 응 그래 그래요 알겠습니다 알겠어요 확인했습니다 확인하였습니다 좋아요 좋습니다 봇 봇님 여러분 hi hello thanks thank you pls please kindly ok okay yes sir dear
    all good morning afternoon regards best
    """
    )
)
REQUESTS: Final = words_of(
    """
    부탁드립니다 부탁드려요 부탁합니다 부탁드릴게요 부탁해요 부탁 바랍니다 요청드립니다 요청합니다 요청 신청합니다 신청드립니다 신청 해주세요 해주십시오 해 주세요 주십시오 드립니다 처리 등록
    """
)
"""A request says nothing more behind a delay; behind a completion it may ask others for it, unless 처리 or 등록 stands there."""
_ADDRESSES: Final = ("님", "선생님", "쌤")
_WISHES: Final = pattern(
    r"(?:즐거운|좋은|편안한) (?:하루|주말|아침|저녁|오후)(?: ?(?:되세요|되십시오|보내세요|입니다))?"
)
_SAID: Final = pattern(r"[^\s,.!~…ㅎㅋ^;:·🙏😊👍✅]+")


def leaves_it(words: str, when: When, *, is_reason: bool) -> bool:
    """The command stands as it is: the words are a noun phrase and nothing else. `is_reason`: of a delay, which may
    say that something is late or missing."""
    if _ELSE.search(words) or (not is_reason and _STEP.search(words)):
        return False
    found = [one.lower() for one in _WORD.findall(words)]
    is_long = len(found) > MOST_WORDS or sum(one[0].isascii() for one in found) > MOST_ENGLISH
    if is_long or any(_is_listed(one, is_reason=is_reason) for one in found) or holds_predicate(words):
        return False
    return not find(words, when) and not percents(words)


def _is_listed(word: str, *, is_reason: bool) -> bool:
    if word in _WHOLE:
        return not (is_reason and _WHOLE[word])
    if word.startswith(_UNDONE) and not word.startswith(_NOT_UNDONE) and not is_reason:
        return True
    if word[0].isascii():
        return False
    is_denied = word.startswith(_NOT_DONE) and not word.startswith(_INSIDE)
    is_tail = len(word) > 1 and word.endswith(_TAILS) and not word.endswith(_NOT_TAILS)
    return is_denied or is_tail or any(one in word for one, undone in _ANYWHERE if not (is_reason and undone))


def listed() -> str:
    """docs/closed-words.md: the list, as people may read it."""
    rows = [f"| {kind} | {', '.join(ANYWHERE[kind])} | {', '.join(WHOLE[kind])} |" for kind in ANYWHERE]
    return "\n".join(["| 뜻 | 낱말의 어디에든 | 한 낱말로 |", "|---|---|---|", *rows])


def is_polite(text: str, *, may_request: bool = False) -> bool:
    """Nothing but greetings and politeness, or nothing at all; with `may_request` requests as well."""
    words = _SAID.findall(_WISHES.sub("", text))
    return all(_is_greeting(one) or (may_request and one in REQUESTS) for one in words)


def without_greeting(text: str) -> int:
    """Where the text begins behind its greetings."""
    at = 0
    while (word := _SAID.search(text, at)) is not None and _is_greeting(word[0]):
        at = word.end()
    return len(text) - len(text[at:].lstrip(" ,.!~…"))


def _is_greeting(word: str) -> bool:
    is_address = word.endswith(_ADDRESSES) and 2 < len(word) <= 8 and word != "아님"
    return is_address or word.lower() in GREETINGS
