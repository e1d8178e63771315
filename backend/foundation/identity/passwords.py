"""Argon2 away from the event loop, at most two at once.

One check costs 64 MiB and about 200 ms of processor. Unbounded, a handful of strangers could take
all memory by trying to sign in; so two run, a few wait, and the rest are asked to come back.
"""

import asyncio
import secrets
from collections.abc import Callable
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.foundation.identity import problems
from backend.foundation.kernel import limits

T = TypeVar("T")
WAITING_MAX = 40  # four seconds of queue at two a time; a phone gives up later than that
RETRY_SECONDS = 5
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread from a slip of paper


class Passwords:
    """Hashes and checks passwords. One per process."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._running = asyncio.Semaphore(limits.ARGON_AT_ONCE_MAX)
        self._waiting = 0
        self._decoy: str | None = None

    async def hash(self, password: str) -> str:
        """The Argon2id hash of a password. Refuses with `sign_in_busy` when too many wait."""
        return await self._aside(lambda: self._hasher.hash(password))

    async def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether the password fits. With no hash it does the same work and says no, so that
        the time taken does not tell which user names exist."""
        return await self._aside(lambda: self._matches(password_hash, password))

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    async def _aside(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING_MAX:
            raise problems.sign_in_busy(retry_after=RETRY_SECONDS)
        self._waiting += 1
        try:
            async with self._running:
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= 1

    def _matches(self, password_hash: str | None, password: str) -> bool:
        if password_hash is None:
            if self._decoy is None:
                self._decoy = self._hasher.hash(secrets.token_hex(8))
            self._fits(self._decoy, password)
            return False
        return self._fits(password_hash, password)

    def _fits(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def random_password() -> str:
    """A password to be read aloud once: four groups of four, 79 bits."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
