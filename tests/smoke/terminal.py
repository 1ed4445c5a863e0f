"""A shell at a terminal, as a reader of the pages has one: lines are typed, questions answered, Ctrl+C pressed."""

from __future__ import annotations

import codecs
import os
import pty
import re
import select
import subprocess
import termios
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.smoke.harness import until

PROMPT = "\x1e$?\x1e"  # the exit code of the line before
PROMPTED = re.compile("\x1e(\\d+)\x1e")
PATIENCE_S = 400.0  # for one line; an installation takes its time
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
Reply = Callable[[str], str | None]
"""What to type, given all that the line has printed since the last answer; None: nothing is asked yet."""


def blocks(page: Path, language: str = "sh") -> list[str]:
    """The texts between fences of that language, in order."""
    found = FENCED.findall(page.read_text(encoding="utf-8"))
    return [text for kind, text in found if kind == language]


def commands(block: str) -> list[str]:
    """The lines of a block without their remarks."""
    return [one for line in block.splitlines() if (one := re.sub(r"\s+#.*", "", line).strip())]


@dataclass
class Terminal:
    """One bash that lives as long as the reader reads."""

    folder: Path
    variables: Mapping[str, str]
    shown: str = ""  # all that was printed
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.screen, inner = pty.openpty()
        modes = termios.tcgetattr(inner)
        modes[3] &= ~termios.ECHO
        termios.tcsetattr(inner, termios.TCSANOW, modes)
        self.process = subprocess.Popen(
            # whoever has no terminal yet gets the one that it opens
            ["sh", "-c", 'exec bash --norc --noprofile --noediting -i <"$0" >"$0" 2>&1', os.ttyname(inner)],
            cwd=self.folder,
            env={**self.variables, "TERM": "dumb", "PS1": PROMPT},
            start_new_session=True,
        )
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._until_prompted(0, lambda _: None)
        os.close(inner)

    def run(self, line: str, reply: Reply = lambda _: None, *, code: int | None = 0) -> str:
        """What the line printed; its exit code is checked, unless that is None."""
        start = len(self.shown)
        self.type(f"{line}\n")
        ended = self._until_prompted(start, reply)
        printed = self.shown[start : ended.start()]
        assert code is None or int(ended[1]) == code, f"{line}: {printed}"
        return printed

    def _until_prompted(self, start: int, reply: Reply) -> re.Match[str]:
        asked, deadline = start, time.monotonic() + PATIENCE_S
        while (ended := PROMPTED.search(self.shown, start)) is None:
            assert time.monotonic() < deadline, self.shown[start:]
            self._read()
            if (said := reply(self.shown[asked:])) is not None:
                asked = len(self.shown)
                self.type(said)
        return ended

    def type(self, text: str) -> None:
        os.write(self.screen, text.encode())

    def _read(self) -> None:
        if select.select([self.screen], [], [], 0.2)[0]:
            self.shown += CONTROL.sub("", self.decoder.decode(os.read(self.screen, 65536)))

    def close(self) -> None:
        """What runs beside is ended, as whoever leaves the desk would do it."""
        self.run("kill $(jobs -p) 2>/dev/null; wait", code=None)
        self.type("exit\n")
        until(lambda: self.process.poll() is not None, "the shell to end")
        os.close(self.screen)
