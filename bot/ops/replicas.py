"""Replicas whose settings differ: the leader's count, and nobody would know that another's would say otherwise."""

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.ops import health
from bot.settings import Settings
from bot.texts.render import label
from store.db import meta

# What decides about messages; where they lie and how they are sent may differ from machine to machine.
POLICY = (
    "reminders",
    "calendar",
    "approval",
    "escalation",
    "indicators",
    "items",
    "links",
    "review",
    "privacy",
    "organisation",
)


@dataclass(frozen=True)
class Difference:
    """Another replica leads by other settings; `sections` of config.toml that are not the same."""

    leader: str
    sections: tuple[str, ...]


def prints(settings: Settings) -> dict[str, str]:
    """A fingerprint of each section that decides about messages."""
    return {
        name: hashlib.sha256(getattr(settings, name).model_dump_json().encode()).hexdigest()[:16]
        for name in POLICY
    }


def record(session: Session, name: str, settings: Settings) -> None:
    """Who leads, and by which settings; written where it is not known yet."""
    told = json.dumps({"name": name, "prints": prints(settings)})
    if meta.get(session, meta.LEADER_SETTINGS) != told:
        meta.put(session, meta.LEADER_SETTINGS, told)


def difference(session: Session, settings: Settings) -> Difference | None:
    """How the leader's settings differ from these; None where they do not, or nobody has led yet."""
    told = meta.get(session, meta.LEADER_SETTINGS)
    if told is None:
        return None
    found = json.loads(told)
    own = prints(settings)
    sections = tuple(name for name in POLICY if found["prints"].get(name) != own[name])
    return Difference(found["name"], sections) if sections else None


def words(found: Difference, own: str) -> str:
    """Both by name, and where they differ, for the operator."""
    return label("ops.replicas-differ", own=own, leader=found.leader, sections=found.sections)


def faults(session: Session, settings: Settings) -> list[str]:
    """For `gihan doctor`."""
    found = difference(session, settings) if health.is_led(session) else None
    if found is None:
        return []
    return [label("ops.leader-differs", leader=found.leader, sections=found.sections)]
