"""What a plan promises beside its dates (성과지표): goals with numbers or in words, before and after."""
