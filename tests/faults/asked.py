"""People who ask the bot something, and what they got for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.campaign.record import MARK
from tests.smoke.harness import Office, Person, until


@dataclass
class Asker:
    """Asks questions whose answers can be told apart: each for a milestone that does not exist, by its number."""

    person: Person
    asked: list[int] = field(default_factory=list)

    def ask(self) -> None:
        """Write without waiting."""
        number = 900_100 + len(self.asked)
        self.person.write(f"/task {number}")
        self.asked.append(number)

    def answers(self) -> Counter[int]:
        """How often each question was answered without a mark."""
        texts = [one["text"] for one in self.person.received()]
        return Counter(
            number
            for number in self.asked
            for text in texts
            if f"#{number}번" in text and not text.startswith(MARK)
        )

    def wait_for_all(self) -> None:
        """Every question is answered, if only by a marked repetition, and none twice without a mark."""
        until(lambda: self._answered() == set(self.asked), "every question to be answered")
        assert max(self.answers().values(), default=1) == 1

    def _answered(self) -> set[int]:
        texts = [one["text"] for one in self.person.received()]
        return {number for number in self.asked if any(f"#{number}번" in text for text in texts)}


def asker(city: Office, name: str = "심청") -> Asker:
    """An officer who is linked."""
    [person] = city.link(name)
    return Asker(person)


def log_of(city: Office) -> str:
    return city.log.read_text(encoding="utf-8")
