"""How often a backtracking matcher may try the same text anew, read from the parse tree of a pattern.

The tree becomes an automaton of positions (Glushkov): one state for each place of the pattern that takes a letter, with
what must stand before and behind it (anchors, `\\b`, lookarounds of one letter). Two walks that read the same text are
what costs: a state that comes back to itself in two ways is **exponential**; a loop that can hand the same text over to
a later loop costs a power of the length, one for each hand-over. A search counts as a loop in front, for it begins anew
at every letter. A walk that has matched already costs nothing more.

Source: A. Weber, H. Seidl, On the degree of ambiguity of finite automata, TCS 88 (1991): EDA and IDA.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Literal, NamedTuple

Mode = Literal["search", "match", "fullmatch"]
MANY_NESTED = 8  # a repeat of so many is as good as endless where one stands in another
MANY_BESIDE = 64  # and where it stands beside another
SAMPLES = (
    "\x00\t\n !-09Az_가힣각달일ㄱㅏᄀ²①Ⅲ٣１é\u3000\xa0\u200b–—~∼·ㆍ…’‘“”「」『』〈〉"
    "○●□→⇒％＃（）：．√✓\U000f02b1\ue000\U0001f600\u0301"
)
CATEGORY: dict[Any, Callable[[str], bool]] = {
    code.CATEGORY_DIGIT: str.isdecimal,
    code.CATEGORY_SPACE: str.isspace,
    code.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    code.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    code.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    code.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}


class Cost(NamedTuple):
    """`power`: the failing match takes the length to that power; `is_exponential` is worse than all powers."""

    power: int
    is_exponential: bool
    about: str


class Step(NamedTuple):
    """A place, with the letters that may stand before (`prev`) and at it or behind it (`next`)."""

    place: int
    prev: int
    next: int


class Gap(NamedTuple):
    """A way past a part of the pattern without a letter, under its conditions."""

    prev: int
    next: int


@dataclass
class Part:
    empty: list[Gap] = field(default_factory=list)
    first: list[Step] = field(default_factory=list)
    last: list[Step] = field(default_factory=list)


class Letters:
    """The letters that the pattern tells apart, as bits; two more stand for the text's begin and end."""

    def __init__(self, tree: Any, ignores_case: bool) -> None:
        self.ignores_case = ignores_case
        leaves = list({repr(leaf): leaf for leaf in _leaves(tree)}.values())
        chars = {*SAMPLES}
        for leaf in leaves:
            near = (
                chr(point + by) for point in _points(leaf) for by in (-1, 0, 1) if 0 <= point + by < 0x110000
            )
            chars |= {*near}
        taken = [{char for char in chars if self._takes(leaf, char)} for leaf in [*leaves, *_FIXED]]
        kinds: dict[tuple[bool, ...], str] = {}
        for char in sorted(chars):
            kinds.setdefault(tuple(char in one for one in taken), char)
        self.of = list(kinds.values())
        self.all = (1 << len(self.of)) - 1
        self.begin = 1 << len(self.of)
        self.end = self.begin << 1
        self.any_prev, self.any_next = self.all | self.begin, self.all | self.end

    def mask(self, leaf: Any) -> int:
        return sum(1 << at for at, char in enumerate(self.of) if self._takes(leaf, char))

    def _takes(self, leaf: Any, char: str) -> bool:
        if not self.ignores_case:
            return _takes(leaf, ord(char))
        return any(_takes(leaf, ord(one)) for one in {char, char.lower(), char.upper()} if len(one) == 1)


_NEWLINE = (code.LITERAL, 10)
_WORD = (code.IN, [(code.CATEGORY, code.CATEGORY_WORD)])
_SPACE = (code.IN, [(code.CATEGORY, code.CATEGORY_SPACE)])
_FIXED = (_NEWLINE, _WORD, _SPACE)
_ANY = (code.ANY, "all")


def _takes(leaf: Any, point: int) -> bool:
    kind, value = leaf
    if kind is code.LITERAL:
        return bool(point == value)
    if kind is code.NOT_LITERAL:
        return bool(point != value)
    if kind is code.ANY:
        return value == "all" or point != 10
    if kind is code.RANGE:
        return bool(value[0] <= point <= value[1])
    if kind is code.CATEGORY:
        return CATEGORY[value](chr(point))
    is_negated = value[0][0] is code.NEGATE
    return any(_takes(one, point) for one in value[is_negated:]) is not is_negated


