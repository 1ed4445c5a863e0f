"""Milestones that are done (완료): reported, confirmed, with their evidence."""
