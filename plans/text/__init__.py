"""Characters, spellings and lines, before anything in them has a meaning (글자와 줄)."""
