"""Telegram's HTML parse mode: marked-up text -> plain text and entities, with Telegram's own error messages.

Offsets in errors are bytes of the UTF-8 text, offsets in entities are UTF-16 code units.
Source: core.telegram.org/bots/api#html-style; the messages are those of tdlib's parser.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.errors import cannot_parse
from sandbox.shapes import Json

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
SPACES = b" \t\r\n\0\x0b"
NAME_END = SPACES + b"=>/\"'"
END = b"\0"


@dataclass
class _Open:
    """A start tag whose end has not come yet."""

    tag: str
    attributes: dict[str, str]
    offset: int


@dataclass
class _Parser:
    source: bytes
    position: int = 0
    text: list[str] = field(default_factory=list)
    offset: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> tuple[str, list[Json]]:
        while self.position < len(self.source):
            if self.source[self.position : self.position + 1] == b"<":
                self.read_tag()
            else:
                self.read_text()
        if self.stack:
            raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return "".join(self.text), self.entities

    def read_text(self) -> None:
        reference = REFERENCE.match(self.source, self.position)
        character = _referenced(reference) if reference else ""
        if reference and character:
            self.position = reference.end()
            self.append(character)
            return
        end = min(_find(self.source, mark, self.position + 1) for mark in (b"<", b"&"))
        self.append(self.source[self.position : end].decode())
        self.position = end

    def append(self, piece: str) -> None:
        self.text.append(piece)
        self.offset += len(piece.encode("utf-16-le")) // 2

    def read_tag(self) -> None:
        begin = self.position
        if self.peek(1) == b"/":
            self.position += 2
            self.read_end_tag(begin)
        else:
            self.position += 1
            self.read_start_tag(begin)

    def peek(self, ahead: int = 0) -> bytes:
        return self.source[self.position + ahead : self.position + ahead + 1] or END

    def take_until(self, stops: bytes) -> bytes:
        begin = self.position
        while self.peek() != END and self.peek() not in stops:
            self.position += 1
        return self.source[begin : self.position]

    def skip_spaces(self) -> None:
        while self.peek() != END and self.peek() in SPACES:
            self.position += 1

    def read_start_tag(self, begin: int) -> None:
        tag = self.take_until(SPACES + b">").decode().lower()
        if self.peek() == END:
            raise cannot_parse(f"Unclosed start tag at byte offset {begin}")
        if tag not in KINDS:
            raise cannot_parse(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes = self.read_attributes(tag, begin)
        self.position += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.stack.append(_Open(tag, attributes, self.offset))

    def read_attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        self.skip_spaces()
        while self.peek() != b">":
            name = self.take_until(NAME_END).decode()
            if not name:
                raise cannot_parse(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self.skip_spaces()
            found[name] = self.read_value(tag, begin) if self.peek() == b"=" else ""
            if self.peek() == END:
                raise cannot_parse(f'Unclosed start tag "{tag}" at byte offset {begin}')
            self.skip_spaces()
        return found

    def read_value(self, tag: str, begin: int) -> str:
        self.position += 1
        self.skip_spaces()
        quote = self.peek()
        if quote == END:
            raise cannot_parse(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if quote not in (b'"', b"'"):
            return self.read_bare_value()
        self.position += 1
        value = self.take_until(quote)
        if self.peek() == END:
            raise cannot_parse(f"Unclosed start tag at byte offset {begin}")
        self.position += 1
        return REFERENCE.sub(lambda found: _referenced(found).encode() or found[0], value).decode()

    def read_bare_value(self) -> str:
        begin = self.position
        while self.peek().isalnum() or self.peek() in (b".", b"-"):
            self.position += 1
        if self.peek() not in SPACES + b">":
            raise cannot_parse(f"Unexpected end of name token at byte offset {begin}")
        return self.source[begin : self.position].decode().lower()

    def read_end_tag(self, begin: int) -> None:
        if not self.stack:
            raise cannot_parse(f"Unexpected end tag at byte offset {begin}")
        name = self.take_until(SPACES + b">").decode()
        self.skip_spaces()
        if self.peek() != b">":
            raise cannot_parse(f"Unclosed end tag at byte offset {begin}")
        self.position += 1
        opened = self.stack.pop()
        if name and name != opened.tag:
            raise cannot_parse(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{name}>"'
            )
        self.close(opened)

    def close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        if length <= 0:
            return
        entity = _entity(opened, self.covered_by)
        if entity:
            self.entities.append({"offset": opened.offset, "length": length, **entity})

    def covered_by(self, opened: _Open) -> str:
        """The text since a start tag."""
        return "".join(self.text).encode("utf-16-le")[opened.offset * 2 :].decode("utf-16-le")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Text and entities of HTML as Telegram understands it, in order of their ends.

    Raises: ApiError with Telegram's description where a tag is unknown, unclosed or unmatched.
    """
    return _Parser(source.encode()).run()


def _entity(opened: _Open, covered_by: Callable[[_Open], str]) -> Json:
    """Type and extras of the entity that a closed tag makes; empty where it makes none."""
    kind = KINDS[opened.tag]
    if opened.tag == "a":
        url = opened.attributes.get("href", "") or covered_by(opened)
        return {"type": kind, "url": url} if _is_link(url) else {}
    if opened.tag == "tg-emoji":
        return {"type": kind, "custom_emoji_id": opened.attributes.get("emoji-id", "")}
    if opened.tag == "blockquote" and "expandable" in opened.attributes:
        return {"type": "expandable_blockquote"}
    language = opened.attributes.get("class", "")
    if opened.tag == "code" and language.startswith("language-"):
        return {"type": kind, "language": language.removeprefix("language-")}
    return {"type": kind}


def _is_link(url: str) -> bool:
    """Whether Telegram keeps the link; others become plain text."""
    return bool(
        re.match(r"(https?|tg|ton|tonsite|mailto|tel):", url, re.IGNORECASE) or re.match(r"[\w-]+\.\w", url)
    )


def _referenced(found: re.Match[bytes]) -> str:
    """The character of `&lt;` or `&#44032;`; empty where Telegram leaves it as written."""
    if found[3]:
        return NAMED[found[3].decode()]
    code = int(found[1], 16) if found[1] else int(found[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _find(source: bytes, mark: bytes, start: int) -> int:
    found = source.find(mark, start)
    return len(source) if found < 0 else found
