"""Files that persons or the bot sent, by file id."""

import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sandbox.shapes import Json

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes a bot may fetch through getFile."""
UPLOAD_LIMIT = 50 * 1024 * 1024
"""Bytes a bot may send."""


@dataclass(frozen=True)
class StoredFile:
    """A file and its names; `path` is what getFile answers as file_path."""

    id: str
    name: str
    content: bytes
    mime: str
    path: str

    def reference(self) -> Json:
        """The fields that every Telegram file object has."""
        return {"file_id": self.id, "file_unique_id": self.id[-12:], "file_size": len(self.content)}

    def document(self) -> Json:
        """The file as a `Document` object."""
        return {"file_name": self.name, "mime_type": self.mime, **self.reference()}


@dataclass
class Files:
    """All files; ids look like Telegram's and never change."""

    by_id: dict[str, StoredFile] = field(default_factory=dict)

    def add(self, name: str, content: bytes, mime: str | None, folder: str = "documents") -> StoredFile:
        """Keep a file; gives it an id and a path."""
        number = len(self.by_id) + 1
        kind = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        path = f"{folder}/file_{number}{PurePosixPath(name).suffix.lower()}"
        stored = StoredFile(f"BQACAgUAAxkBAAID{number:012d}", name, content, kind, path)
        self.by_id[stored.id] = stored
        return stored

    def at(self, path: str) -> StoredFile | None:
        """The file with this file_path."""
        return next((file for file in self.by_id.values() if file.path == path), None)
