"""An empty store of SQLite, migrated once in each test process; tests take copies of its file."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from store import schema
from store.engine import Store


@cache
def migrated_file() -> Path:
    folder = tempfile.mkdtemp(prefix="gihan-template-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "gihan.db"
    store = Store(f"sqlite:///{path}")
    schema.upgrade(store)
    store.close()
    return path


def copy_to(path: Path) -> str:
    """Puts an empty, migrated store there; gives its address."""
    shutil.copy(migrated_file(), path)
    return f"sqlite:///{path}"
