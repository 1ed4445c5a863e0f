"""Where the samples are, and the private reference plans where they lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "tests" / "samples"


@pytest.fixture(scope="session")
def sample_plan() -> Path:
    """The made-up plan that ships with the sandbox."""
    return ROOT / "sandbox" / "sample" / "plan.txt"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real plans and labels beside the project; tests that need them are skipped elsewhere."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("no reference plans beside the project (../shared)")
    return folder
