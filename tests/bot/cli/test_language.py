"""In which language the command line speaks."""

from __future__ import annotations

import pytest

from bot.cli.language import chosen


@pytest.mark.parametrize(
    ("arguments", "environ", "found"),
    [
        (["--lang", "en", "list"], {}, "en"),
        (["--lang=ko", "list"], {"LANG": "en_GB.UTF-8"}, "ko"),
        (["list"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["list"], {"LANG": "ko_KR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        (["list"], {"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
        (["list"], {"LANG": "C.UTF-8"}, None),
        (["list"], {"LANG": "de_DE.UTF-8"}, None),
        (["list"], {}, None),
        ([], {}, None),
        (["--lang"], {"LANG": "en_GB.UTF-8"}, None),
        (["done", "112", "--lang", "en"], {}, None),  # a word that was typed for somebody else
    ],
)
def test_the_option_goes_before_the_system_and_neither_chooses_what_there_is_not(
    arguments: list[str], environ: dict[str, str], found: str | None
) -> None:
    assert chosen(arguments, environ) == found
