"""What an officer types -> what is meant: the one reader of the chat, of `gihan understand` and of the tests.

Commands as /help teaches them, with or without their slash (“/delay 112 7.20 의회 일정”, “완료 121 6.28 설치 완료”, “112 60%”):
a form is a verb, numbers and at most one date, length or percentage, in any order, then nothing or a reason or note. It acts
where every piece is sure and the words behind it leave it standing (`closed.py`), else it is a card. All other texts are
sentences (`sentences.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from bot.speech import reading
from bot.speech.absences import Span, absence_days, find_span
from bot.speech.closed import leaves_it
from bot.speech.dates import Doubt, Found, Leaning, Shift, When, judged, read
from bot.speech.reading import (
    CHANGING,
    MOST_PERCENT,
    NOTE_MOST,
    Certainty,
    Intent,
    Understood,
    asking,
    is_polite,
)
from bot.speech.sentences import names_event, read_sentence
from plans.text.characters import clean
from plans.time.typed.meanings import Workdays
from plans.time.typed.vocabulary import words_of

__all__ = ["Intent", "Understood", "is_pleasantry", "understand"]

KOREAN: Final[dict[str, tuple[str, ...]]] = {
    "my": ("내일정", "내 일정"), "done": ("완료",), "delay": ("연기",), "evidence": ("증빙",), "adjust": ("조정",), "progress": ("진행",),
    "note": ("메모",), "wait": ("대기",), "seen": ("확인함",), "resume": ("재개",), "next": ("다음안내",), "hours": ("안내시각", "안내 시각"), "undo": ("되돌리기",), "reopen": ("다시열기", "다시 열기"), "task": ("과제",), "why": ("날짜근거",), "find": ("찾기",), "follow": ("따라보기", "따라 보기"), "unfollow": ("그만보기", "그만 보기"),
    "away": ("부재", "대직"), "approve": ("승인",), "reject": ("반려",), "hold": ("보류",), "nudge": ("확인요청",), "share": ("부서안내",),
    "status": ("현황",), "overdue": ("경과", "지연"), "upcoming": ("예정",), "week": ("주간업무", "주간보고"), "check": ("자체점검",), "ask": ("요청",), "item": ("지시건의", "지시", "건의"), "meeting": ("회의일정", "회의안건"), "kpi": ("성과지표", "지표"), "round": ("점검회차",),
    "report": ("보고서", "점검결과"), "correct": ("정정",), "watch": ("집중관리",), "secret": ("비공개",), "adjustments": ("공약조정",),
    "audit": ("이력",), "invite": ("초대",), "roster": ("명단",), "assign": ("담당지정", "담당자지정"), "handover": ("인계", "인수인계", "인사이동"), "unreachable": ("미수신",),
    "add": ("추가",), "edit": ("고치기",), "split": ("나누기",), "merge": ("합치기",), "drop": ("일정취소",), "rename": ("이름바꾸기",), "past": ("지난일정",), "review": ("검토",), "setup": ("첫안내",), "plans": ("계획",), "daysoff": ("휴무일",), "bind": (), "unbind": (), "help": ("도움말",),
    "start": (), "lang": ("언어",), "stop": ("알림중지",)
}  # fmt: skip
"""Command -> its Korean words, in the order of /help."""
INTENTS: Final = {"ask": "request"}  # commands whose intent is called otherwise
OTHERWISE: Final = {"collect": "ask", "campaign": "ask", "request": "ask"}
"""Further names of commands, behind a slash."""
BY_KOREAN: Final = {word: name for name, words in KOREAN.items() for word in words}
VERBS: Final = {
    "완료": "done", "연기": "delay", "연장": "delay", "진행": "progress", "메모": "note", "done": "done", "finished": "done", "complete": "done", "completed": "done",
    "delay": "delay", "postpone": "delay", "extend": "delay", "progress": "progress", "note": "note", "memo": "note"
}  # fmt: skip
"""The verbs of command forms, which stand anywhere among the numbers: 완료 112, 112 완료."""
TOLD: Final = words_of("했습니다 하였습니다 했어요 했음 하였음 함 됨 됐습니다 되었습니다 됐어요 되었음")
"""How the verb of completion is told: 완료했습니다 is the verb as well, where nothing but numbers and a day stands beside it."""
READ_MOST: Final = 2 * NOTE_MOST  # characters: no more of a text is looked at
WORKING_WEEK: Final = 4  # days from which the days of a week are all meant
LONGEST_DATE: Final = 60  # characters
NEAR_DAYS: Final = 7  # a day that may lie so far ahead as well is rather a plan than done
FAR_PAST_DAYS: Final = 60  # a day that lies back further is rather a slip, or part of the note
_SLASHED: Final = r"/(?P<word>[A-Za-z]+|[가-힣]+)(?:@\S+)?(?=[\s\d#＃:：]|$)\s*[:：]?\s*"
_WORD: Final = r"(?P<word>[가-힣]+|[A-Za-z]+)(?=$|[\s:：,.!~])"
_FILLER: Final = r"[\s,.:：·/&~!]+|(?:과제|일정|사업|건|번|및|and)(?=\s|[은는을를의도과와],?\s)|-\s|(?<=\S)(?:은|는|을|를|의|도|과|와|랑|건은?|번)(?=\s)"
_BEHIND: Final = r"(?:은|는|을|를|의|도|과|와|건은?|번)?(?=[\s,:：])[,:：]?\s*[:：]?\s*|[.!]?$"
_OF_NOTES: Final = r"(?:취소|삭제|지워|지우|없애|보여|조회|확인|뭐|수정|있[나어는]|어디)"
_BARE: Final = r"\d{1,3}(?=\s|$)"
_ITEM_ALONE: Final = r"\d{3}(?=[,번]|\s(?!\s*[일주년개달])|$)"  # can be no date, and lists have many of them
_VERB_OF_DONE: Final = r"완료|done|finished|complete"
_VERB_NEXT: Final = r"(?i)\)?\s*(?:완료|연기|연장|done|finished|complete|delay|postpone)"
_MONTH_NEXT: Final = r"[\s./-]*(?:1[0-2]|0?[1-9])(?!\d|주|일|개|달|w|d)"
"""“/done 2026 11 3” forgot its number; “/done 2026” names #2026."""
_LATER: Final = r"(?i)(?:by |the )?(?:end|close) of|eod|cob"  # of today
_DAY_ALONE: Final = r"\d+\s?일"
_PERIOD_ALONE: Final = ("월", "달", "분기", "반기", "년", "올해", "내년")
_UNTIL: Final = ("까지", "중", "내", "안", "이내")
_CLOSED_NAMES: Final = words_of("approve reject seen task nudge resume")  # “126 승인”
_LISTS: Final = words_of(
    "my next undo ask approve status overdue week upcoming check item kpi meeting round report watch secret adjustments audit unreachable past review plans daysoff"
    " roster follow hours help start lang stop seen bind unbind"
)
"""Commands that say something without arguments."""
_TAKES_WORDS: Final = words_of(
    "week find status overdue audit report round share assign handover away plans daysoff"
)


