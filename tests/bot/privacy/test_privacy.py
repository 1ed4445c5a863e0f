"""What may leave: canaries in every name, reason and note, the main flows driven, nothing of them in what goes out."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from jinja2 import meta
from openpyxl import load_workbook
from sqlalchemy import select

from bot.cli import privacy_page
from bot.privacy.kinds import kinds
from bot.privacy.levels import CARRIED, FACTS, KINDS, PARTS_OF, Kind, Level, Part
from bot.rounds import publish
from bot.texts import render
from jobs.settings import ApprovalSettings
from reports import charting
from reports.period import Period
from reports.settings import RoundSettings
from store import inbox
from store.models import (
    AuditEntry,
    DelayRequest,
    Dialogue,
    InboxUpdate,
    Milestone,
    Round,
    RoundEntry,
    SnapshotRow,
    Task,
)
from store.states import PledgeStatus, RoleName, RoundOrigin, RoundState
from tests.bot.chat import SEOUL, Chat, Saved, entry, task

CANARY = "카나리"
OFFICER, LEAD, HEAD, PLANNER, DEPUTY = (
    f"{CANARY}{one}" for one in ("담당", "팀장", "과장", "기획", "부담당")
)
WORDS = f"{CANARY} 사유와 메모"
GROUP = -4000
WITH_PEOPLE = {
    "substitute",
    "handed-over",
    "away",
    "back",
    "assigned",
    "handover-confirmed",
}
ROOT = Path(__file__).parents[3]


STRICT = ApprovalSettings(auto_days=0, lead_days=60)


@cache
def _office_once() -> Saved:
    """The office below, made once in a test process."""
    with tempfile.TemporaryDirectory() as folder:
        return _made(Path(folder)).saved()


def _made(folder: Path) -> Chat:
    chat = Chat(
        folder,
        task(
            "보행로 정비",
            "도로과",
            [OFFICER],
            entry("설계 용역", date(2026, 6, 30)),
            entry("공사 착공", date(2026, 7, 31)),
            entry("준공 검사", date(2026, 6, 10)),
            entry("보도 점검", date(2026, 8, 20)),
            entry("수목 정비", date(2026, 7, 3)),
        ),
        task("대기 측정", "도로과", [DEPUTY], entry("측정기 설치", date(2026, 7, 10))),
        approval=STRICT,
    )
    for name, role in ((LEAD, RoleName.LEAD), (HEAD, RoleName.HEAD), (PLANNER, RoleName.PLANNER)):
        chat.join(name, role, "도로과")
    chat.join(OFFICER)
    chat.join(DEPUTY)
    return chat


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Chat]:
    """Everybody and everything that was ever written is a canary; titles are public."""
    chat = Chat.resumed(tmp_path, _office_once(), approval=STRICT)
    yield chat
    chat.store.close()


def write_everything(chat: Chat) -> None:
    """Every kind of free text, as it was taken in at another level."""
    number = chat.number
    chat.say(OFFICER, f"/note {number('준공 검사')} {WORDS}")
    chat.say(OFFICER, f"/progress {number('설계 용역')} 60 {WORDS}")
    chat.say(OFFICER, f"/delay {number('공사 착공')} 8.14 {WORDS}")
    chat.say(OFFICER, f"만회대책 {WORDS}")
    chat.say(OFFICER, f"/evidence {number('설계 용역')} 도로과-1234")
    chat.say(OFFICER, f"/wait {number('수목 정비')} 추경 7.20 {WORDS}")
    chat.say(LEAD, f"/hold {number('보도 점검')} 9.30 {WORDS}")
    chat.say(PLANNER, f"/watch {number('설계 용역')} {WORDS}")
    chat.say(OFFICER, f"/adjust {number('설계 용역')} 목표 {WORDS}")
    chat.say(OFFICER, f"/away 7.5-7.9 @{DEPUTY}")
    chat.send_all()


READ = {
    OFFICER: ("/my", "/help", "/find 설계", "/away"),
    DEPUTY: ("/my", "/start"),
    LEAD: ("/status", "/overdue", "/upcoming 60", "/approve", "/unreachable", "/find 공사"),
    PLANNER: (
        "/status",
        "/overdue",
        "/watch",
        "/adjustments",
        "/audit",
        "/review",
        "/plans",
        "/assign",
        "/secret",
    ),
}


def read_everything(chat: Chat) -> None:
    """Each list and card that somebody can ask for."""
    for name, commands in READ.items():
        for command in commands:
            chat.say(name, command)
    for title in ("설계 용역", "공사 착공", "준공 검사", "보도 점검", "수목 정비"):
        for name in (OFFICER, LEAD, PLANNER):
            chat.say(name, f"/task {chat.number(title)}")
    chat.say(PLANNER, f"/status {OFFICER}")
    chat.say(PLANNER, f"/audit {chat.number('공사 착공')}")
    chat.update({"message": _in_group("/bind 도로과")}, GROUP)
    chat.update({"message": _in_group("/status")}, GROUP)


def _in_group(text: str) -> dict[str, object]:
    return {
        "message_id": 1, "date": 1, "text": text, "chat": {"id": GROUP, "type": "group", "title": WORDS},
        "from": {"id": 9002, "is_bot": False, "first_name": PLANNER},
    }  # fmt: skip


def do_everything(chat: Chat) -> None:
    """Each thing that can be done, with a canary wherever something can be typed."""
    number = chat.number
    chat.say(LEAD, f"/reject {number('공사 착공')} {WORDS}")
    chat.say(OFFICER, f"/delay {number('공사 착공')} 8.20 {WORDS}")
    chat.tap(OFFICER, "의회") if "의회·조례" in str(chat.keyboard(OFFICER)) else None
    chat.say(OFFICER, WORDS)
    chat.say(LEAD, f"/approve {number('공사 착공')}")
    chat.say(OFFICER, f"/note {number('설계 용역')} {WORDS}")
    chat.say(OFFICER, f"/progress {number('설계 용역')} 80 {WORDS}")
    chat.say(OFFICER, f"{number('설계 용역')} 2주 연기 부탁드립니다 {WORDS} 때문에")
    chat.say(OFFICER, f"{number('준공 검사')} 끝냈습니다 {WORDS}")
    chat.say(OFFICER, "/undo")
    chat.say(OFFICER, f"/resume {number('수목 정비')}")
    chat.say(OFFICER, f"/wait {number('수목 정비')} 추경 7.20 {WORDS}")
    chat.say(OFFICER, f"담당자가 바뀌었습니다 {WORDS}")
    chat.say(LEAD, f"/nudge {number('준공 검사')}")
    chat.say(LEAD, f"/resume {number('보도 점검')}")
    chat.say(LEAD, f"/hold {number('보도 점검')} 9.30 {WORDS}")
    chat.say(PLANNER, f"/watch {number('설계 용역')} {WORDS}")
    chat.say(PLANNER, f"/handover {DEPUTY} {OFFICER} 7.3")
    chat.tap(PLANNER, "인계 확정")
    chat.say(PLANNER, f"/assign {number('측정기 설치')} {OFFICER}")
    chat.say(PLANNER, f"/away {OFFICER} 7.12-7.14 @{DEPUTY}")
    chat.say(OFFICER, f"{CANARY}가 무엇입니까")
    chat.say(OFFICER, f"/find {CANARY}")
    chat.say(OFFICER, f"/delay {number('설계 용역')} {CANARY}")
    chat.say(PLANNER, f"/status {WORDS}")
    chat.say(PLANNER, f"/audit {WORDS}")
    chat.say(PLANNER, f"/report {WORDS}")
    chat.say(PLANNER, f"/round {WORDS}")
    chat.say(PLANNER, f"/handover 없는{CANARY} {OFFICER}")
    chat.send_document(OFFICER, None)
    chat.say(OFFICER, None, photo=[{"file_id": CANARY, "file_unique_id": "u", "width": 1, "height": 1}])


def days_pass(chat: Chat, days: int) -> None:
    """Scans until things are escalated, every message sent."""
    for _ in range(days):
        chat.clock.forward(days=1)
        chat.scan()
        chat.send_all()


def outgoing(chat: Chat, after: int = 0) -> list[str]:
    """Texts and labels in the ledger's rows after that one, and of everything that is rendered when it is sent."""
    found = []
    for one in chat.owed():
        if one.id > after and one.payload:
            labels = [each.get("text", "") for row in one.payload.get("keyboard", []) for each in row]
            found += [str(one.payload.get("text", "")), *labels]
    return found


