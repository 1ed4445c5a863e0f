"""What a line looks like before anyone has read it: an action with a time, or only words with a date in them (줄의 모양)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from plans.entries.phrase import is_act, is_figure, is_statistic
from plans.structure.years import without_groups
from plans.text.lines import Line
from plans.text.spelling import one_line
from plans.time.scan import DateToken, find_dates, is_only_time, lists_years

_HANGUL: Final = re.compile(r"[가-힣]")
_BEFORE: Final = re.compile(r"^[\s□■○●◦ㅇ▸▪·•*※\-–—>\d①-⑳.)(\[【<'’‘]*$")
_PROSE: Final = re.compile(r"^\s?(?:에|의|은|는|이|가|을|를|로|으로|에서|에는|보다|과|와|도)(?![가-힣])")
_MOVED: Final = re.compile(r"당초|(?<![가-힣])기정(?![가-힣])")  # the line tells of a time that was moved
_SIGNS: Final = re.compile(r"\([월화수목금토일]\)|\d{1,2}:\d{2}|\d{1,2}시|[\s.()\[\]【】~∼～]+")
_CLOSES: Final = re.compile(
    r"(?:예정|완료|중|초|말|까지|부터|이후|한|경|개최|실시|시행|착수|준공|추진)?(?: ?예정| ?계획)?"
)
_TO_COME: Final = re.compile(r"\s?(?:예정|계획)$")
_SIDES: Final = re.compile(r"\([^()]{0,40}\)|<[^<>]{0,20}>|〈[^〈〉]{0,20}〉")  # whose it is, or a remark
LEAST_LETTERS: Final = 2  # Hangul letters of an action


def looks_like_entry(line: Line) -> bool:
    """Whether a line has the shape of an action with a time: the time leads, closes, stands in a bracket behind, or was
    moved."""
    if line.cells:
        return any(_has_shape(cell) for cell in line.cells) or _is_row(line)
    return _has_shape(line.body)


def has_more(text: str, rest: Sequence[DateToken]) -> bool:
    """Whether one of the dates that an entry of this line left over is the time of an action of its own.

    What the line begins with is part of a name by then (상반기 보고회 : 7. 10.).
    """
    behind = [token for token in rest if token.month is not None and not _BEFORE.match(text[: token.start])]
    return any(_is_time_of_action(text, token) for token in behind)


def _is_row(line: Line) -> bool:
    """A cell that is a time beside a cell of words, or several days side by side."""
    cells = [one_line(cell) for cell in line.cells if cell.strip()]
    times = [cell for cell in cells if is_only_time(cell)]
    if len(times) == len(cells) > 1 and all(token.is_day for cell in times for token in find_dates(cell)):
        return True
    words = [cell for cell in cells if len(_HANGUL.findall(cell)) >= LEAST_LETTERS and not find_dates(cell)]
    words = [cell for cell in words if not is_figure(cell)]
    return len(times) == 1 and bool(words)


def _has_shape(text: str) -> bool:
    tokens = [token for token in find_dates(text) if token.month is not None]
    if not _HANGUL.search("".join(_between(text, tokens))):
        return False  # the head of a grid
    return (
        lists_years(text)
        or bool(tokens and _MOVED.search(text))
        or any(_is_time_of_action(text, token) for token in tokens)
    )


def _between(text: str, tokens: Sequence[DateToken]) -> list[str]:
    """What stands beside the dates of a text."""
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _is_time_of_action(text: str, token: DateToken) -> bool:
    before, behind = text[: token.start], text[token.end :]
    if is_statistic(behind) or _PROSE.match(behind):
        return False
    if _BEFORE.match(before):
        return len(_HANGUL.findall(without_groups(behind))) >= LEAST_LETTERS
    is_action = len(_HANGUL.findall(before)) >= LEAST_LETTERS
    inside = re.search(r"[(\[【]([^()\[\]【】]*)$", before)
    if inside is not None:
        return (
            is_action and not _HANGUL.search(inside[1]) and bool(re.match(r"^[^가-힣]*[)\]】/,~∼～]", behind))
        )
    return (
        is_action
        and _closes(_SIGNS.sub(" ", _SIDES.sub(" ", behind)).strip())
        and bool(re.search(r"[:：]|\s$", before))
    )


def _closes(behind: str) -> bool:
    """Whether what stands behind a time ends the line: nothing, 예정, or an act to come (7월 착공 예정)."""
    act = _TO_COME.sub("", behind)
    return bool(_CLOSES.fullmatch(behind)) or (act != behind and " " not in act and is_act(act))
