"""A text or a button -> who handles it: the commands' register, plain words, cards, help."""
