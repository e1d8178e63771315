"""How the outside gets in: thin, without decisions of its own."""
