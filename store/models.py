"""Every table, by the room's nouns: import from here."""

from store.base import Base
from store.tables.messages import Delivery, DeliveryItem, Dialogue, InboxUpdate
from store.tables.people import (
    Assignment,
    ChatLink,
    Department,
    DepartmentAlias,
    FallbackChannel,
    Invite,
    Officer,
    Role,
)
from store.tables.plans import DelayRequest, Milestone, Number, Plan, Series, Task
from store.tables.records import AuditEntry, Meta
from store.tables.reviews import Difference, PlanUpload

__all__ = [
    "Assignment",
    "AuditEntry",
    "Base",
    "ChatLink",
    "DelayRequest",
    "Delivery",
    "DeliveryItem",
    "Department",
    "DepartmentAlias",
    "Dialogue",
    "Difference",
    "FallbackChannel",
    "InboxUpdate",
    "Invite",
    "Meta",
    "Milestone",
    "Number",
    "Officer",
    "Plan",
    "PlanUpload",
    "Role",
    "Series",
    "Task",
]
