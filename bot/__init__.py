"""How people talk to it: chat and command line; the only room that wires the others."""
