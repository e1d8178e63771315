"""Backups in this process: what they hold, what they refuse, and what comes back of them."""
