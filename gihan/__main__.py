"""The program's own beginning, of `gihan` and `python -m gihan`: whoever ends a bot that is still loading ends it in order."""

import gc
import os
import signal
import sys
from importlib import import_module

LOADED = 100_000  # objects between two looks for garbage: what is loaded at the start is none


def main() -> None:
    """`gihan run` obeys a signal before the rest of the program is there, which on a slow machine takes seconds."""
    gc.set_threshold(LOADED)
    import_module("bot.cli.language").choose(sys.argv[1:], os.environ)
    if {"run", "sandbox"} & set(sys.argv[1:4]):  # behind `--lang en`, too
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, _end_at_once)
    try:
        import_module("bot.cli.main").main()
    finally:
        gc.freeze()  # at the end it all goes, without being looked through once more


def _end_at_once(_number: int, _frame: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
