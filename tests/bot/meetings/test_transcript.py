"""The transcript of a meeting in the docs is what the bot says today."""

from pathlib import Path

from tests.bot.meetings.transcript import FILE, transcript


def test_the_transcript_is_up_to_date(tmp_path: Path) -> None:
    assert transcript(tmp_path) == FILE.read_text(encoding="utf-8")
