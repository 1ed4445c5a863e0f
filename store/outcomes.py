"""How an item (지시·건의) may end (처리 결과): these, and what the settings name beside them."""

from enum import StrEnum


class Outcome(StrEnum):
    ADOPTED = "adopted"  # 반영
    DECLINED = "declined"  # 미반영
    LONG_TERM = "long-term"  # 장기검토