def _points(leaf: Any) -> Iterator[int]:
    kind, value = leaf
    if kind in (code.LITERAL, code.NOT_LITERAL):
        yield value
    elif kind is code.RANGE:
        yield from value
    elif kind is code.IN:
        for one in value:
            yield from _points(one)


_REPEAT = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_LEAF = (code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN)


def _leaves(tree: Any) -> Iterator[Any]:
    for kind, value in tree:
        if kind in _LEAF:
            yield (kind, value)
        else:
            for part in _parts(kind, value):
                yield from _leaves(part)


def _parts(kind: Any, value: Any) -> list[Any]:
    if kind is code.BRANCH:
        return list(value[1])
    if kind in _REPEAT:
        return [value[2]]
    if kind is code.SUBPATTERN:
        return [value[3]]
    if kind in (code.ASSERT, code.ASSERT_NOT):
        return [value[1]]
    if kind is code.ATOMIC_GROUP:
        return [value]
    if kind is code.GROUPREF_EXISTS:
        return [one for one in value[1:] if one is not None]
    return []


def _has_loop(tree: Any) -> bool:
    return any(
        (kind in _REPEAT and (value[1] is code.MAXREPEAT or value[1] - value[0] >= MANY_NESTED))
        or kind is code.GROUPREF
        or any(_has_loop(part) for part in _parts(kind, value))
        for kind, value in tree
    )


