"""One handler per command: load, decide, write, return the facts."""
