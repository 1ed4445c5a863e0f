"""Formatted text: parse mode or given entities -> text and entities as a message carries them."""

import re

from sandbox.errors import PARSE_MODE, TEXT_EMPTY, TEXT_TOO_LONG, bad_request, cannot_parse
from sandbox.html import parse_html
from sandbox.shapes import Json, utf16_length

TEXT_LIMIT = 4096
"""UTF-16 units of a message text, after its markup was taken out."""
CAPTION_LIMIT = 1024
"""UTF-16 units of a caption."""

AUTOMATIC = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,!?)\]])"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?!\w)"
    r"|(?<!\w)(?P<mention>@[A-Za-z0-9_]{3,32})(?!\w)"
    r"|(?<!\w)(?P<hashtag>#(?=\w*[^\W\d_])\w{1,256})"
)
"""What Telegram marks by itself; `#112` is no hashtag, for it has no letter."""
OPAQUE = {"code", "pre", "text_link"}
"""Inside these nothing is marked automatically."""
LINE_BREAKS = re.compile(r"\r\n?")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def formatted(text: str, parse_mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """Text and entities of what a bot sends: parsed, trimmed, sorted, with automatic entities added."""
    source = CONTROLS.sub(" ", LINE_BREAKS.sub("\n", text))
    plain, found = _parsed(source, parse_mode, entities)
    return _finished(plain, found)


def typed(text: str) -> tuple[str, list[Json]]:
    """Text and entities of what a person types: commands, mentions, hashtags and links are marked."""
    return _finished(LINE_BREAKS.sub("\n", text), [])


def check_text(text: str) -> None:
    """Raises: ApiError where a text is empty or over the limit."""
    if not text:
        raise bad_request(TEXT_EMPTY)
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request(TEXT_TOO_LONG)


def _parsed(source: str, parse_mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    if not parse_mode:
        return source, _given(source, entities or [])
    if parse_mode.lower() != "html":
        raise bad_request(PARSE_MODE)
    return parse_html(source)


def _given(text: str, entities: list[Json]) -> list[Json]:
    """The entities a caller passed, refused where they leave the text."""
    length = utf16_length(text)
    for entity in entities:
        if not {"type", "offset", "length"} <= entity.keys():
            raise cannot_parse('Field "type", "offset" or "length" is missing')
        if not isinstance(entity["offset"], int) or not isinstance(entity["length"], int):
            raise cannot_parse('Field "offset" and "length" must be of type Number')
        if entity["offset"] < 0 or entity["length"] < 0 or entity["offset"] + entity["length"] > length:
            raise cannot_parse("entity beyond the end of the text")
    return [dict(entity) for entity in entities]


def _finished(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    trimmed = text.strip()
    cut = utf16_length(text[: len(text) - len(text.lstrip())])
    kept = _clipped(entities, cut, utf16_length(trimmed))
    kept += _automatic(trimmed, kept)
    return trimmed, sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


def _clipped(entities: list[Json], cut: int, length: int) -> list[Json]:
    """Entities moved left by `cut` and cut off at `length`; those that become empty are gone."""
    kept = []
    for entity in entities:
        begin = max(0, entity["offset"] - cut)
        end = min(length, entity["offset"] - cut + entity["length"])
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return kept


def _automatic(text: str, entities: list[Json]) -> list[Json]:
    found = []
    for match in AUTOMATIC.finditer(text):
        begin, length = utf16_length(text[: match.start()]), utf16_length(match.group())
        if not any(_covers(entity, begin, length) for entity in entities if entity["type"] in OPAQUE):
            found.append({"type": match.lastgroup, "offset": begin, "length": length})
    return found


def _covers(entity: Json, begin: int, length: int) -> bool:
    end: int = entity["offset"] + entity["length"]
    return bool(entity["offset"] < begin + length and begin < end)
