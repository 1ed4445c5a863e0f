"""A version number that grows with every visible change, and a way to wait for the next one."""

import asyncio


class Changes:
    """Counts changes; those who wait are woken at each."""

    def __init__(self) -> None:
        self.version = 1
        self._changed = asyncio.Event()

    def bump(self) -> int:
        """Count one change and wake whoever waits; gives the new version."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()
        return self.version

    async def wait_after(self, version: int, timeout_s: float) -> None:
        """Return once the version is later than `version`, or after `timeout_s`."""
        try:
            async with asyncio.timeout(timeout_s):
                while self.version <= version:
                    await self._changed.wait()
        except TimeoutError:
            return
