"""The title of a secret task (비공개 과제) is hidden wherever it is shown: #218 비공개 과제."""

from __future__ import annotations

from typing import Protocol

from reports import texts


def hidden_title() -> str:
    return texts.line("states.hidden-title")


class Titled(Protocol):
    """A task, or a milestone."""

    @property
    def title(self) -> str: ...
    @property
    def is_secret(self) -> bool: ...


def shown_title(one: Titled) -> str:
    """The title as chat may have it."""
    return hidden_title() if one.is_secret else one.title