def sent(chat: Chat) -> list[str]:
    found = []
    for _, message in chat.send_messages():
        found += [message.text, *(one["text"] for row in message.keyboard for one in row)]
        found += (
            [message.document[0], message.document[1].decode("utf-8", "replace")] if message.document else []
        )
    return found


def test_at_minimal_no_name_and_nothing_that_was_written_leaves(office: Chat) -> None:
    office.set_privacy(Level.FULL)
    write_everything(office)
    last = office.owed()[-1].id
    office.set_privacy(Level.MINIMAL)
    said: list[str] = []
    for act in (read_everything, do_everything, read_everything):
        act(office)
        said += sent(office)
    for _ in range(33):
        office.clock.forward(days=1)
        office.scan()
        said += sent(office)
    said += outgoing(office, last)
    leaked = [one for one in said if CANARY in one]
    assert len(said) > 300
    assert leaked == []


def test_the_same_flows_carry_the_canaries_at_full(office: Chat) -> None:
    """The test above hears what it must hear: without the level the same flows are full of them."""
    office.set_privacy(Level.FULL)
    write_everything(office)
    read_everything(office)
    heard = [*outgoing(office), *sent(office)]
    assert sum(CANARY in one for one in heard) > 40


def test_at_minimal_nothing_typed_is_kept(office: Chat) -> None:
    office.set_privacy(Level.MINIMAL)
    write_everything(office)
    do_everything(office)
    with office.store.read() as session:
        kept = [str(inbox.content(row.raw)) for row in session.query(InboxUpdate).order_by(InboxUpdate.id)][
            -20:
        ]
        kept += [f"{one.note}{one.reason}" for one in session.query(Milestone)]
        kept += [f"{one.reason}{one.catch_up}{one.decision_note}" for one in session.query(DelayRequest)]
        kept += [str(one.watch_reason) for one in session.query(Task)]
        kept += [str(one.data) for one in session.query(Dialogue)]
        kept += [
            f"{one.reason}{one.after}" for one in session.query(AuditEntry) if one.action not in WITH_PEOPLE
        ]
    assert [one for one in kept if CANARY in one] == []


