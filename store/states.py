"""Every state word of the store, defined once, each with its sentence and its transitions."""

from enum import StrEnum


class PlanState(StrEnum):
    """draft -> active -> closed -> archived; a plan of a past year starts archived."""

    DRAFT = "draft"  # read in, not confirmed: nobody is reminded
    ACTIVE = "active"  # its milestones are owed and counted
    CLOSED = "closed"  # the year is over; settlement entries may still be open
    ARCHIVED = "archived"  # kept to be looked up; owes nothing, counts nowhere


class MilestoneState(StrEnum):
    """추진일정 상태. 임박 (soon) and 경과 (overdue) are derived from dates and never stored."""

    PLANNED = "planned"  # 예정: reminded; -> reported, done, on_hold, cancelled
    REPORTED = "reported"  # 완료보고: the officer said done, confirmation is awaited; -> done, planned
    DONE = "done"  # 완료: -> planned by undo
    ON_HOLD = "on_hold"  # 보류: waits with a reason; -> planned
    CANCELLED = "cancelled"  # 취소: counts nowhere


class MilestoneKind(StrEnum):
    """What sort of time the plan wrote."""

    DATED = "dated"  # a window with a due day
    OPEN = "open"  # only a start: reminded once, at its start
    OCCURRENCE = "occurrence"  # one turn of a series


class Precision(StrEnum):
    """How exactly the due day is meant (날짜정밀도)."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"


class PastReview(StrEnum):
    """What the planning office decides on an entry that lay in the past when its plan came in."""

    OPEN = "open"  # nobody has decided: nothing is owed for it
    SETTLED = "settled"  # marked done, or archived: nothing is owed for it
    ASKED = "asked"  # the officer is asked: reminders count from then on


class RoleName(StrEnum):
    """What a person is, besides being assigned to tasks."""

    OFFICER = "officer"  # 담당자
    LEAD = "lead"  # 팀장
    HEAD = "head"  # 부서장
    BUREAU = "bureau"  # 국장
    PLANNER = "planner"  # 기획실 (planning office)
    AUDITOR = "auditor"  # 감사
    ADMIN = "admin"  # 운영자 (정보통신)


class AssignmentKind(StrEnum):
    LEAD = "lead"  # 주담당: accountable
    DEPUTY = "deputy"  # 부담당: may report


class LinkState(StrEnum):
    """Whether a linked chat can be written to."""

    ACTIVE = "active"
    STOPPED = "stopped"  # the person sent /stop; /start resumes
    BLOCKED = "blocked"  # Telegram says the bot is blocked or the account gone; unblocking resumes
    OTHER_BOT = "other-bot"  # made with another bot: ours cannot write there until the person sends /start
    ENDED = "ended"  # replaced by another link, or handed over: final


class DelayState(StrEnum):
    APPLIED = "applied"  # took effect
    WITHDRAWN = "withdrawn"  # undone by the requester


class DeliveryKind(StrEnum):
    DIGEST = "digest"  # the one scheduled message a day
    EVENT = "event"  # told because somebody did something (policy.EVENT_KINDS)
    REPLY = "reply"  # answer to an update
    EDIT = "edit"  # brings a message already sent up to date


class DeliveryState(StrEnum):
    """pending -> sending -> sent | failed | uncertain; uncertain -> pending once (marked), then final."""

    PENDING = "pending"  # wanted, nobody has it; also after a temporary error, with not_before_at
    SENDING = "sending"  # claimed by one worker until lease_until_at
    SENT = "sent"  # Telegram answered ok
    UNCERTAIN = "uncertain"  # it may or may not have gone out, twice: final, listed for the planning office
    FAILED = "failed"  # Telegram refused for good
    CANCELLED = "cancelled"  # no longer wanted when its turn came


class ItemState(StrEnum):
    INCLUDED = "included"  # stands in its delivery
    SUPERSEDED = "superseded"  # a more urgent rule of the same milestone stood that day
    CARRIED = "carried"  # its message could not be confirmed or sent: the next digest takes it
    CANCELLED = "cancelled"  # the milestone moved or closed before sending


class InboxState(StrEnum):
    NEW = "new"  # received and committed
    HANDLED = "handled"  # its effect is committed, in the same transaction
    FAILED = "failed"  # handling broke; kept with the error for the operator


class UploadState(StrEnum):
    """A plan document sent in chat: waiting -> registered | dropped."""

    WAITING = "waiting"  # read and shown, [등록] or [취소] is awaited
    REGISTERED = "registered"
    DROPPED = "dropped"


class DifferenceKind(StrEnum):
    """In what a newer document disagrees with the store."""

    DATE = "date"  # another date of a known milestone: correct the plan, or a delay
    OFFICERS = "officers"  # other officers of a known task: a hand-over
    DONE = "done"  # the document says that it has happened, nobody has reported it
    MISSING = "missing"  # a known milestone that the document no longer has
    DEPARTMENT = "department"  # a new department whose name is much like a known one
    TWIN = "twin"  # the same task stands in another active plan


class DifferenceState(StrEnum):
    OPEN = "open"  # nobody has decided; the store stays as the officers left it
    TAKEN = "taken"  # the document's word was taken over
    KEPT = "kept"  # the store's word stands
