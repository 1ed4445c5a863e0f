"""The program's own beginning, of `gihan` and `python -m gihan`: whoever ends a bot that is still loading ends it in order."""

from __future__ import annotations

import signal
import sys
from importlib import import_module


def main() -> None:
    """`gihan run` obeys a signal before the rest of the program is there, which on a slow machine takes seconds."""
    if sys.argv[1:2] == ["run"]:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, _end_at_once)
    import_module("bot.cli.main").main()


def _end_at_once(_number: int, _frame: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