def test_at_minimal_a_note_is_declined_with_what_to_do_instead(office: Chat) -> None:
    office.set_privacy(Level.MINIMAL)
    said = office.say(OFFICER, f"/note {office.number('설계 용역')} 업체와 협의 중")
    assert "남기지 않습니다" in said[0]
    assert "/evidence" in said[0]
    assert office.milestone("설계 용역").note is None


def test_at_minimal_a_delay_is_asked_for_its_code_and_the_code_is_shown(office: Chat) -> None:
    office.set_privacy(Level.MINIMAL)
    office.say(OFFICER, f"/delay {office.number('공사 착공')} 8.14")
    office.tap(OFFICER, "의회·조례")
    handed = [
        one.payload["text"] for one in office.owed(office.people[LEAD]) if one.event == "approval-request"
    ]
    assert "사유: 의회·조례" in handed[-1]
    assert CANARY not in handed[-1]


def test_at_minimal_files_and_pictures_are_neither_taken_nor_sent(office: Chat) -> None:
    office.set_privacy(Level.MINIMAL)
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    assert "받지 않으며" in office.say(OFFICER, None, photo=photo, caption="112 공개")[0]
    assert "받지 않으며" in office.send_document(PLANNER, None)[0]
    assert not office.dispatcher.may_send_documents(office.people[PLANNER], office.people[PLANNER])
    office.say(PLANNER, "/status")
    assert "보내지 않습니다" in office.tap(PLANNER, "그림")[0]


