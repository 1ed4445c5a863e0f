"""The rules of an organisation in one object, and the fingerprint that tells when they changed."""

import hashlib
from dataclasses import dataclass, field

from jobs.rules.calendar import WorkCalendar
from jobs.settings import (
    ApprovalSettings,
    EscalationSettings,
    IndicatorSettings,
    ItemSettings,
    ReminderSettings,
)


@dataclass(frozen=True)
class Rules:
    """The settings and the calendar that decide when anybody is reminded, by which ways, and who decides on a delay."""

    settings: ReminderSettings
    calendar: WorkCalendar
    approval: ApprovalSettings = field(default_factory=ApprovalSettings)
    has_fallback: bool = False  # the organisation has a channel besides Telegram
    escalation: EscalationSettings = field(default_factory=EscalationSettings)
    items: ItemSettings = field(default_factory=ItemSettings)
    indicators: IndicatorSettings = field(default_factory=IndicatorSettings)


def fingerprint(
    settings: ReminderSettings, calendar: WorkCalendar, escalation: EscalationSettings | None = None
) -> str:
    """Changes whenever the rules or the calendar do, so that stored next days are worked out anew."""
    above = escalation or EscalationSettings()
    text = f"{settings.model_dump_json()}|{above.model_dump_json()}|{calendar.print}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
