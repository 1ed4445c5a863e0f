"""The commands whose words are typed as in the chat: whatever stands behind their names is theirs."""

from typing import Final

# What the chat has for the planning office.
ACTING: Final = (
    "done",
    "delay",
    "progress",
    "note",
    "approve",
    "reject",
    "assign",
    "hold",
    "resume",
    "wait",
    "edit",
    "split",
    "merge",
    "drop",
    "rename",
    "undo",
)
TYPED: Final = frozenset({*ACTING, "understand"})
