"""A foreign file is understood in a process of its own, which can harm nobody and ends in time."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import get_args

import openpyxl
import pytest

from bot.texts import plan_words
from plans.errors import PlanError
from plans.read import MOST_TASKS, read_any, read_plan
from plans.readers import child, document, processes
from plans.readers.answer import Request, Wanted
from plans.readers.formats import kind_of
from plans.readers.processes import PROCESSES
from plans.sheet.handover import HandoverList
from tests.plans import writers

CARD = "1-1-① 하늘길 걷기\n\n주관부서\t건강과\t관련 협업기관\t-\n담당자\t가나다 주무관\t연락처\t-\n\n"


def refusal(path: Path) -> str:
    with pytest.raises(PlanError) as caught:
        read_any(path)
    return plan_words.refusal(caught.value)


InPlace = Callable[[str], None]


@pytest.fixture
def put_in_place_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[InPlace]:
    """A program that the forked process runs instead."""

    def put(program: str) -> None:
        served = f"from plans.readers import fork_server\nfork_server.main(lambda request: exec({program!r}, {{}}) or 0)"
        monkeypatch.setattr(processes, "COMMAND", [sys.executable, "-I", "-c", served])
        PROCESSES.stop()

    yield put
    PROCESSES.stop()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(f"2026년 실행계획\n\n{CARD}□ 추진일정\n- 착공 : 2026. 7. 20.\n", encoding="utf-8")
    return path


@pytest.mark.open_door("B6")
def test_the_reader_of_every_kind_is_another_process(plan: Path, put_in_place_of_the_reader: InPlace) -> None:
    put_in_place_of_the_reader("import sys; sys.exit(3)")
    for kind in child.READERS:
        copy = plan.with_suffix(kind)
        copy.write_bytes(plan.read_bytes())
        assert "손상" in refusal(copy)


@pytest.mark.open_door("B6")
def test_a_reader_that_never_ends_is_ended(
    plan: Path, put_in_place_of_the_reader: InPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place_of_the_reader("import time; time.sleep(600)")
    monkeypatch.setattr(document, "WALL_S", 0.2)
    assert "오래 걸려" in refusal(plan)


@pytest.mark.long
@pytest.mark.open_door("B6", "B7")
def test_a_reader_that_only_reckons_is_ended_by_the_kernel(
    plan: Path, put_in_place_of_the_reader: InPlace
) -> None:
    confined = "from plans.readers import child; child.CPU_BASE_S = 1; child.confine(0)\nwhile True: pass"
    put_in_place_of_the_reader(confined)
    assert "오래 걸려" in refusal(plan)


@pytest.mark.open_door("B7")
def test_a_reader_that_says_too_much_is_not_listened_to(
    plan: Path, put_in_place_of_the_reader: InPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place_of_the_reader("import sys\nwhile True: sys.stdout.write('x' * 65536)")
    monkeypatch.setattr(document, "MOST_BYTES", 1_000_000)
    assert "너무 커서" in refusal(plan)


@pytest.mark.open_door("B7")
def test_a_small_sheet_that_unfolds_into_gigabytes_is_refused(tmp_path: Path) -> None:
    """One long text, shared by ten thousand cells: 35 kB in the archive."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(10_000):
        sheet.append(["WORD"])
    book.save(tmp_path / "whole.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as old,
        zipfile.ZipFile(tmp_path / "plan.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            new.writestr(one, old.read(one).replace(b"WORD", "가".encode() * 32_000))
    message = refusal(tmp_path / "plan.xlsx")
    assert message.startswith(("문서가 너무", "압축을 풀면", "파일을 읽는 데"))


@pytest.mark.open_door("D1")
def test_the_reader_has_no_secret_in_its_environment(
    plan: Path, put_in_place_of_the_reader: InPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIHAN_TELEGRAM__TOKEN", "123456:secret")
    began_with = "open('/proc/self/environ').read().split(chr(0))"
    program = f"import json, os; print(json.dumps({{'text': json.dumps([*os.environ, *{began_with}])}}))"
    put_in_place_of_the_reader(program)
    names = {one.partition("=")[0] for one in json.loads(document.read_text(plan))}
    assert names - {""} <= {"PATH", "LANG", "LC_CTYPE"}


@pytest.mark.open_door("D1")
def test_the_reader_holds_the_file_and_its_answer_and_nothing_else(
    plan: Path, put_in_place_of_the_reader: InPlace
) -> None:
    """Neither the way to the server nor the files of others that are read beside it."""
    counted = "[one for one in range(3, 4096) if os.path.exists(f'/proc/self/fd/{one}')]"
    put_in_place_of_the_reader(f"import json, os; print(json.dumps({{'text': json.dumps({counted})}}))")
    assert json.loads(document.read_text(plan)) == []


def server_of_this_process() -> int:
    assert PROCESSES._server is not None
    return PROCESSES._server[0].pid


def test_the_readers_are_loaded_once_for_several_files(plan: Path) -> None:
    read_plan(plan)
    server = server_of_this_process()
    assert read_plan(plan).tasks
    assert server_of_this_process() == server


def test_what_the_server_loads_starts_no_thread() -> None:
    """A fork takes one thread along; a lock that another held would be held for ever."""
    requests = [
        Request(wanted=wanted, kind=kind, size=0) for wanted in get_args(Wanted) for kind in child.READERS
    ]
    names = sorted({name for request in requests for name in child.needed(request)})
    program = f"import importlib, os\nfor one in {names}: importlib.import_module(one)\nprint(len(os.listdir('/proc/self/task')))"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"1"]


def test_a_server_that_was_killed_is_started_anew(plan: Path) -> None:
    read_plan(plan)
    killed = server_of_this_process()
    os.kill(killed, signal.SIGKILL)
    assert read_plan(plan).tasks
    assert server_of_this_process() != killed


def test_a_server_that_never_begins_is_one_sentence(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    PROCESSES.stop()
    monkeypatch.setattr(processes, "COMMAND", [sys.executable, "-I", "-c", "raise SystemExit"])
    assert refusal(plan).endswith("십시오.")


def test_the_server_ends_when_nothing_was_read_for_a_while(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "IDLE_S", 0.1)
    read_plan(plan)
    until(lambda: PROCESSES._server is None)
    assert read_plan(plan).tasks


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("never")


@pytest.mark.open_door("B6")
def test_when_who_asked_is_killed_its_readers_end(plan: Path, tmp_path: Path) -> None:
    """The server and the process that reads, whatever they are at."""
    child_says = tmp_path / "pids"
    work = f"import os, time; open({str(child_says)!r}, 'w').write(f'{{os.getppid()}} {{os.getpid()}}.'); time.sleep(600)"
    served = f"from plans.readers import fork_server; fork_server.main(lambda request: exec({work!r}))"
    asks = (
        "import sys; from pathlib import Path; from plans.readers import document, processes\n"
        f"processes.COMMAND = [sys.executable, '-I', '-c', {served!r}]\ndocument.read_text(Path({str(plan)!r}))"
    )
    asker = subprocess.Popen([sys.executable, "-c", asks])
    until(lambda: child_says.exists() and child_says.read_text().endswith("."))
    asker.kill()
    asker.wait()
    pids = child_says.read_text().rstrip(".").split()
    until(lambda: not any(is_alive(pid) for pid in pids))


def is_alive(pid: str) -> bool:
    """Not a zombie either, where nobody here reaps the orphans."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.fixture
def listening() -> Iterator[int]:
    """The port of a server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.open_door("D1")
@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', {port}), 2)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('/tmp/gihan-should-not-be', 'w').write('x' * 100_000)",
    ],
)
def test_the_reader_can_neither_call_nor_start_nor_write(listening: int, deed: str) -> None:
    program = (
        f"from plans.readers import child; child.confine(0)\n{deed.format(port=listening)}\nprint('done')"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=False)
    Path("/tmp/gihan-should-not-be").unlink(missing_ok=True)
    assert done.returncode != 0
    assert b"done" not in done.stdout


def test_the_reader_takes_memory_and_time_by_the_size_of_the_file() -> None:
    assert [child.cpu_s(size * child.MB // 2) for size in (0, 1, 2, 99)] == [60, 120, 180, child.CPU_MOST_S]


@pytest.mark.open_door("B6")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plan.md", "-" * 300_000 + "|x"),
        ("plan.md", "|" + "--|" * 100_000 + "x"),
        ("plan.csv", "가" + "," * 100_000 + "나\n" + "a,b\n" * 25_000),
        ("plan.txt", "a\tb\n" * 1_200_000),
        ("plan.txt", "\n" * 2_000_000 + "가"),
        ("plan.txt", "\n" * 90_000 + "가"),
        ("plan.txt", "a\tb\n" * 20_000),
    ],
)
def test_texts_that_took_minutes_are_answered(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    message = refusal(path)
    assert "오래 걸려" not in message
    assert message.endswith("십시오.")


def test_a_plan_of_too_many_tasks_says_how_many_are_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    cards = (
        CARD.replace("1-1-①", f"1-{number}").replace("걷기", f"걷기 {number}") for number in range(1, 2100)
    )
    path.write_text(f"2026년 실행계획\n\n{''.join(cards)}", encoding="utf-8")
    assert f"과제 {MOST_TASKS:,}개" in refusal(path)


@pytest.mark.open_door("B5")
@pytest.mark.parametrize("name", ["plan", "plan.²", "가" * 300, ".", "plan." + "x" * 200, "plan.txt\n.exe"])
def test_a_file_of_an_odd_name_is_refused_with_the_kinds_that_are_read(name: str) -> None:
    with pytest.raises(PlanError) as caught:
        kind_of(Path("/nowhere") / name)
    assert ".hwpx" in plan_words.refusal(caught.value)


def test_a_hand_over_list_is_told_from_a_plan(plan: Path) -> None:
    listed = plan.with_name("list.csv")
    listed.write_text("전임자,후임자,기준일\n김하늘,이바다,2026. 7. 6.\n", encoding="utf-8")
    found = read_any(listed)
    assert isinstance(found, HandoverList)
    assert [row.taker for row in found.rows] == ["이바다"]
    assert not isinstance(read_any(plan), HandoverList)


def test_progress_comes_from_the_other_process(plan: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    read_plan(plan, progress=lambda *told: seen.append(told))
    assert seen[-1][0] == seen[-1][1] > 0
    assert {unit for *_, unit in seen} == {"line"}


def test_the_progress_of_a_pdf_counts_its_pages_first(plan: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    writers.write_pdf("\n" * 200 + plan.read_text(encoding="utf-8"), plan.with_suffix(".pdf"))
    read_plan(plan.with_suffix(".pdf"), progress=lambda *told: seen.append(told))
    assert [told for told in seen if told[2] == "page"] == [(number, 5, "page") for number in range(1, 6)]
    assert seen[-1][2] == "line"


def test_pages_lengthen_the_time_that_is_given() -> None:
    assert [child.cpu_s(0, pages) for pages in (0, 40, 9_999)] == [60, 100, child.CPU_MOST_S]


def test_who_takes_too_long_says_how_far_it_came(plan: Path, put_in_place_of_the_reader: InPlace) -> None:
    program = "import os, signal; print('3 40 page', flush=True); os.kill(os.getpid(), signal.SIGXCPU)"
    put_in_place_of_the_reader(program)
    assert "(40쪽 가운데 3쪽까지)" in refusal(plan)


def test_two_readings_do_not_disturb_each_other(plan: Path) -> None:
    titles: list[str] = []
    threads = [
        threading.Thread(target=lambda: titles.append(read_plan(plan).tasks[0].title)) for _ in range(2)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert titles == ["하늘길 걷기", "하늘길 걷기"]


@pytest.mark.open_door("C4")
def test_a_title_reaches_nobody_with_what_a_terminal_obeys(plan: Path) -> None:
    text = plan.read_text(encoding="utf-8").replace(
        "하늘길", "하\x1b[2J\x07늘\u202e길\u200b \U0001f469\u200d\U0001f4bb"
    )
    plan.write_text(text + "- 점검 : 2026. 9. 1.\n" * 20, encoding="utf-8")
    assert read_plan(plan).tasks[0].title == "하 [2J 늘길 \U0001f469\u200d\U0001f4bb 걷기"


@pytest.mark.open_door("kind E")
def test_a_plan_in_decomposed_letters_is_read(plan: Path) -> None:
    plan.write_text(unicodedata.normalize("NFD", plan.read_text(encoding="utf-8")), encoding="utf-8")
    assert read_plan(plan).tasks[0].title == "하늘길 걷기"


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_day_of_no_persons_life_is_told_and_left_out(plan: Path, year: str) -> None:
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("2026. 7. 20.", f"{year}. 7. 20."), encoding="utf-8"
    )
    draft = read_plan(plan)
    assert all(
        window.due is None or 1900 <= window.due.year < 2200
        for task in draft.tasks
        for entry in task.milestones
        for window in entry.windows
    )


def test_the_reader_gives_way_to_whoever_answers_people() -> None:
    program = "import os; from plans.readers import child; child.confine(0); print(os.nice(0))"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True)
    assert int(done.stdout) == min(19, os.nice(0) + child.NICENESS)
