"""What an officer types -> what is meant: plain Korean and English, and commands with or without their slash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.dates import Leaning, When
from bot.speech.absence import people
from bot.speech.acts import LISTS, Heard, hear, places
from bot.speech.commands import command, headed
from bot.speech.completion import completion
from bot.speech.leftover import LEAST_LETTERS, chunks, reason, trimmed
from bot.speech.lexicon import ABOUT_WORK, CHATTER, LONE, Intent
from bot.speech.manners import CONDITIONAL, GREETINGS, NEWS, NOT_DONE, NOT_UNDONE, QUESTION, YET_TO_COME
from bot.speech.masking import DATE, QUOTE, masked
from bot.speech.postponement import postponement
from bot.speech.progress import progress
from bot.speech.reading import Understood, asking
from bot.speech.remarks import remark
from bot.speech.typos import NEARLY_DONE_WORDS, normalised
from jobs.calendar import WorkCalendar

__all__ = ["Intent", "Understood", "understand"]

_REASON = re.compile(
    r"[\s,.;(\[/]*(?P<act>연기|연장|지연)?\s*(?:사유|이유)(?:\s*(?:는|은|로는))?\s*[:：=]\s*(?P<reason>.+)$"
    r"|[\s,.;(\[/]+(?:연기|연장|지연)?\s*(?:사유|이유)(?:는|은)\s+(?P<said>.+)$",
    re.DOTALL,
)
_AND_THEN = re.compile(r"취소\s*(?:하고|하며|한\s*(?:뒤|후|다음)|후)")
_NO_LIST = re.compile(
    r"취소|삭제|사유|언제까지|아니(?:에|라|야|요$)|아닙|아님|빼\s*주|미뤄|(?:없|안\s*(?:됨|돼|됩|했))(?!나|을까|는지|니(?!다)|냐)"
)  # more than to be shown
_ITEM = re.compile(r"[#＃]\s?\d+\s?번?|\d{3,}\s?번?|\d+\s?번")
READ_MOST = 500  # characters: no more of a text is looked at
MOST_CHARACTERS = 400  # a longer text is pasted, not typed
TWO_THINGS = "한 문장에 두 가지가 있습니다. 한 가지씩 나누어 보내 주십시오."
WHAT_OF_ITEM = "부재 등록인지, 이 일정의 완료나 연기인지 알려 주십시오."
WHICH_ACT = "완료인지 연기인지 알 수 없습니다."
WHAT = "무엇을 도와 드릴까요? “완료 번호”, “연기 번호 날짜 사유”처럼 적어 주십시오."


def understand(text: str, today: date, calendar: WorkCalendar) -> Understood:
    """The reading of any text; what is unsure becomes a question, never a guess."""
    is_long, text = len(text) > MOST_CHARACTERS, normalised(text[:READ_MOST])
    ahead, behind = When(today, Leaning.FUTURE, calendar), When(today, Leaning.PAST, calendar)
    if text.startswith("/"):
        return command(text[1:], ahead, behind)
    if is_long:
        return asking("글이 길어 무엇을 하시려는지 알 수 없습니다. 짧게 다시 적어 주십시오.")
    if (found := headed(text, ahead, behind)) is not None:
        return found
    if (found := _with_reason(text, today, calendar)) is not None:
        return found
    heard = hear(masked(text, ahead))
    return _doing(heard, hear(masked(text, behind)) if Intent.DONE in heard.acts else heard)


def _with_reason(text: str, today: date, calendar: WorkCalendar) -> Understood | None:
    """A delay whose reason is announced (“사유: …”): what follows is the reason and nothing else; None for others."""
    told = _REASON.search(text)
    if told is None or not told.start():
        return None
    heads = (text[: told.start()], text[: told.end("act")]) if told["act"] else (text[: told.start()],)
    read_so = (understand(head, today, calendar) for head in heads)
    found = next((one for one in read_so if one.intent is Intent.DELAY and one.reason is None), None)
    if found is None:
        return None
    return replace(found, reason=reason(told["reason"] or told["said"]) or None)


def is_unclear(found: Understood) -> bool:
    """Nothing at all is known of what is meant."""
    return found.intent is Intent.ASK and found.question == WHAT and not found.ids


def is_pleasantry(text: str) -> bool:
    """Thanks, greetings, 네: nothing that needs an answer."""
    return not trimmed(normalised(text)) and GREETINGS.search(normalised(text)) is not None


def _doing(heard: Heard, behind: Heard) -> Understood:
    """The acts in their order of weight; two that cannot both be meant are asked back."""
    acts = heard.acts
    if Intent.HELP in acts and not heard.ids and not {Intent.NOTE, Intent.AWAY} & set(acts):
        return Understood(Intent.HELP)
    if Intent.UNDO in acts:
        return _undo(heard)
    if Intent.NOTE in acts:
        return remark(heard)
    if Intent.DELAY in acts:
        if heard.words.percents and Intent.PROGRESS in acts:
            return asking(TWO_THINGS, heard.ids)
        has_news = Intent.HANDOVER in acts and NEWS.search(heard.words.text)
        return asking(TWO_THINGS, heard.ids) if Intent.DONE in acts or has_news else postponement(heard)
    if heard.words.percents:
        return progress(heard)
    if Intent.DONE in acts:
        if {Intent.AWAY, Intent.HANDOVER, Intent.STATUS} & set(acts):
            return asking("완료 등록인지 알 수 없습니다. 완료이면 “완료 번호”로 보내 주십시오.", heard.ids)
        return completion(behind)
    return _others(heard)


def _others(heard: Heard) -> Understood:
    acts = heard.acts
    weak = [one for one in (Intent.HANDOVER, Intent.AWAY) if one in acts]
    if len(weak) == 2:
        return asking("부재 등록인지 담당자 변경인지 알려 주십시오.", heard.ids)
    if weak == [Intent.AWAY] and any(_ITEM.fullmatch(atom.text.strip()) for atom, _ in heard.words.numbers):
        return asking(WHAT_OF_ITEM, heard.ids)
    if weak:
        return people(weak[0], heard)
    if Intent.HELP in acts:
        return Understood(Intent.HELP)
    lists = [one for one in LISTS if one in acts]
    if lists:
        return _list(lists, heard)
    if Intent.PROGRESS in acts:
        return progress(heard)
    return _nothing(heard)


def _undo(heard: Heard) -> Understood:
    """Taking back, unless something else is asked for in the same breath, or it is only a question."""
    has_when = Intent.DELAY in heard.acts or Intent.DONE in heard.acts
    is_unsure = any(one.search(heard.words.text) for one in (QUESTION, CONDITIONAL, NOT_UNDONE, _AND_THEN))
    if has_when or is_unsure or heard.doubt:
        return asking("직전 등록을 되돌릴까요? 되돌리시려면 “되돌리기”라고 보내 주십시오.", heard.ids)
    return Understood(Intent.UNDO, heard.ids)


def _list(lists: Sequence[Intent], heard: Heard) -> Understood:
    """A list that is asked for. With a number it is about one item; MY with UPCOMING cannot be told apart."""
    if heard.ids or heard.words.percents:
        return asking(
            "어느 일정의 무엇을 보실지 알려 주십시오. 한 건은 “/task 번호”로 보실 수 있습니다.", heard.ids
        )
    if Intent.MY in lists and len(lists) > 1 and lists != [Intent.MY, Intent.STATUS]:
        return asking("내 일정(/my)을 보실지 다른 목록을 보실지 알려 주십시오.")
    if heard.is_told or _NO_LIST.search(heard.words.text):
        return asking("목록을 보시려는 것인지 알 수 없습니다.", heard.ids)
    return Understood(lists[0])


def _nothing(heard: Heard) -> Understood:
    text = heard.words.text
    plain = heard.words.plain(0, len(text))
    if not heard.ids and GREETINGS.search(plain) and not trimmed(GREETINGS.sub(" ", plain)):
        return Understood(Intent.NONE)
    is_dated = any(found.particle for _, found in heard.words.dates) or YET_TO_COME.search(text)
    is_date = heard.words.dates and (is_dated or not chunks(heard.words, places(heard.words, DATE)))
    if heard.ids or is_date or heard.doubt or QUOTE in text:
        return asking(heard.doubt or _what(heard), heard.ids)
    if LONE.match(text):
        return asking(WHAT)
    left = GREETINGS.sub(" ", text)
    is_work = any(one.search(left) for one in (YET_TO_COME, ABOUT_WORK, NEARLY_DONE_WORDS, NOT_DONE))
    if not is_work and (
        CHATTER.search(heard.words.plain(0, len(text)))
        or sum(map(str.isalpha, trimmed(text))) < LEAST_LETTERS
    ):
        return Understood(Intent.NONE)
    return asking(WHICH_ACT if is_work else WHAT)


def _what(heard: Heard) -> str:
    if heard.ids:
        numbers = ", ".join(f"#{one}" for one in heard.ids)
        return f"{numbers}번을 어떻게 할까요? 완료, 연기, 메모 가운데 알려 주십시오."
    return WHAT
