"""Where the tasks of a document stand: headings of one level that each hold dated lines or fields (과제 찾기).

Whether a heading is a task is told by its number or mark, its depth and what its siblings hold; words of titles only tell
the sections (추진계획, 향후계획) of a task from tasks.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Final

from plans.entries.phrase import is_act, is_figure
from plans.entries.sentences import tells_of_acts
from plans.entries.shapes import looks_like_entry
from plans.fields.labels import PERIOD_LABELS, is_attribute
from plans.structure.blocks import Block, Tree, is_year_title, names_appendix
from plans.structure.numbering import LABELLED, WORDED
from plans.structure.outline import is_closing
from plans.structure.sections import is_section_title, tells_done
from plans.structure.tasklist import DEPARTMENT_END
from plans.tables.header_rows import years_in
from plans.text.lines import Line
from plans.text.spelling import one_line, squeeze, without_brackets
from plans.time.scan import find_dates, is_only_time
from plans.time.words import OFTEN

_OFFICE: Final = re.compile(
    r"\s*[【\[(<]\s*(?:담당|주관|소관)?(?:부서)?\s*[:：]?\s*(?P<office>[가-힣·\s]{2,14}?)\s*[】\])>]\s*$"
)
_FIELD: Final = re.compile(
    r"^\(?\s*([가-힣][가-힣 ·/]{0,12}?)\s*\)?\s*[:：]\s*\S|^\(([가-힣][가-힣 ]{0,9})\)\s*\S"
)
_SENTENCE: Final = re.compile(r"(?:다|요|음|함|임|됨)\.?$|[,·]$")
_HANGUL: Final = re.compile(r"[가-힣A-Za-z]")
_NAME: Final = re.compile(
    r"^(?:사\s?업|과\s?제|시\s?책|행\s?사|훈\s?련|교\s?육|과\s?정)\s?명\s*[:：]\s*(\S.*)$"
)
_FRAME: Final = "<>〈〉《》[]【】 "
_LISTED: Final = re.compile(r"[가-하][.)]\s|\(?\d{1,2}[.)]\s|[①-⑳]")
_OFTEN: Final = re.compile(rf"[:：(]\s?(?:{OFTEN.pattern})[^,()]{{0,12}}\)?$")
_PARTS: Final = re.compile(r",\s*|\s+및\s+|\s*·\s*")
LONGEST_TITLE: Final = 60
LEAST_FIELDS: Final = 2  # rows of fields that make a heading without a date a task
LEAST_SIBLINGS: Final = 2
LEAST_ENTRIES: Final = 3  # before the appendices of a document without tasks
LEAST_TIMES: Final = 2  # cells of a row that make it the head of a grid
HALF: Final = 2
LEAST_WORDS: Final = 3  # of a name that ends as a section's
LEAST_SHARE: Final = (
    1 / 4
)  # of the document's dated lines; headings that hold fewer are not what it is made of
BULLETS_FROM: Final = 0.0  # the level of □; numbers above it head projects by themselves


@dataclass(frozen=True)
class Project:
    """One task: number, title and department as written; it is headed at index `start` and `body` lies behind, up to `end`."""

    no: str | None
    title: str
    department: str | None
    start: int
    body: int
    end: int


def find_projects(lines: Sequence[Line], tree: Tree, year: int | None) -> list[Project]:
    """The tasks of a document in order; [] where its headings show none."""
    search = _Search(lines, tree, year)
    found = _without_gaps(lines, tree, search.tasks(-1))
    dated = sum(search.dated(one.body, one.end) for one in found)
    return found if LEAST_SHARE * search.dated(0, len(lines)) <= dated else []


def bare_projects(lines: Sequence[Line], tree: Tree, year: int | None) -> list[Project]:
    """The titles without number, mark or frame that stand apart above bullets with times, where several do and all dated
    lines of the document stand below them or below those of years before; [] where its titles are of another kind."""
    search = _Search(lines, tree, year)
    for parent in sorted(search.headings):
        group = [one for one in search.headings[parent] if one.style == APART and search.is_evident(one)]
        past = [one for one in group if search.names_past_year(one) or tells_done(one.title)]
        able = [
            one for one in group if one not in past and search.may_be_task(one) and _has_bullets(lines, one)
        ]
        found = _without_gaps(lines, tree, able)
        told = sum(search.dated(one.body, one.end) for one in found)
        told += sum(search.dated(one.body, one.end) for one in past)
        is_whole = told == search.dated(0, len(lines))
        if len(able) >= LEAST_SIBLINGS and len(able) + len(past) == len(group) and is_whole:
            return found
    return []


def marked_projects(lines: Sequence[Line], tree: Tree, year: int | None) -> list[Project]:
    """The bullets of one mark that name things, below each of which stand bullets with times, where all dated lines of the
    document do; under one heading or under several (【봄철】, 【여름철】). [] where its bullets are of another kind."""
    search = _Search(lines, tree, year)
    groups = [group for parent in sorted(search.headings) for group in search.groups(parent).values()]
    marked = [group for group in groups if lines[group[0].index].marks]
    by_mark = {
        group[0].style: [one for other in marked if other[0].style == group[0].style for one in other]
        for group in marked
    }
    for group in [*marked, *by_mark.values()]:
        evident = [one for one in group if search.is_evident(one)]
        able = [one for one in evident if search.may_be_task(one) and not _says_when(lines, one)]
        found = _without_gaps(lines, tree, able)
        told = sum(search.dated(one.body, one.end) for one in found)
        told += sum(_is_dated(line) for line in lines if line.title_in_brackets is not None)
        if len(able) >= LEAST_SIBLINGS and len(able) == len(evident) and told == search.dated(0, len(lines)):
            return sorted(found, key=lambda one: one.start)
    return []


def _says_when(lines: Sequence[Line], heading: _Heading) -> bool:
    """Whether a bullet has a time of its own, or a value."""
    line = lines[heading.index]
    return bool(find_dates(line.body)) or ":" in line.body or line.is_note


def _has_bullets(lines: Sequence[Line], heading: _Heading) -> bool:
    """Whether bullets stand right below a title, and none is a field of a thing (기간, 대상): then it is a part of one."""
    below = [line for line in lines[heading.body : heading.end] if not line.is_blank]
    labels = [name for line in below if (name := _field_of(line)) is not None]
    is_list = bool(below) and bool(below[0].marks) and not below[0].is_note
    return is_list and not any(name in PERIOD_LABELS or is_attribute(name) for name in labels)


def _without_gaps(lines: Sequence[Line], tree: Tree, found: Sequence[_Heading]) -> list[Project]:
    projects: list[Project] = []
    attached = [one.index for one in tree.blocks if one is not None and heads_attachment(one)]
    for position, heading in enumerate(found):
        following = found[position + 1].index if position + 1 < len(found) else len(lines)
        end = min(heading.end, following)
        end = next((at for at in range(heading.body, end) if is_closing(lines[at])), end)
        end = min([at for at in attached if at >= heading.body] + [end])
        title, department = _with_office(heading.title)
        projects.append(Project(heading.no, title, department, heading.index, heading.body, end))
    return projects


def heads_attachment(block: Block) -> bool:
    """Whether a line heads what is attached to the document, be it the plan itself or not."""
    return block.kind == "title" and names_appendix(block.text)


def stand_in_projects(tree: Tree, cards: Sequence[int], projects: Sequence[Project]) -> bool:
    """Whether each of the cards that begin at these indexes stands in a section of a project of its own: then it is only
    the 담당부서 and 담당자 lines of its 사업개요."""
    owners: set[int] = set()
    for start in cards:
        owner = next((one.start for one in reversed(projects) if one.body <= start < one.end), None)
        above = tree.above(start)
        if owner is None or owner in owners or not above or above[0].index == owner:
            return False
        owners.add(owner)
    return bool(projects)


def whole_project(lines: Sequence[Line], tree: Tree, title: str) -> Project:
    """The whole document as one task, named by its field 사업명 where it has just one; without its appendices where entries
    stand before them."""
    names = [found[1] for line in lines if (found := _NAME.match(one_line(line.body)))]
    return Project(None, names[0].strip() if len(set(names)) == 1 else title, None, 0, 0, _end(lines, tree))


def _end(lines: Sequence[Line], tree: Tree) -> int:
    """Where the appendices begin, before which entries stand (a table of contents names them, too)."""
    dated = [i for i, line in enumerate(lines) if looks_like_entry(line) or is_only_time(line.body)]
    least = dated[LEAST_ENTRIES - 1] if len(dated) >= LEAST_ENTRIES else len(lines)
    appendices = (one.index for one in tree.blocks if one is not None and one.is_appendix)
    return next((index for index in appendices if index > least), len(lines))


def common_heading(tree: Tree, numbers: Sequence[int]) -> str:
    """The nearest heading under which all these lines stand, where others of its kind stand beside it; "" where there is
    none, or it only names a section or a year."""
    chains = [tree.above(no - 1) for no in numbers]
    common = set.intersection(*({block.index for block in chain} for chain in chains)) if chains else set()
    for block in chains[0] if chains else ():
        is_apart = block.number is None and tree.blocks[block.index + 1] is None  # a blank line is below it
        is_title = (
            block.kind == "title" and not is_apart and len(tree.siblings(block.index)) >= LEAST_SIBLINGS
        )
        if block.index not in common or not is_title:
            continue
        title = (block.number.title if block.number else block.text).strip(_FRAME)
        if not is_section_title(title) and not is_year_title(title):
            return title
    return ""


def _with_office(title: str) -> tuple[str, str | None]:
    """쉼터 넓히기【복지과】 -> title and department."""
    found = _OFFICE.search(title)
    office = found["office"].strip() if found is not None else ""
    if found is None or not DEPARTMENT_END.search(office):
        return title, None
    return title[: found.start()].strip(), office


@dataclass(frozen=True)
class _Heading:
    """A line that may head a task: the index of its line, of what follows and of what no longer belongs to it."""

    index: int
    style: str
    level: float
    no: str | None
    title: str
    body: int
    end: int


@dataclass
class _Search:
    """Goes through the tree from the top; counts over lines are summed up once, so that each heading is looked at once."""

    lines: Sequence[Line]
    tree: Tree
    year: int | None
    _inner: dict[int, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def headings(self) -> dict[int, list[_Heading]]:
        """The headings by the index of what they stand under (-1: the document)."""
        found: dict[int, list[_Heading]] = defaultdict(list)
        ends = self._ends()
        for block in self.tree.blocks:
            if block is not None and block.kind in ("title", "item") and not block.is_appendix:
                found[block.parent].append(self._heading(block, ends[block.index]))
        return found

    def _heading(self, block: Block, end: int) -> _Heading:
        number = block.number
        if number is not None:
            no = number.no or None
            return _Heading(block.index, number.style, block.level, no, number.title, number.body, end)
        line = self.lines[block.index]
        title = line.title_in_brackets or block.text
        style = line.marks[:1] if line.marks else "<>" if line.title_in_brackets else self._plain_style(block)
        return _Heading(block.index, style, block.level, None, title, block.index + 1, end)

    def _plain_style(self, block: Block) -> str:
        """A title without number or mark: only one that stands apart or in a frame can head a task."""
        stands_apart = (
            block.index == 0 or self.lines[block.index - 1].is_blank or bool(self.lines[block.index].cells)
        )
        return APART if stands_apart else PLAIN

    def _ends(self) -> dict[int, int]:
        """For each title and item the index of the first line that is not under it."""
        ends: dict[int, int] = {}
        open_ones: list[Block] = []
        for block in self.tree.blocks:
            if block is None or block.kind not in ("title", "item"):
                continue
            while open_ones and open_ones[-1].index != block.parent:
                ends[open_ones.pop().index] = block.index
            open_ones.append(block)
        return ends | {block.index: len(self.lines) for block in open_ones}

    @cached_property
    def _dated(self) -> list[int]:
        """How many lines above each index look like an entry."""
        return [
            0,
            *accumulate(_is_dated(line) or heads_years(self.lines, at) for at, line in enumerate(self.lines)),
        ]

    @cached_property
    def _fields(self) -> list[int]:
        """How many lines above each index are a field and its value."""
        return [0, *accumulate(int(_field_of(line) is not None) for line in self.lines)]

    def dated(self, start: int, end: int) -> int:
        return self._dated[end] - self._dated[start]

    def is_evident(self, heading: _Heading) -> bool:
        """Whether dated lines stand below a heading, or fields of a project."""
        fields = self._fields[heading.end] - self._fields[heading.body]
        return self.dated(heading.body, heading.end) > 0 or fields >= LEAST_FIELDS

    @cached_property
    def _repeated(self) -> frozenset[str]:
        """Titles that come under several headings, each with something below it: they name sections. What a chapter about
        things done tells of a project again is no second place."""
        places: dict[tuple[str, str], set[int]] = defaultdict(set)
        for parent, ones in self.headings.items():
            is_told = any(tells_done(block.text) for block in self._over(parent))
            for one in () if is_told else ones:
                if self.is_evident(one):
                    places[one.style, squeeze(one.title)].add(parent)
        return frozenset(name for (_, name), parents in places.items() if len(parents) >= LEAST_SIBLINGS)

    def _over(self, index: int) -> list[Block]:
        """A heading and those above it, but not the bullets."""
        own = self.tree.blocks[index] if index >= 0 else None
        chain = [own, *self.tree.above(index)] if own is not None else []
        return [block for block in chain if block is not None and block.level < BULLETS_FROM]

    def is_section(self, heading: _Heading) -> bool:
        """Whether a title names a part of a task by its words, or by coming again and again."""
        return is_section_title(heading.title) or squeeze(heading.title) in self._repeated

    def may_be_task(self, heading: _Heading, is_named: bool = False) -> bool:
        """Whether a title could be a task's: no section (which `is_named` says), value, sentence or date, nor about a year
        before the plan's."""
        title = heading.title
        is_bad = (
            len(title) > LONGEST_TITLE
            or ":" in title
            or bool(_SENTENCE.search(title))
            or self.is_past(heading)
        )
        is_dated = any(date.month for date in find_dates(without_brackets(title)))
        return (
            not (is_bad or is_dated or (not is_named and self.is_section(heading)))
            and len(_HANGUL.findall(title)) > 1
        )

    def is_past(self, heading: _Heading) -> bool:
        """Whether a heading begins with a year before the plan's: what was done then is told, not planned."""
        return heading.level < BULLETS_FROM and self.names_past_year(heading)

    def names_past_year(self, heading: _Heading) -> bool:
        """Whether a title begins with a year before the plan's."""
        first = next(iter(find_dates(heading.title)), None)
        named = first.year if first is not None and first.start <= 1 else None
        return named is not None and self.year is not None and named < self.year

    def tasks(self, parent: int, is_within: bool = False, is_past: bool = False) -> list[_Heading]:
        """The tasks under a heading (-1: in the document); `is_within`: under a project, of which bullets are parts."""
        found: list[_Heading] = []
        for group in self.groups(parent).values():
            found += self._tasks_of(group, is_within, is_past)
        return sorted(found, key=lambda one: one.index)

    def groups(self, parent: int) -> dict[str, list[_Heading]]:
        groups: dict[str, list[_Heading]] = defaultdict(list)
        for one in self.headings[parent]:
            groups[one.style].append(one)
        return groups

    def _tasks_of(self, group: Sequence[_Heading], is_within: bool, is_past: bool) -> list[_Heading]:
        """The tasks among siblings of one style, and below them; those of a chapter about the past have sections."""
        able = [one for one in group if self.may_be_task(one) and self.is_evident(one)]
        able = self._with_worded(group, able)
        able = [one for one in able if not is_past or any(map(self.is_section, self.headings[one.index]))]
        is_list = self._is_list_of_tasks(group, able, is_within)
        found: list[_Heading] = []
        for one in group:
            is_own = is_list and one in able
            if is_own and one.level >= LETTERS_LEVEL:
                found.append(one)  # what lies in a project below the numbers is part of it
                continue
            is_project = is_own and one.no is not None and one.level > ROMAN_LEVEL
            is_told = self.is_past(one) and not is_past
            inner = self.tasks(one.index, is_within or is_project, is_past or is_told)
            if inner:
                first = inner[0].index
                found += [one] if is_own and self.dated(one.body, first) else []
                found += inner
            elif is_own or (is_list and self._is_lone_of(one, group, able)):
                found.append(one)
        return found

    def _with_worded(self, group: Sequence[_Heading], able: Sequence[_Heading]) -> list[_Heading]:
        """The tasks among numbered siblings with those whose names only end as sections do (인구감소 대응 투자계획): of several
        words, beside others that are none."""
        evident = [one for one in group if self.is_evident(one)]
        if not able or able[0].no is None or HALF * len(able) < len(evident):
            return list(able)
        kept = {one.index for one in able}
        kept |= {one.index for one in evident if one.index not in kept and self._is_worded(one)}
        return [one for one in group if one.index in kept]

    def _is_worded(self, one: _Heading) -> bool:
        is_named = len(one.title.split()) >= LEAST_WORDS and squeeze(one.title) not in self._repeated
        return is_named and is_section_title(one.title) and self.may_be_task(one, is_named=True)

    def _is_lone_of(self, one: _Heading, group: Sequence[_Heading], able: Sequence[_Heading]) -> bool:
        """Whether a numbered heading without dates is a task since its siblings are."""
        is_numbered = one.no is not None and one.level > ROMAN_LEVEL
        return (
            is_numbered
            and one.end > one.body + 1
            and self.may_be_task(one)
            and HALF * len(able) >= len(group)
        )

    def _is_list_of_tasks(self, group: Sequence[_Heading], able: Sequence[_Heading], is_within: bool) -> bool:
        """Whether siblings are tasks: numbered above the bullets, or of the same shape inside."""
        filled = [one for one in group if one.end > one.body + 1]
        if not able or HALF * len(able) < sum(self.is_evident(one) for one in filled):
            return False
        if able[0].no is not None and able[0].level < LETTERS_LEVEL:
            return True
        if able[0].style.startswith(WORDED) and able[0].no is not None:
            return True  # (과제 1) says itself that it is one
        if len(able) < LEAST_SIBLINGS or able[0].style == PLAIN:
            return False
        if is_within:  # letters below numbers, none of which names a section
            is_letters = able[0].no is not None and able[0].level == LETTERS_LEVEL
            return is_letters and len(able) == sum(map(self.is_evident, group))
        is_named = able[0].no is not None or able[0].style == LABELLED
        return is_named or self._have_same_shape(able)

    def _have_same_shape(self, group: Sequence[_Heading]) -> bool:
        """Whether at least half of the siblings share titles or labels of what they hold."""
        inner = [self._inside(one) for one in group]
        counts = Counter(name for names in inner for name in names)
        common = {name for name, count in counts.items() if count > 1}
        return HALF * sum(bool(names & common) for names in inner) >= len(group)

    def _inside(self, heading: _Heading) -> frozenset[str]:
        """The titles and labels directly under a heading."""
        if heading.index not in self._inner:
            titles = {squeeze(one.title) for one in self.headings[heading.index]}
            labels = {name for line in self.lines[heading.body : heading.end] if (name := _field_of(line))}
            self._inner[heading.index] = frozenset(titles | labels)
        return self._inner[heading.index]


