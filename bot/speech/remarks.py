"""“121 메모 업체와 협의 중”: a remark to be kept."""

from __future__ import annotations

import re
from typing import Final

from bot.speech.acts import Heard
from bot.speech.leftover import chunks
from bot.speech.lexicon import Intent
from bot.speech.manners import NOTE_ENDING, QUESTION
from bot.speech.reading import Understood, asking

WHAT_NOTE: Final = "남기실 메모를 번호 다음에 적어 주십시오. 예) 메모 112 업체와 협의 중"
_LEADING = re.compile(r"(?:\s|№|번|은|는|에|건|,|:)*$")
OF_NOTES = re.compile(
    r"\s*(?:를|을|좀)?\s*(?:삭제|지워|지우|취소|수정|고쳐|보여|확인|목록|조회|읽어|있나|있어|있는|있니|뭐)"
)  # about notes that are there
_ACT = re.compile(
    r"완료|완결|끝|마무리|연기|연장|취소|\bdone\b|\bdelay", re.IGNORECASE
)  # two things in one message


def remark(heard: Heard) -> Understood:
    """The word for a note first, or right behind the numbers, makes all that follows the note; elsewhere it is asked."""
    text, ids = heard.words.text, heard.ids
    first = heard.acts[Intent.NOTE][0]
    others = {Intent.DONE, Intent.DELAY, Intent.UNDO} & set(heard.acts)
    if heard.doubt or (not _LEADING.fullmatch(text[: first.start()]) and others):
        return asking(heard.doubt or WHAT_NOTE, ids)
    if QUESTION.search(text) or OF_NOTES.match(text, first.end()) or _ACT.search(text[: first.start()]):
        return asking(WHAT_NOTE, ids)
    ending = NOTE_ENDING.match(text, first.end())
    used = [(first.start(), ending.end() if ending else first.end())]
    used += [(atom.at, atom.at + 1) for atom, _ in heard.words.numbers]
    told = " ".join(chunks(heard.words, used))
    return Understood(Intent.NOTE, ids, note=told or None, question=None if told else WHAT_NOTE)
