"""Two chats of a year as a document: an officer's and that of the lead of the same department."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from html import unescape
from typing import Any

from bot.texts.render import short_day
from tests.builders import SEOUL
from tests.smoke.harness import buttons
from tests.year.course import Course
from tests.year.town import Citizen, Town
from tests.year.verdict import daily_messages

TAG = re.compile(r"<[^>]*>")
CODE = re.compile(r"/start \S+")  # is another one each time
MOST_LINES = 40  # of one message
PREAMBLE = """# 한 해 이야기

만든 도시 한별시의 계획(`sandbox/sample/plan.txt`)으로 한 해를 샌드박스에서 돌린 기록입니다.
실제 프로그램(`gihan run`)이 돌고, 사람들은 아침마다 저마다의 버릇대로 답합니다: 제날에 마치는 사람,
확인만 하고 미루는 사람, 2주를 더 달라는 사람, 늦는 사람, 말이 없는 사람. 팀장은 연기를 승인하기도
반려하기도 합니다. 7월에는 인사이동이, 8월에는 휴가가 있고, 한 부서에는 담당자가 아무도 없습니다(여기 실은
두 사람의 대화에는 나오지 않습니다). 봇의 메시지는 나중에 고쳐진 마지막 모습으로 서 있습니다.

`python -m tests.year --write docs/a-year.md`가 이 문서를 만듭니다. `tests/smoke/test_year.py`(`make faults`)는
같은 한 해에서 확인합니다: 정기 안내는 한 사람에 하루 한 건이고, 쉬는 날에는 없으며, 아무에게도 묻지 않은
일정이 없습니다.
"""


def page(town: Town, course: Course, officer: str | None) -> str:
    """The document: figures of the year, then both chats month by month."""
    chats = town.chats()
    teller = town.people[officer] if officer else _busiest(town, chats)
    lead = next(
        one for one in town.people.values() if one.role == "lead" and one.department == teller.department
    )
    parts = [PREAMBLE, _figures(town, course)]
    for heading, one in (("담당자", teller), ("팀장", lead)):
        parts.append(f"## {heading} {one.name} ({one.department})\n")
        parts.append(_chat(chats.get(one.person.id, []), one.taps))
    return "\n".join(parts).rstrip("\n") + "\n"


def _busiest(town: Town, chats: dict[int, list[dict[str, Any]]]) -> Citizen:
    """The officer who wrote the most; a lead of the own department is there to decide."""
    officers = [one for one in town.people.values() if one.role == "officer" and one.department != town.empty]
    return max(
        officers,
        key=lambda one: (sum(not each["from"]["is_bot"] for each in chats[one.person.id]), one.name),
    )


def _figures(town: Town, course: Course) -> str:
    daily = daily_messages(town)
    people = len({chat for chat, _ in daily})
    a_person = Counter(chat for chat, _ in daily)
    most = max(a_person.values())
    return (
        f"근무일 {len(course.days)}일에 {people}명이 일일 안내 {len(daily)}건을 받았습니다(가장 많이 받은 사람 {most}건)."
        f" 연기 신청 가운데 {course.approved}건이 승인되고 {course.refused}건이 반려되었습니다.\n"
    )


def _chat(messages: list[dict[str, Any]], taps: dict[int, list[str]]) -> str:
    lines, month = [], 0
    for one in messages:
        at = datetime.fromtimestamp(int(one["date"]), SEOUL)
        if at.month != month:
            month = at.month
            lines.append(f"### {month}월\n")
        lines.append(_message(one, at))
        lines += [
            f"**{short_day(at.date())} 나** [{label}] 누름\n" for label in taps.get(one["message_id"], [])
        ]
    return "\n".join(lines)


def _message(one: dict[str, Any], at: datetime) -> str:
    """As it stands in the chat at the end of the year, buttons included."""
    who = "봇" if one["from"]["is_bot"] else "나"
    text = CODE.sub("/start 등록코드", unescape(TAG.sub("", one["text"]))).strip().splitlines()
    shown = [line for line in text if line.strip()]
    if len(shown) > MOST_LINES:
        shown = [*shown[:MOST_LINES], "…"]
    labels = " ".join(f"[{each['text']}]" for each in buttons(one))
    quoted = "\n".join(f"> {line}  " for line in [*shown, *([labels] if labels else [])])
    return f"**{short_day(at.date())} {at:%H:%M} {who}**\n\n{quoted}\n"
