"""Everything of jobs that a person reads: `line("running.no-clock", path=…)`; the words lie in `ko/`, a file a capability."""

from reports.texts.catalogue import Catalogue, strict

CATALOGUE = Catalogue("jobs", environment=strict)
line = CATALOGUE.line  # as it is written: whoever sends it looks at what may go out
