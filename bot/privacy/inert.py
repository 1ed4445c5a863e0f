"""What people or documents wrote makes no link, command or mention in a message (죽은 글자).

Telegram marks addresses, @names, /commands, #tags and the like by itself, in whatever text a bot sends: a reason with
"/stop" or an address in it would be a live button in the superior's chat. A word joiner inside breaks each of them; it
is not seen, and falls away again wherever the words come back in.
"""

from __future__ import annotations

import re
from typing import Final

BREAK: Final = "\u2060"
_SIGN: Final = re.compile(
    r"(?<=:)(?=//)"  # https://, tg://
    r"|(?<=@)(?=\w)"  # @name, name@host
    r"|(?<=[#＃])(?=\w*[^\W\d_])"  # #tag; #112 is none
    r"|(?<=\$)(?=[A-Za-z])"  # $TAG
    r"|(?:(?<=[^\w<>/]/)|(?<=_/)|(?<=^/))(?=[A-Za-z0-9_])"  # /command
    r"|(?<=\S\.)(?=[A-Za-z]|(?:한국|닷컴|닷넷|삼성|컴)\b|[^\W\d_가-힣ㄱ-ㆎ])"  # example.com, 예시.한국
)
_LEADS: Final = re.compile(r"[:@#$＃/.]")
_CARD: Final = re.compile(r"\d(?:[ -]?\d){12,}")  # as many digits as bank cards have
_FOUR: Final = re.compile(r"(?:\d[ -]?){4}(?!$)")


def inert(text: str) -> str:
    """The same words to the eye; Telegram finds nothing in them."""
    text = _SIGN.sub(BREAK, text) if _LEADS.search(text) else text
    return _CARD.sub(lambda digits: _FOUR.sub(rf"\g<0>{BREAK}", digits[0]), text)


def plain(text: str) -> str:
    """The words as they were."""
    return text.replace(BREAK, "")
