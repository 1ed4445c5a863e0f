"""Every kind of message that may reach a person besides the one scheduled message a day."""

from __future__ import annotations

# What may reach a person besides the one scheduled message a day. Nothing else is ever sent.
EVENT_KINDS = {
    "answer": "the answer to what the person just wrote or pressed",
    "welcome": "once after linking, unblocking or /start: what is open, in counts",
    "substitute-notice": "somebody is named as the substitute of an absent colleague",
    "assigned": "somebody is made the officer of a task",
    "handover-notice": "a hand-over is asked for or announced",
    "handover-pack": "the successor gets what has been taken over, once",
    "link-notice": "a team lead hears who of the department has linked; of a new account the old chat hears as well",
    "link-made": "a registration link was made: the planning office, and whoever had a chat, hear by whom",
    "newcomer-asked": "somebody above names a person whom no list has: the planning office adds people",
    "away-notice": "somebody else registered or ended an absence: the person and the planning office hear by whom",
    "refused": "the answer where the person may not do what was asked",
    "approval-request": "an approver hears that a delay waits for the decision",
    "approval-result": "who asked for a delay, or answers for it now, hears what became of the request",
    "completion-request": "a team lead hears that a report of completion waits for the confirmation",
    "completion-result": "who reported a completion hears what became of it",
    "held": "who answers for a milestone hears that it was put on hold, why, and until when",
    "nudge": "somebody above asks once more about a milestone, once a day at most and in the daily message's hours",
    "share": "heads of other departments hear of a task that concerns them, once a day at most, in those hours",
    "adjustment-opened": "the planning office hears that an adjustment of a promise was opened",
    "check-back": "who answered a self-check hears that it was sent back, with the reason",
    "check-notice": "officers, leads and heads of a department hear the settled result of its projects",
    "adjustment-decided": "who opened an adjustment hears what was decided, or that it was withdrawn",
    "due-today": "what was entered and is due today, where the day's message is out already",
    "group-week": "once a week to a bound group: the department's counts, no names",
    "unreached": "somebody cannot be reached any more: substitute, lead or planning office, at most once a day each",
    "fallback": "the day's message in short by another channel, for somebody whom Telegram does not reach",
}
