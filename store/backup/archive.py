"""The file of a backup: one zip of JSON lines, the same whether the store is SQLite or PostgreSQL.

`manifest.json` tells the schema's version, when it was made, and of each table its columns, rows, checksum and
counter; `tables/NAME.jsonl` has one row a line, as a list in the order of the columns. A JSON column's value is
its text as the database has it, so that null and 'null' stay two things.
"""

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import sqlalchemy as sa
from pydantic import BaseModel, ValidationError

from store.db.errors import StoreError

FORMAT = 1
MANIFEST = "manifest.json"
MOST_MANIFEST = 1 << 20

Row = list[object]

# How values are written, by the type of their column; the first that fits.
KINDS: tuple[tuple[type[Any], str], ...] = (
    (sa.DateTime, "instant"),
    (sa.Date, "day"),
    (sa.JSON, "json"),
    (sa.Boolean, "bool"),
    (sa.Integer, "integer"),
    (sa.Float, "real"),
    (sa.LargeBinary, "bytes"),
    (sa.String, "text"),
)


class BackupError(StoreError):
    """Why there is no backup, or nothing is taken from one."""


class ArchiveError(BackupError):
    """The file is no backup, or not whole."""


class TableEntry(BaseModel, extra="forbid"):
    """One table: (name, kind) of each column, how many rows, the checksum of its lines, the last number given."""

    name: str
    columns: list[tuple[str, str]]
    rows: int
    sha256: str
    counter: int | None


class Manifest(BaseModel, extra="forbid"):
    """What the file says of itself. `version` is the schema's, `made_at` real time in UTC."""

    gihan_backup: int
    version: str
    dialect: str
    made_at: datetime
    tables: list[TableEntry]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


def kind_of(column: sa.Column[object]) -> str:
    """How values of the column are written. Raises BackupError for a type nobody has thought of."""
    type_ = column.type.impl_instance if isinstance(column.type, sa.TypeDecorator) else column.type
    for kind, name in KINDS:
        if isinstance(type_, kind):
            return name
    raise BackupError("no-form", column=f"{column.table.name}.{column.name}", kind=repr(column.type))


def encode(value: object, kind: str) -> object:
    """The value as JSON has it."""
    if value is None or kind in {"json", "bool", "integer", "real", "text"}:
        return value
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    assert isinstance(value, bytes)
    return base64.b64encode(value).decode()


def decode(value: object, kind: str) -> object:
    """The value as the database wants it; instants are aware. Raises ArchiveError for one of another kind."""
    if value is None:
        return None
    try:
        if kind == "instant":
            return datetime.fromisoformat(str(value)).astimezone(UTC)
        if kind == "day":
            return date.fromisoformat(str(value))
        if kind == "bytes":
            return base64.b64decode(str(value), validate=True)
    except ValueError as error:
        raise ArchiveError("no-value", kind=kind) from error
    return value


class ArchiveWriter:
    """Writes tables one by one, then the manifest."""

    def __init__(self, file: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.tables: list[TableEntry] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.zip.close()

    def put(
        self, name: str, columns: list[tuple[str, str]], rows: Iterable[Row], counter: int | None
    ) -> None:
        checksum, count = hashlib.sha256(), 0
        with self.zip.open(f"tables/{name}.jsonl", "w", force_zip64=True) as member:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                member.write(line)
                checksum.update(line)
                count += 1
        entry = TableEntry(
            name=name, columns=columns, rows=count, sha256=checksum.hexdigest(), counter=counter
        )
        self.tables.append(entry)

    def finish(self, version: str, dialect: str, made_at: datetime) -> Manifest:
        manifest = Manifest(
            gihan_backup=FORMAT, version=version, dialect=dialect, made_at=made_at, tables=self.tables
        )
        self.zip.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        return manifest


class ArchiveReader:
    """Reads a backup. Raises ArchiveError, in one line, for whatever is not one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.zip = zipfile.ZipFile(path)
            self.manifest = self._manifest()
        except OSError as error:
            raise ArchiveError("unread", path=path, error=error.strerror) from error
        except (zipfile.BadZipFile, KeyError, ValidationError, ValueError) as error:
            raise ArchiveError("no-archive", path=path) from error

    def _manifest(self) -> Manifest:
        info = self.zip.getinfo(MANIFEST)
        if info.file_size > MOST_MANIFEST:
            raise ValueError("too large")
        content = json.loads(self.zip.read(info))
        if isinstance(content, dict) and content.get("gihan_backup", 0) > FORMAT:
            raise ArchiveError("newer-program", path=self.path)
        return Manifest.model_validate(content)

    def verify(self) -> None:
        """Every table is there, whole and as it was written. Raises ArchiveError."""
        for table in self.manifest.tables:
            for _ in self.rows(table):
                pass

    def rows(self, table: TableEntry) -> Iterator[Row]:
        """The table's rows as Python has them. Raises ArchiveError at the end where the checksum differs."""
        checksum, count = hashlib.sha256(), 0
        kinds = [kind for _, kind in table.columns]
        try:
            with self.zip.open(f"tables/{table.name}.jsonl") as member:
                for line in member:
                    checksum.update(line)
                    count += 1
                    values = json.loads(line)
                    yield [decode(value, kind) for value, kind in zip(values, kinds, strict=True)]
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, EOFError) as error:
            raise self._damaged(table) from error
        if checksum.hexdigest() != table.sha256 or count != table.rows:
            raise self._damaged(table)

    def _damaged(self, table: TableEntry) -> ArchiveError:
        return ArchiveError("damaged", path=self.path, name=table.name)

    def close(self) -> None:
        self.zip.close()
