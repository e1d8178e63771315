"""Whether the store holds what the tables count on, and nothing that they know to be erased."""

import asyncio
import hashlib
from collections.abc import Container, Iterable, Sequence

from backend.checking.finding import Finding, counted
from backend.foundation.database.frozen import Readable
from backend.foundation.database.transaction import among
from backend.foundation.evidence.holdings import Holding, erased_bytes, holdings
from media.store import Missing, ObjectStore, StoreUnreachable, rendition_key

AT_ONCE = 4
SMALL = 320  # every accepted photo has this one; larger pictures only where it was larger
_WEBP_HEAD = 12


async def store(
    readable: Readable, objects: ObjectStore, url: str, *, quick: bool = False
) -> Finding:
    """Sizes by one listing; unless `quick`, every original is read and hashed, and every smaller
    picture is whole by its own head."""
    try:
        return await _looked_at(readable, objects, url.split("?")[0], quick)
    except (StoreUnreachable, OSError) as failed:
        return Finding("store", False, f"{type(failed).__name__}: {failed}")


async def _looked_at(readable: Readable, objects: ObjectStore, where: str, quick: bool) -> Finding:
    # The tables first: what comes between the two looks is then in the listing and not missed.
    async with readable.reading() as tx:
        gone = await erased_bytes(tx)
        held = [one async for page in holdings(tx) for one in page]
    lying = {stored.key: stored.size async for stored in objects.list("")}
    missing = [one for one in held if place_of(one, lying) is None]
    lost = await still_held(readable, [one.digest for one in missing])
    wrong = [f"{digest} is missing" for digest in lost]
    there = [one for one in held if place_of(one, lying) is not None]
    wrong += [said for one in there if (said := _by_listing(one, lying))]
    if not quick:
        wrong += await _by_reading(objects, there, lying)
    kept = sorted({name for key in lying if (name := _digest_of(key)) in gone})
    if wrong:
        return Finding("store", False, counted(wrong, "objects are not as they should be"))
    if kept and await _is_settled(readable):
        return Finding("store", False, counted(kept, "erased photos are still there"))
    how = "sizes alone were looked at" if quick else "every byte hashed"
    size = sum(one.size for one in held)
    return Finding("store", True, f"{len(held)} photos, {size} bytes at {where}; {how}")


def _by_listing(one: Holding, lying: dict[str, int]) -> str | None:
    place = place_of(one, lying)
    assert place is not None
    if lying[place] != one.size:
        return f"{one.digest} has {lying[place]} bytes and not {one.size}"
    if one.state == "accepted" and rendition_key(one.digest, SMALL) not in lying:
        return f"{one.digest} has no small picture"
    return None


def place_of(one: Holding, lying: Container[str]) -> str | None:
    """The key under which the store has it, of a listing."""
    return next((key for key in one.places if key in lying), None)


async def still_held(readable: Readable, digests: Iterable[str]) -> list[str]:
    """Those that the tables still count on now: the others were erased meanwhile. One query."""
    async with readable.reading() as tx:
        clause, args = among(tx, "id", digests)
        rows = await tx.tuples(f"SELECT id, size, state FROM blob WHERE {clause}", *args)
    return [row[0] for row in rows if Holding(*row).is_held]


async def _by_reading(
    objects: ObjectStore, page: Sequence[Holding], lying: dict[str, int]
) -> list[str]:
    wrong: list[str] = []
    for start in range(0, len(page), AT_ONCE):
        some = page[start : start + AT_ONCE]
        said = await asyncio.gather(*(_read(objects, one, lying) for one in some))
        wrong += [told for each in said for told in each]
    return wrong


async def _read(objects: ObjectStore, one: Holding, lying: dict[str, int]) -> list[str]:
    wrong = []
    place = place_of(one, lying)
    assert place is not None
    try:
        if hashlib.sha256(await objects.get(place)).hexdigest() != one.digest:
            wrong.append(f"{one.digest} holds other bytes")
        for size in (SMALL, 1280):
            key = rendition_key(one.digest, size)
            if key in lying and not is_whole_webp(await objects.get(key)):
                wrong.append(f"{key} is damaged")
    except Missing as moved:
        wrong.append(f"{moved.key} went away while it was read")
    return wrong


def is_whole_webp(data: bytes) -> bool:
    """By the length that its own head gives (RIFF): a picture that was cut short is seen."""
    head = data[:_WEBP_HEAD]
    if head[:4] != b"RIFF" or head[8:] != b"WEBP":
        return False
    return int.from_bytes(head[4:8], "little") + 8 == len(data)


def _digest_of(key: str) -> str:
    return key.rsplit("/", 1)[-1].split(".")[0]


async def _is_settled(readable: Readable) -> bool:
    """Whether no order to erase is open: bytes on their way out may still be there."""
    async with readable.reading() as tx:
        (row,) = await tx.tuples("SELECT COUNT(*) FROM blob WHERE order_id IS NOT NULL")
    return row[0] == 0
