"""The house itself: what the wheel holds, what the docs speak of, which room makes text."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from bot.audit.words import action_words
from bot.chat.turn import Turn
from bot.cli.commands import COMMANDS as LINES
from bot.cli.commands import Entry, told
from bot.routing.registry import COMMANDS, PRESSES

ROOT = Path(__file__).parents[2]
NOT_PYTHON = {
    "bot/texts/ko/digest/digest.txt",
    "bot/texts/ko/plans/findings.toml",
    "reports/texts/ko/result.html",
    "reports/texts/ko/result.toml",
    "sandbox/sample/plan.txt",
    "sandbox/sample/town.toml",
    "sandbox/sample/en/plan.txt",
    "sandbox/sample/en/town.toml",
    "sandbox/page/app.js",
    "sandbox/texts/ko/index.html",
    "sandbox/texts/ko/lines.toml",
    "sandbox/texts/ko/page.js",
}
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")
ROOMS = {"bot", "gihan", "jobs", "plans", "reports", "sandbox", "store"}


def test_the_wheel_has_the_rooms_and_nothing_else(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    files = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.split("/")[0] for name in files}
    assert {name for name in tops if not name.endswith((".dist-info", ".data"))} == ROOMS
    assert files >= NOT_PYTHON
    shared = {name.partition("/share/gihan/")[2] for name in files if ".data/" in name}
    assert shared == {
        "config.example.toml",
        "config.example.en.toml",
        "operation.md",
        "operation.en.md",
        *(f"ops/{one.name}" for one in (ROOT / "ops").iterdir()),
    }


def commands() -> dict[str, Entry]:
    """Those of the command line by their whole names."""
    found: dict[str, Entry] = {}
    for name, one in LINES.items():
        inner = (
            {name: one} if isinstance(one, Entry) else {f"{name} {it}": one.entries[it] for it in one.entries}
        )
        found |= inner
    return found


@pytest.mark.parametrize("name", commands())
def test_every_command_lies_where_the_table_says_and_its_help_stands_there_alone(name: str) -> None:
    one = commands()[name]
    key = f"cli.help.{name.replace(' ', '.')}"
    assert one.load(name.rpartition(" ")[2], key).help == told(key)
    module, _, function = one.place.partition(":")
    if not function.endswith("()"):  # which makes a command by its name
        assert not getattr(import_module(f"bot.cli.{module}"), function).__doc__


def test_help_and_completion_load_no_command(tmp_path: Path) -> None:
    asked = [
        (["--help"], {}),
        ([], {"_GIHAN_COMPLETE": "complete_bash", "COMP_WORDS": "gihan st", "COMP_CWORD": "1"}),
    ]
    for words, more in asked:
        script = f"import sys; sys.argv = ['gihan', *{words}]\n" + LOADED
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, env=os.environ | more, capture_output=True, text=True, check=True
        )  # fmt: skip
        assert "status" in done.stdout
        assert done.stderr.split() == [
            *("bot", "bot.cli", "bot.cli.commands", "bot.cli.help_page", "bot.cli.language", "bot.cli.main"),
            *("bot.cli.typed", "bot.settings_file", "bot.texts", "bot.texts.terminal"),
        ]


LOADED = """
import atexit
from gihan.__main__ import main
ours = ("bot", "jobs", "store", "sqlalchemy")
atexit.register(lambda: print(*sorted(one for one in sys.modules if one.split(".")[0] in ours), file=sys.stderr))
main()
"""


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_every_command_is_in_the_readme(name: str) -> None:
    readme = (ROOT / name).read_text(encoding="utf-8")
    assert [name for name in commands() if f"gihan {name}" not in readme] == []
    assert [one.name for one in COMMANDS if f"/{one.name}" not in readme] == []


@pytest.mark.pitfall(16)
def test_every_button_verb_fits_into_the_data() -> None:
    assert all(len(f"v1|{verb}|999999999999|999999999999".encode()) <= 64 for verb in PRESSES)


def test_only_the_listed_event_kinds_are_ever_told() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    told = set(re.findall(r'turn\.tell(?:_of)?\((?:\s*[\w.]+,){1,2}\s*"([a-z-]+)"', source))
    listed = (ROOT / "docs/decisions/0004-one-message-a-day.md").read_text(encoding="utf-8")
    assert told
    assert told <= set(re.findall(r"^\| `([a-z-]+)` \|", listed, re.MULTILINE))
    assert Turn.tell.__doc__


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index" not in lock
    assert lock.count("--hash=sha256:") > lock.count("==") - lock.count("_version ==")


def test_what_runs_is_locked_apart_from_the_checks_and_by_the_same_versions() -> None:
    runs, builds, checks = (pinned((ROOT / name).read_text(encoding="utf-8")) for name in LOCKS)
    assert runs < checks and builds < checks
    assert {"mypy", "pytest", "ruff", "hatchling"} & {name for name, _ in runs} == set()
    assert {"hatchling", "editables"} <= {name for name, _ in builds}


def pinned(lock: str) -> set[tuple[str, str]]:
    return set(re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE))


def test_every_reader_is_part_of_the_default_installation() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.match(r"[\w.-]+", one)[0] for one in project["dependencies"]}  # type: ignore[index]
    assert wanted >= {"dochan", "openpyxl", "pdfminer.six", "pypdfium2", "python-calamine", "python-docx"}


def test_message_text_is_made_in_one_place() -> None:
    makers = [
        str(path.relative_to(ROOT))
        for room in ("bot", "jobs")
        for path in (ROOT / room).rglob("*.py")
        if "jinja2" in path.read_text(encoding="utf-8")
    ]
    assert makers == ["bot/texts/render.py"]


def test_every_decision_is_numbered_and_listed() -> None:
    """Each number once; one that is kept for a decision still to be written may be missing for a while."""
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))
    assert all(number.isdigit() for number in numbers)


FEATURE = re.compile(r"\| (\d+) \| [^|]+ \| (있음|일부|아직|제외) \| ([^|]+) \| (?:`([^`]+)`|–) \|")


def features() -> list[tuple[str, str, str, str]]:
    lines = (ROOT / "docs" / "features.md").read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := FEATURE.fullmatch(line))]
    return [(one[1], one[2], one[3], one[4] or "") for one in found]


def test_every_feature_has_its_line() -> None:
    assert [int(number) for number, *_ in features()] == list(range(1, 76))


def test_what_is_there_names_a_test_that_exists_and_what_is_not_names_none() -> None:
    for number, state, _, test in features():
        assert bool(test) is (state in {"있음", "일부"}), number
        path, _, name = test.partition("::")
        if test:
            assert (ROOT / path).is_file(), test
            assert name and f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), test


def test_features_name_commands_that_exist() -> None:
    named = {word for _, _, said, _ in features() for word in re.findall(r"`/([a-z]+)", said)}
    assert named <= {one.name for one in COMMANDS}


WRITERS = {"record", "_record", "apply", "change", "remark", "_step", "log", "move", "finish", "_move"}


def actions_in(node: ast.Call) -> Iterator[str]:
    """What the call writes into the log: words with hyphens given to whoever writes, or as `action=`."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = [*(node.args if name in WRITERS else []), *(k.value for k in node.keywords if k.arg == "action")]
    for one in given:
        if isinstance(one, ast.Constant) and re.fullmatch(r"[a-z]+(-[a-z]+)*", str(one.value)):
            yield str(one.value)


def test_every_kind_of_change_in_the_log_has_a_korean_word() -> None:
    files = (path for room in ("bot", "jobs", "store") for path in (ROOT / room).rglob("*.py"))
    calls = (one for path in files for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    written = {word for one in calls if isinstance(one, ast.Call) for word in actions_in(one)}
    assert {"done", "delay-catch-up", "round-frozen"} <= written
    assert written - action_words().keys() == set()
    assert len(set(action_words().values())) == len(action_words())


def test_decision_7_says_why_of_every_dependency_and_of_nothing_else() -> None:
    file = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    more = [*file["project"]["optional-dependencies"].values(), *file["dependency-groups"].values()]
    wanted = [*file["project"]["dependencies"], *(one for extra in more for one in extra)]
    table = (ROOT / "docs" / "decisions" / "0007-dependencies.md").read_text(encoding="utf-8")
    told = " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| "))
    named = set(re.findall(r"[a-z][a-z0-9-]+", re.sub(r"\([^,()]*\)", "", told))) - {"package"}
    assert named == {re.match(r"[a-z0-9-]+", one.lower())[0] for one in wanted}  # type: ignore[index]
