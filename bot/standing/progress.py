"""/progress ID PERCENT [note]: how far a milestone is; shown, never part of a rate."""

from __future__ import annotations

from bot.chat.command import Command, read_as_words
from jobs.authority.access import Action

EXAMPLE = "/progress 112 60 설계 검토 중"
COMMAND = Command(
    name="progress",
    korean=("진행",),
    summary="진행률 입력(이행률과 무관)",
    example=EXAMPLE,
    effect=read_as_words,
    action=Action.CHANGE,
    on_milestone=frozenset({"progress"}),
)
