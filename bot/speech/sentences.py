"""Any other text: its act, items, day and percentage, each by itself; nothing of it is done without a tap (자유 문장).

What governs is the delay, then a percentage, else the last act that is told. The slots are a proposal: a wrong one
costs a tap, so the lists of words may be short.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from bot.speech import reading
from bot.speech.closed import is_denied, is_english_verb, is_predicate, is_undone
from bot.speech.dates import Doubt, Found, Leaning, Shift, When, find, judged
from bot.speech.reading import CHANGING, Certainty, Intent, Mention, Percent, Understood
from plans.time.typed.vocabulary import any_of, words_of

_WORDS: Final[dict[str, str]] = {
    Intent.DONE: r"""완[료뇨]  (?<![가-힣])완 료  왼료  환료  dhksfy  종료  종결  완결  끝(?=이요|이에요|입니다|임|났|냈|나|내|남|난|낸|냄|마쳤|$|[\s.!~,№])  마[쳤치침](?![며는])  마무리  (?<![가-힣])다 (?:했|됐|되었|함|됨|하였)  준공  (?<![가-힣])해 ?(?:놨|뒀|놓았)  ^했(?=습|어|음|네)  처리 ?해 ?(?:놨|뒀)  처리 (?:했|됐|함|됨|하였|되었)
    \b(?:done|finished|finish|completed?|wrapped up)\b""",
    Intent.DELAY: r"""연[기귀긱](?!자|금|학|구)  언기  dusrl  ◆ ?(?:까지)?(?:으로|로) ?(?:기한 ?)?(?:변경|조정|수정|바꿔|바꾸|옮|넘|미)  \bchange\b.{0,25}\bto\b  연장(?!선|전|자|근)  미[루뤄룸룰룬뤘룹러]  늦[추춰춤출췄춘쳐춥]  순연  유예  말미  (?:기한|기일|날짜|마감|마감일|납기|일정|기간|완료일|예정일) ?[을를은은이]? ?.{0,14}?(?:변경|조정|수정|바꿔|바꾸|늘려|늘리|늘림|옮겨|옮기|넘겨|뒤로)
    더 (?:주|줘|필요|걸릴|걸려|있어야|부탁)  시간 ?(?:을|이)? ?(?:좀)? ?더  (?:뒤|다음)로 (?:미|넘|옮)  \b(?:delay|postpone|extend|defer|reschedul)(?:e?d|ing)?e?\b  \bextension\b  \bpush(?:ed|ing)?\b  \bmove\b.{0,30}\bto\b
    \bmore (?:time|days?|weeks?|months?)\b  \bneed\b.{0,12}\b(?:until|till)\b""",
    Intent.PROGRESS: r"진행  진척  공정  추진  달성  정도  progress  done  complete",
    Intent.NOTE: r"메모(?!리)  비고  참고로  (?:기록|적어|남겨) ?(?:해 )?(?:주|줘|두|놔|놓)  \bnote\b  \bmemo\b",
    Intent.UNDO: r"""되돌[리려림]  실행 취소  원상 ?복구  롤백  잘못 (?:눌|입력|등록|보냈|보낸|했|처리|완료|적|쳤)  실수로 .{0,12}(?:눌|등록|입력|보냈|했|처리|완료|연기)  (?:방금|아까|직전|마지막|완료|연기|등록|입력|신청|보고|처리|메모)(?: ?한)? ?(?:거|것|건|걸)? ?(?:을|를|은|는)? ?취소
    취소 (?:해|하|할|부탁|바|요청|$)  \b(?:undo|revert|roll ?back|by mistake|wrong button|cancel (?:that|it|my|the))\b  물러 ?주  무르""",
    Intent.AWAY: r"""휴가  연가(?!를 보)  연차(?!별)  반차  병가  공가  출장  부재  휴직  대직  자리 ?(?:를 )?비(?:워|웁|우|움)  교육 ?(?:갑|가|참석|들어|입교|파견|받으러|으로|입니다)  파견
    \b(?:on leave|vacation|out of (?:the )?office|business trip|day off|annual leave|sick leave|on holiday)\b""",
    Intent.HANDOVER: r"""(?:담당|담당자|담당 ?직원|업무|주무관)(?:가|이|은|는|를|을|도)? ?.{0,16}(?:바뀌|바뀐|바뀜|바꼈|바꼇|바꿨|바꿔|바꾸|변경|교체|이관|넘겼|넘어|달라)  인수 ?인계  인계  후임  인사 ?(?:이동|발령)  (?:전보|발령) ?(?:됩|났|나서|받|되|됐|으로)
    담당 ?(?:자)?(?:가|이)? ?(?:아닙|아니|아님|아녜|아닌)  (?:업무|소관)(?:가|이)? ?(?:아닙|아니|아님|아녜|아닌)  아니고 .{0,8}(?:업무|담당)  (?:옆|다른|타) ?(?:팀|과|부서) ?(?:소관|업무|담당)  담당이 .{0,12}바뀌  \b(?:hand ?over|not my (?:task|job)|in charge (?:has )?(?:been )?changed|transferred|not in charge|no longer (?:in charge|responsible)|reassign(?:ed)?)\b""",
    "wish": r"부탁  주[세십시셔실]  바랍  요청  신청  희망  필요  가능  해야  하겠  할게  할께  하려  하고자  될 것  될 듯  please  need  could  can we",
    "shown": r"진행 중  추진 중  작업 중  하는 중  하고 있  in progress  underway",
    "denied before": r"(?:(?<![가-힣])(?:못|안|덜|미)|아직|\b(?:not|never|isn'?t|won'?t|be|can'?t|cannot|get|will|almost|nearly))\s*(?:다\s*|까지\s*)?$",
    "denied behind": r"(?:\s*(?:은|는|이|가|을|를|도))?\s*(?:하지|되지|[치나내리]지|하진|되진|나진|내진)?\s*(?:는\s*)?(?:못|않|안\s)|(?:하|되|나|내|치)?\s*(?:할|될|날|낼|칠|하려|하고자|하겠|되겠|나겠|내겠|치겠)|\s*(?:을|를)?\s*(?:예정|계획|목표|불가|어렵|힘들|곤란|가능|기한|조건)"
    r"|(?:하면|되면|나면|내면|치면|시(?=\s|까지|$)|후|뒤|일(?!자?\s*[은는:]?\s*◆|부|자)|률|율|여부|보고(?!드|합|했|:|\s*$|\s*[:№◆])|보고회|식|검사|까지|되는\s*대로|나는\s*대로|하는\s*대로)|\s+(?:후|뒤|전|시|보고회)(?=\s|에|까지|으로|$)|(?:하|되|나|끝나|치)기|되어야|해야|돼야|됐으면|했으면",
    "empty": r"""연[기귀긱]\S*  연장\S*  미[루뤄룸룰룬룹러]\S*  늦[추춰춤출쳐춥]\S*  순연\S*  유예\S*  기한\S*  날짜\S*  마감\S*  일정[을를은]?  변경\S*  조정\S*  까지\S*  으로  로  더  만  정도  좀  조금  은  는  을  를  이  가  건  번  의  씩  간  후  뒤
    할게요  하겠습니다  합니다  하려고\S*  하고자  해야  할  것  같습니다  같아요  가능\S*  될까요  되나요  주[세십시셔실]\S*  해\S*  필요\S*  바라\S*
    delay  postpone  extend  push  the  deadline  by  to  until  till  for  please  need  more  weeks?  days?  months?  back  can  you  we  i  it  a  an""",
    Intent.HELP: r"(?:뭐라고|뭘|어떻게) ?(?:보내|적|쓰|써|치|입력|하나|해야|하면|하죠)  도움(?:이|을)? ?(?:필요|요청|줘|주(?!셔|신))  ^ ?메뉴  설명서  기능(?:이|을)? ?(?:있|알|뭐)  뭐 ?(?:를 )?할 ?수  뭐 ?하는 ?봇  도움말  사용 ?(?:법|방법)  이용 ?방법  명령어  메뉴얼  매뉴얼  어떻게 ?(?:써|쓰|사용|하|해|입력|등록)  뭘 할 수  무엇을 할 수  도와 ?(?:줘|주)  \bhelp\b  \bhow (?:do|can|to)\b",
    Intent.OVERDUE: r"(?:기한|마감)이? ?(?:지난|넘긴|경과)  지연 ?(?:된|중인|목록|일정|현황|건|과제)  밀린  연체  늦어진  (?:지난|늦은|넘은) ?(?:기한|거|것|일정|과제)  \boverdue\b  \bbehind schedule\b",
    Intent.MY: r"""(?<![가-힣])(?:내|제|나의|저의|내가|제가|나한테|저한테) ?(?:맡은|담당|소관|해야 ?할|남은)? ?(?:일정|업무|과제|할 ?일|일 목록|목록|기한|마감|거|것|꺼|게)(?!번)  (?:저한테|나한테|저에게) .{0,6}(?:뭐|있)  (?:나|저) ?(?:는|도)? ?(?:뭐|뭘) ?(?:해|하)  (?<![가-힣])할 ?일  남은 ?(?:일정|업무|과제|일|거)  오늘 ?(?:일정|할|해야|마감|업무|뭐)
        \bmy (?:tasks?|schedule|items?|list|deadlines?)\b  \bto ?do\b  what (?:\w+ )?do i have""",
    Intent.UPCOMING: r"(?:내일|모레) ?(?:은|엔|에는?|까지)? ?(?:뭐|무슨|일정|할 ?일|있(?:나|어|는))  다가오는  앞으로  임박  곧 ?(?:있|마감|다가)  (?:이번 ?|다음 ?|다다음 ?|금)(?:주|달)(?:에|의)? ?.{0,6}(?:일정|마감|기한|업무|할 ?일|뭐|있)  예정 ?(?:된|인)? ?(?:일정|업무|목록)  마감 ?임박  \bupcoming\b  \bdue (?:soon|this week|next week)\b",
    Intent.STATUS: r"현황  (?:추진|이행|진행|진척) ?(?:상황|사항)  이행률  완료율  통계  \bstatus\b  \bsummary\b  \boverview\b",
}
SEEN: Final = {name: any_of(listed) for name, listed in _WORDS.items()}
"""How a text shows what it wants, and what makes an act no act (denied) or leaves no reason (empty)."""
LISTS: Final = words_of("help overdue my upcoming status")  # what is shown, as SEEN has them
_CAUSE: Final = r"\s*(?:으로|로)(?!\s*(?:등록|처리|변경|해|신청|요청|부탁))|\s*(?:에\s*따[라른]|때문|되어|돼서|되면서|되는\s*바람|의\s*영향)|\s*(?:안|하지|되지|없이)(?:\s|$)"
_ACTING: Final = r"처리|등록|변경|체크|표시|올려|해\s*주|부탁|바랍"
_UNTIL: Final = ("까지", "로", "으로", "까지로", "이내", "안에", "내로", "중으로")
_PAST: Final = r"(?:[했됐였었았났냈쳤렸졌갔왔놨뒀])(?:습니[다당더]|음|[어아]요|다|네요|지요|죠|고|슴다|습니|는데|어|심더|구요|[엉당]|$)|(?:함|됨|마침|끝남|끝냄|침)(?=\s*(?:[.!~]|$))"
_LETTERS: Final = r"[가-힣A-Za-z]+"
_CLAUSE_VERB: Final = r"(?i)(?:^|[№,.;:]|\b(?:i|we|they|have|has|just|already|still|now|is|are|am|been|was|were)\b|['’](?:m|re|ve))[\s:,]{0,3}([a-z]{2,30}(?:ing|ed))\b"
_CLAUSE: Final = r"(?i)(?:[,.;]|고|고요|구요|며|는데|그리고|and|시고|하고)\s*$|(?:고|며|요|다|음|함|만|데|죠|료|기|끝)[\s,.;·]*$|(?:then|and|done|delay\w*)[\s,.;]*$"
SIGN_ID, SIGN_DATE = "№", "◆"
_MEMO: Final = r"(?i)(?:메모|비고|note|memo)\s*[:：]\s*"
_SUBJECT: Final = r"만족도|감면|할인|환급|이상|증가|감소|국비|도비|시비|지원$"
_UNTOLD: Final = r"못|안\s|않|아직|ㅠ|\?|나요|까요|예정|계획|지연|늦|취소|변경"
_TOLD_BEHIND: Final = words_of(
    "만 정도 쯤 가량 까지 입니다 이요 요 예요 이에요 로 으로 했 됐 완료 진행 된 한 남 넘 이상 선 수준 임 은 는"
)
_MEMORIALS: Final = words_of("3.1 3.15 4.3 4.16 4.19 5.18 6.10 6.25 7.4 8.15 9.28 10.3 12.3")
_TO: Final = r"(?i)\b(?:to|until|till|by)\s$"
_ACT_NOUNS: Final = ("완료", "끝", "마", "종료", "준공", "처리", "다 ", "했", "함")


class _Sentence(NamedTuple):
    """A text with what stands in it. `masked`: with a sign for each letter of a number or date."""

    text: str
    seen: str
    when: When
    mentions: list[Mention]
    dates: list[Found]
    percent: Percent | None
    masked: str

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(number for one in self.mentions for number in one.ids))


def read_sentence(text: str, seen: str, when: When) -> Understood:
    """The reading of a sentence: one act, several (`parts`), a list to be shown, or nothing."""
    whole = _sentence(text, seen, when)
    return _several(whole) or _one(whole)


def _sentence(text: str, seen: str, when: When) -> _Sentence:
    ahead, told = find(seen, replace(when, leaning=Leaning.FUTURE)), reading.percents(seen)
    taken = [(one.start, one.stop) for one in ahead] + [(one.start, one.end) for one in told]
    items = reading.mentions(seen, taken)
    dates, masked = _outside(ahead, items), list(seen)
    for one in dates:
        masked[one.start : one.stop] = SIGN_DATE * (one.stop - one.start)
    for item in items:
        masked[item.start : item.end] = SIGN_ID * (item.end - item.start)
    governing = next((one for one in reversed(told) if _governs(one, seen)), None)
    return _Sentence(text, seen, when, items, dates, governing, "".join(masked))


def _outside(dates: tuple[Found, ...], mentions: list[Mention]) -> list[Found]:
    return [one for one in dates if not any(other.start <= one.start < other.end for other in mentions)]


def _governs(one: Percent, seen: str) -> bool:
    """It tells how far something is; a percentage of the subject matter (20% 환급 행사) does not."""
    before, behind = seen[max(0, one.start - 8) : one.start], seen[one.end :].lstrip(" .~!")
    word = re.match(_LETTERS, behind)
    is_act = re.match(SEEN[Intent.PROGRESS], behind) or re.search(SEEN[Intent.PROGRESS], before)
    is_told = word is None or behind.startswith(_TOLD_BEHIND) or is_predicate(word[0])
    return bool(is_act or is_told) and not (one.is_exact and re.search(_SUBJECT, before))


def _several(whole: _Sentence) -> Understood | None:
    """121 완료하고 124는 2주 연기: several acts, each from its number to the next. None where there is one."""
    text, seen, clause = whole.text, whole.seen, re.compile(_CLAUSE)
    starts = [b.start for a, b in pairwise(whole.mentions) if clause.search(seen, a.end, b.start)]
    if not starts:
        return None
    pieces = [slice(a, b) for a, b in pairwise([0, *starts, len(seen)])]
    cut = [(text[one].strip(" ,.;-·"), seen[one].strip(" ,.;-·")) for one in pieces]
    parts = [_one(_sentence(*one, whole.when)) for one in cut]
    if not all(one.ids and one.intent in CHANGING for one in parts):
        return None
    first, ids = parts[0], tuple(dict.fromkeys(number for one in parts for number in one.ids))
    if all(replace(one, ids=(), words=None) == replace(first, ids=(), words=None) for one in parts):
        return replace(first, ids=ids, words=text if first.words else None)
    return replace(first, ids=ids, parts=tuple(parts), question=None, choices=(), basis=None)


def _one(said: _Sentence) -> Understood:
    """One act and its slots."""
    intent, made = _intent(said), Understood(Intent.NONE, said.ids)
    if intent == Intent.DELAY:
        return _delay(said)
    if intent == Intent.DONE:
        return _done(said)
    if intent == Intent.PROGRESS:
        return replace(made, intent=intent, percent=said.percent.value if said.percent else None)
    if intent == Intent.NOTE:  # what follows 메모: , else the sentence
        memo = re.search(_MEMO, said.text)
        return replace(made, intent=intent, words=(memo and said.text[memo.end() :].strip()) or said.text)
    if intent == Intent.ASK:
        return reading.asking("which-act", said.ids)
    certainty = Certainty.ASK if intent == Intent.NONE else Certainty.CARD
    return replace(made, intent=intent, arguments=said.text, certainty=certainty)


def _intent(said: _Sentence) -> str:
    """What governs: the first line that is so."""
    masked, ids, percent = said.masked, said.ids, said.percent
    is_cause, is_acting = re.compile(_CAUSE).match, re.compile(_ACTING).search
    found = re.finditer(SEEN[Intent.DELAY], masked)
    delays = [one for one in found if not is_cause(masked, one.end()) or is_acting(masked, one.end())]
    dones = [one for one in re.finditer(SEEN[Intent.DONE], masked) if _is_told(masked, one)]
    undos = re.finditer(SEEN[Intent.UNDO], masked)
    last, done, undo = (max((act.start() for act in acts), default=-1) for acts in (delays, dones, undos))
    day = any(not isinstance(one.value, Doubt) or one.particle for one in said.dates)
    until = any(one.particle.startswith("까지") or isinstance(one.value, Shift) for one in said.dates)
    people = not (delays and (ids or day)) and not (dones and ids)
    is_told = bool(ids or re.search(SEEN[Intent.PROGRESS], masked) or re.search(_PAST, masked))
    percent_told = percent is not None and is_told
    where, english = masked if ids else said.seen, _english(masked)
    shown = next((one for one, words in SEEN.items() if one in LISTS and re.search(words, where)), None)
    rows: tuple[tuple[str, object], ...] = (
        (Intent.UNDO, undo >= 0 and not (day and last > undo) and not re.search(SEEN[Intent.AWAY], masked)),
        (Intent.NOTE, re.search(_MEMO, masked)),
        (Intent.HELP, re.search(SEEN[Intent.HELP], masked) and not day),
        (Intent.NOTE, re.search(SEEN[Intent.NOTE], masked) and (ids or not delays) and not (delays and day)),
        (Intent.HANDOVER, people and re.search(SEEN[Intent.HANDOVER], masked)),
        (Intent.AWAY, people and not ids and re.search(SEEN[Intent.AWAY], masked)),
        (Intent.DELAY, delays and (day or last > done) and not (percent and dones and not day)),
        (Intent.DONE, percent_told and percent and percent.value == reading.MOST_PERCENT and dones),
        (Intent.PROGRESS, percent_told),
        (Intent.DONE, dones),
        (Intent.DELAY, ids and until and re.search(SEEN["wish"], masked)),
        (shown or "", shown and not ids),
        (Intent.NOTE, ids and re.search(SEEN["shown"], masked)),
        (Intent.DONE, ids and re.search(_PAST, masked) and not re.search(_UNTOLD, masked)),
        (english or "", english and ids),
        (Intent.ASK, ids),
    )
    return next((intent for intent, is_so in rows if is_so), Intent.NONE)


def _english(masked: str) -> str | None:
    """What an English clause that begins with its verb tells, as Korean ends with it: of what goes on (discussing) or has
    begun (started) a note, of what was (recruited) that it is done. None where it is denied, planned or promised."""
    words = re.findall(r"[a-z]+", masked.lower())
    verbs = [one.lower() for one in re.findall(_CLAUSE_VERB, masked) if is_english_verb(one.lower())]
    if not verbs or "?" in masked or any(map(is_denied, words)):
        return None
    goes_on = verbs[-1].endswith("ing") or any(map(is_undone, words))
    return Intent.NOTE if goes_on else Intent.DONE


def _is_told(masked: str, act: re.Match[str]) -> bool:
    """The completion is told as done: nothing denies it, promises it or puts it under a condition."""
    before = masked[max(0, act.start() - 12) : act.start()]
    behind = re.compile(SEEN["denied behind"]).match(masked, act.end())
    return behind is None and not re.search(SEEN["denied before"], before)


def _done(said: _Sentence) -> Understood:
    """The day is the last one before the act that can be one; a festival's date before a noun is none."""
    seen, behind = said.seen, replace(said.when, leaning=Leaning.PAST)
    act = max((one.end() for one in re.finditer(SEEN[Intent.DONE], said.masked)), default=len(seen))
    days = [one for one in _outside(find(seen, behind), said.mentions) if not isinstance(one.value, Shift)]
    days = [one for one in days if not one.particle.startswith(("까지", "부터"))]
    found = [one for one in days if not _is_event(one, seen)]
    told = next((one for one in reversed(found) if one.start < act), found[0] if found else None)
    made = Understood(Intent.DONE, said.ids)
    return made if told is None else judged(made, told, behind)


