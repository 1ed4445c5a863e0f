"""The figures of a campaign, as a table for the screen and as a section of docs/reliability.md."""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.campaign.replicas import Kill
from tests.campaign.verdict import Verdict
from tests.smoke.harness import ROOT

PREAMBLE = """# How reliable delivery is, measured

`make campaign` runs the real program (`gihan run`) on a real store against the sandbox's Telegram. Days
pass at the clock that can be moved; five of a hundred answers to
`sendMessage`, `editMessageText` and `getUpdates` are lost after they took effect, five of a hundred updates
come twice; officers report and postpone all the while, and the process is
killed with SIGKILL at random moments, a fifth of them before it is at work. Then two calm days follow. At
the end what Telegram accepted is compared with what was owed:

- **lost**: owed and not in its chat, unless it is listed as unconfirmed for the planning office *and* its
  items stand in a later daily message;
- **copies**: messages that stand in a chat more than once; each must bear "(다시 보냄)", and there may be no
  more than there were doubts;
- **write-backs**: `/done`, `/delay` and double taps on [완료] that Telegram took; each must have one effect
  and one entry in the audit log;
- **sent though cancelled**: a daily message that speaks of something reported or postponed on an earlier
  day, or a message that the ledger had cancelled.

The seed decides whom, when and which answers; the machine's own scheduling differs from run to run.
`GIHAN_CAMPAIGN_SEED=… make campaign` repeats the choices. The tables below are
written by the campaign itself (`--write docs/reliability.md`).
"""


@dataclass(frozen=True)
class Outcome:
    """A finished campaign."""

    database: str
    replicas: int
    seed: int
    verdict: Verdict
    kills: list[Kill]
    dropped: int
    days: int
    seconds: float

    @property
    def heading(self) -> str:
        """Without the version, so that a later run replaces this one's section."""
        runs = (
            "one process" if self.replicas == 1 else f"{self.replicas} replicas, the leader killed each time"
        )
        return f"{self.database.split()[0]}, {runs}"

    @property
    def gaps(self) -> list[float]:
        """Seconds from a kill until somebody asked for updates again, where no other kill came in between."""
        return sorted(gap for kill in self.kills if (gap := kill.gap_s) is not None)

    def rows(self) -> list[tuple[str, str]]:
        """Name and value of every figure."""
        found, gaps = self.verdict, self.gaps
        return [
            ("date, commit, seed", f"{datetime.now(UTC):%Y-%m-%d}, {commit()}, {self.seed}"),
            ("machine", machine()),
            ("store", self.database),
            ("deliveries", f"{found.deliveries:,} and {found.edits:,} edits, on {self.days} days"),
            ("kill -9", f"{len(self.kills)}"),
            ("answers lost on their way", f"{self.dropped:,}"),
            ("**owed and lost**", f"**{len(found.lost)}**"),
            ("uncertain sends", f"{found.uncertain_sends:,}"),
            ("copies", f"{found.copies:,}"),
            ("**copies without a mark, or without a doubt**", f"**{len(found.unmarked)}**"),
            ("in doubt twice, told to the planning office", f"{found.unconfirmed}"),
            ("write-backs", f"{found.acts}"),
            ("**write-backs lost / doubled**", f"**{len(found.acts_lost)} / {len(found.acts_doubled)}**"),
            ("**sent though cancelled**", f"**{len(found.cancelled_sent)}**"),
            ("left unfinished", f"{len(found.unfinished)}"),
            (
                "back at work after a kill",
                f"median {statistics.median(gaps):.1f} s, longest {gaps[-1]:.1f} s",
            ),
            ("duration", f"{self.seconds:.0f} s"),
        ]


def table(outcome: Outcome) -> str:
    lines = [f"| {name} | {value} |" for name, value in outcome.rows()]
    return "\n".join(["| | |", "|---|---|", *lines]) + "\n"


def screen(outcome: Outcome) -> str:
    """The same in plain columns."""
    width = max(len(name) for name, _ in outcome.rows())
    lines = [f"{name:{width}}  {value}" for name, value in outcome.rows()]
    return "\n".join([outcome.heading, *lines]).replace("**", "") + "\n"


def write(path: Path, outcome: Outcome) -> None:
    """Put the table into the document, in the place of an earlier one of the same store and replicas."""
    put_section(path, outcome.heading, table(outcome))


def put_section(path: Path, heading: str, text: str) -> None:
    """Put the section into the document, in the place of an earlier one of that heading."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    sections = dict(re.findall(r"^## (.+?)\n\n(.*?)(?=^## |\Z)", old, re.MULTILINE | re.DOTALL))
    sections[heading] = text
    body = "\n".join(f"## {heading}\n\n{text.strip()}\n" for heading, text in sorted(sections.items()))
    path.write_text(f"{PREAMBLE}\n{body}", encoding="utf-8")


def commit() -> str:
    """The commit, with a plus where files differ from it; "unknown" outside a repository."""
    try:
        said = subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return said.stdout.strip()


def machine() -> str:
    """Cores and memory; no name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{len(os.sched_getaffinity(0))} cores, {memory:.0f} GB, {platform.system()}, Python {python}"
