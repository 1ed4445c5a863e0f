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
    REPORTED = "reported"  # 완료보고: the officer said done, the lead confirms; -> done, planned (보완 요청)
    DONE = "done"  # 완료: -> planned by undo
    ON_HOLD = "on_hold"  # 보류: waits with a reason until its review day; -> planned
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


# 정례: precisions of occurrences that come again within a quarter.
OFTEN = frozenset({Precision.DAY, Precision.RANGE, Precision.MONTH})


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
    CONTACT = "contact"  # 서무: whom the planning office turns to in a department


class AssignmentKind(StrEnum):
    LEAD = "lead"  # 주담당: accountable
    DEPUTY = "deputy"  # 부담당: may report


class HandoverState(StrEnum):
    """인사이동 인계: proposed -> scheduled -> effective; proposed, scheduled -> cancelled."""

    PROPOSED = "proposed"  # shown with its list, [인계 확정] is awaited
    SCHEDULED = "scheduled"  # confirmed: the assignments change on its day
    EFFECTIVE = "effective"  # its day has come: the old chat has ended, the successor has been told
    CANCELLED = "cancelled"  # taken back before its day, or never confirmed


class LinkState(StrEnum):
    """Whether a linked chat can be written to."""

    ACTIVE = "active"
    STOPPED = "stopped"  # the person sent /stop; /start resumes
    BLOCKED = "blocked"  # Telegram says the bot is blocked or the account gone; unblocking resumes
    OTHER_BOT = "other-bot"  # made with another bot: ours cannot write there until the person sends /start
    ENDED = "ended"  # replaced by another link, or handed over: final


class DelayState(StrEnum):
    """연기 신청: pending -> applied | rejected | withdrawn | lapsed; a short first one is applied at once."""

    PENDING = "pending"  # 승인 대기: somebody decides; until then the old date counts; one a milestone
    APPLIED = "applied"  # took effect, at once or by approval; -> pending while the approver takes it back
    REJECTED = "rejected"  # 반려, with a reason; -> pending while the approver takes it back
    WITHDRAWN = "withdrawn"  # taken back by the requester, or replaced by a newer request
    LAPSED = "lapsed"  # the milestone was done, moved or closed before anybody decided


class DelayReason(StrEnum):
    """지연사유: why something is late. What each is called stands in reports/texts; only ever append here."""

    BUDGET = "budget"
    COUNCIL = "council"
    CONSULTATION = "consultation"
    AGENCY = "agency"
    LAND = "land"
    TENDER = "tender"
    COMPLAINT = "complaint"
    DISASTER = "disaster"
    STAFF = "staff"
    CONDITIONS = "conditions"
    CONTEST = "contest"
    OTHER = "other"


class Gate(StrEnum):
    """대기(외부): what outside the office a milestone waits for; counted apart from the officer's own delay."""

    EXTRA_BUDGET = "extra_budget"  # 추경
    NATIONAL_FUNDS = "national_funds"  # 국비
    DELIBERATION = "deliberation"  # 심의
    AGENCY = "agency"  # 타기관


class AdjustmentType(StrEnum):
    """공약조정 유형: what of the promise itself is to change."""

    GOAL = "goal"  # 목표
    CONTENT = "content"  # 내용
    PERIOD = "period"  # 기간: past the plan's year
    BUDGET = "budget"  # 사업비
    NAME = "name"  # 명칭
    MERGE = "merge"  # 통합
    SPLIT = "split"  # 분리
    EXCLUDE = "exclude"  # 제외


class AdjustmentStep(StrEnum):
    """공약조정 단계, each after the one above it; the planning office moves it on."""

    PROPOSED = "proposed"  # 발의: a department or the planning office opened it
    CONSULTED = "consulted"  # 협의: with the departments concerned, opinions gathered
    DRAFTED = "drafted"  # 변경안: the changed plan is handed in
    REVIEWED = "reviewed"  # 검토: by the planning office, reported to the head of the organisation
    DELIBERATED = "deliberated"  # 심의: by the citizens' panel
    DECIDED = "decided"  # 확정
    PUBLISHED = "published"  # 공개
    WITHDRAWN = "withdrawn"  # 철회: taken back by who opened it, while 발의


class AdjustmentDecision(StrEnum):
    """공약조정 결과, given with 확정."""

    APPROVED = "approved"  # 승인: the status may become what only an adjustment allows
    REJECTED = "rejected"  # 미승인: the promise stays as it was
    ADVISED = "advised"  # 권고: stays, with advice


class EvidenceKind(StrEnum):
    """증빙: what shows that a milestone was done."""

    DOCUMENT_NO = "document_no"  # 문서번호
    PHOTO = "photo"  # a picture marked as public; only Telegram's id of it is kept


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
    TASK = "task"  # a newer reader gives a task of the same document another title or department
    TWIN = "twin"  # the same task stands in another active plan
    DOUBLE = "double"  # two entries of a plan that may be one
    RENAMED = "renamed"  # a known milestone that the document calls otherwise, for the same time
    TEAM = "team"  # a team that the document names behind a task's department


class DifferenceState(StrEnum):
    OPEN = "open"  # nobody has decided; the store stays as the officers left it
    TAKEN = "taken"  # the document's word was taken over
    KEPT = "kept"  # the store's word stands


class PledgeStatus(StrEnum):
    """추진상황 of a pledge's unit project. Judged once a quarter, never derived from milestones."""

    COMPLETED = "completed"  # 완료: fulfilled and ended
    CONTINUING = "continuing"  # 이행 후 계속추진: fulfilled, goes on with a further goal or every year anew
    ON_TRACK = "on-track"  # 정상추진: fulfilment within the term is expected
    PARTIAL = "partial"  # 일부추진: under way, behind its goal
    ON_HOLD = "on-hold"  # 보류: only after an approved adjustment
    DROPPED = "dropped"  # 폐기: only after an approved adjustment
    NOT_DUE = "not-due"  # 시기미도래: its time has not come


