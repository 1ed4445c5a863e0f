"""Random and mutated documents: whatever comes, the reader answers with a draft or a PlanError.

Seconds here; GIHAN_CAMPAIGN_S=600 makes it a campaign of ten minutes.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.draft import PlanDraft
from plans.errors import PlanError
from plans.extract import read_draft
from plans.read import plan_of
from plans.readers.child import source_of
from plans.readers.document import read_text
from tests.plans import writers

CAMPAIGN_S = float(os.environ.get("GIHAN_CAMPAIGN_S", "0"))
ROUNDS = 6  # mutated files of each kind without a campaign

WRITERS = {
    ".xlsx": writers.write_xlsx,
    ".docx": writers.write_docx,
    ".hwp": writers.write_hwp,
    ".hwpx": writers.write_hwpx,
    ".pdf": writers.write_pdf,
}
LINES = [
    *("□ 추진일정", "○ 세부 추진사항", "- 가 : 2031. 4.", " - * 나 : '31. 13.", "1-1-① 가나다", "2"),
    *("주관부서\t가과\t관련 협업기관\t-", "담당자\t가나다\t연락처\t000-000-0000", "소요예산\t('31년) 3백만"),
    *("\t3월\t4월\t5월", "가\t●\t\t●", "추진일자\t추진사항", "'31. 4.\t○ 가 - 나('31. 5.)", "계\t1\t2"),
    *("분야\t관리번호\t공약명\t주관부서\t추진상황", "가\t1-1\t① 나\t다과\t완료", "", "Ⅲ. 장", "(((("),
]
documents = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=40).map("\n".join)


@given(documents, st.one_of(st.none(), st.integers(1900, 2100)))
def test_no_text_breaks_the_extraction(text: str, year: int | None) -> None:
    draft = read_draft(text, year)
    assert PlanDraft.model_validate_json(draft.model_dump_json()) == draft
    lines = text.count("\n") + 1
    assert all(1 <= entry.line <= lines for task in draft.tasks for entry in task.milestones)


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_text_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "plan.txt"
    path.write_bytes(data)
    with suppress(PlanError):
        plan_of(source_of(".txt", path).text)


def shuffled(text: str, chance: random.Random) -> str:
    """The text with some lines dropped, doubled, cut or moved."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 60)):
        at = chance.randrange(len(lines))
        act = chance.randrange(4)
        if act == 0 and len(lines) > 1:
            del lines[at]
        elif act == 1:
            lines.insert(at, lines[chance.randrange(len(lines))])
        elif act == 2:
            lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
        else:
            lines[at] = lines[at].replace("\t", " ") + "\t" * chance.randint(0, 3)
    return "\n".join(lines)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, cut out or repeated."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(out))
        act = chance.randrange(3)
        if act == 0:
            out[at] = chance.randrange(256)
        elif act == 1 and len(out) > 64:
            del out[at : at + chance.randint(1, 64)]
        else:
            out[at:at] = out[at : at + chance.randint(1, 64)]
    return bytes(out)


def until_done(rounds: int) -> Callable[[int], bool]:
    """Whether to go on: for the campaign's time, else for some rounds."""
    end = time.monotonic() + CAMPAIGN_S
    return lambda done: time.monotonic() < end if CAMPAIGN_S else done < rounds


@pytest.mark.timeout(max(120, CAMPAIGN_S + 120))
def test_no_shuffled_plan_breaks_the_extraction(sample_plan: Path) -> None:
    text = sample_plan.read_text(encoding="utf-8")
    go_on, done = until_done(30), 0
    while go_on(done):
        draft = read_draft(shuffled(text, random.Random(done)))
        assert all(entry.title for task in draft.tasks for entry in task.milestones)
        done += 1


def test_a_time_under_a_bullet_that_lost_its_words_still_has_a_name(sample_plan: Path) -> None:
    """Found by the campaign, in its 1288th plan."""
    text = sample_plan.read_text(encoding="utf-8")
    draft = read_draft(shuffled(text, random.Random(1288)))
    assert all(entry.title for task in draft.tasks for entry in task.milestones)


@pytest.mark.timeout(max(120, CAMPAIGN_S + 120))
@pytest.mark.parametrize("kind", list(WRITERS))
def test_no_mutated_file_gives_a_traceback(sample_plan: Path, tmp_path: Path, kind: str) -> None:
    text = "\n".join(sample_plan.read_text(encoding="utf-8").split("\n")[:120])
    write = WRITERS[kind]
    write(text, tmp_path / f"whole{kind}")
    whole = (tmp_path / f"whole{kind}").read_bytes()
    go_on, done = until_done(ROUNDS), 0
    while go_on(done):
        (tmp_path / f"plan{kind}").write_bytes(mutated(whole, random.Random(done)))
        with suppress(PlanError):
            assert isinstance(read_text(tmp_path / f"plan{kind}"), str)
        done += 1


RUNAWAYS = (
    "가",
    "1",
    "(",
    "1-",
    "\t",
    "가(3월), ",
    "가 : ",
    "2031. 3. ",
    "1백만원(",
    "1,",
    "일",
    "- ",
    "<ul ",
    "**",
    "'31. ",
)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", RUNAWAYS)
def test_no_line_of_absurd_length_makes_a_pattern_run_away(piece: str) -> None:
    draft = read_draft(f"{CARD}□ 추진일정\n- {piece * (200_000 // len(piece))}\n")
    assert [task.title for task in draft.tasks] == ["하늘길 걷기"]


@pytest.mark.open_door("B6")
@pytest.mark.timeout(60)
def test_a_table_full_of_dates_is_gone_through_once() -> None:
    """Each row asked for the first date of every row, and each date for the rest of its line: minutes for 200 kB."""
    rows = "\n".join(f"'31. {number % 12 + 1}.\t" + "31. 7. " * 100 for number in range(400))
    draft = read_draft(f"{CARD}□ 추진일정\n추진일자\t추진사항\n{rows}\n")
    assert [task.title for task in draft.tasks] == ["하늘길 걷기"]


CARD = "1-1-① 하늘길 걷기\n\n주관부서\t건강과\t관련 협업기관\t-\n담당자\t가나다 주무관\t연락처\t-\n\n"
