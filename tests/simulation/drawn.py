"""Ids, secrets and keys of a world, always the same ones: a run must be its seed."""

import contextlib
import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend.foundation.kernel import ids


class Drawn:
    """In the place of what the house draws its ids and secrets from."""

    def __init__(self, begin: int) -> None:
        self._random = random.Random(begin)
        self._count = count(begin)

    def uuid7(self) -> UUID:
        """Rising, as the real ones."""
        low = self._random.getrandbits(62)
        return UUID(int=(next(self._count) << 80) | (7 << 76) | (2 << 62) | low)

    def token_urlsafe(self, size: int) -> str:
        return self._random.randbytes(size).hex()

    def token_hex(self, size: int) -> str:
        return self._random.randbytes(size).hex()


@contextlib.contextmanager
def drawn(begin: int) -> Iterator[None]:
    """While it is open, the house draws from here; another `begin` never draws the same."""
    kept = ids.uuid7, ids.secrets
    source = Drawn(begin)
    ids.uuid7, ids.secrets = source.uuid7, source  # type: ignore[assignment]
    try:
        yield
    finally:
        ids.uuid7, ids.secrets = kept


def lay_seal_key(folder: Path) -> None:
    """The key that phones seal their exports to."""
    folder.mkdir(parents=True, exist_ok=True)
    pem = ec.derive_private_key(7, ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "seal.pem").write_bytes(pem)
