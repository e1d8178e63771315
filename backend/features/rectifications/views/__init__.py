"""Reads of the console."""

ALL = ()
