"""What the database itself refuses: raw SQL cannot change or delete an entry of the audit log either."""

from sqlalchemy import DDL, Table, event

from store.tables.records import AuditEntry

# The same statements stand, frozen, in the migration that brought them; tests compare the two.
ON_SQLITE = [
    f"CREATE TRIGGER audit_entry_no_{verb} BEFORE {verb.upper()} ON audit_entry"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    for verb in ("update", "delete")
] + [  # INSERT OR REPLACE deletes without asking the trigger above
    "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry"
    " WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
]
ON_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry"
    " FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
    "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
]


def _guard(table: Table) -> None:
    """A table made from the models gets its guards as a migrated one does."""
    for dialect, statements in (("sqlite", ON_SQLITE), ("postgresql", ON_POSTGRESQL)):
        for statement in statements:
            ddl = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl)


assert isinstance(AuditEntry.__table__, Table)
_guard(AuditEntry.__table__)