class Automaton:
    """The places of the pattern and the links between them."""

    def __init__(self, tree: Any, letters: Letters, flags: int, mode: Mode, many: int) -> None:
        self.flags, self.many, self.mode = flags, many, mode
        self.letters = letters
        self.masks: list[int] = []
        self.links: Counter[tuple[int, int, int, int]] = Counter()  # from, to, prev, next -> in how many ways
        self.bodies: list[Any] = []  # of lookarounds: they are matched apart
        whole = self._tree(tree)
        if mode == "search":
            whole = self._then(self._repeat(0, code.MAXREPEAT, [_ANY], can_give_back=True), whole)
        if mode == "fullmatch":
            whole = self._then(whole, Part(empty=[Gap(self.letters.any_prev, self.letters.end)]))
        self.accepts: dict[int, int] = defaultdict(int)
        for step in whole.last:
            if step.next == self.letters.any_next:
                self.accepts[step.place] |= step.prev
        self.is_nullable = Gap(self.letters.any_prev, self.letters.any_next) in whole.empty

    def _tree(self, tree: Any) -> Part:
        part = self._free()
        for kind, value in tree:
            part = self._then(part, self._item(kind, value))
        return part

    def _free(self) -> Part:
        return Part(empty=[Gap(self.letters.any_prev, self.letters.any_next)])

    def _item(self, kind: Any, value: Any) -> Part:
        if kind in _LEAF:
            return self._place((kind, value))
        if kind is code.BRANCH:
            return self._either([self._tree(one) for one in value[1]])
        if kind in _REPEAT:
            return self._repeat(*value, can_give_back=kind is not code.POSSESSIVE_REPEAT)
        if kind in (code.SUBPATTERN, code.ATOMIC_GROUP):
            return self._tree(_parts(kind, value)[0])
        if kind is code.GROUPREF_EXISTS:
            return self._either([self._tree(one) if one else self._free() for one in value[1:]])
        if kind in (code.ASSERT, code.ASSERT_NOT):
            return self._look(value[0] < 0, kind is code.ASSERT, value[1])
        if kind is code.AT:
            return self._at(value)
        assert kind is code.GROUPREF, kind
        return self._repeat(0, code.MAXREPEAT, [_ANY], can_give_back=True)  # who knows what it says

    def _place(self, leaf: Any) -> Part:
        leaf = (
            leaf
            if leaf[0] is not code.ANY or leaf[1]
            else (code.ANY, "all" if self.flags & re.DOTALL else None)
        )
        self.masks.append(self.letters.mask(leaf))
        step = Step(len(self.masks) - 1, self.letters.any_prev, self.letters.any_next)
        return Part([], [step], [step])

    def _either(self, parts: list[Part]) -> Part:
        return Part(
            _few(one for part in parts for one in part.empty),
            _few(one for part in parts for one in part.first),
            _few(one for part in parts for one in part.last),
        )

    def _then(self, one: Part, two: Part) -> Part:
        self._link(one.last, two.first)
        empty = _few(Gap(a.prev & b.prev, a.next & b.next) for a in one.empty for b in two.empty)
        first = [Step(b.place, a.prev & b.prev, a.next & b.next) for a in one.empty for b in two.first]
        last = [Step(a.place, a.prev & b.prev, a.next & b.next) for a in one.last for b in two.empty]
        return Part(
            [gap for gap in empty if gap.prev and gap.next],
            _few([*one.first, *(step for step in first if step.prev and step.next)]),
            _few([*two.last, *(step for step in last if step.prev and step.next)]),
        )

    def _link(self, lasts: list[Step], firsts: list[Step]) -> None:
        for a in lasts:
            for b in firsts:
                before, behind = a.prev & b.prev & self.masks[a.place], a.next & b.next & self.masks[b.place]
                if before and behind:
                    self.links[a.place, b.place, before, behind] += 1

    def _repeat(self, least: Any, most: Any, body: Any, *, can_give_back: bool) -> Part:
        part = self._free()
        is_endless = most is code.MAXREPEAT or int(most) - int(least) >= self.many
        for _ in range(min(int(least), 2) - (1 if is_endless and least else 0)):
            part = self._then(part, self._tree(body))
        if is_endless:
            return self._then(part, self._loop(body, can_skip=not least, can_give_back=can_give_back))
        more = self._free()
        for _ in range(min(int(most) - int(least), 2)):
            more = self._either([self._then(self._tree(body), more), self._free()])
        return self._then(part, more)

    def _loop(self, body: Any, *, can_skip: bool, can_give_back: bool) -> Part:
        once = self._tree(body)
        self._link(once.last, once.first)
        last = once.last
        if not can_give_back and len(body) == 1 and body[0][0] in _LEAF:
            others = self.letters.any_next & ~self.masks[once.first[0].place]
            last = [step._replace(next=step.next & others) for step in last]
        return Part(_few([*once.empty, *(self._free().empty if can_skip else [])]), once.first, last)

    def _look(self, is_behind: bool, is_wanted: bool, body: Any) -> Part:
        self.bodies.append(body)
        seen = self._tree(body)
        letters, whole = self.letters, self.letters.any_prev if is_behind else self.letters.any_next
        ends = seen.last if is_behind else seen.first
        if is_wanted:
            mask = sum_of(self.masks[one.place] for one in ends) | sum_of(
                gap.prev if is_behind else gap.next for gap in seen.empty
            )
        else:
            mask = whole & ~self._alone(body, is_behind)
        gap = Gap(mask & whole, letters.any_next) if is_behind else Gap(letters.any_prev, mask & whole)
        return Part(empty=[gap] if mask & whole else [])

    def _alone(self, body: Any, is_behind: bool) -> int:
        """The letters of which any one alone is what must not be seen."""
        found = 0
        for way in _ways(body):
            if len(way) == 1 and way[0][0] in _LEAF:
                found |= self.masks[self._place(way[0]).first[0].place]
            elif len(way) == 1 and way[0][0] is code.AT and not self.flags & re.MULTILINE:
                found |= self.letters.begin if is_behind else self.letters.end
        return found

    def _at(self, where: Any) -> Part:
        letters = self.letters
        newline = letters.mask(_NEWLINE)
        if where in (code.AT_BEGINNING, code.AT_BEGINNING_STRING):
            more = newline if where is code.AT_BEGINNING and self.flags & re.MULTILINE else 0
            return Part(empty=[Gap(letters.begin | more, letters.any_next)])
        if where is code.AT_END:
            return Part(empty=[Gap(letters.any_prev, letters.end | newline)])
        if where is code.AT_END_STRING:
            return Part(empty=[Gap(letters.any_prev, letters.end)])
        word = letters.mask(_WORD)
        outside = letters.all & ~word
        if where is code.AT_BOUNDARY:
            return Part(empty=[Gap(word, outside | letters.end), Gap(outside | letters.begin, word)])
        return Part(empty=[Gap(word, word), Gap(outside | letters.begin, outside | letters.end)])