def test_at_minimal_the_daily_message_still_says_what_and_when(office: Chat) -> None:
    office.set_privacy(Level.MINIMAL)
    office.scan()
    texts = [
        text for chat_id, text in office.send_all() if chat_id == office.people[OFFICER] and "안내" in text
    ]
    assert f"#{office.number('설계 용역')}" in texts[-1].replace("</b>", "").replace("<b>", "")
    assert "설계 용역" in texts[-1]
    assert "6. 30.(화) · 오늘" in texts[-1]
    assert "도로과" not in texts[-1]


def test_an_audit_file_leaves_at_full_alone(office: Chat) -> None:
    office.say(PLANNER, "/audit")
    assert "보내지 않습니다" in office.tap(PLANNER, "파일")[-1]
    office.set_privacy(Level.FULL)
    office.say(PLANNER, "/audit")
    office.tap(PLANNER, "파일")
    assert any(message.document for _, message in office.send_messages())


@pytest.mark.parametrize("level", list(Level))
def test_a_mail_address_leaves_at_full_alone(office: Chat, level: Level) -> None:
    office.say(OFFICER, f"/note {office.number('설계 용역')} 문의 bora@hanbyeol.example.kr")
    office.set_privacy(level)
    shown = office.say(OFFICER, f"/task {office.number('설계 용역')}")[0]
    assert ("bora@" in shown) is (level is Level.FULL)


@pytest.mark.parametrize("level", list(Level))
def test_a_telephone_number_leaves_at_no_level(office: Chat, level: Level) -> None:
    office.say(OFFICER, f"/note {office.number('설계 용역')} 문의 02-2133-1234, 010-1234-5678")
    office.set_privacy(level)
    office.say(PLANNER, "/audit")
    office.tap(PLANNER, "파일")
    office.say(OFFICER, f"/task {office.number('설계 용역')}")
    heard = [*outgoing(office), *sent(office)]
    assert [one for one in heard if "2133-1234" in one or "1234-5678" in one] == []


def make_secret(chat: Chat, *, title: str = "설계 용역") -> int:
    """The whole of 보행로 정비, by the number of one of its milestones."""
    task_id = chat.milestone(title).task_id
    chat.say(PLANNER, f"/secret {chat.number(title)}")
    return task_id


@pytest.mark.parametrize("level", [Level.MINIMAL, Level.FULL])
def test_a_secret_task_is_a_number_everywhere(office: Chat, level: Level) -> None:
    office.set_privacy(Level.FULL)
    write_everything(office)
    make_secret(office)
    last = office.owed()[-1].id
    office.set_privacy(level)
    read_everything(office)
    said = sent(office)
    do_everything(office)
    days_pass(office, 12)
    said += outgoing(office, last)
    # What somebody typed that was not found is quoted back at full; it says nothing of the task.
    titles = ("보행로 정비", "설계 용역", "공사 착공", "준공 검사", "보도 점검", "수목 정비", "사유와 메모")
    assert [one for one in said if any(title in re.sub("‘[^’]*’", "", one) for title in titles)] == []
    assert any("비공개 과제" in one for one in said)


def test_a_secret_task_stands_by_its_number_in_what_was_sent_before(office: Chat) -> None:
    office.scan()
    office.send_all()
    make_secret(office)
    edits = [text for chat_id, text in office.send_all() if chat_id == office.people[OFFICER]]
    assert "비공개 과제" in edits[-1]
    assert "설계 용역" not in edits[-1]


