"""Who polls and ticks: on SQLite the process that holds the lock file beside the store."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType

from store.errors import StoreError


class FileLeader:
    """Leadership by flock: the system gives it back the moment its holder dies, also by kill -9."""

    def __init__(self, store_path: Path) -> None:
        real = store_path.resolve()  # the same store by another name is the same store
        self.path = real.with_name(real.name + ".lock")
        self._handle: int | None = None

    def __enter__(self) -> FileLeader:
        """Raises StoreError where another process holds it."""
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError(
                f"store.url: {self.path.parent} 폴더에 쓸 수 없습니다({error.strerror})."
                " gihan을 실행하는 계정에 폴더의 쓰기 권한을 주십시오."
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise StoreError(
                f"이 저장소로 이미 실행 중인 gihan run이 있습니다 ({self.path}). 그쪽을 먼저 끝내 주십시오."
            ) from None
        self._handle = handle
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
