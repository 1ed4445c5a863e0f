"""Something that somebody does: what every use case is given, whoever asked for it and by whatever way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from jobs.rules.policy import Rules
from store import audit
from store.audit import Who
from store.models import AuditEntry


@dataclass(frozen=True)
class Deed:
    """In which transaction, by whom (the chat's message or the command line stands in `who`), when, by which rules.
    `now` is business time."""

    session: Session
    who: Who
    now: datetime
    rules: Rules

    def record(
        self,
        action: str,
        subject: str,
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        revision: int | None = None,
        reason: str | None = None,
        undoes_id: int | None = None,
    ) -> AuditEntry:
        """An entry of the log about it."""
        return audit.record(
            self.session,
            self.who,
            self.now,
            action,
            subject,
            before=before,
            after=after,
            revision=revision,
            reason=reason,
            undoes_id=undoes_id,
        )

    @cached_property
    def today(self) -> date:
        """The organisation's day."""
        return self.rules.calendar.local_date(self.now)