def test_the_planning_office_alone_makes_a_task_secret_and_lifts_it(office: Chat) -> None:
    number = office.number("설계 용역")
    assert "기획실에서만" in office.say(OFFICER, f"/secret {number}")[0]
    assert "비공개 과제" in office.say(PLANNER, f"/secret {number}")[0]
    assert "이미" in office.say(PLANNER, f"/secret {number}")[0]
    assert "해제하였습니다" in office.say(PLANNER, f"/secret {number} 해제")[0]
    with office.store.read() as session:
        log = [one.action for one in session.query(AuditEntry).order_by(AuditEntry.id)]
    assert log[-2:] == ["made-secret", "made-public"]


def test_the_officer_works_with_a_secret_task_by_its_number(office: Chat) -> None:
    make_secret(office)
    said = office.say(OFFICER, f"/done {office.number('설계 용역')}")[0]
    assert "비공개 과제" in said
    assert office.milestone("설계 용역").state.value == "done"


# Facts that hold numbers, days, flags, words of our own, finished lines, or things whose attributes are looked at.
OPEN = (
    "stage without is_said is_begun is_check rounds "
    "is_at_shell is_awaited is_planned_for "
    "command like words language languages hidden kept phone somebody account is_mostly_unread lone share years "
    "about absence account act action adjustment adjustments as_of asked asks assumes at basis before "
    "bureaus changed country ending error examples expected fault giver host intent is_ahead key "
    "keys known known_entries known_tasks last leader missing option path port role shift "
    "size table tables taker text titles url username version "
    "folder rank user via last_day pending promise absence is_office requests since on under_way newly pledges so_far still "
    "by capacity cause changes choices code column columns code_voided commands contents count counts "
    "current day days decision delays department departments difference differences document done doubts draft "
    "due due_on empty file lock entries entry every evidence example faults field final findings first found "
    "is_last others gate goal going has_buttons has_late has_note has_open has_progress hint history hours how is_accepted "
    "is_anonymous is_archived is_bound is_command is_complete is_day_off is_deputy is_done is_edited is_ended "
    "is_exact is_greeting is_guess is_holiday is_late is_linked is_log is_manager is_more is_mostly_unread "
    "is_moved is_mute is_new is_offered is_on is_open is_own is_photo is_reason is_repeat is_secret is_span is_told is_wrong "
    "keeps_request kind label late left left_count left_more line lines link lists lone "
    "made made_at mean milestone milestones minutes moment month missed more more_moves moved moved_count "
    "hears_alarms how_to_answer now budgets start end parts is_merged is_overseer has_more returns "
    "moves name named names next_quarter number numbers officer old open opener organisation "
    "original outcome "
    "own own_week page pages part people percent period person form place plan preview quarter question rate rate_name "
    "reason replaced request requester restored result role roles round row rows rules said scope seconds "
    "sections seen send_at series share shown skipped source state state_word status step subject suggestions "
    "amount amounts area body end pledge pledge_no start who "
    "added answered closed unread adopted earlier "
    "panels unanswered asked changed silent is_trial "
    "decided is_off item material_until missing position present topics "
    "task tasks times title today total touched unasked unreached until waited waiting waits "
    "is_before_start ahead both_from both_until finished groups is_missing is_past last_worked monday more_off off sunday worked "
    "projection indicators kept goals judged months "
    "baseline targets proposed planned reached second unit is_total scale behind missing judgement target correction formula "
    "is_usual most word hour lacking value week is_team team "
    "is_first rows_wanted own_state is_planner is_several is_back waiting_more is_named fields reply "
    "handed busiest confirms has_scope is_on_behalf is_day opens questions week_asks week_milestones "
    "signs evaluates chooses verdict became no after hears_alarms "
    "waits_for_office wants_plan wanted was was_asked was_done was_progress what why wished with_task year years zone "
)


