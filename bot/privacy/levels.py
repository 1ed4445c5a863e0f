"""What a message may carry: one table of message kind × level, which the docs and the tests read. Of which kind a message is
stands in its template's first line (bot/privacy/kinds.py).

What people wrote, who they are and where they sit stands in `FACTS` and `ATTRIBUTES` under its part;
`bot.texts.render` asks here before it prints any of it.
"""

from enum import StrEnum


class Level(StrEnum):
    """`[privacy] level`: how much goes out to the messenger."""

    MINIMAL = "minimal"
    STANDARD = "standard"
    FULL = "full"


class Part(StrEnum):
    """A part of a message; the docs call it by `privacy.part` of the catalogue."""

    NUMBER = "number"
    TITLE = "title"
    DATE = "date"
    COUNT = "count"
    CODE = "code"
    DOCUMENT_NO = "document-no"
    ORGANISATION = "organisation"
    NAME = "name"
    WORDS = "words"
    FILE = "file"
    LOG_FILE = "log-file"
    EMAIL = "email"


class Kind(StrEnum):
    """A kind of message; the docs call it by `privacy.kind`."""

    DAILY = "daily"
    CARD = "card"
    REGISTERED = "registered"
    APPROVAL = "approval"
    ESCALATION = "escalation"
    PEOPLE = "people"
    STATUS = "status"
    ROUND = "round"
    DOCUMENT = "document"
    LOG = "log"
    GROUP = "group"
    FALLBACK = "fallback"
    ANSWER = "answer"
    OPERATION = "operation"


_ALWAYS = frozenset({Part.NUMBER, Part.TITLE, Part.DATE, Part.COUNT, Part.CODE, Part.DOCUMENT_NO})
# What each level lets out; phone and resident numbers are in none of them.
CARRIED: dict[Level, frozenset[Part]] = {
    Level.MINIMAL: _ALWAYS,
    Level.STANDARD: _ALWAYS | {Part.ORGANISATION, Part.NAME, Part.WORDS, Part.FILE},
    Level.FULL: frozenset(Part),
}
_LINE = frozenset({Part.NUMBER, Part.TITLE, Part.DATE, Part.COUNT, Part.CODE})
_SAID = frozenset({Part.NAME, Part.WORDS, Part.EMAIL})
# What each kind of message has in it where the level lets it out.
KINDS: dict[Kind, frozenset[Part]] = {
    Kind.DAILY: _LINE | _SAID | {Part.ORGANISATION},
    Kind.CARD: _LINE | _SAID | {Part.ORGANISATION, Part.DOCUMENT_NO},
    Kind.REGISTERED: _LINE | _SAID | {Part.DOCUMENT_NO},
    Kind.APPROVAL: _LINE | _SAID | {Part.DOCUMENT_NO, Part.ORGANISATION},
    Kind.ESCALATION: _LINE | {Part.NAME, Part.ORGANISATION, Part.WORDS},
    Kind.PEOPLE: _LINE | _SAID | {Part.ORGANISATION},
    Kind.STATUS: _LINE | _SAID | {Part.ORGANISATION, Part.FILE},
    Kind.ROUND: _LINE | _SAID | {Part.ORGANISATION, Part.FILE},
    Kind.DOCUMENT: _LINE | _SAID | {Part.FILE},
    Kind.LOG: _LINE | _SAID | {Part.LOG_FILE},
    Kind.GROUP: frozenset({Part.COUNT, Part.DATE}),
    Kind.FALLBACK: frozenset({Part.NUMBER, Part.DATE, Part.COUNT, Part.NAME, Part.ORGANISATION}),
    Kind.ANSWER: frozenset({Part.NUMBER, Part.DATE}),
    Kind.OPERATION: frozenset({Part.COUNT, Part.DATE}),
}

# Facts of templates, as "template.fact", that hold more than numbers, days and words of our own.
FACTS: dict[Part, str] = {
    Part.TITLE: "added.title added.expr",
    Part.ORGANISATION: "shared.missed week_line.name newcomer.department newcomer_asked.department group_line.department"
    " item.people item.department task_line.people task_line.department"
    " link_notice.department week_named.people late_brief.department"
    " raised_ask.department meeting_line.departments unconfirmed_line.department"
    " ask_missing.rows ask_draft.scope ask_draft.vacant kpi_lag.places kpi_lag.vacant"
    " digest.rank link_notice.rank reinvited.rank welcome.rank",
    Part.NAME: "ask_reply.owner ask_reply.by newcomer.name newcomer_asked.name newcomer_asked.command"
    " late_brief.people unreached_brief.names"
    " escalation_line.people nudged.people held.told dropped.told merged.told edited.told split_done.told"
    " handover_passed_on.told held_notice.by"
    " correction_notice.by"
    " ongoing_line.accountable check_entry.accountable check_status.accountable"
    " item.accountable held_notice.accountable task_held.accountable task_held.by"
    " nudge_notice.by anothers_code.name away_which.name choose_person.name digest.name"
    " link_notice.name reinvited.name unconfirmed_line.name used_code.name"
    " raised.requester meeting.chair welcome.name handover_line.giver handover_list_done.strangers"
    " handover_list.moved handover_list_done.moved completion_request.reporter audit_line.actor"
    " reopen_request.reporter",
    Part.WORDS: "approval_line.reason approval_request.reason audit_line.reason audit_line.changes"
    " check_back.reason check_status.reason corrected.reason delay_requested.reason delayed.reason"
    " late_noted.reason rejected.reason watched.reason done.note handover_asked.words held.words"
    " held_notice.words task_held.words waiting.words share_notice.words share_standing.words ongoing_answered.words"
    " reopen_request.reason reopen_line.reason reopened.reason reopen_asked.reason days_off.name"
    " ask_draft.basis ask_reply.reason ask_reply.rows ask_reply.opinion ask_reply.doubts ask_one.doubts"
    " ask_choose.row ask_choose.reason ask_result.reason ask_result.choices"
    " ask_one.reason ask_one.basis ask_one.rows ask_field.reason ask_field.last ask_field.about"
    " ask_back.reason ask_cancelled.reason ask_row.rows"
    " kpi.values raised.source raised.reason raised_back.reason meeting.place meeting_line.place"
    " dropped.reason correction_notice.reason item.why item.held item.withdrawn remarked.was_note",
}


def _by_template() -> dict[str, dict[str, Part]]:
    """The same as the guard looks for it."""
    found: dict[str, dict[str, Part]] = {}
    for part, names in FACTS.items():
        for template, _, fact in (name.rpartition(".") for name in names.split()):
            found.setdefault(template, {})[fact] = part
    return found


PARTS_OF = _by_template()
# The same of what templates read from things: columns of the store and fields of reports, whatever the template.
ATTRIBUTES: dict[str, Part] = {
    **dict.fromkeys(
        ("reason", "note", "catch_up", "draft", "results", "problems", "next_plan", "opinion", "answer"),
        Part.WORDS,
    ),
    **dict.fromkeys(("sent_back_reason", "watch_reason", "withdrawn_reason", "text", "message"), Part.WORDS),
    **dict.fromkeys(("by", "who"), Part.NAME),
    **dict.fromkeys(("rank", "department"), Part.ORGANISATION),
}
# Levels at which words, files and pictures are taken in.
KEEPS_TYPED = frozenset({Level.STANDARD, Level.FULL})
