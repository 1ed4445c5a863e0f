"""What is said of a milestone that goes on: held, waiting, seen, noted, watched, secret."""
