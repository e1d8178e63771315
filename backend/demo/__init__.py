"""A city branch of a bank that does not exist, to try everything on.

The papers are JSON and drawn pictures beside this file; `play` acts them out through the same
commands that people's phones send.
"""
