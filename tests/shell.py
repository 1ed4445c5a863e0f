"""`gihan` in a folder of its own: in this process, which is quick, or as a real one where it would serve."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest import mock

from bot.cli.main import main

SERVING = {"run", "sandbox"}  # they take over signals, so they run as processes of their own


class _Keyboard(io.StringIO):
    """What is typed; somebody who types sits at a terminal."""

    def isatty(self) -> bool:
        return bool(self.getvalue())


class Shell:
    """Gives what was printed; `code` is the exit code that it must end with, `typed` what somebody answers. `always`: variables
    of every call."""

    def __init__(self, folder: Path, always: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.always = dict(always or {})

    def __call__(self, *arguments: str, code: int = 0, typed: str = "", **variables: str) -> str:
        if SERVING & set(arguments):
            ended, out, err = self._process(arguments, self.always | variables)
        else:
            ended, out, err = self._here(arguments, self.always | variables, typed)
        assert ended == code, err
        assert "Traceback" not in err
        return err if code else out

    def _process(self, arguments: tuple[str, ...], variables: dict[str, str]) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "gihan", *arguments],
            cwd=self.folder,
            env=others() | variables,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode, done.stdout, done.stderr

    def _here(
        self, arguments: tuple[str, ...], variables: dict[str, str], typed: str
    ) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.chdir(self.folder),
            mock.patch.dict(os.environ, others() | variables, clear=True),
            mock.patch.object(sys, "argv", ["gihan", *arguments]),
            mock.patch.object(sys, "stdin", _Keyboard(typed)),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            _own_logging(),
        ):
            try:
                main()
            except SystemExit as end:
                ended = end.code if isinstance(end.code, int) else int(end.code is not None)
            else:
                ended = 0
        return ended, out.getvalue(), err.getvalue()


def others() -> dict[str, str]:
    """The variables of the surroundings that are not ours."""
    return {key: value for key, value in os.environ.items() if not key.startswith("GIHAN_")}


@contextlib.contextmanager
def _own_logging() -> Iterator[None]:
    """What a command sets up for its own process is taken back."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
