"""Sessions: opaque tokens, kept only as their SHA-256, bound to one person on one device.

Promises: a stolen table signs nobody in; ending a session is one deleted row, and the version
counted up with it makes every process forget what it remembered. A session also ends by itself
when the person gets a new password (it is older than the credential) or after 90 days unused.
"""

import hashlib
from datetime import timedelta

from backend.foundation.database.transaction import Tx
from backend.foundation.kernel import limits
from backend.foundation.kernel.clock import Moment, wire
from backend.foundation.kernel.ids import new_secret

LIFE = timedelta(seconds=limits.SESSION_LIFE_SECONDS)
RENEW_EVERY = timedelta(days=1)  # sliding by days: a write per request would buy nothing
_VERSION_ID = "access"


def token_hash(token: str) -> str:
    """What the database knows a token by."""
    return hashlib.sha256(token.encode()).hexdigest()


async def begin(tx: Tx, person_id: str, device_id: str, now: Moment) -> tuple[str, Moment]:
    """A new session in place of any earlier one of this person on this device: token and end."""
    await end_on_device(tx, device_id, person_id)
    token = new_secret()
    expires = now + LIFE
    await tx.run(
        "INSERT INTO session (id, person, device, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        token_hash(token),
        person_id,
        device_id,
        wire(now),
        wire(expires),
    )
    await tx.run("DELETE FROM session WHERE expires_at < ?", wire(now))
    return token, expires


async def renew(tx: Tx, session_id: str, now: Moment) -> None:
    """Lets the session last another 90 days from now."""
    await tx.run("UPDATE session SET expires_at = ? WHERE id = ?", wire(now + LIFE), session_id)


async def end(tx: Tx, session_id: str) -> None:
    """Ends one session."""
    await _ended(tx, await tx.run("DELETE FROM session WHERE id = ?", session_id))


async def count_on_device(tx: Tx, device_id: str) -> int:
    """How many people are signed in on a device."""
    rows = await tx.tuples("SELECT count(*) FROM session WHERE device = ?", device_id)
    return rows[0][0]


async def end_on_device(tx: Tx, device_id: str, person_id: str) -> int:
    """Ends a person's session on a device. How many there were: one or none."""
    sql = "DELETE FROM session WHERE device = ? AND person = ?"
    ended = await tx.run(sql, device_id, person_id)
    await _ended(tx, ended)
    return ended


async def bump_version(tx: Tx) -> None:
    """Makes every process read sessions and devices anew."""
    await tx.run(
        "INSERT INTO access_version (id, version) VALUES (?, 1) "
        "ON CONFLICT (id) DO UPDATE SET version = access_version.version + 1",
        _VERSION_ID,
    )


async def version(tx: Tx) -> tuple[int, int]:
    """Moves whenever a session ended, a device changed state, or the directory of people, posts,
    outlets and lines changed. One query, two index look-ups."""
    rows = await tx.tuples(
        "SELECT (SELECT version FROM access_version WHERE id = ?), "
        "(SELECT max(ver) FROM sync_row WHERE bucket = 'org')",
        _VERSION_ID,
    )
    return rows[0][0] or 0, rows[0][1] or 0


async def _ended(tx: Tx, count: int) -> None:
    if count:
        await bump_version(tx)
