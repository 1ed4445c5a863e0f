"""Everything of reports that a person reads: `texts.line("material.title", …)`; the words lie in `ko/` and `en/`."""

from reports.texts.catalogue import Spoken, strict

CATALOGUE = Spoken("reports", environment=strict)
line, labels, words = CATALOGUE.line, CATALOGUE.labels, CATALOGUE.words
