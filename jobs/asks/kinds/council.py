"""의회 요구 자료: due at an hour, confirmed by the lead."""

from jobs.asks.kind import Kind
from store.asks import ANSWER, CONFIRM

KIND = Kind("council", steps=(ANSWER, CONFIRM), is_timed=True, place=4)