def understand(text: str, today: date, calendar: Workdays) -> Understood:
    """The reading of any text: done at once, shown as a card, or asked back; never a guess."""
    text = clean(text[:READ_MOST])
    seen, when = reading.view(text), When(today, Leaning.FUTURE, calendar)
    if seen.startswith(("/", "／")):
        found = _command(text, seen, when) or _headed(text[1:], seen[1:], when)
        return _complete(found or asking("no-command"), when)
    if len(text) > NOTE_MOST:
        return asking("too-long")
    if is_polite(seen):
        return Understood(Intent.NONE, certainty=Certainty.ASK)
    return _complete(_headed(text, seen, when) or read_sentence(text, seen, when), when)


def is_pleasantry(text: str) -> bool:
    """Thanks, greetings, 네: nothing that needs an answer."""
    return is_polite(reading.view(clean(text)))


def _complete(found: Understood, when: When) -> Understood:
    """The reading with not too many numbers, and the first and last day of an absence: one in doubt is no act."""
    if len(found.ids) > reading.IDS_MOST:
        return asking("too-many", found.ids, count=reading.IDS_MOST)
    if found.intent != Intent.AWAY:
        return found
    days = find_span(reading.view(absence_days(found.arguments)), when)
    if isinstance(days, Span):
        return replace(found, day=days.first, until=days.last)
    choices = days.choices if days is not None else ()
    if len(choices) >= WORKING_WEEK and found.certainty is Certainty.CARD:  # “다음 주 휴가”: all of it
        return replace(found, day=choices[0], until=choices[-1])
    first = choices[0] if len(choices) == 1 else None
    certainty = Certainty.ASK if found.acts and found.arguments else found.certainty
    return replace(found, day=first, question=Doubt("span", facts={"why": days}), certainty=certainty)


