"""What is typed wrong is told in the language that is spoken, with what to write; the parser's English is nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.texts.speaking import speaking
from tests.shell import Shell

HANGUL = re.compile("[\uac00-\ud7a3]")
PARSERS = re.compile(
    r"Missing|No such|Invalid value|Got unexpected|requires an argument|does not take|is not a valid"
)
WRONG = {
    "import": ("file", "gihan import --help"),
    "nope": ("note", "gihan --help"),
    "db upgradd": ("upgrade", "gihan db --help"),
    "invite --role king x": ("planner", "gihan invite --help"),
    "invite --role": ("--role", "gihan invite --help"),
    "list --nope": ("--nope", "gihan list --help"),
    "list --tasks=3": ("--tasks", "gihan list --help"),
    "status a b c": ("a b c", "gihan status --help"),
    "import x.txt --year abc": ("--year", "gihan import --help"),
    "import x.txt --year 5": ("--year", "gihan import --help"),
    "--lang fr list": ("ko, en", "gihan --help"),
}
# with the help of the word, which is made once, when the command is loaded: here in whatever language came first
EXPLAINED = {"import", "import x.txt --year abc", "import x.txt --year 5"}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("typed", WRONG)
def test_what_is_wrong_is_told_in_the_language_that_is_spoken(
    typed: str, language: str, tmp_path: Path
) -> None:
    with speaking(language):
        told = Shell(tmp_path)(*typed.split(), code=2)
    assert [one for one in WRONG[typed] if one not in told] == []
    assert not PARSERS.search(told)
    if typed not in EXPLAINED or language == "ko":
        assert bool(HANGUL.search(told)) is (language == "ko")
