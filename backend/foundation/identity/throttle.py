"""Counts of failed sign-ins, in the database so that every process sees them.

A try is counted before it is judged. Otherwise a hundred tries sent at once would all read the
count before the first of them failed.
"""

from backend.foundation.database.transaction import Tx, among
from backend.foundation.identity import problems
from backend.foundation.identity.throttle_rules import (
    FORGET_AFTER,
    Kind,
    Tries,
    after_failure,
    remaining,
)
from backend.foundation.kernel.clock import Moment, parse, wire
from backend.foundation.kernel.problem import ProblemType

Key = tuple[Kind, str]


async def count_try(
    tx: Tx,
    keys: tuple[Key, ...],
    now: Moment,
    *,
    refusal: ProblemType = problems.too_many_tries,
    **facts: str,
) -> None:
    """Counts one try as failed under every key. Refuses with `refusal` while any of them must still
    wait, and counts nothing then: waiting is not made longer by asking."""
    names: dict[str, Kind] = {f"{kind}:{name}": kind for kind, name in keys}
    await tx.lock(names)
    found = await _read(tx, names)
    wait = max(remaining(kind, found.get(name), now) for name, kind in names.items())
    if wait > 0:
        raise refusal(retry_after=wait, **facts)
    for name in names:
        tries = after_failure(found.get(name), now)
        await tx.run(
            "INSERT INTO sign_in_tries (id, failures, last_at) VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET failures = excluded.failures, "
            "last_at = excluded.last_at",
            name,
            tries.failures,
            wire(tries.last_at),
        )


async def forgive(tx: Tx, keys: tuple[Key, ...], now: Moment) -> None:
    """After the right one: the person's own counts end, the address gets this one try back.

    The address keeps its other failures, or a guesser would wipe them with one good account.
    """
    for kind, name in keys:
        if kind == "address":
            await tx.run(
                "UPDATE sign_in_tries SET failures = failures - 1 WHERE id = ? AND failures > 0",
                f"{kind}:{name}",
            )
        else:
            await tx.run("DELETE FROM sign_in_tries WHERE id = ?", f"{kind}:{name}")
    await tx.run("DELETE FROM sign_in_tries WHERE last_at < ?", wire(now - FORGET_AFTER))


async def _read(tx: Tx, names: dict[str, Kind]) -> dict[str, Tries]:
    clause, args = among(tx, "id", names)
    rows = await tx.tuples(f"SELECT id, failures, last_at FROM sign_in_tries WHERE {clause}", *args)
    return {row[0]: Tries(row[1], parse(row[2])) for row in rows}
