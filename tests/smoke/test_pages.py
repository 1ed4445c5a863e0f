"""The commands that README.md, README.ko.md and the operator's tutorial show, typed as they stand there, up to the first
reminder: in one new folder, installed once, against the stand-in."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.texts.render import label
from tests.shell import others
from tests.smoke.conftest import SAMPLE_PLAN
from tests.smoke.harness import ROOT, TOKEN, Person, Telegram
from tests.smoke.terminal import Reply, Terminal, blocks, commands

pytestmark = [pytest.mark.smoke, pytest.mark.long, pytest.mark.timeout(1800)]
MORNING, FIRST = "2026-06-29T08:00:00+09:00", "2026-06-29T09:10:00+09:00"
LINK = re.compile(r"https://t\.me/\w+\?start=(\S+)")
PLANNER, OFFICER = "최기획", "심청"  # the officer of the sample has something due in those days
README, KOREAN, TUTORIAL = (ROOT / name for name in ("README.md", "README.ko.md", "docs/operation.md"))


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What a stranger has who has cloned the project, with what was changed here since."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: nothing to clone from")
    folder = tmp_path / "gihan"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    changed = subprocess.run(
        ["git", "diff", "--binary", "HEAD"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    if changed:
        subprocess.run(["git", "apply"], cwd=folder, input=changed, check=True)
    return folder


@dataclass
class Reader:
    """Somebody at a terminal in the clone; only where Telegram is and what time it is differ from a real one."""

    terminal: Terminal
    telegram: Telegram

    def follows(self, block: str) -> list[Person]:
        """All lines are typed; once the bot runs, planner and officer press the links that were printed for them."""
        people, links, is_running = list[Person](), "", False
        for line in commands(block):
            links += self.terminal.run(line, self.answers())
            is_running = is_running or "gihan run" in line
            if is_running:
                people += self.pressed(links)
                links = ""
        return people

    def answers(self) -> Reply:
        """What a new operator says to what is asked."""
        said = {
            label("cli.init.ask.language"): "",
            label("cli.init.ask.name"): "한별시",
            label("cli.init.ask.timezone"): "",
            label("cli.init.ask.token"): TOKEN,
            label("cli.init.ask.planner"): PLANNER,
            label("cli.init.ask.department"): "기획예산과",
            label("cli.import.ask"): "y",
        }

        def reply(shown: str) -> str | None:
            if word := re.search(r" (\d{6}) 라고", shown):
                self.telegram.post("send", person=self.person("정운영"), text=word[1])
                return ""
            if not shown.endswith(": "):  # what is typed before is lost where a secret is asked for
                return None
            return next((f"{answer}\n" for question, answer in said.items() if question in shown), None)

        return reply

    def person(self, name: str, **facts: int) -> int:
        return int(self.telegram.post("persons", name=name, **facts)["id"])

    def pressed(self, printed: str) -> list[Person]:
        """Who was welcomed. The name stands in the line of the link or in that before."""
        people = list[Person]()
        for link in LINK.finditer(printed):
            said = " ".join(printed[: link.start()].splitlines()[-2:])
            if name := next((one for one in (PLANNER, OFFICER) if f"{one} " in said), None):
                people.append(Person(self.telegram, self.person(name)))
                people[-1].ask(f"/start {link[1]}")
        return people

    def reminded(self, people: list[Person]) -> list[bool]:
        """Whether the first morning brings each of them a message."""
        before = [len(one.received()) for one in people]
        self.telegram.move_to(FIRST)
        return [len(one.received()) > count for one, count in zip(people, before, strict=True)]

    def opens_the_page(self, block: str) -> None:
        """`make demo` until the page has brought its officer a first reminder; then Ctrl+C."""
        played: list[int] = []

        def play(shown: str) -> str | None:
            found = re.search(r"대화 화면: (http://\S+)", shown)
            if found is None or played:
                return None
            played.append(reminders_of(found[1]))
            return "\x03"

        assert commands(block) == ["make demo", "make test"]
        self.terminal.run("make demo", play, code=None)
        assert played == [1]

    def goes_live(self, block: str) -> None:
        people = self.follows(block)
        assert len(people) == 2
        assert self.reminded(people) == [True, True]
        assert label("cli.doctor.well") in self.terminal.shown
        assert not [word for word in (TOKEN, "Traceback") if word in self.terminal.shown]


def reminders_of(page: str) -> int:
    """How many messages [다음 알림까지] brings the officer, who is the last to sit down."""
    with httpx.Client(base_url=page, timeout=120, trust_env=False) as client:

        def received() -> int:
            chat = client.get("/sandbox/state").json()["chats"][-1]
            return sum(one["from"]["is_bot"] for one in chat["messages"])

        before = received()
        assert client.post("/sandbox/clock", json={"next": True}).status_code == 200
        return received() - before


@contextmanager
def reading(clone: Path, start: Path) -> Iterator[Reader]:
    """At a terminal in the clone as it came, but for what is installed."""
    subprocess.run(["git", "clean", "-qfdx", "-e", ".venv"], cwd=clone, check=True)
    telegram = Telegram(start, MORNING)
    own = {
        "GIHAN_TELEGRAM__API_BASE": telegram.url,
        "GIHAN_CLOCK__FILE": str(telegram.clock_file),
        "GIHAN_WEB__LISTEN": "127.0.0.1:0",
        "LC_ALL": "ko_KR.UTF-8",
        "BROWSER": "true",
        "PYTHON": sys.executable,
    }
    usual = {key: value for key, value in others().items() if key != "PYTHONDONTWRITEBYTECODE"}
    terminal = Terminal(clone, usual | own)
    try:
        yield Reader(terminal, telegram)
    finally:
        terminal.close()
        telegram.close()


def test_the_commands_of_the_pages_bring_a_first_reminder(clone: Path, tmp_path: Path) -> None:
    """One after the other, for they share what the first has installed."""
    for page in (README, KOREAN):
        with reading(clone, tmp_path) as reader:
            demo, live = blocks(page)
            reader.opens_the_page(demo)
            plan = re.search(r"import (\S+)", live)
            assert plan is not None
            shutil.copy(SAMPLE_PLAN, clone / plan[1])
            reader.goes_live(live)
    with reading(clone, tmp_path) as reader:
        follow_the_tutorial(reader, tmp_path / "city")


def follow_the_tutorial(reader: Reader, city: Path) -> None:
    """Only the folder is another than the page says."""
    [asked] = [one for one in blocks(TUTORIAL, "toml") if "planner" in one]
    [block] = [one for one in blocks(TUTORIAL) if "--answers" in one]
    city.mkdir()
    (city / "답.toml").write_text(asked, encoding="utf-8")
    (city / "token").write_text(f"{TOKEN}\n")
    shutil.copy(SAMPLE_PLAN, city / "계획.txt")
    chat = re.search(r"admin_chat_id = (\d+)", asked)
    assert chat is not None
    reader.person("정운영", id=int(chat[1]), started=True)
    reader.terminal.run("PATH=$PWD/.venv/bin:$PATH")
    reader.goes_live(block.replace("/srv/gihan", str(city)))
    assert stat.S_IMODE((city / "secrets" / "token").stat().st_mode) == 0o600
