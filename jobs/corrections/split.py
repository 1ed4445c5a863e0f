"""나눔: one entry that holds several acts becomes several; the first keeps the number."""

from collections.abc import Sequence

from jobs.authority.permissions import Deed
from jobs.milestones import changes
from store import numbers
from store.models import AuditEntry, Milestone
from store.states import MilestoneState

SPLIT, SPLIT_OFF = "split", "split-off"
# What those that are parted from it have as it has it.
SAME = (
    *(
        "task_id",
        "expr",
        "section",
        "line",
        "kind",
        "precision",
        "start_on",
        "original_due_on",
        "due_on",
        "done_on",
    ),
    *("remind_from", "past_review", "before_start", "outlives_plan"),
)


def split(deed: Deed, milestone: Milestone, titles: Sequence[str]) -> list[AuditEntry]:
    """The milestone bears the first title, new ones of the same time and state the others. The document goes on to know it
    by its own words; what was parted from it is nothing that the document lacks."""
    first, *others = titles
    printed = {"title": milestone.title} | milestone.printed
    values: dict[str, object] = {"title": first, "printed": printed}
    entries = [changes.remark(deed, milestone, SPLIT, values)]
    ids = numbers.allocate_all(deed.session, ["milestone"] * len(others))
    for place, (number, title) in enumerate(zip(ids, others, strict=True), 1):
        entries.append(_part(deed, milestone, number, title, place))
    deed.session.flush()
    deed.session.expire(milestone.task, ["milestones"])
    return entries


def _part(deed: Deed, milestone: Milestone, number: int, title: str, place: int) -> AuditEntry:
    """To take it back is to withdraw it: its number is nobody else's."""
    made = Milestone(
        id=number,
        title=title,
        identity=f"split:{milestone.id}:{number}",
        window_no=place,
        state=MilestoneState.CANCELLED,
        printed={"split_of": milestone.id},
        **{key: getattr(milestone, key) for key in SAME},
    )
    deed.session.add(made)
    deed.session.flush()
    return changes.apply(deed, made, SPLIT_OFF, {"state": milestone.state})
