"""Decisions about events, pure: record, command, actor and times are arguments."""
