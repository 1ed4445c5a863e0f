"""Every table, by the room's nouns: import from here."""

from store import tenures
from store.db import guards
from store.db.base import Base
from store.tables.asks import Ask, AskAnswer, AskCorrection, AskPart, AskRow, AskSeries, AskVerdict
from store.tables.authority import Adjustment, DelayRequest, Evidence
from store.tables.documents import Difference, DocumentForm, PlanUpload
from store.tables.indicators import Indicator, IndicatorTarget, IndicatorValue, IndicatorYear
from store.tables.items import Item, ItemPart, ItemReply
from store.tables.meetings import (
    Meeting,
    MeetingDecision,
    MeetingOpinion,
    MeetingPanel,
    MeetingPanelTask,
    MeetingPart,
    MeetingTime,
    MeetingTopic,
)
from store.tables.messages import Card, ChatPause, Delivery, DeliveryItem, Dialogue, InboxUpdate
from store.tables.people import (
    Absence,
    Assignment,
    Bureau,
    ChatGroup,
    ChatLink,
    Department,
    DepartmentAlias,
    FallbackChannel,
    Follow,
    Handover,
    Invite,
    Officer,
    Role,
    Team,
    TeamMember,
)
from store.tables.plans import AreaAlias, Milestone, Number, Plan, Series, Task
from store.tables.records import AuditEntry, LeaderLease, Meta
from store.tables.rounds import Round, RoundEntry, SnapshotCorrection, SnapshotRow

__all__ = [
    "Absence",
    "Adjustment",
    "AreaAlias",
    "Ask",
    "AskAnswer",
    "AskCorrection",
    "AskPart",
    "AskRow",
    "AskSeries",
    "AskVerdict",
    "Assignment",
    "AuditEntry",
    "Base",
    "Bureau",
    "Card",
    "ChatGroup",
    "ChatLink",
    "ChatPause",
    "DelayRequest",
    "Delivery",
    "DeliveryItem",
    "Department",
    "DepartmentAlias",
    "Dialogue",
    "Difference",
    "DocumentForm",
    "Evidence",
    "FallbackChannel",
    "Follow",
    "Handover",
    "InboxUpdate",
    "Indicator",
    "IndicatorTarget",
    "IndicatorValue",
    "IndicatorYear",
    "Invite",
    "Item",
    "ItemPart",
    "ItemReply",
    "LeaderLease",
    "Meeting",
    "MeetingDecision",
    "MeetingOpinion",
    "MeetingPanel",
    "MeetingPanelTask",
    "MeetingPart",
    "MeetingTime",
    "MeetingTopic",
    "Meta",
    "Milestone",
    "Number",
    "Officer",
    "Plan",
    "PlanUpload",
    "Role",
    "Round",
    "RoundEntry",
    "Series",
    "SnapshotCorrection",
    "SnapshotRow",
    "Task",
    "Team",
    "TeamMember",
    "guards",
    "tenures",
]
