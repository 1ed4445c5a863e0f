"""Tokens of a time expression: numbers, signs and known words, each with its place in the text (토큰)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from plans.time.rules import Token, token
from plans.time.words import CHINESE, SIGNS, VOCABULARY

LONGEST_RUN: Final = 16
UNITS: Final[tuple[str, ...]] = ("년도", "년", "월", "일", "분기", "반기", "회")
_PIECE: Final = (
    r"(?s)(?P<clock>\d{1,2}\s?:\s?\d{2})|(?P<num>\d+)|(?P<hangul>[가-힣上下]+)|(?P<space>\s+)|(?P<sign>.)"
)


def tokenize(text: str) -> list[Token]:
    """Gives the tokens of `text`, spaces left out; unknown words become one `other` token each."""
    tokens: list[Token] = []
    for piece in re.finditer(_PIECE, text):
        kind = piece.lastgroup or "sign"
        if kind == "hangul":
            tokens += _words(piece[0], piece.start(), bool(tokens) and tokens[-1].kind == "num")
        elif piece[0] in CHINESE:
            tokens.append(token("word", CHINESE[piece[0]], piece.start())._replace(end=piece.end()))
        elif kind != "space":
            name = SIGNS.get(piece[0], "other") if kind == "sign" else kind
            tokens.append(token(name, piece[0], piece.start()))
    return tokens


def _words(run: str, at: int, after_number: bool) -> list[Token]:
    """Cuts an unbroken Hangul run into known words; a run that does not come out even is one unknown word."""
    parts = _segment(run)
    if parts is None and after_number:
        unit = next((u for u in UNITS if run.startswith(u)), None)
        parts = None if unit is None else (unit, run[len(unit) :])
    if parts is None:
        return [token("other", run, at)]
    tokens = []
    for part in parts:
        kind = "word" if part in VOCABULARY else "other"
        tokens.append(token(kind, part, at))
        at += len(part)
    return tokens


@lru_cache(maxsize=4096)
def _segment(run: str) -> tuple[str, ...] | None:
    """Gives `run` as known words, longest first, or None; long runs are never time and are not tried."""
    if not run:
        return ()
    if len(run) > LONGEST_RUN:
        return None
    for word in VOCABULARY:
        if run.startswith(word):
            rest = _segment(run[len(word) :])
            if rest is not None:
                return (word, *rest)
    return None
