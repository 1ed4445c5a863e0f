"""`python -m sandbox`: the sandbox server as a process of its own."""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from sandbox.faults import KINDS, Fault, FaultError, parse_fault
from sandbox.methods import is_method
from sandbox.server import DEFAULT_TOKEN, Options, Running, serve
from sandbox.texts import FIRST, LANGUAGES

USAGE_ERROR = 2
FAULTS = (
    "kinds of faults:\n"
    + "".join(f"  {kind:12} {about}\n" for kind, about in KINDS.items())
    + """keys of a fault:
  method       calls it speaks of, as in Telegram's documentation; * = all (also in front: METHOD:KIND)
  chat         only calls to this chat
  skip         calls that pass before the first is hit
  times        how often it hits, 0 = without an end; 1 unless p or for is given
  p, seed      share of the calls that is hit, 0 to 1; the same seed hits the same calls
  after, for   seconds until it begins, seconds that it lasts
  code, description   of an error (500)        retry_after   seconds of a 429 (1; 0 = until it ends)
  seconds      of a delay (1)
examples:
  --fault drop-answer:p=0.05:seed=7:method=sendMessage   every twentieth answer is lost
  --fault sendMessage:error:code=502:times=20            a burst of twenty 502
  --fault sendMessage:retry-after:retry_after=0:for=30   a storm of 429 for half a minute
  --fault outage:after=10:for=600                        in ten seconds nobody is there for ten minutes
  --fault duplicate:p=0.1                                every tenth answer of updates comes twice
"""
)


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM; gives the exit code."""
    given = vars(parser().parse_args(arguments))
    ready_file = given.pop("ready_file")
    try:
        serve(options_of(given), lambda state: announce(state, ready_file))
    except (ValueError, OSError) as fault:
        sys.stderr.write(f"sandbox: {fault}\n")
        return USAGE_ERROR
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="a Telegram that runs on a laptop",
        epilog=FAULTS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("--host", default="127.0.0.1", help="loopback address to listen on")
    found.add_argument("--port", type=int, default=8080, help="0 = any free port")
    found.add_argument(
        "--token", default=os.environ.get("SANDBOX_TOKEN", DEFAULT_TOKEN),
        help="the bot's token, NUMBER:TEXT (else that of SANDBOX_TOKEN)",
    )  # fmt: skip
    found.add_argument("--clock-file", type=Path, help="file through which the bot's clock is moved")
    found.add_argument("--now", type=datetime.fromisoformat, help="business time at start, ISO")
    found.add_argument("--timezone", default="Asia/Seoul")
    found.add_argument("--bot-name", default="")
    found.add_argument(
        "--language", choices=LANGUAGES, default=FIRST, help="of the page and of everybody's account"
    )
    found.add_argument("--bot-username", default="gihan_sandbox_bot")
    found.add_argument("--ack-timeout", dest="ack_timeout_s", type=float, default=60.0, metavar="SECONDS")
    found.add_argument("--ready-file", type=Path, help="gets the address once calls are answered")
    found.add_argument(
        "--limits", action="store_true", help="Telegram's sending limits: 30/s, 1/s a chat, 20/min a group"
    )
    found.add_argument(
        "--fault", dest="faults", action="append", default=[], metavar="[METHOD:]KIND[:key=value…]",
        help="calls that fail on purpose, described below; may be given several times",
    )  # fmt: skip
    return found


def options_of(given: dict[str, Any]) -> Options:
    """The options that a command line means.

    Raises: ValueError where one of them makes no sense.
    """
    number, _, secret = given["token"].partition(":")
    if not number.isdecimal() or not secret:
        raise ValueError("--token must look like 110000001:text")
    if given["timezone"] not in available_timezones():
        raise ValueError(f"--timezone: there is no time zone {given['timezone']}")
    return Options(**given | {"faults": faults_of(given["faults"])})


def faults_of(texts: list[str]) -> list[Fault]:
    """The rules that the command line asks for.

    Raises: ValueError where one is not understood.
    """
    try:
        found = [parse_fault(text) for text in texts]
    except FaultError as fault:
        raise ValueError(f"--fault: {fault}") from fault
    for one in found:
        if not is_method(one.method):
            raise ValueError(f"--fault: there is no method {one.method}")
    return found


def announce(state: Running, ready_file: Path | None) -> None:
    """Tell whoever started the process that it answers."""
    sys.stdout.write(f"listening {state.url}\n")
    sys.stdout.flush()
    if ready_file is not None:
        temporary = ready_file.with_name(f"{ready_file.name}.tmp")
        temporary.write_text(f"{state.url}\n", encoding="utf-8")
        os.replace(temporary, ready_file)  # noqa: PTH105 (atomic)


if __name__ == "__main__":
    sys.exit(main())
