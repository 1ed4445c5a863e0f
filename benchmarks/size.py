"""`python -m benchmarks.size`: what an installation weighs: the packages of requirements.lock, as they lie in this environment.

Megabytes of 1,000,000 bytes of the files that each package lists, compiled ones included; pip and the checks do not count.
"""

import re
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
LISTED = 10


def main() -> None:
    print("\n".join(table(weights(distributions(), locked(LOCK.read_text(encoding="utf-8"))))))


def locked(lock: str) -> set[str]:
    """The names of the packages that a lock pins."""
    return {_plain(name) for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}


def weights(found: Iterable[Distribution], names: set[str]) -> dict[str, int]:
    """Bytes a package, of those that are named."""
    return {_plain(one.name): _bytes(one) for one in found if _plain(one.name) in names}


def table(bytes_of: dict[str, int]) -> list[str]:
    """The largest packages, largest first, and the sum of all."""
    largest = sorted(bytes_of.items(), key=lambda one: (-one[1], one[0]))[:LISTED]
    lines = [f"{size / 1e6:8.1f} MB  {name}" for name, size in largest]
    return [*lines, f"{sum(bytes_of.values()) / 1e6:8.1f} MB  all {len(bytes_of)} packages, without pip"]


def _bytes(one: Distribution) -> int:
    places = (Path(str(one.locate_file(name))) for name in one.files or ())
    return sum(place.stat().st_size for place in places if place.is_file())


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.lower())


if __name__ == "__main__":
    main()
