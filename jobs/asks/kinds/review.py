"""점검·평가: confirmed by the lead, signed by the head, judged by the planning office."""

from jobs.asks.kind import Kind
from store.asks import ANSWER, CONFIRM, EVALUATE, SIGN

KIND = Kind(
    "review",
    steps=(ANSWER, CONFIRM, SIGN, EVALUATE),
    verdicts=("good", "partly", "poor"),
    reasoned=frozenset({"poor"}),
    place=3,
)
