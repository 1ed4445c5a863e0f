"""Rounds of the quarterly self-check: from the announcement to corrections after the freeze."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select, update

from jobs.authority.permissions import Deed
from jobs.milestones import completion
from jobs.rounds import freeze, lifecycle
from jobs.rounds.lifecycle import Opening, RoundError
from jobs.rules.policy import Rules
from reports.quarterly.build import build
from reports.quarterly.load import load
from store import rounds as kept
from store.db.engine import Store
from store.db.errors import StoreError
from store.models import SnapshotRow, Task
from store.states import EntryState, PledgeStatus, RoundState
from tests import builders
from tests.builders import BOT
from tests.jobs.round_table import CONTINUING, NOW, ON_TRACK, PARTIAL, Q2, Q3, SETTINGS, RoundTable


@pytest.fixture
def table(store: Store) -> RoundTable:
    return RoundTable(store)


@pytest.fixture
def opened(table: RoundTable) -> tuple[RoundTable, int, list[int]]:
    round_id = table.open()
    return table, round_id, table.ids(round_id)


Opened = tuple[RoundTable, int, list[int]]


def test_beginning_asks_about_every_pledge_with_its_status_of_before(opened: Opened) -> None:
    table, round_id, ids = opened
    assert [table.entry(one).state for one in ids] == [EntryState.ASKED] * 3
    assert table.entry(ids[0]).previous_status is ON_TRACK
    assert table.state(round_id) is RoundState.INPUT


def test_a_quarter_has_one_round(opened: Opened) -> None:
    with pytest.raises(RoundError, match="there-already"):
        opened[0].open()


def test_a_round_with_nothing_to_check_is_refused(store: Store) -> None:
    with pytest.raises(RoundError, match="empty-scope"):
        RoundTable(store, 0).open()


def test_deadlines_in_the_wrong_order_are_refused(table: RoundTable) -> None:
    wrong = Opening(Q2, Q2.last_day, first_due_on=date(2030, 7, 20), second_due_on=date(2030, 7, 9))
    with table.store.write() as session, pytest.raises(RoundError, match="deadlines"):
        lifecycle.announce(table.deed(session), wrong, SETTINGS)


def test_the_round_stands_where_its_last_entry_stands(opened: Opened) -> None:
    table, round_id, ids = opened
    seen = []
    for step in (table.answer, table.confirm, table.sign):
        for one in ids:
            step(one)
        seen.append(table.state(round_id))
    assert seen == [RoundState.LEAD_CHECK, RoundState.HEAD_SIGN, RoundState.EVALUATION]


def test_an_answer_may_be_written_anew_until_it_is_confirmed(opened: Opened) -> None:
    table, _, [first, *_] = opened
    table.answer(first, ON_TRACK)
    table.answer(first, PARTIAL, text="보상 지연")
    assert (table.entry(first).self_status, table.entry(first).results) == (PARTIAL, "보상 지연")
    table.confirm(first)
    with pytest.raises(RoundError, match=r"entry-moved-on.*confirmed"):
        table.answer(first)


def test_nobody_confirms_or_signs_the_own_answer(opened: Opened) -> None:
    table, _, [first, *_] = opened
    table.answer(first, by="팀장")
    with pytest.raises(RoundError, match="own-answer"):
        table.confirm(first, by="팀장")
    table.confirm(first, by="부서장")
    with pytest.raises(RoundError, match="own-answer"):
        table.sign(first, by="팀장")


def test_what_is_sent_back_is_answered_anew_and_holds_the_round(opened: Opened) -> None:
    table, round_id, ids = opened
    for one in ids:
        table.up_to_signed(one)
    table.send_back(ids[1])
    assert (table.entry(ids[1]).state, table.state(round_id)) == (EntryState.SENT_BACK, RoundState.INPUT)
    table.up_to_signed(ids[1])
    assert table.state(round_id) is RoundState.EVALUATION


def test_sending_back_needs_a_reason(opened: Opened) -> None:
    table, _, [first, *_] = opened
    table.answer(first)
    with pytest.raises(RoundError, match="no-reason"):
        table.send_back(first, " ")


def test_an_evaluation_is_reopened_before_the_freeze_only(opened: Opened) -> None:
    table, round_id, ids = opened
    for one in ids:
        table.up_to_signed(one)
        table.evaluate(one)
    table.reopen(ids[0])
    assert table.entry(ids[0]).final_status is None
    table.evaluate(ids[0], PARTIAL)
    table.freeze(round_id)
    with pytest.raises(RoundError, match="closed"):
        table.reopen(ids[0])


def test_a_change_that_the_rules_forbid_is_refused(opened: Opened) -> None:
    table, _, [first, *_] = opened
    table.up_to_signed(first)
    with pytest.raises(RoundError, match="공약조정"):
        table.evaluate(first, PledgeStatus.DROPPED)
    table.evaluate(first, PledgeStatus.DROPPED, has_approved_adjustment=True)


def test_what_a_department_never_sent_is_judged_with_an_opinion(opened: Opened) -> None:
    table, _, [first, *_] = opened
    with pytest.raises(RoundError, match="entry-moved-on"):
        table.evaluate(first)
    with pytest.raises(RoundError, match="no-opinion"):
        table.evaluate(first, is_override=True)
    table.evaluate(first, PARTIAL, is_override=True, opinion="미제출")
    assert table.entry(first).final_status is PARTIAL


def test_a_freeze_waits_for_every_evaluation_and_names_what_is_left(opened: Opened) -> None:
    table, round_id, ids = opened
    for one in ids[:2]:
        table.up_to_signed(one)
        table.evaluate(one)
    with pytest.raises(RoundError, match=r"unevaluated.*1-3"):
        table.freeze(round_id)


def test_the_freeze_sets_the_statuses_and_is_done_once(opened: Opened) -> None:
    table, round_id, _ = opened
    table.play(round_id, ON_TRACK, PARTIAL, CONTINUING)
    assert table.task_statuses() == ["정상추진", "일부추진", "이행 후 계속추진"]
    assert [one.status for one in table.rows(round_id)] == [ON_TRACK, PARTIAL, CONTINUING]
    with pytest.raises(RoundError, match=r"wrong-state.*evaluation"):
        table.freeze(round_id)


def test_a_milestone_done_never_makes_a_pledge_complete(table: RoundTable, rules: Rules) -> None:
    with table.store.write() as session:
        task = session.scalars(select(Task).limit(1)).one()
        one = builders.milestone(session, task, date(2030, 7, 1))
        completion.finish(Deed(session, BOT, NOW, rules), one, date(2030, 7, 1), None)
    assert table.task_statuses() == ["정상추진"] * 3


def test_a_frozen_row_refuses_changes(opened: Opened) -> None:
    table, round_id, _ = opened
    table.play(round_id, ON_TRACK, ON_TRACK, ON_TRACK)
    with pytest.raises(StoreError, match="frozen"), table.store.write() as session:
        kept.rows(session, round_id)[0].status = PARTIAL
    with pytest.raises(StoreError, match="frozen"), table.store.write() as session:
        session.execute(update(SnapshotRow).values(title="x"))


def test_a_correction_keeps_both_values_and_the_task_follows(opened: Opened) -> None:
    table, round_id, _ = opened
    table.play(round_id, ON_TRACK, ON_TRACK, ON_TRACK)
    [row, *_] = table.rows(round_id)
    table.correct(row.id, "이행후계속")
    [row, *_] = table.rows(round_id)
    assert [(one.before, one.after) for one in row.corrections] == [("정상추진", "이행 후 계속추진")]
    assert row.status is ON_TRACK
    assert table.task_statuses()[0] == "이행 후 계속추진"


@pytest.mark.parametrize(
    ("field", "after", "reason", "word"),
    [
        ("status", "다 됨", "x", "no-status"),
        ("status", "정상추진", "x", "same-already"),
        ("status", "완료", " ", "no-reason"),
        ("position", "3", "x", "no-field"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    opened: Opened, field: str, after: str, reason: str, word: str
) -> None:
    table, round_id, _ = opened
    table.play(round_id, ON_TRACK, ON_TRACK, ON_TRACK)
    with pytest.raises(RoundError, match=word):
        table.correct(table.rows(round_id)[0].id, after, field, reason)


def test_notice_and_publication_follow_in_order(opened: Opened) -> None:
    table, round_id, _ = opened
    table.play(round_id, ON_TRACK, ON_TRACK, ON_TRACK)
    with table.store.write() as session, pytest.raises(RoundError, match=r"wrong-state.*notified"):
        freeze.publish(table.deed(session), round_id)
    with table.store.write() as session:
        freeze.notify(table.deed(session), round_id)
        freeze.publish(table.deed(session), round_id)
    assert table.state(round_id) is RoundState.PUBLISHED


def test_the_next_quarter_is_prefilled_and_lists_the_right_changes(opened: Opened) -> None:
    table, round_id, _ = opened
    table.play(round_id, ON_TRACK, CONTINUING, ON_TRACK)
    second = table.open(Q3)
    first = table.entry(table.ids(second)[1])
    assert first.previous_status is CONTINUING
    with table.store.read() as session:
        entry = kept.entry(session, first.id)
        assert entry is not None
        texts = lifecycle.last_texts(session, entry)
        assert texts is not None and texts.results == "착공"
    table.play(second, CONTINUING, PARTIAL, ON_TRACK)
    with table.store.read() as session:
        loaded = load(session, Q3, SETTINGS)
        assert loaded is not None
        result = build(loaded.quarter, loaded.previous, loaded.settings, "한별시", NOW, "Asia/Seoul")
    assert result.previous is not None
    moves = {one.row.no: (one.before, one.after) for one in result.previous.changes.moves}
    assert moves == {"1-1": (ON_TRACK, CONTINUING), "1-2": (CONTINUING, PARTIAL)}


def test_two_who_confirm_at_once_have_one_outcome(opened: Opened) -> None:
    table, _, [first, *_] = opened
    table.answer(first)

    def confirmed(name: str) -> bool:
        try:
            table.confirm(first, by=name)
        except RoundError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(confirmed, ["팀장", "부서장"])) == [False, True]
    assert table.actions().count("entry-confirmed") == 1


def test_every_step_is_in_the_log(opened: Opened) -> None:
    table, round_id, _ = opened
    table.play(round_id, ON_TRACK, ON_TRACK, CONTINUING)
    steps = ["entry-answered", "entry-confirmed", "entry-signed", "entry-evaluated"] * 3
    assert table.actions() == ["round-announced", "round-begun", *steps, "pledge-status", "round-frozen"]


def test_who_has_yet_to_answer_is_told_and_who_is_late(opened: Opened) -> None:
    table, round_id, ids = opened
    table.answer(ids[0])
    with table.store.read() as session:
        left = [one for one in kept.entries(session, round_id) if one.state in kept.UNANSWERED]
        of = kept.locked(session, round_id)
        assert of is not None
        assert [one.id for one in left] == ids[1:]
        assert kept.states(session, round_id)[EntryState.ANSWERED] == 1
        assert not lifecycle.is_late(of, date(2031, 1, 9), None)
        assert lifecycle.is_late(of, date(2031, 1, 10), None)


def test_the_settings_of_the_freeze_hold_for_its_report(opened: Opened) -> None:
    table, round_id, _ = opened
    table.play(round_id, ON_TRACK, CONTINUING, ON_TRACK)
    with table.store.read() as session:
        loaded = load(session, Q2, SETTINGS.model_copy(update={"decimals": 0}))
    assert loaded is not None and loaded.settings.decimals == 1


def test_a_comment_is_edited_until_it_is_published(opened: Opened) -> None:
    table, round_id, _ = opened
    table.play(round_id, ON_TRACK, ON_TRACK, ON_TRACK)
    with table.store.write() as session:
        freeze.set_comment(table.deed(session), round_id, "순조롭게 추진 중임.")
    with table.store.read() as session:
        loaded = load(session, Q2, SETTINGS)
    assert loaded is not None and list(loaded.quarter.comment) == ["순조롭게 추진 중임."]
