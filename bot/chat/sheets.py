"""A sheet that waits for the word of whoever sent it (보낸 파일): the speaker's own, or the reason why it is none; and [취소]."""

from __future__ import annotations

from bot.chat.turn import Turn, UsageError
from store import uploads
from store.models import PlanUpload
from store.states import UploadState


def own(turn: Turn, number: int, holds: str, over: str, *, ends_dialogue: bool = False) -> PlanUpload:
    """The upload that still waits, holds that and is the speaker's. Raises UsageError with `over` for any other."""
    found = uploads.waiting(turn.session, number, holds)
    if found is None or found.officer_id != turn.actor.officer.id:
        raise UsageError(over, ends_dialogue=ends_dialogue)
    return found


def drop(turn: Turn, upload: PlanUpload) -> None:
    """[취소]: nothing of it counts."""
    upload.state = UploadState.DROPPED
    turn.answer("cancelled", was_asked=True)
