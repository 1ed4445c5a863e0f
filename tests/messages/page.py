"""The page itself: HTML with nothing from outside, a section a file, a text as Telegram shows it beside what is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from bot.texts.render import words
from tests.messages.book import Group, Look, Text, groups, languages

_COMMAND: Final = re.compile(r"(?<![\w/<])(/[a-z][a-z_]*)")
_TAGS: Final = re.compile(r"(<[^<>]*>)")
STYLE: Final = """
body { margin: 0 auto; max-width: 62rem; padding: 1rem; font: 15px/1.5 system-ui, sans-serif;
  color: #1c1c1c; background: #e6ebee; }
h1 { font-size: 1.3rem; }
h2 { font-size: 1.05rem; margin: 2.5rem 0 .5rem; overflow-wrap: anywhere; }
section { margin: 1rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem; margin: .3rem 0; }
dt, .place { color: #5a6a75; }
dd { margin: 0; }
code, .place, .told { font: 12px ui-monospace, monospace; }
.look { background: #fff; border-radius: .6rem; padding: .5rem .8rem; margin: .4rem 0; max-width: 34rem;
  white-space: pre-wrap; overflow-wrap: anywhere; box-shadow: 0 1px 1px #0002; }
.told { color: #5a6a75; display: block; }
.command { color: #1e73b8; }
table { border-collapse: collapse; width: 100%; }
td { vertical-align: top; padding: .15rem .5rem 0 0; }
td.key { width: 14rem; overflow-wrap: anywhere; }
iframe { width: 100%; height: 30rem; border: 0; background: #fff; }
"""


def page() -> str:
    """Of every language that there is."""
    found = {one: groups(one) for one in languages()}
    body = "".join(_language(name, of) for name, of in found.items())
    head = (
        f"<!doctype html><html><head><meta charset=utf-8><title>Messages</title><style>{STYLE}</style></head>"
    )
    return f"{head}<body><h1>Every message, with made-up facts</h1>{body}</body></html>\n"


def _language(name: str, of: Sequence[Group]) -> str:
    """One with its files, those of one folder together."""
    counted = sum(len(one.texts) for one in of)
    parts = [f'<h1 lang="{name}">{name} · {counted}</h1>']
    for folder, inside in groupby(of, lambda one: one.file.rpartition("/")[0]):
        parts.append(f"<h2>{escape(folder)}/</h2>")
        parts += map(_group, inside)
    return "\n".join(parts)


def _group(group: Group) -> str:
    head = group.header
    kind = [("class", f"{head.kind}: {words('privacy.kind')[head.kind]}")] if head.kind else []
    told = [*kind, ("when", head.when), ("to", head.to), ("if", head.condition)]
    facts = "".join(f"<dt>{name}</dt><dd>{escape(said)}</dd>" for name, said in told)
    title = f"<b>{escape(group.name or group.file.rpartition('/')[2])}</b> <span class=place>{group.file}:{head.line}</span>"
    return f"<section>{title}<dl>{facts}</dl>{''.join(_texts(group))}</section>"


def _texts(group: Group) -> Iterator[str]:
    if group.file.endswith(".toml"):
        yield f"<table>{''.join(map(_row, group.texts))}</table>"
    else:
        yield from (f"<div id='{_id(group, one)}'>{_looks(one.looks)}</div>" for one in group.texts)


def _row(text: Text) -> str:
    about = f"<code>{escape(text.name)}</code><br><span class=place>{text.place}</span>"
    return f"<tr><td class=key>{about}</td><td>{_looks(text.looks)}</td></tr>"


def _id(group: Group, text: Text) -> str:
    return escape(f"{group.language}-{text.name}")


def _looks(looks: list[Look]) -> str:
    return "".join(f"<div class=look>{_otherwise(one)}{_tapped(one.html)}</div>" for one in looks)


def _otherwise(look: Look) -> str:
    return f"<i class=told>{escape(look.otherwise)}</i>" if look.otherwise else ""


def _tapped(html: str) -> str:
    """Commands as Telegram marks them."""
    pieces = _TAGS.split(html)
    return "".join(
        one if one.startswith("<") else _COMMAND.sub(r"<span class=command>\1</span>", one) for one in pieces
    )
