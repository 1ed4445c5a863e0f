"""What lets others use the project and join it: licence, security, contributing, hooks and CI are there, and true."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPEN = (
    *("LICENSE", "NOTICE", "SECURITY.md", "CONTRIBUTING.md", ".pre-commit-config.yaml"),
    *(".github/workflows/ci.yml", ".github/ISSUE_TEMPLATE/bug.md", ".github/ISSUE_TEMPLATE/feature.md"),
)
HELD_BY = (  # what fails where a step was forgotten, besides the command's own tests
    "tests/bot/left",
    "tests/bot/privacy/test_privacy.py::test_every_template_says_of_which_kind_it_is_and_every_fact_has_its_place_in_the_table",
    "tests/bot/privacy/test_privacy.py::test_the_docs_print_the_table_as_it_is",
    "tests/bot/routing/test_permissions.py::test_the_docs_print_the_table",
    "tests/bot/speech/test_reading.py",
    "tests/bot/texts/test_lines.py",
    "tests/house/test_house.py::test_every_command_is_in_the_readme",
    "tests/house/test_literals.py",
    "tests/messages",
)
STEP = re.compile(r"^ +\| `([^`|]+)` \| (`+) ?([^|]+?) ?\2 \| (`+)( ?[^|]+?) ?\4 \| [^|]+ \|$", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_licence_is_whole_and_the_package_says_so() -> None:
    licence, project = read("LICENSE"), tomllib.loads(read("pyproject.toml"))["project"]
    assert "Version 2.0, January 2004" in licence and "END OF TERMS AND CONDITIONS" in licence
    assert (project["license"], project["authors"]) == ("Apache-2.0", [{"name": "The Gihan project"}])
    assert {ROOT / one for one in project["license-files"]} == {ROOT / "LICENSE", ROOT / "NOTICE"}


def test_the_notice_names_what_is_used_under_a_stricter_licence() -> None:
    for one in distributions():
        said = f"{one.metadata['License-Expression']} {one.metadata.get_all('Classifier')}"
        if re.search(r"GPL|MPL|GNU|Mozilla", said):
            assert re.search(rf"\b{re.escape(one.name)}\b", read("NOTICE")), one.name


@pytest.mark.parametrize("name", OPEN)
def test_what_invites_others_is_there_and_names_no_address_that_nobody_answers(name: str) -> None:
    text = read(name)
    addresses = set(re.findall(r"https?://[^\s)>\"]+|[\w.+-]+@[\w-]+\.[\w.]+", text))
    assert {one for one in addresses if not one.startswith("http://www.apache.org/licenses/")} == set()


@pytest.mark.parametrize("name", OPEN)
def test_every_file_that_they_name_exists(name: str) -> None:
    text = read(name)
    named = {*re.findall(r"`([\w./-]+/[\w./-]*)`", text), *re.findall(r"\]\(([^)#:]+)\)", text)}
    assert [one for one in sorted(named) if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("kind", ["bug", "feature"])
def test_issues_ask_for_the_doctor_and_for_no_names(kind: str) -> None:
    text = read(f".github/ISSUE_TEMPLATE/{kind}.md")
    assert "gihan doctor" in text
    assert "No names" in text and "이름" in text


def test_ci_is_the_projects_own_and_hooks_fetch_nothing() -> None:
    assert "- run: .ci/run" in read(".github/workflows/ci.yml")
    hooks = read(".pre-commit-config.yaml")
    assert re.findall(r"repo: (\S+)", hooks) == ["local"]
    assert all(one.startswith(".venv/bin/") for one in re.findall(r"entry: (.+)", hooks))


def test_the_container_has_every_room() -> None:
    rooms = tomllib.loads(read("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = re.findall(r"^COPY (\w+) \1$", read("ops/Containerfile"), re.MULTILINE)
    assert [one for one in copied if one != "ops"] == rooms


def steps() -> list[tuple[str, str, str]]:
    """What CONTRIBUTING adds for the first command: file, behind what, which line."""
    return [(one[1], one[3], one[5]) for one in STEP.finditer(read("CONTRIBUTING.md"))]


def test_the_first_commands_steps_fit_the_files_of_today() -> None:
    assert len(steps()) >= 4
    for name, behind, _ in steps():
        assert read(name).count(behind) == 1, (name, behind)
    example = ROOT / "docs" / "first-command"
    for one in (path.relative_to(example) for path in example.rglob("*") if path.is_file()):
        assert (ROOT / one.parent.parent).is_dir(), one


def test_what_the_first_command_takes_from_others_is_there() -> None:
    for path in (ROOT / "docs" / "first-command").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found = import_module(node.module)
                assert [one.name for one in node.names if not hasattr(found, one.name)] == [], path


@pytest.mark.long
@pytest.mark.timeout(600)
def test_by_the_words_of_contributing_the_first_command_works(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", ".hypothesis")
    copy = shutil.copytree(ROOT, tmp_path / "copy", ignore=ignored)
    shutil.copytree(copy / "docs" / "first-command", copy, dirs_exist_ok=True)
    for name, behind, added in steps():
        text = (copy / name).read_text(encoding="utf-8")
        inline = added.startswith(" ") and not behind.startswith(" ")
        (copy / name).write_text(
            text.replace(behind, f"{behind}{'' if inline else chr(10)}{added}", 1), "utf-8"
        )
    own = {"cwd": copy, "env": os.environ | {"PYTHONPATH": str(copy)}, "capture_output": True, "text": True}
    for name in ("permissions", "privacy"):
        printed = subprocess.run([sys.executable, "-m", "gihan", name], check=True, **own)  # type: ignore[call-overload]
        (copy / "docs" / f"{name}.md").write_text(printed.stdout, "utf-8")
    asked = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-k", "not postgres", *HELD_BY]
    done = subprocess.run(asked, check=False, **own)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout[-3000:]
