"""Every table, by the room's nouns: import from here."""

from store.base import Base
from store.tables.messages import Delivery, DeliveryItem, Dialogue, InboxUpdate
from store.tables.people import (
    Assignment,
    Bureau,
    ChatLink,
    Department,
    DepartmentAlias,
    Invite,
    Officer,
    Role,
)
from store.tables.plans import DelayRequest, Milestone, Number, Plan, Series, Task
from store.tables.records import AuditEntry, Meta
from store.tables.reviews import Difference, PlanUpload
from store.tables.rounds import ReviewEntry, ReviewRound, SnapshotCorrection, SnapshotRow

__all__ = [
    "Assignment",
    "AuditEntry",
    "Base",
    "Bureau",
    "ChatLink",
    "DelayRequest",
    "Delivery",
    "DeliveryItem",
    "Department",
    "DepartmentAlias",
    "Dialogue",
    "Difference",
    "InboxUpdate",
    "Invite",
    "Meta",
    "Milestone",
    "Number",
    "Officer",
    "Plan",
    "PlanUpload",
    "ReviewEntry",
    "ReviewRound",
    "Role",
    "Series",
    "SnapshotCorrection",
    "SnapshotRow",
    "Task",
]
