"""Where the settings' file is, and the organisation's language in it: known before any of the settings is checked, by whoever
must speak before that."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

ENV_PREFIX: Final = "GIHAN_"
CONFIG_VARIABLE: Final = f"{ENV_PREFIX}CONFIG"
DEFAULT_CONFIG: Final = Path("config.toml")


def config_path(given: Path | None, environ: Mapping[str, str] = os.environ) -> Path | None:
    """The file to read: --config, else GIHAN_CONFIG, else ./config.toml where there is one."""
    if given is not None:
        return given
    if named := environ.get(CONFIG_VARIABLE):
        return Path(named)
    return DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None


def language_of(content: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> str | None:
    """The organisation's language, whatever else is wrong with the settings."""
    section = content.get("organisation")
    written = section.get("language") if isinstance(section, dict) else None
    said = environ.get(f"{ENV_PREFIX}ORGANISATION__LANGUAGE", written)
    return said if isinstance(said, str) else None


def glanced(given: Path | None, environ: Mapping[str, str]) -> str | None:
    """The same, read from the file; a file that cannot be read says nothing here: whoever loads the settings tells it."""
    path = config_path(given, environ)
    try:
        if path is None or not path.is_file():
            return language_of({}, environ)
        import tomllib  # noqa: PLC0415 - only where there is a file

        return language_of(tomllib.loads(path.read_text(encoding="utf-8")), environ)
    except (OSError, ValueError):
        return language_of({}, environ)
