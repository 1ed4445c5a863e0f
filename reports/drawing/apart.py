"""Pictures and printed sheets, drawn by a process of their own: what draws is never loaded by whoever wants one."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter

from reports.texts.speaking import language

if TYPE_CHECKING:
    from reports.indicator_picture import KpiPicture
    from reports.invite_sheet import Sheets
    from reports.pictures import Picture
    from reports.rehearsal import Rehearsal

MOST_S: Final = 120  # the largest takes less than a tenth of it on a busy machine


def drawn(shown: Picture | Rehearsal | Sheets | KpiPicture) -> bytes:
    """The file, with its words in the language that is spoken. Raises RuntimeError where it could not be drawn."""
    kind = type(shown)
    command = [sys.executable, "-I", "-m", "reports.drawing.child", kind.__name__, language()]
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    given = TypeAdapter(kind).dump_json(shown)
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=given, capture_output=True, env=environment, timeout=MOST_S, check=True
        )
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise RuntimeError(f"not drawn: {last}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RuntimeError(f"not drawn: {type(error).__name__}") from error
    return done.stdout
