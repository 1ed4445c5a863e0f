"""Meetings (회의) as rows, and the pack of one as a workbook or a document."""
