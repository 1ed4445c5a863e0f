"""The sandbox as a whole: the world and what stands between it and the bot."""

import secrets
from dataclasses import dataclass, field

from sandbox.calls import Calls
from sandbox.commands import Commands
from sandbox.faults import Faults
from sandbox.limits import Limits
from sandbox.queries import Queries
from sandbox.texts import FIRST
from sandbox.town import Town
from sandbox.updates import Updates
from sandbox.webhook import Webhook
from sandbox.world import World


@dataclass
class Sandbox:
    """All state of one server."""

    world: World
    updates: Updates = field(default_factory=Updates)
    commands: Commands = field(default_factory=Commands)
    queries: Queries = field(default_factory=Queries)
    calls: Calls = field(default_factory=Calls)
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)  # what and language -> text
    webhook: Webhook = field(init=False)
    town: Town | None = None
    language: str = FIRST
    """Of the page where none is asked for, and of whoever joins."""
    born: str = field(default_factory=lambda: secrets.token_hex(4))
    """Another with each beginning, so that a page knows that all it shows is gone."""

    def __post_init__(self) -> None:
        self.webhook = Webhook(self.updates)
        self.updates.on_taken = self.world.changes.bump
