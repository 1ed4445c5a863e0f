"""제안·사업 발굴: rows of which the planning office chooses; what is chosen becomes a task or an item."""

from jobs.asks.kind import Kind
from store.asks import ANSWER, CONFIRM, SELECT

KIND = Kind(
    "ideas",
    steps=(ANSWER, CONFIRM, SELECT),
    choices=("adopted", "held", "rejected"),
    reasoned=frozenset({"held", "rejected"}),
    kept=frozenset({"adopted"}),
    place=2,
)
