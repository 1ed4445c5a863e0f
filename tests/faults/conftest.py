"""Fixtures of the fault tests: real processes as in the smoke tests, a desk with its post as in those of the jobs."""

from __future__ import annotations

from tests.jobs.conftest import desk, post, real
from tests.smoke.conftest import city, office, telegram

__all__ = ["city", "desk", "office", "post", "real", "telegram"]
