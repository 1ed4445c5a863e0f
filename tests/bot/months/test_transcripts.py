"""docs/transcripts are what three people really get in June and July."""

from __future__ import annotations

from pathlib import Path

from tests.bot.months.transcripts import FOLDER, transcripts


def test_the_transcripts_are_what_the_three_people_get(tmp_path: Path) -> None:
    played = transcripts(tmp_path)
    kept = {name: (FOLDER / name).read_text(encoding="utf-8") for name in played if (FOLDER / name).exists()}
    assert played == kept, "python -m tests.bot.months.transcripts"
