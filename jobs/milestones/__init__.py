"""What can happen to a milestone, whoever asked for it."""
