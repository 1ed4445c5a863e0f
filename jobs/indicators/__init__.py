"""What a plan promises in numbers (성과지표): how values add up, and what may be called behind."""