PLAIN: Final = "plain"
APART: Final = "apart"
ROMAN_LEVEL: Final = -60.0
LETTERS_LEVEL: Final = -20.0


def _is_dated(line: Line) -> bool:
    is_sentence = not line.cells and tells_of_acts(line.body)
    return looks_like_entry(line) or _heads_grid(line) or is_sentence or _says_often(line)


def heads_years(lines: Sequence[Line], index: int) -> bool:
    """Whether a row names years that follow each other above a row of what is done in each."""
    below = lines[index + 1].cells if index + 1 < len(lines) else ()
    years = years_in([one_line(text) for text in lines[index].cells]) if lines[index].cells else {}
    said = [text for at in years if at < len(below) and (text := one_line(below[at]))]
    return len(said) >= LEAST_TIMES and HALF * sum(map(_names_act, said)) >= len(said)


def _names_act(text: str) -> bool:
    return any(map(is_act, _PARTS.split(text))) and not is_figure(text)


def _says_often(line: Line) -> bool:
    """Whether a bullet ends in how often it is done: 보고회(분기 1회), 점검 : 매월."""
    is_item = bool(line.marks or _LISTED.match(line.body)) and not (line.is_note or line.cells)
    return is_item and _OFTEN.search(line.body) is not None


def _heads_grid(line: Line) -> bool:
    """Whether a row is made of times: the head of a grid of months."""
    return sum(is_only_time(one_line(text)) for text in line.cells) >= LEAST_TIMES


def _field_of(line: Line) -> str | None:
    """The label of "○ 사 업 비 : 1,200백만원" or "(위치) 한빛동", closed up; None for every other line."""
    if line.cells or line.is_blank or line.is_note:
        return None
    found = _FIELD.match(one_line(line.body))
    return None if found is None else squeeze(found[1] or found[2])
