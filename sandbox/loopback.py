"""What counts as this machine."""

import ipaddress
from urllib.parse import urlsplit


def is_loopback(host: str | None) -> bool:
    """Whether a host name or address is this machine itself; names other than localhost are not looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def is_loopback_authority(authority: str) -> bool:
    """Whether a Host header such as `127.0.0.1:8080` names this machine."""
    try:
        return is_loopback(urlsplit(f"//{authority}").hostname)
    except ValueError:
        return False
