"""Meetings (회의), in words and in chat."""
