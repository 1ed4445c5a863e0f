"""A made-up city's summer: a plan of thirty-nine tasks and two hundred dates, forty-two officers, and a course of two months."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from html import unescape
from pathlib import Path

from jobs.settings import ApprovalSettings
from plans.draft import MilestoneDraft, OfficerDraft, TaskDraft, Window
from store.deliveries import Message
from store.models import Milestone
from store.states import DeliveryKind, RoleName
from tests.bot.chat import AT_ONCE, SEOUL, Chat, entry

FIRST, LAST = date(2026, 6, 1), date(2026, 7, 31)
IMPORTED = datetime(2026, 5, 28, 14, 0, tzinfo=SEOUL)
MORNING = time(9, 10)

FAMILY = ("강", "노", "도", "류", "마", "서", "윤")
GIVEN = ("가람", "나래", "다온", "라온", "미르", "새별")
OFFICERS = tuple(family + given for family in FAMILY for given in GIVEN)
DEPARTMENTS = (
    *("정책기획과", "소통홍보과", "민원과", "세정과", "복지정책과", "여성가족과", "보건행정과"),
    *("도로과", "공원녹지과", "환경관리과", "상하수도과", "농업정책과", "관광진흥과", "일자리과"),
)
WEEKLY = "강가람"  # answers for two events of every week
LEADS = {"이바름": "정책기획과", "정든든": "도로과", "한결": "복지정책과"}
HEAD, HEADED = "오름", "정책기획과"
PLANNER = "최기획"

THEMES = (
    *(
        "한별 마을버스 개편",
        "청년 창업 골목",
        "작은 도서관 잇기",
        "어르신 돌봄 손길",
        "별빛 산책로",
        "빗물 저장마당",
    ),
    *(
        "아이 놀이 쉼터",
        "골목 안심 조명",
        "재난 알림 체계",
        "토박이 먹거리 장터",
        "한별 나들이길",
        "마을 의사 찾아가기",
    ),
    *(
        "빈집 새로 쓰기",
        "폐기물 줄이기",
        "작은 공장 도움",
        "농촌 일손 나눔",
        "청소년 꿈터",
        "디지털 배움터",
        "민원 한 걸음",
    ),
)
STEPS = (
    *("추진계획 수립", "수요조사", "사업자 선정", "착수 보고", "중간 점검", "현장 설치", "시민 설명회", "결과 보고"),
    *("조례 개정안 제출", "예산안 반영 요구", "설계 완료", "공고 및 접수", "홍보물 제작", "시범 운영", "만족도 조사"),
)  # fmt: skip
PRECISIONS = ("day", "day", "month", "range", "day", "quarter")


def weekly(title: str, rule: str, expr: str) -> MilestoneDraft:
    return MilestoneDraft(title=title, expr=expr, line=1, kind="recurring", rrule=rule, windows=[_year()])


def _year() -> Window:
    return Window(start=date(2026, 1, 1), due=date(2026, 12, 31), precision="range")


def _step(number: int, place: int) -> MilestoneDraft:
    """The steps of a task lie some weeks apart, from the spring to the end of the year."""
    precision = PRECISIONS[(number + place) % len(PRECISIONS)]
    day = date(2026, 4, 6) + timedelta(days=(number * 11 + place * 47) % 260)
    title = f"{THEMES[number % len(THEMES)]} {STEPS[(number * 3 + place) % len(STEPS)]}"
    if precision == "day":
        return entry(title, day, expr=f"{day.year}. {day.month}. {day.day}.")
    if precision == "range":
        return entry(title, day + timedelta(days=40), day, "range", f"{day.month}.~{day.month + 1}.")
    months = 1 if precision == "month" else 3
    opening = date(2026, (day.month - 1) // months * months + 1, 1)
    following = date(2026 + (opening.month + months > 12), (opening.month + months - 1) % 12 + 1, 1)
    closing = following - timedelta(days=1)
    return entry(title, closing, opening, "month" if months == 1 else "quarter", f"2026. {opening.month}.")


def tasks() -> list[TaskDraft]:
    """Thirty-nine; the first one holds two events of every week, some others what recurs or goes on."""
    made = []
    for number in range(39):
        people = [OFFICERS[number]] if number < 36 else [OFFICERS[number], OFFICERS[number + 3]]
        steps = [_step(number, place) for place in range(5)]
        if number == 0:
            steps = [
                *steps[:2],
                weekly("한별 이야기 마당 운영", "FREQ=WEEKLY;BYDAY=TU", "매주 화요일"),
                weekly("현장 나들이의 날 운영", "FREQ=WEEKLY;BYDAY=TH", "매주 목요일"),
            ]
        if number % 7 == 3:
            steps.append(weekly("안전 점검", "FREQ=MONTHLY", "매월"))
        if number % 9 == 4:
            steps.append(entry("지원금 지급", None, date(2026, 6, 15), "month", "2026. 6. ~"))
        if number % 8 == 5:
            steps.append(
                MilestoneDraft(title="상담 창구 운영", expr="연중", line=1, kind="ongoing", windows=[_year()])
            )
        made.append(
            TaskDraft(
                no=f"{number // 13 + 1}-{number % 13 + 1}",
                title=f"{THEMES[number % len(THEMES)]} 사업" + (" 2단계" if number >= len(THEMES) else ""),
                department=DEPARTMENTS[number % len(DEPARTMENTS)],
                officers=[OfficerDraft(name=name, rank="주무관") for name in people],
                milestones=steps,
            )
        )
    return made


@dataclass(frozen=True)
class Post:
    """One scheduled message as its reader sees it."""

    day: date
    reader: str
    text: str
    message: Message

    @property
    def labels(self) -> list[str]:
        return [one["text"] for row in self.message.keyboard for one in row]

    @property
    def numbers(self) -> set[int]:
        """The items that the text names."""
        return {int(found) for found in re.findall(r"#(\d{3,})", self.text)}


TAG = re.compile(r"<[^>]*>")


def plain(text: str) -> str:
    return unescape(TAG.sub("", text))


@dataclass
class Summer:
    """The office with everybody linked, and what went out morning after morning."""

    chat: Chat
    posts: list[Post] = field(default_factory=list)

    def play(
        self, last: date = LAST, happens: Callable[[Summer, date], None] = lambda _summer, _day: None
    ) -> Summer:
        """From the first day to the last; `happens` is asked every working morning after the messages went out."""
        for day in self.working_days(last):
            self.chat.clock.current = datetime.combine(day, MORNING, SEOUL)
            self.chat.scan()
            self._read(day)
            happens(self, day)
        return self

    def working_days(self, last: date = LAST) -> Iterator[date]:
        days = (FIRST + timedelta(days=one) for one in range((last - FIRST).days + 1))
        return (one for one in days if self.chat.rules.calendar.is_working(one))

    def _read(self, day: date) -> None:
        names = {chat_id: name for name, chat_id in self.chat.people.items()}
        kinds = {one.id: one.kind for one in self.chat.owed()}
        for number, chat_id, message in self.chat.sent_now():
            if kinds[number] is DeliveryKind.DIGEST:
                self.posts.append(Post(day, names[chat_id], plain(message.text), message))

    def to(self, reader: str) -> list[Post]:
        return [one for one in self.posts if one.reader == reader]

    def milestones(self) -> dict[int, Milestone]:
        with self.chat.store.read() as session:
            return {one.id: one for one in session.query(Milestone)}


def begun(folder: Path, approval: ApprovalSettings = AT_ONCE) -> Summer:
    """The plan is registered and everybody is linked; the first morning is still to come."""
    chat = Chat(folder, *tasks(), now=IMPORTED, approval=approval)
    for name in OFFICERS:
        chat.join(name)
    for name, department in LEADS.items():
        chat.join(name, RoleName.LEAD, department)
    chat.join(HEAD, RoleName.HEAD, HEADED)
    chat.join(PLANNER, RoleName.PLANNER)
    chat.send_all()
    return Summer(chat)
