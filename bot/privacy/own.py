"""The guard's own words: lines without placeholders, at which nothing has to be looked before they go out."""

from typing import Final

from reports.texts.catalogue import Spoken

LINES: Final = Spoken("bot")
label: Final = LINES.line
