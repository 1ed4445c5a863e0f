"""Single facts about the store itself, by name."""

from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from store.models import Meta

BOT_ID = "bot_id"
BOT_USERNAME = "bot_username"
POLICY_FINGERPRINT = "policy_fingerprint"
POLICY_REACHED = "policy_reached"  # "fingerprint:number": how far a new policy has been worked out
LAST_TICK_AT = "last_tick_at"  # these four are the leader's sign of life, put at most once a minute
LAST_HEARD_AT = "last_heard_at"
LAST_SPOKEN_AT = "last_spoken_at"
LEADER_LACKS = "leader_lacks"  # "word:cause:reason" of bot/ops/health.py; "" where all is well
ADMIN_CHAT_MOVED = "admin_chat_moved"  # "old:new": the configured chat of the alarms and its present id
UNSCANNED = "unscanned"  # numbers of milestones that the last scan could not work out
LEADER_SETTINGS = "leader_settings"  # JSON: who leads, and the fingerprints of its settings
LAST_DAY = "last_day"  # the last day of the business clock that a scan has seen
WINDOW_SEEN_ON = "window_seen_on"  # the last day in whose sending hours a scan ran
# The last day of whose sending hours it is known whether they were missed.
WINDOW_JUDGED_ON = "window_judged_on"
WINDOWS_MISSED = "windows_missed"  # how many there were
WEEK_COUNTED = "week_counted"  # the Monday of the week whose counts those above were told
MORNING_ON = "morning_on"  # the last day whose morning the planning office's news were looked for
RESTORED_AT = "restored_at"  # business time of the last restore
RESTORED_FROM = "restored_from"  # real time at which the backup of that restore was made


def get(session: Session, key: str) -> str | None:
    """The value, or None where it was never put."""
    found = session.get(Meta, key)
    return found.value if found else None


def instant(session: Session, key: str) -> datetime | None:
    """The value as an instant."""
    value = get(session, key)
    return datetime.fromisoformat(value) if value else None


def day(session: Session, key: str) -> date | None:
    """The value as a day."""
    value = get(session, key)
    return date.fromisoformat(value) if value else None


def put(session: Session, key: str, value: str) -> None:
    session.merge(Meta(key=key, value=value))


def forget(session: Session, key: str) -> None:
    session.execute(delete(Meta).where(Meta.key == key))
