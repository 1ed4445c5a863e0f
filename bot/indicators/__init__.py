"""Indicators (성과지표) in words: what stands of one, with its counts and its as-of day."""
