"""The child process that reads one untrusted file: `python -m plans.readers.child KIND PATH` prints JSON.

It limits its own memory and time before it touches the file, so that a hostile file ends only this process.
"""

from __future__ import annotations

import importlib
import json
import logging
import resource
import sys
import warnings
from pathlib import Path
from typing import Final

from plans.errors import PlanError
from plans.readers.kinds import DAMAGED

MEMORY: Final = 1536 * 1024 * 1024  # bytes of address space
CPU_S: Final = 60
LARGE: Final = "문서가 너무 커서 읽지 못했습니다. 그림을 빼거나 나누어 다시 보내 주십시오."
READERS: Final = {".xlsx": "xlsx", ".docx": "docx", ".pdf": "pdf", ".hwp": "hwp", ".hwpx": "hwp"}


def main(kind: str, name: str) -> int:
    """Reads the file and prints {"text": …} or {"error": …}."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warnings.simplefilter("ignore")
    logging.disable()
    sys.stdout.buffer.write(json.dumps(_answer(kind, Path(name))).encode())
    return 0


def _answer(kind: str, path: Path) -> dict[str, str]:
    """What the reader gives; whatever a library stumbles over in a broken file is said as one sentence."""
    try:
        return {"text": _read(kind, path)}
    except PlanError as problem:
        return {"error": str(problem)}
    except ImportError:
        return {
            "error": f"{kind} 파일을 읽는 부품이 없습니다. 'pip install gihan[readers]'로 설치하여 주십시오."
        }
    except (MemoryError, RecursionError):
        return {"error": LARGE}
    except Exception:
        return {"error": DAMAGED}


def _read(kind: str, path: Path) -> str:
    reader = importlib.import_module(f"plans.readers.{READERS[kind]}")
    text: str = reader.read(path if READERS[kind] == "hwp" else path.read_bytes())
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
