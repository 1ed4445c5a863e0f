"""The guard's own words: lines without placeholders, at which nothing has to be looked before they go out."""

from typing import Final

from reports.texts.catalogue import Catalogue

_OWN: Final = Catalogue("bot")
label: Final = _OWN.line
labels: Final = _OWN.labels
words: Final = _OWN.words
