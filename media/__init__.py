"""Evidence bytes: storing them, receiving them in pieces, and looking inside them safely.

A library of its own: it knows files, digests and pictures, and nothing about rounds, people,
databases or HTTP. Times come in as arguments, never from a clock of its own.
"""
