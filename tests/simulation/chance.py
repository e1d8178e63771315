"""Chance that is a function of names: dropping one event leaves every other throw as it was."""

import hashlib
import random
import uuid


def chance(*names: object) -> random.Random:
    """A generator for exactly these names."""
    text = "\x00".join(str(name) for name in names)
    return random.Random(hashlib.blake2b(text.encode(), digest_size=16).digest())


def made_id(*names: object) -> str:
    """A UUID that these names always make again."""
    digest = hashlib.blake2b("\x00".join(str(n) for n in names).encode(), digest_size=16).digest()
    return str(uuid.UUID(bytes=digest, version=4))
