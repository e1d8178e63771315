"""The built phone in real browser engines, against the real server."""
