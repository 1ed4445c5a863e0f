"""Tasks of a document made of cards, lost headings recovered (과제 카드형 계획서)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from plans.document import Document, Placed, Progress
from plans.draft import UNTITLED, OfficerDraft, TaskDraft
from plans.entries.body import Body, grid_milestone, read_body, read_period
from plans.fields.charge import charge_of
from plans.fields.labels import read_status
from plans.fields.money import read_budgets
from plans.fields.people import read_department, read_officers, read_offices, read_phones
from plans.structure.cards import Card
from plans.structure.headings import Heading, heading_above, is_field_name, recover, without_simple_number
from plans.structure.outline import card_regions
from plans.structure.tasklist import TaskList, find_task_list, match_cards
from plans.text.lines import Line
from plans.text.spelling import alike, one_line

SAME_TITLE: Final = 0.7  # likeness from which a grid's row label names another task


def read_cards(document: Document, cards: Sequence[Card], progress: Progress) -> None:
    """Puts one task a card into the document."""
    lines = document.lines
    document.task_list = find_task_list(lines, cards[0].start)
    headings = card_headings(lines, cards, document.task_list)
    regions = card_regions(lines, cards, headings)
    for card, heading, region in zip(cards, headings, regions, strict=True):
        body = read_body(lines[region.body : region.end], document.scope, document.answers)
        task = _task(card, heading, body, document.year)
        task.officers += _heads(lines[card.start : card.end], task.officers)
        document.tasks.append(
            Placed(task, lines[region.start : region.end], body, lines[region.start].no, has_card=True)
        )
        progress(region.end, len(lines))
    _give_out_grids(document.tasks)


def card_headings(lines: Sequence[Line], cards: Sequence[Card], listed: TaskList | None) -> list[Heading]:
    """Number and title of each card."""
    floors = [0, *(card.end for card in cards)]
    headings = [
        _own_heading(heading_above(lines, card.start, floor), card)
        for card, floor in zip(cards, floors, strict=False)
    ]
    if listed is None:
        return headings
    wanted = [
        (heading.title, read_department(card.text("department") or ""))
        for heading, card in zip(headings, cards, strict=True)
    ]
    return recover(headings, match_cards(listed.entries, wanted))


def _own_heading(heading: Heading, card: Card) -> Heading:
    """The card's own 과제명 cell wins over the line above it; "3. 제목" gives its number."""
    title = card.text("title") or heading.title
    if title is None:
        return heading
    number, name = without_simple_number(one_line(title))
    if heading.no is None and heading.title is not None and is_field_name(heading.title):
        return Heading(None, None, heading.index)
    return Heading(heading.no or number, name, heading.index)


def _task(card: Card, heading: Heading, body: Body, year: int | None) -> TaskDraft:
    officers = card.text("officers") or ""
    phones = read_phones(card.text("phones") or "") or read_phones(officers)
    return TaskDraft(
        no=heading.no,
        title=heading.title or UNTITLED,
        department=read_department(card.text("department") or ""),
        related=read_offices(card.text("related") or ""),
        officers=read_officers(officers),
        phones=phones,
        budgets=read_budgets(card.text("budgets") or "", card.label("budgets"))
        if card.text("budgets")
        else body.budgets,
        period=read_period(card.text("period") or "", year) or body.period,
        status=read_status(card.text("status") or ""),
        milestones=body.milestones,
        asked=body.asked,
    )


def _heads(lines: Sequence[Line], known: Sequence[OfficerDraft]) -> list[OfficerDraft]:
    """Team leader and head of the office where the card has fields of their own for them; behind who does the work."""
    names = {one.name for one in known}
    return [one for one in charge_of(lines).heads if one.name not in names]


def _give_out_grids(tasks: Sequence[Placed]) -> None:
    """Entries of month grids go to the task that their row names, else to the task they stand in."""
    named: dict[str, Placed | None] = {}
    for own in tasks:
        for entry in own.body.grids:
            if entry.label not in named:
                named[entry.label] = _named(entry.label, tasks)
            task = (named[entry.label] or own).task
            task.milestones.append(grid_milestone(entry, task.title))


def _named(label: str, tasks: Sequence[Placed]) -> Placed | None:
    """The task that a grid's row label names, or None."""
    best = max(tasks, key=lambda placed: alike(label, placed.task.title))
    return best if alike(label, best.task.title) >= SAME_TITLE else None
