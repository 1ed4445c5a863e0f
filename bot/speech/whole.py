"""Words as they were typed: the one place that says what is done to them, and what is looked at instead of them.

A reason or note is kept whole. Control and direction marks and line breaks become one blank; what is longer than 500
characters is cut (`bot/chat/arguments.py`), `minimal` keeps none, telephone numbers are cut when a message goes out
(`bot/privacy/guard.py`, `bot/privacy/scrub.py`); a document's number behind 문서번호 is kept as evidence and not in the note. Nothing
else is changed.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from plans.time.lazy import pattern
from plans.visible import visible

NOTE_MOST: Final = 500  # characters of a note or reason
_TYPED: Final = str.maketrans(
    "햇됏됬됫냇겟엇앗쳣졋렷겻켯왓줫봣셧낫갓혓혔됌끗엿욧뇨룟쪠",
    "했됐됐됐냈겠었았쳤졌렸겼켰왔줬봤셨났갔했했됨끝였요료료주",
)  # the most common slips, letter for letter, so that places stay where they are


def clean(text: str) -> str:
    """The text on one line, without what nobody sees; everything else stays as typed."""
    return " ".join(visible(text).split())


def typed(text: str) -> str:
    """What is kept of a text: on one line, its syllables composed (NFC), as every keyboard but a few sends them."""
    return clean(unicodedata.normalize("NFC", text))


def view(text: str) -> str:
    """The text as it is read: full-width signs as usual ones, known slips mended; every letter in its own place."""
    half = "".join(unicodedata.normalize("NFKC", one) if "\uff01" <= one <= "\uff5e" else one for one in text)
    return half.translate(_TYPED)


def document_in(words: str) -> tuple[str | None, str]:
    """What stands behind the word 문서번호, and the words without both; None where the word does not stand there."""
    found = _DOCUMENT.search(words)
    if found is None:
        return None, words
    return found["value"], f"{words[: found.start()].rstrip()} {words[found.end() :].lstrip()}".strip()


_DOCUMENT: Final = pattern(r"문서\s?번호(?:\s?[:：])?\s?(?P<value>\S*)")
