"""`python -m tests.bot.months.transcripts`: what an officer, a lead and the planning office read in June and July, and what
they answered, is written to docs/transcripts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.texts.render import long_day
from jobs.settings import ApprovalSettings
from tests import template
from tests.bot.months.city import PLANNER, WEEKLY, Summer, begun, plain

FOLDER = Path(__file__).parents[3] / "docs" / "transcripts"
LEAD, ASKS = "정든든", "노나래"
READERS = {"officer": WEEKLY, "lead": LEAD, "planning-office": PLANNER}
ASKED_ON, DECIDED_ON = date(2026, 6, 16), date(2026, 7, 2)
ALL_DONE_ON, AWAY_ON = date(2026, 6, 22), date(2026, 7, 10)
HEADING = "한별시(가상의 도시)의 {name} 님이 2026년 6월과 7월에 받은 일일 안내와 그에 답한 내용입니다.\n"


def transcripts(folder: Path) -> dict[str, str]:
    """Name of the file -> text."""
    answers: dict[tuple[str, date], list[str]] = {}

    def happens(summer: Summer, day: date) -> None:
        """Every third officer reports what is due; one asks for more time, which the lead decides later."""

        def say(name: str, text: str) -> None:
            said = [f"{name}: {text}", *(plain(one) for one in summer.chat.say(name, text))]
            said += [f"  [{one}]" for one in summer.chat.keyboard(name)]
            answers.setdefault((name, day), []).extend(said)

        _report(summer, day, say)
        number = first_open(summer, ASKS, day)
        if day == ASKED_ON and number:
            say(ASKS, f"/delay {number} 3주 관계 기관 협의")
        if day == DECIDED_ON:
            say(LEAD, "/approve")
        if day == AWAY_ON:
            say(ASKS, "/away 7.13-7.17")
        if day == ALL_DONE_ON:
            label = next(one for one in summer.to(WEEKLY)[-1].labels if "모두 했음" in one)
            data = next(
                button["data"]
                for row in summer.to(WEEKLY)[-1].message.keyboard
                for button in row
                if button["text"] == label
            )
            said = [f"{WEEKLY}: [{label}] 누름", *(plain(one) for one in summer.chat.press(WEEKLY, data))]
            answers.setdefault((WEEKLY, day), []).extend(said)
        summer.chat.send_all()

    summer = begun(folder, ApprovalSettings()).play(happens=happens)
    found = {f"{file}.txt": _text(summer, name, answers) for file, name in READERS.items()}
    summer.chat.store.close()
    return found


def first_open(summer: Summer, name: str, day: date) -> int | None:
    items = sorted(number for post in summer.to(name) for number in post.numbers)
    known = summer.milestones()
    due = {number: known[number].due_on for number in items if number in known}
    return next((number for number, on in due.items() if on is not None and on >= day), None)


def _report(summer: Summer, day: date, say: Callable[[str, str], None]) -> None:
    known = summer.milestones()
    for post in summer.posts:
        if post.day != day or summer.chat.people[post.reader] % 3:
            continue
        due = [
            number
            for number in sorted(post.numbers)
            if number in known and known[number].due_on == day and known[number].state.value == "planned"
        ]
        if due and post.reader not in READERS.values():
            say(post.reader, "/done " + " ".join(map(str, due)))


def _text(summer: Summer, name: str, answers: dict[tuple[str, date], list[str]]) -> str:
    parts = [HEADING.format(name=name)]
    posts = {one.day: one for one in summer.to(name)}
    for day in sorted({*posts, *(on for who, on in answers if who == name)}):
        parts.append(f"──── {long_day(day)} ────")
        if day in posts:
            parts.append(posts[day].text.strip())
            parts += [f"  [{one}]" for one in posts[day].labels]
        parts += [f"\n> {one}" if at == 0 else one for at, one in enumerate(answers.get((name, day), []))]
        parts.append("")
    return "\n".join(parts).rstrip("\n") + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with template.in_place_of_migrations(), tempfile.TemporaryDirectory() as folder:
        for file, text in transcripts(Path(folder)).items():
            (FOLDER / file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