def sum_of(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _ways(body: Any) -> Iterator[Any]:
    """The alternatives of a lookaround, groups opened."""
    if len(body) == 1 and body[0][0] is code.BRANCH:
        for one in body[0][1][1]:
            yield from _ways(one)
    elif len(body) == 1 and body[0][0] is code.SUBPATTERN:
        yield from _ways(body[0][1][3])
    else:
        yield list(body)


def _few(found: Iterable[Any]) -> list[Any]:
    """Each kind twice at most: that there are two ways is enough to know."""
    return [one for one, count in Counter(found).items() for _ in range(min(count, 2))]


Node = tuple[int, ...]  # places, and the letter read last


class Walks:
    """Walks through the automaton that read the same text."""

    def __init__(self, automaton: Automaton, *, has_short_gaps: bool) -> None:
        self.auto = automaton
        self.forgiven = automaton.letters.mask(_SPACE) if has_short_gaps else 0
        self.next: dict[
            tuple[int, int], dict[int, dict[int, int]]
        ] = {}  # place, letter -> letter -> place -> ways
        self.out = defaultdict(list)
        for (a, b, prev, following), count in automaton.links.items():
            self.out[a].append((b, prev, following, count))
        self.groups = list(_components(range(len(automaton.masks)), self._neighbours))
        self.group_of = {place: at for at, group in enumerate(self.groups) for place in group}
        self.loops = [
            at
            for at, group in enumerate(self.groups)
            if len(group) > 1 or any(b == group[0] for b, *_ in self.out[group[0]])
        ]

    def _neighbours(self, place: int) -> Iterator[int]:
        return (b for b, *_ in self.out[place])

    def steps(self, place: int, last: int) -> dict[int, dict[int, int]]:
        """The letter read next -> where one may be then, and in how many ways."""
        if (found := self.next.get((place, last))) is None:
            found = defaultdict(dict)
            for b, prev, following, count in self.out[place]:
                if prev >> last & 1 and not self._has_matched(place, last):
                    for letter in _bits(following & self.auto.letters.all):
                        found[letter][b] = min(2, found[letter].get(b, 0) + count)
            self.next[place, last] = found
        return found

    def _has_matched(self, place: int, last: int) -> bool:
        return bool(self.auto.accepts[place] >> last & 1)

    def exponential(self) -> tuple[int, int] | None:
        """A place that comes back to itself in two ways, and where they part."""
        for at in self.loops:
            group = set(self.groups[at])
            starts = [(p, p, c) for p in group for c in _bits(self.auto.masks[p])]
            pairs = partial(self._pairs, group=group)
            for component in _circles(starts, pairs):
                if (found := self._parting(component, group)) is not None:
                    return found
        return None

    def _pairs(self, node: Node, group: set[int]) -> Iterator[Node]:
        p, q, last = node
        ways = self.steps(q, last)
        for letter, places in self.steps(p, last).items():
            for a in places.keys() & group:
                for b in ways.get(letter, {}).keys() & group:
                    yield (a, b, letter)

    def _parting(self, component: list[Node], group: set[int]) -> tuple[int, int] | None:
        same = {node for node in component if node[0] == node[1]}
        if not same:
            return None
        apart = next((node for node in component if node[0] != node[1]), None)
        if apart is not None:
            return apart[0], apart[1]
        inside = set(component)
        for p, _, last in same:
            for letter, places in self.steps(p, last).items():
                for b, count in places.items():
                    if count > 1 and (b, b, letter) in inside:
                        return p, b
        return None

    def hand_overs(self) -> list[tuple[int, int]]:
        """Pairs of places in two loops where the first can hand the text that both read over to the second."""
        reach = self._reach()
        return [
            pair
            for one in self.loops
            for two in self.loops
            if two in reach[one] and (pair := self._hand_over(one, two, reach)) is not None
        ]

    def _reach(self) -> dict[int, set[int]]:
        """Component -> the other components that lie behind it. Components come in reverse order of their links."""
        reach: dict[int, set[int]] = {}
        for at, group in enumerate(self.groups):
            behind = {self.group_of[b] for place in group for b in self._neighbours(place)} - {at}
            reach[at] = behind.union(*(reach[other] for other in behind))
        return reach

    def _hand_over(self, one: int, two: int, reach: dict[int, set[int]]) -> tuple[int, int] | None:
        first, second = set(self.groups[one]), set(self.groups[two])
        between = {
            place for at in reach[one] | {one} if at == two or two in reach[at] for place in self.groups[at]
        } | second

        def pairs(node: Node) -> Iterator[Node]:
            p, q, last = node
            ways = self.steps(q, last)
            for letter, places in self.steps(p, last).items():
                for a in places.keys() & first:
                    for b in ways.get(letter, {}).keys() & second:
                        yield (a, b, letter)

        counted = ~self.forgiven
        starts = [
            (p, q, c)
            for p in first
            for q in second
            for c in _bits(self.auto.masks[p] & self.auto.masks[q] & counted)
        ]
        for component in _circles(starts, pairs):
            for p, q, last in component:
                if counted >> last & 1 and self._meets(p, q, last, first, between, second):
                    return p, q
        return None

    def _meets(self, p: int, q: int, last: int, first: set[int], between: set[int], second: set[int]) -> bool:
        seen: set[Node] = set()
        ahead: list[Node] = [(p, p, q, last)]
        while ahead:
            x, y, z, letter = ahead.pop()
            ways_y, ways_z = self.steps(y, letter), self.steps(z, letter)
            for char, places in self.steps(x, letter).items():
                for a in places.keys() & first:
                    for b in ways_y.get(char, {}).keys() & between:
                        for c in ways_z.get(char, {}).keys() & second:
                            node = (a, b, c, char)
                            if node == (p, q, q, last):
                                return True
                            if node not in seen:
                                seen.add(node)
                                ahead.append(node)
        return False

    def power(self) -> tuple[int, list[tuple[int, int]]]:
        """The longest chain of hand-overs, one behind the other: the length to that power, and one."""
        reach, pairs = self._reach(), self.hand_overs()

        @cache
        def longest(at: int) -> list[tuple[int, int]]:
            best: list[tuple[int, int]] = []
            for pair in pairs:
                if (self.group_of[pair[0]] in reach[at]) or self.group_of[pair[0]] == at:
                    chain = [pair, *longest(self.group_of[pair[1]])]
                    best = max(best, chain, key=len)
            return best

        chains = [longest(at) for at in self.loops]
        best = max(chains, key=len, default=[])
        return len(best) + 1, best


def _bits(mask: int) -> Iterator[int]:
    at = 0
    while mask:
        if mask & 1:
            yield at
        mask >>= 1
        at += 1


def _components(starts: Iterable[Any], neighbours: Callable[[Any], Iterable[Any]]) -> Iterator[list[Any]]:
    """Strongly connected components, those behind first (Tarjan, without recursion)."""
    number: dict[Any, int] = {}
    low: dict[Any, int] = {}
    stack: list[Any] = []
    held: set[Any] = set()
    for start in starts:
        if start in number:
            continue
        work = [(start, iter(neighbours(start)))]
        number[start] = low[start] = len(number)
        stack.append(start)
        held.add(start)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in number:
                    number[other] = low[other] = len(number)
                    stack.append(other)
                    held.add(other)
                    work.append((other, iter(neighbours(other))))
                    break
                if other in held:
                    low[node] = min(low[node], number[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    component: list[Any] = []
                    while not component or component[-1] != node:
                        component.append(stack.pop())
                        held.discard(component[-1])
                    yield component


def _circles(starts: Iterable[Any], neighbours: Callable[[Any], Iterable[Any]]) -> Iterator[list[Any]]:
    """The components in which one can go round."""
    for component in _components(starts, neighbours):
        if len(component) > 1 or component[0] in set(neighbours(component[0])):
            yield component


def cost(pattern: str, flags: int = 0, mode: Mode = "search", *, has_short_gaps: bool = False) -> Cost:
    """What a match in vain costs at worst. `has_short_gaps`: the text has no long runs of nothing but white space."""
    tree = parser.parse(pattern, flags)
    flags = tree.state.flags
    if not _has_loop(tree):
        return Cost(1, False, "")
    letters = Letters(tree, bool(flags & re.IGNORECASE))
    nested = Walks(Automaton(tree, letters, flags, mode, MANY_NESTED), has_short_gaps=False)
    if (found := nested.exponential()) is not None:
        return Cost(0, True, _about(nested, [found]))
    beside = Walks(Automaton(tree, letters, flags, mode, MANY_BESIDE), has_short_gaps=has_short_gaps)
    power, chain = beside.power()
    return Cost(power, False, _about(beside, chain))


def _about(walks: Walks, pairs: list[tuple[int, int]]) -> str:
    letters, masks = walks.auto.letters, walks.auto.masks
    said = []
    for p, q in pairs:
        both = "".join(letters.of[at] for at in _bits(masks[p] & masks[q]))
        said.append(f"places {p} and {q} both read {both[:12]!r}")
    return "; ".join(said)