def test_every_template_says_of_which_kind_it_is_and_every_fact_has_its_place_in_the_table() -> None:
    files = sorted((ROOT / "bot/texts/ko").glob("*/*.txt"))
    names = [one.stem for one in files]
    assert sorted(names) == sorted(kinds())  # each in one folder alone
    used = set()
    for name, file in zip(names, files, strict=True):
        source = file.read_text(encoding="utf-8")
        used |= {
            f"{name}.{one}" for one in meta.find_undeclared_variables(render.environment().parse(source))
        }
    used |= {
        f"{key}.{one}"
        for key in render.catalogue().keys()  # noqa: SIM118 - no mapping
        for one in meta.find_undeclared_variables(
            render.environment().parse(str(render.catalogue()._of(key)))
        )
    }
    guarded = {f"{name}.{fact}" for name, facts in PARTS_OF.items() for fact in facts}
    assert guarded <= used
    bare = {one.rpartition(".")[2] for one in used - guarded} - {"takes_in"}
    known = set(OPEN.split())
    assert bare == known, (
        f"new: {bare - known}, gone: {known - bare}; a harmless one stands in OPEN, others in FACTS"
    )


def test_a_template_holds_no_part_that_the_table_denies_its_kind() -> None:
    for part, names in FACTS.items():
        for name in names.split():
            assert part in KINDS[kinds()[name.partition(".")[0]]], name


def test_a_level_lets_out_no_more_than_the_next_one() -> None:
    assert CARRIED[Level.MINIMAL] < CARRIED[Level.STANDARD] < CARRIED[Level.FULL]
    assert CARRIED[Level.MINIMAL].isdisjoint({Part.NAME, Part.WORDS, Part.FILE, Part.LOG_FILE, Part.EMAIL})
    assert KINDS[Kind.GROUP] == {Part.COUNT, Part.DATE}


def test_the_docs_print_the_table_as_it_is() -> None:
    printed = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
    assert printed == privacy_page.markdown()


def test_messages_of_a_group_carry_no_name_at_any_level(office: Chat) -> None:
    office.set_privacy(Level.FULL)
    office.update({"message": _in_group("/bind 도로과")}, GROUP)
    office.clock.forward(days=timedelta(days=7).days)
    office.scan()
    texts = [text for chat_id, text in office.send_all() if chat_id == GROUP]
    assert texts
    assert CANARY not in "".join(texts)


def check_in(chat: Chat, texts: str) -> int:
    """A self-check of 보행로 정비 is opened and answered; gives the task's number."""
    number = chat.milestone("설계 용역").task_id
    with chat.store.write() as session:
        session.get_one(Task, number).status = "정상추진"
    chat.say(PLANNER, "/round 2026-2분기 7.9")
    chat.tap(PLANNER, "입력 시작")
    chat.say(OFFICER, f"/check {number} 정상추진 / {texts} / {texts} / {texts}")
    return number


@pytest.mark.parametrize("is_secret", [False, True])
def test_what_was_answered_in_a_self_check_does_not_leave(office: Chat, *, is_secret: bool) -> None:
    office.set_privacy(Level.FULL)
    number = check_in(office, WORDS)
    assert WORDS in office.say(OFFICER, f"/check {number}")[0]
    office.send_all()
    if is_secret:
        make_secret(office)
    last = office.owed()[-1].id
    office.set_privacy(Level.FULL if is_secret else Level.MINIMAL)
    for name in (OFFICER, LEAD, PLANNER):
        office.say(name, "/check")
        office.say(name, f"/check {number}")
    office.say(LEAD, f"/check {number} 보완 {WORDS}")
    office.say(OFFICER, f"/check {number}")
    office.say(PLANNER, "/round")
    word = "사유와 메모" if is_secret else CANARY
    heard = [*outgoing(office, last), *sent(office)]
    assert [one for one in heard if word in one or (is_secret and "보행로" in one)] == []
    assert any("자체점검" in one for one in heard)


