"""Tables of a plan: which column says what, and the entries and tasks in their rows (표)."""
