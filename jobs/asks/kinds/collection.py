"""취합: departments fill in a form, and one workbook comes out."""

from jobs.asks.kind import Kind

KIND = Kind("collection", place=1)
