"""What is wrong with the settings, in words: a line per fault, which names its key."""

from __future__ import annotations

from bot.settings import Fault, SettingsError
from bot.texts.render import label, words


def told(error: SettingsError) -> str:
    """All of it, a line per fault."""
    return "\n".join(map(fault, error.faults))


def fault(one: Fault) -> str:
    """One line. What has no sentence of ours says what its library says."""
    if one.code.startswith("store."):
        return label(one.code, **one.facts)
    codes = words("settings.reason")
    code = next((code for code in codes if one.code.startswith(code)), None)
    told = one.said if code is None else label(f"settings.reason.{code}", **one.facts)
    return f"{one.key}: {told}" if one.key else told
