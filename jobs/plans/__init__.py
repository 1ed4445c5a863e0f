"""Plans: registered, compared with newer documents, ended; recurring entries."""
