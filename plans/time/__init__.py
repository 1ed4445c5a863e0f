"""Time as plans and officers write it: tokens -> cursor -> grammar -> days (시기 문법), shared with the chat."""
