"""Everything of jobs that a person reads: `line("running.no-clock", path=…)`; the words lie in
`<language>/`, a file a capability."""

from reports.texts.catalogue import Spoken, strict
from reports.texts.speaking import speaking

CATALOGUE = Spoken("jobs", environment=strict)
line = CATALOGUE.line  # as it is written: whoever sends it looks at what may go out


def kept(key: str) -> str:
    """A line as it is stored: in the organisation's language, whoever is spoken to."""
    with speaking(None):
        return line(key)
