"""The catalogue: lines by key and language, faults at once, nothing read too early; and the room's own texts."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError

import reports
from reports import texts
from reports.texts import korean
from reports.texts.catalogue import Catalogue, TextError

ROOM = Path(reports.__file__).parent
CALL = re.compile(r'(?:texts\.(?:line|labels|words)\(\s*|_key = )f?"([a-z.{][^"]*)"')

IN_TEMPLATE = re.compile(r"(?:line|labels)\('([a-z.-]+)'")


def environment(_language: str) -> Environment:
    return Environment(undefined=StrictUndefined, autoescape=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package with a file and a folder of texts in two languages."""
    files = {
        "ko/trees.toml": 'title = "나무 {{ count }}그루"\nplain = "숲"\nhead = ["이름", "수"]\n[kinds]\noak = "참나무"\n',
        "ko/flowers/lines.toml": 'bed.title = "꽃밭"\n',
        "en/trees.toml": 'title = "{{ count }} trees"\n',
        "__init__.py": "",
    }
    for name, content in files.items():
        path = tmp_path / "garden" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "garden", raising=False)
    return "garden"


def test_a_line_is_found_by_its_key_with_its_facts(folder: str) -> None:
    found = Catalogue(folder, "", environment=environment)
    assert found.line("trees.title", count=3) == "나무 3그루"
    assert found.line("flowers.bed.title") == "꽃밭"
    assert (found.labels("trees.head"), found.words("trees.kinds")["oak"]) == (("이름", "수"), "참나무")


def test_another_language_has_its_own(folder: str) -> None:
    assert Catalogue(folder, "", "en", environment).line("trees.title", count=3) == "3 trees"


def test_the_environment_that_was_given_decides_what_is_escaped(folder: str) -> None:
    assert (
        Catalogue(folder, "", environment=environment).line("trees.title", count="<b>")
        == "나무 &lt;b&gt;그루"
    )


def test_a_fact_that_is_missing_is_a_fault_at_once(folder: str) -> None:
    with pytest.raises(UndefinedError):
        Catalogue(folder, "", environment=environment).line("trees.title")


@pytest.mark.parametrize(
    "key", ["trees.none", "trees", "trees.head", "trees.plain.deeper", "nothing.title", ""]
)
def test_and_so_is_a_line_that_is_missing(folder: str, key: str) -> None:
    with pytest.raises(TextError):
        Catalogue(folder, "", environment=environment).line(key)


def test_without_placeholders_no_environment_is_made(folder: str) -> None:
    assert Catalogue(folder, "").line("trees.plain") == "숲"
    with pytest.raises(TextError):
        Catalogue(folder, "").line("trees.title", count=1)


def test_its_keys_are_all_that_can_be_asked_for(folder: str) -> None:
    found = list(Catalogue(folder, "").keys())
    assert found == ["flowers.bed.title", "trees.title", "trees.plain", "trees.head", "trees.kinds.oak"]


def test_reading_labels_of_reports_needs_no_jinja() -> None:
    script = "import sys; from reports import texts; texts.labels('year.data-head'); print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def named() -> set[str]:
    """The keys that the room's code asks for, and the settings, which are read before the chat's texts; one that is put
    together is a pattern."""
    settings = ROOM.parent / "bot" / "settings.py"
    sources = (path.read_text(encoding="utf-8") for path in (*ROOM.rglob("*.py"), settings))
    asked = {re.sub(r"\{[^}]*\}", "[A-Za-z-]+", key) for text in sources for key in CALL.findall(text)}
    files = (path.read_text(encoding="utf-8") for path in ROOM.glob("texts/ko/result.*"))
    return asked | {key for text in files for key in IN_TEMPLATE.findall(text)} | {"dates.weekdays"}


def test_every_text_of_reports_is_asked_for_and_every_one_asked_for_is_there() -> None:
    there, patterns = set(texts.CATALOGUE.now().keys()), named()
    asked = there | {key.rpartition(".")[0] for key in there}
    used = {key for key in asked if any(re.fullmatch(one, key) for one in patterns)}
    assert {key for key in there if key not in used and key.rpartition(".")[0] not in used} == set()
    assert [one for one in patterns if not any(re.fullmatch(one, key) for key in asked)] == []


def test_every_line_of_reports_is_a_template_that_compiles() -> None:
    made = texts.CATALOGUE.now().environment
    files = (path.read_text(encoding="utf-8") for path in ROOM.glob("texts/*/*.toml"))
    lines = [line for text in files for line in text.splitlines() if "{" in line]
    assert len(lines) > 50
    for line in lines:
        made.parse(line)


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("2029년 4분기", "과/와", "2029년 4분기와"),
        ("이행률", "은/는", "이행률은"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("3월 1", "으로/로", "3월 1로"),
        ("KPI", "은/는", "KPI은(는)"),
    ],
)
def test_particles_follow_the_sound_before_them(word: str, pair: str, said: str) -> None:
    assert korean.josa(word, pair) == said


def test_days_are_written_as_offices_write_them() -> None:
    day = date(2021, 6, 30)
    written = korean.full_day(day), korean.long_day(day), korean.near_day(day, day), korean.year_month(day)
    assert written == ("2021. 6. 30.", "2021. 6. 30.(수)", "6. 30.(수)", "2021. 6.")
