"""The language in which a person is spoken to (안내 언어): the person's own choice, else the organisation's."""

from jobs.authority.permissions import Deed
from reports.texts.speaking import Language
from store.models import AuditEntry, Officer


def choose(deed: Deed, officer: Officer, language: Language | None) -> AuditEntry | None:
    """From now on; None: the organisation's. Gives nothing where it was so before."""
    if officer.language == language:
        return None
    before, officer.language = officer.language, language
    return deed.record("own-language", f"officer:{officer.id}", before=_said(before), after=_said(language))


def _said(language: str | None) -> dict[str, object]:
    return {} if language is None else {"language": language}
