"""The runs of `gihan run` in a campaign: started, killed, and told apart by who asks Telegram for updates."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.smoke.harness import ROOT, TOKEN, Telegram

LOOK_S = 0.05
PATIENCE_S = 120.0  # for one run to be at work
END_S = 30.0


@dataclass
class Replica:
    """One place at which a run lives, dies and is started again; every life has a log of its own."""

    name: str
    folder: Path
    environment: dict[str, str]
    lives: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.lives += 1
        with (self.folder / f"{self.name}-{self.lives:04}.log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gihan", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    def end(self, number: signal.Signals) -> int:
        """Send the signal and wait; the exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(END_S)

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid


@dataclass
class Kill:
    """One kill -9, and when somebody asked Telegram for updates again (real time, UTC; None: not yet)."""

    at: datetime
    back_at: datetime | None = None

    @property
    def gap_s(self) -> float | None:
        return (self.back_at - self.at).total_seconds() if self.back_at else None


@dataclass
class Crew:
    """All replicas on one store."""

    telegram: Telegram
    url: str
    folder: Path
    count: int
    replicas: list[Replica] = field(init=False)
    kills: list[Kill] = field(default_factory=list)
    _seen: int = 0  # calls of Telegram's record that were looked at

    def __post_init__(self) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIHAN_")} | {
            "GIHAN_TELEGRAM__TOKEN": TOKEN,
            "GIHAN_TELEGRAM__API_BASE": self.telegram.url,
            "GIHAN_STORE__URL": self.url,
            "GIHAN_WEB__LISTEN": "127.0.0.1:0",
            "GIHAN_CLOCK__FILE": str(self.telegram.clock_file),
            "GIHAN_ORGANISATION__NAME": "한별시",
            "GIHAN_APPROVAL__AUTO_DAYS": "365",  # a postponement takes effect at once
            "GIHAN_APPROVAL__LEAD_DAYS": "365",
        }
        names = [f"run-{number}" for number in range(1, self.count + 1)]
        self.replicas = [Replica(name, self.folder, environment) for name in names]

    def start(self) -> None:
        for one in self.replicas:
            one.start()

    def kill(self, victim: Replica) -> Kill:
        """kill -9, and a new life at once."""
        kill = Kill(datetime.now(UTC))
        victim.end(signal.SIGKILL)
        victim.start()
        self.kills.append(kill)
        return kill

    def wait_for_work(self, since: datetime) -> tuple[datetime, str]:
        """When somebody first asked for updates after that instant, and from which address.

        Raises: AssertionError where nobody does for two minutes.
        """
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            for call in self._new_polls():
                at = datetime.fromisoformat(call["at"])
                if at > since:
                    return at, call["client"]
            time.sleep(LOOK_S)
        raise AssertionError("nobody asks Telegram for updates any more")

    def _new_polls(self) -> list[dict[str, Any]]:
        found = self.telegram.get("calls", method="getUpdates", since=str(self._seen))
        polls: list[dict[str, Any]] = found["calls"]
        self._seen = polls[-1]["n"] - 1 if polls else self._seen
        return polls

    def at(self, address: str) -> Replica | None:
        """The replica that holds that end of a connection: the leader, where it is one that polls; None where the
        connection is there no more."""
        if len(self.replicas) == 1:
            return self.replicas[0]
        inode = _inode_of(int(address.rpartition(":")[2]))
        return next((one for one in self.replicas if _holds(one.pid, inode)), None)

    def stop(self) -> list[int]:
        """SIGTERM to all; the exit codes."""
        return [one.end(signal.SIGTERM) for one in self.replicas]

    def abandon(self) -> None:
        """Whatever still runs is killed: the campaign itself broke."""
        for one in self.replicas:
            if one.process is not None and one.process.poll() is None:
                one.end(signal.SIGKILL)


def _inode_of(port: int) -> str:
    """The inode of the socket with that local port on loopback, as the kernel lists it."""
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        if int(fields[1].rpartition(":")[2], 16) == port and fields[9] != "0":
            return fields[9]
    return ""


def _holds(pid: int, inode: str) -> bool:
    """Whether the process has that socket open."""
    found = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(os.readlink(one))  # noqa: PTH115 (a socket's link names no file)
        except FileNotFoundError:
            continue
    return f"socket:[{inode}]" in found
