"""A city branch of a bank that does not exist, to try everything on.

The branch, its checklists and drawn pictures lie beside this file; what happened in it is told by
each feature in its `demo`. `play` acts all of it out through the same commands that people's phones
send.
"""
