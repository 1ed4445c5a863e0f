"""`gihan forms`: what was answered about forms of documents is listed, and forgotten on the word of the operator."""

from __future__ import annotations
