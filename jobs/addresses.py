"""Addresses of another channel, as apprise reads them: mail, an SMS gateway, a messenger."""

import logging

from jobs.texts import line

# apprise and what it uses write addresses into their logs, and addresses hold passwords.
for _name in ("apprise", "requests", "urllib3"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


def example() -> str:
    """Of an address."""
    return line("running.address")


def is_address(url: str) -> bool:
    """apprise knows what to do with it."""
    from apprise import Apprise  # noqa: PLC0415 - it takes long to load, and few have such an address

    return Apprise.instantiate(url, suppress_exceptions=True) is not None
