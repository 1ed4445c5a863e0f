"""`python -m tests.messages [FILE]`: one page of every message, self-contained. `make messages` writes build/messages.html."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.messages.page import page

if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "build/messages.html")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{target}\n")
