"""What the printed sheets of registration links show. Drawn by reports/drawing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Invited:
    """One person, with the one-time link."""

    department: str
    name: str
    rank: str
    link: str


@dataclass(frozen=True)
class Words:
    """What stands on each page (`title`, behind the department's name) and beside each code (`how`, a line each)."""

    title: str
    how: tuple[str, ...]


@dataclass(frozen=True)
class Sheets:
    """Who is handed a link, in the order in which they are printed."""

    people: tuple[Invited, ...]
    words: Words
