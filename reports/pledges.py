"""How documents and people write 추진상황: a status is read by its word, however it is spelled."""

from __future__ import annotations

from functools import cache

from reports.texts.states import PLEDGE_WORDS
from store.models import SnapshotRow
from store.states import PledgeStatus

# Other spellings in documents, without spaces and dots.
PLEDGE_ALIASES = {
    "종료": PledgeStatus.COMPLETED,
    "이행완료": PledgeStatus.COMPLETED,
    "추진완료": PledgeStatus.COMPLETED,
    "계속추진": PledgeStatus.CONTINUING,
    "이행후계속": PledgeStatus.CONTINUING,
    "이행완료후계속추진": PledgeStatus.CONTINUING,
    "정상": PledgeStatus.ON_TRACK,
    "일부": PledgeStatus.PARTIAL,
    "부진": PledgeStatus.PARTIAL,
}


def read_pledge_status(text: str | None) -> PledgeStatus | None:
    """The status by its word in any language or an alias, however it is spaced ("정 상 추 진"); None for anything else."""
    return _spelled().get(_closed(text or ""))


def settled_status(row: SnapshotRow) -> PledgeStatus:
    """The frozen status with its corrections."""
    corrected = [one.after for one in row.corrections if one.field == "status"]
    return read_pledge_status(corrected[-1]) or row.status if corrected else row.status


@cache
def _spelled() -> dict[str, PledgeStatus]:
    return {_closed(word): status for word, status in PLEDGE_WORDS.codes().items()} | PLEDGE_ALIASES


def _closed(text: str) -> str:
    return "".join(char for char in text.casefold() if not char.isspace() and char not in "·ㆍ")
