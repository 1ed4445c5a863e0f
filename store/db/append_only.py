"""Tables to which rows are added and nothing else: the programs' own statements that would change one are refused.

The refusal stands where a statement is composed, so that it costs nothing where one is run; `store/db/guards.py` is what
the database itself refuses.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Delete, Update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from store.db.errors import StoreError

REFUSALS = {
    "audit_entry": "the audit log is append-only",
    "snapshot_row": "a frozen quarter is corrected by new rows only",
    "snapshot_correction": "a frozen quarter is corrected by new rows only",
}


def _check(statement: Update | Delete) -> None:
    """Raises StoreError for a statement on one of them."""
    reason = REFUSALS.get(getattr(statement.table, "name", ""))
    if reason is not None:
        raise StoreError(reason)


@compiles(Update)
def _update(statement: Update, compiler: SQLCompiler, **options: Any) -> str:
    _check(statement)
    return compiler.visit_update(statement, **options)


@compiles(Delete)
def _delete(statement: Delete, compiler: SQLCompiler, **options: Any) -> str:
    _check(statement)
    return str(compiler.visit_delete(statement, **options))  # type: ignore[no-untyped-call]