def _command(text: str, seen: str, when: When) -> Understood | None:
    """A text that begins with a slash; None where the command is not known. `seen`: the text as it is read."""
    found = re.match(_SLASHED, seen)
    word = found["word"].lower() if found else ""
    name = OTHERWISE.get(word, BY_KOREAN.get(word, word))
    if found is None or name not in KOREAN:
        return None
    if name not in CHANGING:
        return _named(name, text[found.end() :].strip())
    form = _Form(text, " " * found.end() + seen[found.end() :], found.end(), when, name)
    return form.or_sentence(form.shaped(name), keeps_verb=True)


def _headed(text: str, seen: str, when: When) -> Understood | None:
    """The same without the slash: a verb among numbers, or another command's word in front; None for all else."""
    start = reading.without_greeting(seen)
    form = _Form(text, seen, start, when)
    if form.verb is not None and form.ids:
        return form.or_sentence(form.shaped(form.verb), keeps_verb=form.is_verb_first)
    if form.ids and form.percent is not None and is_polite(seen[form.at :]):
        return form.shaped(Intent.PROGRESS)
    return _called(form, start)


def _named(name: str, arguments: str) -> Understood:
    """Another command: its own name, with the numbers in front."""
    intent, mention = INTENTS.get(name, name), reading.number_at(arguments, 0) if arguments else None
    ids = mention.ids if mention is not None and intent not in {Intent.AWAY, Intent.UPCOMING} else ()
    certainty = Certainty.ACT if arguments or name in _LISTS else Certainty.ASK
    return Understood(intent, ids, certainty=certainty, arguments=arguments)


def _called(form: _Form, start: int) -> Understood | None:
    """찾기 보행로 · 현황 도로과 · 승인 112 · 126 승인: a Korean word alone, before a number, or before no sentence."""
    text, seen = form.text, form.seen
    if (whole := seen[start:].strip(" .!?~")) in BY_KOREAN:
        return _named(BY_KOREAN[whole], "")
    word = re.compile(_WORD).match(seen, start)
    name = BY_KOREAN.get(word["word"], "") if word else ""
    if word is not None and name and name not in CHANGING:
        rest = text[word.end() :].strip(" :：")
        takes_words = bool(rest) and name in _TAKES_WORDS
        is_argument = rest[:1].isdigit() or rest.startswith(("#", "＃", "@"))
        if is_argument or (takes_words and leaves_it(rest, form.when, is_reason=True)):
            return _named(name, rest)
    behind = BY_KOREAN.get(seen[form.at :].strip(" .!~"))
    is_alone = form.ids and form.date is None and form.percent is None and form.verb is None
    return _named(behind, " ".join(map(str, form.ids))) if is_alone and behind in _CLOSED_NAMES else None


