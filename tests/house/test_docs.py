"""The pages: no link is dead, both READMEs say the same commands, the picture is small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IGNORED = {".venv", ".git", "build", "dist", ".hypothesis", "node_modules"}
PAGES = sorted(
    str(path.relative_to(ROOT))
    for path in ROOT.rglob("*.md")
    if not IGNORED & set(path.relative_to(ROOT).parts)
)
LINK = re.compile(r"\]\(([^()\s]+(?:\([^()]*\)[^()\s]*)*)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
MOST_BYTES = 120_000  # of a picture that everybody downloads


def prose(name: str) -> str:
    """The page without what stands between fences."""
    return FENCED.sub("", (ROOT / name).read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """What a heading is called in an address."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).strip().replace(" ", "-") for one in heads}


def is_dead(page: str, link: str) -> bool:
    """It names a file or a heading that is not there; addresses of the web are not asked for."""
    if re.match(r"(https?|mailto|tg):", link):
        return False
    place, _, anchor = link.partition("#")
    found = (ROOT / page).parent / place if place else ROOT / page
    return not found.exists() or bool(anchor and found.suffix == ".md" and anchor not in anchors(found))


@pytest.mark.parametrize("page", PAGES)
def test_no_link_is_dead(page: str) -> None:
    assert [one for one in LINK.findall(prose(page)) if is_dead(page, one)] == []


@pytest.mark.parametrize("link", ["docs/nowhere.md", "docs/operation.md#없는-곳", "#nowhere"])
def test_a_dead_link_would_be_seen(link: str) -> None:
    assert is_dead("README.md", link)


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_a_readme_shows_one_small_picture_and_the_two_commands(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    [picture] = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert (ROOT / picture).stat().st_size < MOST_BYTES
    [fenced, live] = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert commands(fenced) == ["make demo", "make test"]
    assert commands(live)[1:] and all("gihan " in one for one in commands(live)[1:])


def commands(block: str) -> list[str]:
    return [line.split("#")[0].strip() for line in block.splitlines()]


def test_both_readmes_go_live_by_the_same_commands() -> None:
    """That they do what they say is played in tests/smoke/test_pages.py."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ko.md")]
    english, korean = (re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[1] for text in texts)
    assert commands(english) == [one.replace("계획.txt", "plan.txt") for one in commands(korean)]


def test_both_readmes_have_the_same_parts_and_compare_with_the_same() -> None:
    english, korean = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ko.md"))
    assert len(re.findall(r"^## ", english, re.MULTILINE)) == len(re.findall(r"^## ", korean, re.MULTILINE))
    assert links_of(english) == links_of(korean) and len(links_of(english)) >= 4
    assert steps_of(english) == steps_of(korean) == [3, 5]


def links_of(text: str) -> set[str]:
    return set(re.findall(r"\((https://[^)]+)\)", text))


def steps_of(text: str) -> list[int]:
    """How many steps each numbered list has."""
    lists = re.findall(r"(?:^(?:\d\.|   ).*\n)+", text, re.MULTILINE)
    return [len(re.findall(r"^\d\.", one, re.MULTILINE)) for one in lists if re.match(r"\d\.", one)]


def test_the_english_readme_is_english_before_its_commands() -> None:
    start = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Command line")[0]
    hangul, letters = len(re.findall(r"[가-힣]", start)), len(re.findall(r"[A-Za-z]", start))
    assert hangul < letters / 50


def typed(page: str, kind: str) -> list[str]:
    """The first words of the page's fenced lines of that kind, of remarks, too."""
    blocks = re.findall(
        rf"^```{kind}\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    lines = [
        one for block in blocks for one in block.splitlines() if one.strip() and not one.startswith("export")
    ]
    return [re.split(r"[\s=:;]", one.lstrip("# "))[0] for one in lines]


@pytest.mark.parametrize("kind", ["sh", "toml", "nginx", "sql", "yaml"])
def test_both_operators_guides_have_the_same_lines_to_type(kind: str) -> None:
    korean, english = (typed(f"docs/{name}", kind) for name in ("operation.md", "operation.en.md"))
    skipped = {"language"}  # of `gihan init`: a Korean office leaves it out
    assert [one for one in english if one not in skipped] == korean


def test_both_operators_guides_have_the_same_chapters_settings_and_codes() -> None:
    korean, english = (
        (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("operation.md", "operation.en.md")
    )
    for found in (
        r"^(#+) ",
        r"`gihan ([a-z]+)",
        r"^\| (\d+) \|",
        r"`((?:telegram|store|operation|retention|web)\.[a-z_]+)",
    ):
        assert set(re.findall(found, korean, re.MULTILINE)) == set(
            re.findall(found, english, re.MULTILINE)
        ), found
    heads = r"^#+ "
    assert len(re.findall(heads, korean, re.MULTILINE)) == len(re.findall(heads, english, re.MULTILINE))
