"""What the plans room raises."""

from __future__ import annotations


class PlanError(Exception):
    """The document cannot be read as a plan; the message is one Korean sentence that says what to do next."""
