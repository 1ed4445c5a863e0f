"""Everything of reports that a person reads: `texts.line("material.title", …)`; the words lie in `ko/`."""

from reports.texts.catalogue import Catalogue, strict

CATALOGUE = Catalogue("reports", environment=strict)
line, labels, words = CATALOGUE.line, CATALOGUE.labels, CATALOGUE.words
