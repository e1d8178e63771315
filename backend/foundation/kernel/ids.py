"""Ids. Made where the record is made, sortable by time for storage, never used for order."""

import hashlib
import re
import secrets

from uuid_utils import uuid7

_PATTERN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def new_id() -> str:
    """A fresh UUIDv7 as 36 lower-case characters."""
    return str(uuid7())


def derived_id(parent: str, name: str) -> str:
    """The same id for the same parent and name (uuid5): a replay makes no second record."""
    # uuid.uuid5 by hand: building two UUID objects costs four times the hash, on every fact.
    bare = bytes.fromhex(parent.replace("-", ""))
    text = hashlib.sha1(bare + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


def is_id(text: str) -> bool:
    """Whether the text is a UUID in the one spelling that we accept."""
    return _PATTERN.fullmatch(text) is not None


def is_digest(text: str) -> bool:
    """Whether the text is a SHA-256 in bare lower-case hex."""
    return _DIGEST.fullmatch(text) is not None


def new_secret(size: int = 32) -> str:
    """An unguessable token of `size` bytes, URL-safe."""
    return secrets.token_urlsafe(size)


def new_salt() -> str:
    """Sixteen random bytes in hex, for commitments to personal fields."""
    return secrets.token_hex(16)