class _Form:
    """The pieces at the front of a text, as far as they go; `at`: where the rest begins."""

    def __init__(self, text: str, seen: str, at: int, when: When, verb: str | None = None) -> None:
        self.text, self.seen, self.at, self.when, self.verb = text, seen, at, when, verb
        self.ids: tuple[int, ...] = ()
        self.date: Found | None = None
        self.percent: int | None = None
        self.is_slashed, self.is_verb_first, self.is_told, self.is_sure = verb is not None, True, False, True
        last = at
        while self.at < len(seen) and len(self.ids) <= reading.IDS_MOST:
            if filler := re.compile(_FILLER).match(seen, self.at):
                self.at = filler.end()
            elif self._verb() or self._percent() or self._date() or self._number():
                last = self.at
            else:
                break
        # A word between them belongs to none of them where nothing follows it, and of a note nothing is read over.
        if self.verb == Intent.NOTE or any(map(str.isalpha, seen[last : self.at].lstrip())):
            behind = re.compile(_BEHIND).match(seen, last)
            self.at = behind.end() if behind else last

    def _verb(self) -> bool:
        word = re.compile(_WORD).match(self.seen, self.at) if self.verb is None else None
        if word is None:
            return False
        self.is_told = word["word"].startswith("완료") and word["word"][2:] in TOLD
        self.verb = "done" if self.is_told else VERBS.get(word["word"].lower())
        if self.verb is None:
            return False
        self.is_verb_first = not self.ids
        self.is_sure &= self.text[self.at : word.end()] == word[0]  # a slip is shown before it acts
        self.at = word.end()
        return True

    def _percent(self) -> bool:
        """The percentage; behind the verb of progress and a number a bare number is one, too."""
        if self.percent is not None or not self.ids or self.verb in {Intent.DELAY, Intent.NOTE}:
            return False
        told = reading.percents(self.seen[self.at : self.at + 12])
        exact = next((one for one in told if one.start == 0 and one.is_exact), None)
        if exact is not None:
            self.percent, self.at = exact.value, self.at + exact.end
        elif self.verb == Intent.PROGRESS:
            self.is_sure &= self.is_verb_first
            bare = re.compile(_BARE).match(self.seen, self.at)
            if bare is not None and int(bare[0]) <= MOST_PERCENT:
                self.percent, self.at = int(bare[0]), bare.end()
        return self.percent is not None

    def _date(self) -> bool:
        """One date or length, not before a number has been told unless it can be nothing else."""
        seen, is_open = self.seen, self.seen[self.at] == "("
        at = self.at + is_open
        is_none = self.date is not None or self.verb in {Intent.PROGRESS, Intent.NOTE}
        if is_none or not (self.ids or self.verb) or re.compile(_ITEM_ALONE).match(seen, self.at):
            return False
        names_done = self.verb is None and re.compile(_VERB_OF_DONE).search(seen, at) is not None
        is_done = self.verb == Intent.DONE or names_done
        leaning = Leaning.PAST if is_done else Leaning.FUTURE
        told = read(seen[at : at + LONGEST_DATE], replace(self.when, leaning=leaning))
        if told is None:
            return False
        end = at + told.end
        is_number = told.is_bare and not self.ids and seen[at].isdigit()
        is_loose = told.is_bare and self.verb is None and not re.compile(_VERB_NEXT).match(seen, end)
        if is_number or is_loose or (is_open and not seen.startswith(")", end)):
            return False
        self.date, self.at = told, end + is_open
        self.is_sure &= is_open or not is_done or not seen.startswith(("by ", "until ", "till "), at)
        return True

    def _number(self) -> bool:
        mention = reading.number_at(self.seen, self.at)
        is_second = bool(self.ids) and (self.verb == Intent.PROGRESS or self.date is not None)
        if mention is None or (is_second and (self.verb == Intent.PROGRESS or not mention.is_marked)):
            return False
        if not self.ids:
            is_year = re.compile(_MONTH_NEXT).match(self.seen, mention.end) or not mention.is_year
            self.is_sure &= mention.is_sure or (self.is_slashed and not is_year)
        else:
            before = self.seen[: self.at]
            is_joined = before[-1:].isspace() and before.rstrip()[-1:].isdigit() and mention.is_marked
            is_rate = not mention.is_marked and mention.ids[0] <= MOST_PERCENT < self.ids[0]
            self.is_sure &= mention.is_sure and self.is_verb_first and not is_rate and not is_joined
        self.ids, self.at = tuple(dict.fromkeys((*self.ids, *mention.ids))), mention.end
        return True

    def or_sentence(self, made: Understood, *, keeps_verb: bool) -> Understood:
        """A form that does not act is read as a sentence, too; where the verb stands in front, only for its day."""
        if made.certainty is not Certainty.CARD or made.intent == Intent.NOTE:
            return made
        free = read_sentence(self.text, self.seen, self.when)
        is_same = free.intent == made.intent and not free.parts
        if keeps_verb:
            has_more = is_same and made.question and (free.day or free.shift) and not (made.day or made.shift)
            return replace(free, words=made.words) if has_more else made
        is_less = free.intent in {Intent.ASK, Intent.NONE} and (not made.words or made.question)
        return made if is_less or (is_same and (made.day or made.shift or made.choices)) else free

    def shaped(self, verb: str) -> Understood:
        """The reading of a form: acts, or is a card."""
        rest, is_done = self.text[self.at :].strip(), verb == Intent.DONE
        can_request = not is_done or any(one in rest.split() for one in ("처리", "등록"))
        rest = "" if is_polite(rest, may_request=can_request) else rest
        made = Understood(verb, self.ids, words=rest or None)
        if not self.ids:
            return replace(made, question=Doubt("which-item"))
        if is_done and self.percent is not None:
            is_whole = self.percent == MOST_PERCENT
            part = Understood(Intent.PROGRESS, self.ids, percent=self.percent)
            return Understood(verb, self.ids) if is_whole else part
        makers = {"done": self._as_done, "delay": self._as_delay, "progress": self._as_progress}
        made = makers.get(verb, _as_note)(made, rest)
        if made.certainty is Certainty.ASK and self.is_sure:
            return made
        words = made.words or ""  # a note is more than a mark behind the form (완료 x)
        is_word = not words or any("가" <= one <= "힣" for one in words) or sum(map(str.isalpha, words)) > 1
        is_closed = made.question is None and (verb == Intent.NOTE or is_word) and not (self.is_told and rest)
        return replace(made, certainty=_sure(self.is_sure and is_closed and made.acts))

    def _as_done(self, made: Understood, rest: str) -> Understood:
        document, rest = reading.document_in(rest)
        acts = _sure(not rest or leaves_it(rest, self.when, is_reason=False))
        made, found = replace(made, words=rest or None, document=document, certainty=acts), self.date
        if found is None:
            return made
        if isinstance(found.value, Shift):
            return replace(made, question=Doubt("done-when"))
        today = self.when.today
        made = judged(made, found, replace(self.when, leaning=Leaning.PAST))
        is_event = found.is_bare and bool(rest) and names_event(made.day)
        is_far = made.day is not None and (today - made.day).days > FAR_PAST_DAYS
        ahead = read(found.text, self.when)  # as a plan (수요일에)
        days = (ahead.value - today).days if ahead and isinstance(ahead.value, date) else 0
        is_ahead = not self.is_told and 0 < days <= NEAR_DAYS
        is_later = found.has_clock or re.match(_LATER, found.text) or found.particle.startswith(_UNTIL)
        if made.question is None and (is_event or is_far or is_ahead or is_later):
            made = replace(made, question=Doubt("check-day"))
        return replace(made, day=None) if is_event else made

    def _as_delay(self, made: Understood, rest: str) -> Understood:
        (named, words), found = reading.named_reason(rest), self.date
        is_closed = not rest or named == 0 or leaves_it(rest, self.when, is_reason=True)
        made = replace(made, words=words or rest or None, certainty=_sure(is_closed))
        if found is None:
            question = Doubt("unread-day" if rest else "new-day")
            return replace(made, question=question, certainty=Certainty.CARD if rest else Certainty.ASK)
        made = judged(made, found, self.when)
        if made.question is not None:
            return made
        if rest and found.is_period and not found.particle and found.text.endswith(_PERIOD_ALONE):
            return replace(made, question=Doubt("which-of", facts={"text": found.text}))  # 7월 의회
        if re.fullmatch(_DAY_ALONE, found.text + found.particle):
            return replace(made, question=Doubt("which-kind", facts={"text": found.text}))
        return made if rest else replace(made, question=Doubt("why"), certainty=Certainty.ASK)

    def _as_progress(self, made: Understood, rest: str) -> Understood:
        acts = _sure(not rest or leaves_it(rest.removesuffix(" 중"), self.when, is_reason=True))
        is_one = self.percent is not None and len(self.ids) == 1 and self.date is None
        question = None if is_one else Doubt("how-far")
        if self.percent == MOST_PERCENT:
            question = Doubt("done-or-part")
        return replace(made, percent=self.percent, certainty=acts, question=question)


def _as_note(made: Understood, rest: str) -> Understood:
    """A note is whatever stands behind its verb."""
    is_asked = re.match(_OF_NOTES, rest) or rest.endswith(("?", "나요", "까요", "는지", "가요"))
    question = None if rest and not is_asked else Doubt("which-note")
    return replace(made, certainty=Certainty.ACT, question=question)


def _sure(is_so: object) -> Certainty:
    return Certainty.ACT if is_so else Certainty.CARD
