"""What must hold of records that were erased, asked from outside: albums, and parts of visits.

After everything has been sent and received: no table of the server holds a word of them, no file in
store or staging their bytes, and no phone whose person may still receive holds either. What was
sent late for them was refused and not kept; whoever had it is told. The facts still verify.
"""

import json
from typing import TYPE_CHECKING

from backend.foundation.journal.chain import ENTRIES, first_break
from backend.foundation.journal.tables import TABLES
from tests.simulation import homes, invariants
from tests.simulation.truth import Broken, Shot

if TYPE_CHECKING:
    from tests.simulation.world import World

WORDS = {"ward.caption": "text"} | homes.WORDS
_BYTES = "SELECT id FROM blob WHERE state IN ('erasing', 'erased', 'recalled', 'cleared')"


async def learn(world: "World") -> None:
    """Remembers what the server says to be erased: a restore may make it forget."""
    truth = world.truth
    truth.erased |= {id for (id,) in await world.server.tuples("SELECT id FROM tombstone")}
    truth.lost_bytes |= {id for (id,) in await world.server.tuples(_BYTES)}


async def took_along(world: "World", shot: Shot) -> bool:
    """Whether every record that has this picture was erased. One that refused it never had it: the
    refusal keeps the bytes, but not against the erasing of a record that had the same ones."""
    await learn(world)
    refused = {
        rec
        for rec, payload in await world.server.tuples(
            "SELECT rec_key, payload FROM verdict WHERE op LIKE '%.attach' AND payload IS NOT NULL"
        )
        if shot.digest in payload
    }
    having = shot.under - refused
    return having <= world.truth.erased and (bool(having) or shot.digest in world.truth.lost_bytes)


async def nothing_is_left(world: "World") -> None:
    """On the server."""
    server = world.server
    gone = {id for (id,) in await server.tuples("SELECT id FROM tombstone")}
    if not gone:
        return
    world.figures.counts["records erased"] += len(gone)
    words = await _words(world)
    tables = [*TABLES, *(t for m in server.catalogue.manifests for t in m.tables)]
    for table in tables:
        name = table._meta.tablename
        text = repr([tuple(row) for row in await server.tuples(f'SELECT * FROM "{name}"')])
        for word in words:
            if word in text:
                raise Broken(14, f"{name} holds {word}, which was erased")
    rows = await server.tuples("SELECT id FROM blob WHERE state IN ('erasing', 'erased')")
    for (digest,) in rows:
        if server.spool.holds(digest):
            raise Broken(14, f"the bytes of {digest} were erased and are there")
    world.figures.counts["photos erased from the store"] += len(rows)
    await _late_was_refused(world, gone)
    await _facts_verify(world)


async def holds_nothing(
    world: "World", person: str, device: str, held: set[tuple[str, str]], text: str
) -> None:
    """On a phone: `held` are the records it has, `text` is all that lies there."""
    if await invariants.granted(world.server, person, device) is None:
        return  # it may not receive, so it has not heard
    gone = {id for (id,) in await world.server.tuples("SELECT id FROM tombstone")}
    for kind, id in held:
        if f"{kind}:{id}" in gone:
            raise Broken(14, f"{person} still holds {kind} {id}, which was erased")
    for word in await _words(world):
        if word in text:
            raise Broken(14, f"{person} still holds {word}, which was erased")


async def _words(world: "World") -> set[str]:
    """What people wrote in records that are erased now."""
    gone = {id for (id,) in await world.server.tuples("SELECT id FROM tombstone")}
    said = {
        promise.args[WORDS[promise.op]]
        for promise in world.truth.confirmed.values()
        if promise.op in WORDS and ":".join(promise.rec) in gone
    }
    persons = (key.partition(":") for key in gone)
    return said | {homes.name_of(id) for kind, _, id in persons if kind == "visit_person"}


async def _late_was_refused(world: "World", gone: set[str]) -> None:
    rows = await world.server.tuples(
        "SELECT rec_key, status, code, payload, answer FROM verdict WHERE payload IS NOT NULL "
        "OR code = 'record_erased'"
    )
    for rec, status, code, payload, answer in rows:
        if rec in gone and payload is not None:
            raise Broken(14, f"the payload of a command for {rec} was kept")
        if code == "record_erased":
            if status != "rejected" or (rec not in gone and not json.loads(answer)["facts"]):
                raise Broken(14, f"a command for {rec} was called late and was not")
            world.figures.counts["commands come too late"] += 1


async def _facts_verify(world: "World") -> None:
    async with world.server.house.database.reading() as tx:
        broken = first_break(await ENTRIES.where(tx, "1 = 1 ORDER BY seq"))
    if broken is not None:
        raise Broken(14, f"fact {broken} does not follow from the one before")
