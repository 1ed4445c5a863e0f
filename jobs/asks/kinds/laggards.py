"""부진지표: cause and remedy, consultings, review and final review over the list of indicators that were behind."""

from jobs.asks.kind import Kind
from store.asks import ANSWER, CONFIRM

KIND = Kind("laggards", steps=(ANSWER, CONFIRM), place=5)
