"""Who does the work: assigned, handed over, away and stood in for."""
