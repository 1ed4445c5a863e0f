"""The folder that `gihan init` makes, with the units of ops/ fitted to it and all settings explained."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from reports.texts.speaking import FIRST, Language

UNITS = ("gihan.service", "gihan-backup.service", "gihan-backup.timer", "gihan-backup-failed.service")
EXAMPLE = "config.example.toml"
HOMES = (Path("/home"), Path("/root"))


@dataclass(frozen=True)
class Place:
    """Where what is made lies."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def example(self) -> Path:
        return self.folder / EXAMPLE

    @property
    def token(self) -> Path:
        return self.folder / "secrets" / "token"

    @property
    def password(self) -> Path:
        """Of the database."""
        return self.folder / "secrets" / "database"

    @property
    def store(self) -> Path:
        return self.folder / "gihan.db"

    @property
    def backups(self) -> Path:
        return self.folder / "backup"

    @property
    def units(self) -> Path:
        return self.folder / "units"

    def prepare(self) -> None:
        """The folders; those of secrets and backups are for their owner only."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for one, mode in ((self.token.parent, 0o700), (self.backups, 0o700), (self.units, 0o755)):
            one.mkdir(mode=mode, exist_ok=True)


def supplies() -> Path:
    """Where ops/ and the example of settings lie: beside the rooms in a checkout, in share/ of an installation."""
    beside = Path(__file__).parents[2]
    return beside if (beside / "ops").is_dir() else Path(sys.prefix) / "share" / "gihan"


def example(language: Language) -> str:
    """Every setting with what it means."""
    name = EXAMPLE if language == FIRST else EXAMPLE.replace(".toml", f".{language}.toml")
    return (supplies() / name).read_text(encoding="utf-8")


def units(place: Place) -> dict[str, str]:
    """Name -> text. The service runs as the folder's owner and writes there alone."""
    return {name: _fitted((supplies() / "ops" / name).read_text(encoding="utf-8"), place) for name in UNITS}


def _fitted(text: str, place: Place) -> str:
    program = Path(sys.executable).with_name("gihan")
    at_home = any(one.is_relative_to(home) for one in (place.folder, program) for home in HOMES)
    found = re.sub(r"(?m)^(DynamicUser|StateDirectory|StateDirectoryMode)=.*\n", "", text)
    found = re.sub(r"(?m)^User=.*$", f"User={_owner(place)}\nReadWritePaths={_unit(place.folder)}", found)
    found = re.sub(r"(?m)^ProtectHome=yes$", "ProtectHome=no", found) if at_home else found
    for there, here in (
        ("/opt/gihan/bin/gihan", _quoted(program)),
        ("/etc/gihan/config.toml", _quoted(place.config)),
        ("/etc/gihan/token", _unit(place.token)),
        ("%S/gihan/backup", _quoted(place.backups)),
        ("%S/gihan", _unit(place.folder)),
    ):
        found = found.replace(there, here)
    return found


def _owner(place: Place) -> str:
    return place.folder.owner() if place.folder.exists() else Path.home().owner()


def _unit(path: Path) -> str:
    """As a unit writes it: % begins what systemd fills in."""
    return str(path).replace("%", "%%")


def _quoted(path: Path) -> str:
    """A word of a command."""
    return f'"{_unit(path)}"' if re.search(r"\s", str(path)) else _unit(path)
