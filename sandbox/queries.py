"""Presses of inline buttons that wait for answerCallbackQuery."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

LIFE = timedelta(minutes=15)
"""Business time within which a press can be answered."""
FIRST_QUERY_ID = 4_000_000_000_000_000_001


@dataclass(frozen=True)
class Query:
    """One press."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    pressed_at: datetime


@dataclass
class Queries:
    """All presses of this run by their id."""

    by_id: dict[str, Query] = field(default_factory=dict)

    def add(self, person_id: int, chat_id: int, message_id: int, at: datetime) -> Query:
        """Note a press."""
        query = Query(str(FIRST_QUERY_ID + len(self.by_id)), person_id, chat_id, message_id, at)
        self.by_id[query.id] = query
        return query

    def answerable(self, query_id: str | None, now: datetime) -> Query | None:
        """The press with this id; None where there is none or it is too old."""
        query = self.by_id.get(query_id or "")
        return query if query and now - query.pressed_at <= LIFE else None
