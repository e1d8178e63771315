"""What must hold of a phone that runs the product's engine, besides the invariants of every phone.

After every step: no claim of having been received or verified comes early (11). At the end:
nothing waits, every refusal is shown to its person, every photo that was confirmed is on the
server byte for byte or named as damaged or refused (8), and previews have given way to the truth.
"""

import hashlib
from typing import TYPE_CHECKING, Any

from tests.simulation import erased, invariants
from tests.simulation.replica import Row
from tests.simulation.truth import Broken, Shot

if TYPE_CHECKING:
    from tests.simulation.keep import Keep
    from tests.simulation.world import World

_HERE = "SELECT 1 FROM blob WHERE id = ? AND state IN ('stored', 'accepted', 'refused')"
_ESCROWED = "rejected"  # how the history calls what a phone calls escrowed


async def judge_step(
    world: "World", keep: "Keep", claimed: dict[str, Any], before: dict[str, int]
) -> None:
    """Raises Broken when this page shows something that is not so."""
    truth = world.truth
    _note_stepped_over(world, keep)
    heard = {id: _status(outcome) for id, outcome, *_ in keep.table("sent")}
    news = {id: status for id, status in heard.items() if truth.told.get(id) != status}
    truth.told.update(news)
    if keep.epoch != world.server.house.epoch:
        return  # it believes in a life of the server that has ended, until it is greeted
    await invariants.told_truly(world.server, news)
    moved = {bucket for bucket, cursor in keep.cursors().items() if before.get(bucket) != cursor}
    await invariants.nothing_passed(world.server, keep, moved)
    world.figures.counts[f"claims {claimed['state']}"] += 1
    if claimed["state"] != "device":
        await _claim_is_true(world, keep, claimed["state"])


def _note_stepped_over(world: "World", keep: "Keep") -> None:
    here = keep.commands()
    world.truth.shown |= {id for id in keep.trays() if id in world.truth.confirmed} - here


async def _claim_is_true(world: "World", keep: "Keep", state: str) -> None:
    """`received`: all that this person confirmed here is on the server."""
    if keep.proved_in != keep.epoch:
        keep.proved, keep.proved_in = set(), keep.epoch
    truth = world.truth
    open_ = truth.lying_at.get(keep.disk, set()) - keep.proved - truth.evicted - truth.shown
    if truth.restored:
        # What was sent of an erased record is not there to be sent to a server from before.
        open_ = {id for id in open_ if ":".join(truth.confirmed[id].rec) not in truth.erased}
    if open_:
        marks = ", ".join("?" for _ in open_)
        rows = await world.server.tuples(f"SELECT id FROM verdict WHERE id IN ({marks})", *open_)
        missing = open_ - {id for (id,) in rows}
        if missing:
            raise Broken(11, f"{keep.person} is told {state}, but {sorted(missing)[0]} is not here")
        keep.proved |= open_
    for shot in truth.shots_at(keep.disk):
        if shot.digest not in keep.proved and not await _is_erased(world, shot):
            if not await _has(world, shot):
                raise Broken(11, f"{keep.person} is told {state}, photo {shot.digest} is not here")
            keep.proved.add(shot.digest)


async def _has(world: "World", shot: Shot) -> bool:
    """Whether the server knows the photo and its bytes are what was photographed."""
    known = await world.server.tuples(_HERE, shot.digest)
    return bool(known) and world.server.spool.bytes_of(shot.digest) == shot.bytes


async def _is_erased(world: "World", shot: Shot) -> bool:
    return await erased.took_along(world, shot)


def _status(outcome: str) -> str:
    return _ESCROWED if outcome == "escrowed" else outcome


async def judge_end(world: "World", keep: "Keep", dumped: dict[str, Any]) -> None:
    """At quiescence."""
    server = world.server
    granted = await invariants.granted(server, keep.person, keep.device)
    rows = {
        (row["kind"], row["id"]): Row(
            row["rev"],
            row["body"],
            {bucket: member["ver"] for bucket, member in row["members"].items()},
        )
        for row in dumped["rec"]
    }
    await invariants.replicas_equal(server, keep, rows, keep.device)
    if keep.unsent():
        raise Broken(10, f"{keep.person} still holds {keep.unsent()[0]}")
    if granted is not None and keep.table("local"):
        raise Broken(5, f"{keep.person} still sees a preview of {keep.table('local')[0]}")
    held = {(row["kind"], row["id"]) for row in [*dumped["rec"], *dumped["local"]]}
    await erased.holds_nothing(world, keep.person, keep.device, held, repr(dumped))
    _refusals_are_shown(keep)
    _bytes_are_what_they_were(world, keep, dict(dumped["bytes"]))
    await photos_are_safe(world, keep)


async def photos_are_safe(world: "World", keep: "Keep") -> None:
    """8: every photo that was confirmed on this disk, which may be gone by now."""
    for shot in world.truth.shots_at(keep.disk):
        await _photo_is_safe(world, keep, shot)


def _refusals_are_shown(keep: "Keep") -> None:
    trays = keep.trays()
    for id, outcome, *_ in keep.table("sent"):
        if outcome != "applied" and id not in trays:
            raise Broken(2, f"{id} was {outcome} and {keep.person} was not shown it")


def _bytes_are_what_they_were(world: "World", keep: "Keep", held: dict[str, str]) -> None:
    """8: photos taken here and pictures fetched from the server, hashed again."""
    for id, digest in held.items():
        original, _, size = id.partition("@")
        if size:
            made = world.server.spool.rendition_of(original)
            if made is not None and hashlib.sha256(made).hexdigest() != digest:
                raise Broken(8, f"{keep.person} holds another picture of {original}")
            world.figures.counts["pictures fetched"] += 1
        elif digest != original and original not in keep.rotted:
            raise Broken(8, f"the bytes of {original} are not what was photographed")


async def _photo_is_safe(world: "World", keep: "Keep", shot: Shot) -> None:
    """8: on the server byte for byte, or named to its person as damaged or refused."""
    counts = world.figures.counts
    if await _has(world, shot):
        counts["photos arrived"] += 1
        return
    if await _is_erased(world, shot):
        counts["photos erased"] += 1
        return
    state = keep.blobs().get(shot.digest)
    if state in ("damaged", "refused") and f"blob:{shot.digest}" in keep.trays():
        counts[f"photos {state}, shown"] += 1
        if state == "damaged" and shot.digest not in keep.rotted:
            raise Broken(8, f"{shot.digest} is called damaged and was not")
        return
    raise Broken(8, f"photo {shot.digest} of {keep.person} is {state} and not on the server")