class RoundOrigin(StrEnum):
    """Where a quarter's frozen rows come from."""

    PLAYED = "played"  # 자체점검: asked, answered, evaluated here
    IMPORTED = "imported"  # taken over from a register or a printed result


class RoundState(StrEnum):
    """점검회차. From input to evaluation the state is that of the entry that is furthest behind."""

    ANNOUNCED = "announced"  # 예고: dates and scope are known, nobody is asked; -> input
    INPUT = "input"  # 입력: somebody has yet to answer
    LEAD_CHECK = "lead-check"  # 팀장확인: all answered, a lead has yet to confirm
    HEAD_SIGN = "head-sign"  # 부서장확정: all confirmed, a head has yet to sign
    EVALUATION = "evaluation"  # 총괄평가: all signed; the planning office judges or sends back; -> frozen
    FROZEN = "frozen"  # 확정: the rows never change again; -> notified
    NOTIFIED = "notified"  # 통보: the departments were told; -> published
    PUBLISHED = "published"  # 공개: final


class EntryState(StrEnum):
    """점검결과 of one task: asked -> answered -> confirmed -> signed -> evaluated."""

    ASKED = "asked"  # the officer is asked; -> answered
    ANSWERED = "answered"  # 담당자 wrote; -> answered anew, confirmed, sent-back
    CONFIRMED = "confirmed"  # 팀장 confirmed; -> signed, sent-back
    SIGNED = "signed"  # 부서장 signed; -> evaluated, sent-back
    EVALUATED = "evaluated"  # 총괄 judged; -> signed when reopened, sent-back, until the round is frozen
    SENT_BACK = "sent-back"  # 보완요청 with a reason; -> answered


class AskState(StrEnum):
    """요청: open until it is frozen or cancelled; whether it has begun, and is late, is told from its days."""

    OPEN = "open"  # departments answer, also late; -> frozen, cancelled
    FROZEN = "frozen"  # 마감: no answer changes any more
    CANCELLED = "cancelled"  # 거둠: no answer is wanted any more, those given stay


class AnswerState(StrEnum):
    """회신: what a department has to a request."""

    ASKED = "asked"  # nothing has come back; -> answered
    ANSWERED = "answered"  # it came back, and may be replaced; -> confirmed, sent-back
    CONFIRMED = "confirmed"  # 팀장 confirmed it; -> signed, evaluated, sent-back, answered when reopened
    SIGNED = "signed"  # 부서장 signed it; -> evaluated, sent-back, answered when reopened
    EVALUATED = "evaluated"  # the planning office gave its verdict; -> evaluated anew, sent-back, answered when reopened
    SENT_BACK = "sent-back"  # 보완요청 of a reply, with a reason; -> answered


class AnswerKind(StrEnum):
    """What a reply consists of."""

    ROWS = "rows"  # rows of the form
    NONE = "none"  # 0건: there is nothing to report
    NOT_APPLICABLE = "not-applicable"  # 해당 없음: the question is none for this department


class ItemKind(StrEnum):
    """지시·건의: what has been raised and wants a reply, by who raises it."""

    DIRECTIVE = "directive"  # 지시사항 of the mayor
    SUGGESTION = "suggestion"  # 건의 of citizens
    PROPOSAL = "proposal"  # 제안 후속: what becomes of a proposal
    VISIT = "visit"  # 현장 방문: raised on a visit
    COUNCIL = "council"  # 의회 요구: material that the council asks for
    QUESTION = "question"  # 시정질문 후속: what was promised in the council


class ItemStage(StrEnum):
    """지시·건의: it has no opening and no freeze; whether it is late is told from its days."""

    OPEN = "open"  # a reply is wanted, or closing is not asked for yet; -> closing, closed, dropped
    CLOSING = "closing"  # 종결 요청 of the department; -> closed, open when sent back
    CLOSED = "closed"  # 종결 by the planning office, with an outcome; -> open when reopened
    DROPPED = "dropped"  # 거둠: entered by mistake; counts nowhere


class MeetingKind(StrEnum):
    """회의: what people come together for. Whether it took place is told from its day."""

    MEETING = "meeting"  # 회의 of the office: a staff or management meeting
    REVIEW = "review"  # 보고회: departments report how their tasks stand
    TRAINING = "training"  # 교육: who came is counted by department
    FIELD = "field"  # 현장 대화: a day on which citizens are heard, or places visited
    PANEL = "panel"  # 시민평가단, 배심원단: citizens look at tasks


class IndicatorKind(StrEnum):
    """지표의 종류: in what it is counted."""

    COUNT = "count"  # 건수
    RATIO = "ratio"  # 비율: two counts, never typed as one
    AMOUNT = "amount"  # 금액, won
    GRADE = "grade"  # 등급
    TEXT = "text"  # 문장: judged by a person once a year


class Adding(StrEnum):
    """What the values of a year make together."""

    FLOW = "flow"  # 누계: their sum
    STOCK = "stock"  # 현재: the latest


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class IndicatorPeriod(StrEnum):
    """주기: how often there is a value."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    TWO_YEARS = "two-years"


class IndicatorSource(StrEnum):
    """Who says the value."""

    OWN = "own"
    ANNOUNCED = "announced"  # 외부 발표


class Bound(StrEnum):
    """How a target is meant."""

    LEAST = "least"  # 이상
    MOST = "most"  # 이하
    ABOUT = "about"  # 약


class Judgement(StrEnum):
    """Whether a goal in words was reached in its year, as a person judged."""

    REACHED = "reached"
    PARTLY = "partly"
    MISSED = "missed"