def test_at_minimal_a_self_check_keeps_its_status_alone(office: Chat) -> None:
    office.set_privacy(Level.MINIMAL)
    number = check_in(office, WORDS)
    with office.store.read() as session:
        found = session.scalars(select(RoundEntry).where(RoundEntry.task_id == number)).one()
    assert found.self_status is PledgeStatus.ON_TRACK
    assert CANARY not in f"{found.results}{found.problems}{found.next_plan}"


def freeze(chat: Chat) -> None:
    """A settled quarter in which 보행로 정비 moved, with a word of the document about it."""
    with chat.store.write() as session:
        found = session.scalars(select(Task).where(Task.title == "보행로 정비")).one()
        of = Round(
            year=2026, quarter=1, origin=RoundOrigin.IMPORTED, state=RoundState.FROZEN, as_of_on=date(2026, 3, 31),
            opened_at=chat.clock.now(), comment="보행로 정비를 마쳤습니다.", scope={}, steps=[], claims={}, settings={},
        )  # fmt: skip
        session.add(of)
        session.flush()
        row = SnapshotRow(
            round_id=of.id, task_id=found.id, position=1, no="1-1", title="보행로 정비", status=PledgeStatus.COMPLETED
        )  # fmt: skip
        session.add(row)


def test_a_report_for_chat_has_no_title_of_a_secret_task_and_one_of_the_server_has(office: Chat) -> None:
    freeze(office)
    make_secret(office)
    assert "보행로" not in "".join(office.say(PLANNER, "/report"))
    for label in ("엑셀", "HTML", "글"):
        office.say(PLANNER, "/report")
        office.tap(PLANNER, label)
    files = [message.document for _, message in office.send_messages() if message.document]
    texts = [content.decode() for name, content in files if not name.endswith(".xlsx")]
    book = load_workbook(io.BytesIO(next(content for name, content in files if name.endswith(".xlsx"))))
    texts += [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(files) == 3
    assert [one for one in texts if "보행로" in one] == []
    assert any("비공개 과제" in one for one in texts)
    with office.store.read() as session:
        now = office.clock.now().astimezone(SEOUL)
        whole = publish.result_of(session, Period(2026, 1), RoundSettings(), "한별시", now, "Asia/Seoul")
    assert "보행로 정비" in str(whole)


def test_a_picture_names_a_secret_task_by_its_number(office: Chat) -> None:
    number = make_secret(office)
    with office.store.read() as session:
        drawn = charting.picture_of(session, office.clock.now().astimezone(SEOUL), "현황", "")
    assert f"#{number} 비공개 과제" in [one.name for one in drawn.projects]
    assert not any("보행로" in one.name for one in drawn.projects)


def test_what_the_log_says_of_a_secret_task_stays_out_of_chat(office: Chat) -> None:
    office.set_privacy(Level.FULL)
    office.say(OFFICER, f"/note {office.number('설계 용역')} {WORDS}")
    make_secret(office)
    said = office.say(PLANNER, f"/audit {office.number('설계 용역')}")[0]
    office.tap(PLANNER, "파일")
    content = next(message.document[1] for _, message in office.send_messages() if message.document)
    assert "사유와 메모" not in said + content.decode("utf-8-sig")


def test_the_same_promise_in_another_plan_is_secret_with_it(office: Chat) -> None:
    office.register(
        task("보행로 정비", "도로과", [OFFICER], entry("설계 마침", date(2026, 9, 30))), title="다른 계획"
    )
    first, second = office.milestone("설계 용역").task_id, office.milestone("설계 마침").task_id
    with office.store.write() as session:
        session.get_one(Task, second).same_as_id = first
    make_secret(office)
    assert office.milestone("설계 마침").is_secret
    office.say(PLANNER, f"/secret {second} 해제")
    assert not office.milestone("설계 용역").is_secret
