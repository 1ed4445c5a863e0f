"""Messages sent before a change: each reader's newest one that shows what changed owes an edit (보낸 메시지 고치기)."""

from collections.abc import Collection

from jobs.authority.permissions import Deed, standing_of, viewable
from store import chat_links, deliveries
from store.models import Delivery, Officer
from store.states import DeliveryKind


def outdate(deed: Deed, subjects: Collection[str], of: Collection[int] | None = None) -> None:
    """Owe an edit of the newest daily message of everybody in which one of the ledger's subjects stands; it is rendered
    when it goes out. Nothing more is told in a chat that is no longer the person's. `of`: only theirs."""
    holders = deliveries.holders(deed.session, subjects)
    for officer_id in holders if of is None else set(holders) & set(of):
        digest = deliveries.newest_digest(deed.session, officer_id)
        if digest is None or deliveries.waiting_edit(deed.session, digest.id) is not None:
            continue
        link = chat_links.active(deed.session, officer_id)
        if (
            link is None
            or link.chat_id != digest.chat_id
            or not _stands_in(deed, digest, subjects, link.officer)
        ):
            continue
        deliveries.add(
            deed.session,
            DeliveryKind.EDIT,
            "digest",
            digest.chat_id,
            deed.now,
            officer_id=officer_id,
            target_id=digest.id,
        )


def _stands_in(deed: Deed, digest: Delivery, subjects: Collection[str], reader: Officer) -> bool:
    """One of the subjects stands in the message; of milestones only one that its reader may see today."""
    found = [item for item in digest.items if item.subject in subjects]
    ids = [item.milestone_id for item in found if item.milestone_id is not None]
    if len(ids) < len(found):
        return True
    standing = standing_of(deed.session, reader, deed.today)
    return bool(ids) and bool(viewable(deed.session, standing, ids, deed.today))