def _is_event(found: Found, seen: str) -> bool:
    """“6.25 참전용사”: no particle, and a noun behind it that is no act."""
    rest = seen[found.end :].lstrip()
    is_noun = bool(rest) and not rest.startswith(_ACT_NOUNS) and rest[0] != "#" and not rest[0].isdigit()
    return found.is_bare and not found.particle and (is_noun or names_event(found.value))


def names_event(day: object) -> bool:
    """6.25 or 8.15: before a noun it names an event and no day of completion."""
    return isinstance(day, date) and f"{day.month}.{day.day}" in _MEMORIALS


def _delay(said: _Sentence) -> Understood:
    """The new day is told with 까지 or 로, else the last one before the act; the reason is the sentence, whole."""
    seen, ahead = said.seen, replace(said.when, leaning=Leaning.FUTURE)
    words = reading.named_reason(said.text)[1] or (said.text if _says_why(said.masked) else None)
    act = max((one.start() for one in re.finditer(SEEN[Intent.DELAY], said.masked)), default=len(seen))
    named = reading.named_reason(seen)[0]
    told = [one for one in said.dates if named is None or one.start < named] or said.dates
    until = [one for one in told if one.particle.startswith(_UNTIL) or re.search(_TO, seen[: one.start])]
    sure = [one for one in told if not isinstance(one.value, Doubt)]
    lengths = [one for one in told if isinstance(one.value, Shift)]
    best = until or lengths or [one for one in sure if one.start < act] or sure or told
    made = Understood(Intent.DELAY, said.ids, words=words)
    return judged(made, best[-1], ahead) if best else made


def _says_why(masked: str) -> bool:
    """Something is left when the act, the signs and politeness are taken away: a reason stands in the sentence."""
    words = re.findall(r"[^\s,.!?~№◆◇]+", masked)
    left = [one for one in words if not re.fullmatch(SEEN["empty"], one) and not reading.is_polite(one)]
    return sum(len(one) for one in left if re.search(_LETTERS, one)) > 1
