"""docs/glossary.md: the words of the field, held against the sentences of the states."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"\| ([^|]+) \| ([^|]+) \| ([^|]+) \| (?:`([\w.]+)`)? ?\|")
HANGUL = re.compile(r"[가-힣]")


def rows() -> list[tuple[str, str, str, str]]:
    """Korean, English, sentence, and the state that the word names, else nothing."""
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    found = [match.groups(default="") for line in lines if (match := ROW.fullmatch(line))]
    return [(korean, english, said, state) for korean, english, said, state in found if korean != "Korean"]


def sentences() -> dict[str, str]:
    """What store/states.py says of each state: the docstring of a class, the comment of a member."""
    source = (ROOT / "store" / "states.py").read_text(encoding="utf-8")
    lines, found = source.splitlines(), {}
    for one in ast.parse(source).body:
        if isinstance(one, ast.ClassDef):
            found[one.name] = ast.get_docstring(one) or ""
            for member in one.body:
                if isinstance(member, ast.Assign):
                    _, _, comment = lines[member.lineno - 1].partition("  # ")
                    found[f"{one.name}.{ast.unparse(member.targets[0])}"] = comment
    return found


def test_the_glossary_has_each_word_once() -> None:
    words = [korean for korean, *_ in rows()]
    assert len(words) >= 40
    assert len(set(words)) == len(words)
    assert len({english for _, english, *_ in rows()}) == len(words)


def test_a_word_that_names_a_state_stands_in_the_states_own_sentence() -> None:
    said = sentences()
    assert [
        (korean, state) for korean, _, _, state in rows() if state and korean not in said.get(state, "")
    ] == []


def test_every_state_with_a_korean_name_is_in_the_glossary() -> None:
    explained = {state.partition(".")[0] for *_, state in rows()}
    named = {name for name, said in sentences().items() if "." not in name and HANGUL.search(said)}
    assert named - explained == set()
