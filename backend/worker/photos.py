"""Looking into photos that arrived: verdict, smaller pictures, quarantine.

Promises: a verdict is given once and told to the author; accepted means that the smaller pictures
are there; refused bytes are moved out of sight and kept. A decoder that died says nothing certain
about the photo, so it is asked again; after the last try the photo is refused as too costly: one
that nobody can open is no evidence, and its author must hear of it in time to take it again.
"""

import contextlib
import hashlib
import tempfile
from pathlib import Path
from typing import Any

from backend.foundation.evidence.commands import Accept, Refuse
from backend.foundation.evidence.model import Blob
from backend.foundation.evidence.problems import blob_erased, blob_erasing
from backend.foundation.evidence.tables import BLOBS
from backend.foundation.kernel.problem import Problem
from backend.house import House
from media.photo import Examined, RefusedPhoto, SandboxFailed
from media.store import Missing, ObjectStore, original_key, quarantine_key, rendition_key

_SMALL = 320
_TRIES = 3  # of ten seconds each


async def examine(house: House, payload: dict[str, Any]) -> None:
    """One photo: `payload` is {digest}. May be repeated at any point."""
    digest = payload["digest"]
    blob = await _unjudged(house, digest)
    if blob is None:
        return
    try:
        found = await _looked_into(house, blob)
    except RefusedPhoto as refused:
        await _refuse(house, digest, refused.reason)
        return
    await _store_renditions(house.store, digest, found)
    await _judge(house, "evidence.accept", digest, _accepted(found))


async def _judge(house: House, op: str, digest: str, asked: Accept | Refuse) -> None:
    try:
        await house.journal.command(op, ("blob", digest), asked)
    except Problem as refusal:
        # Erased meanwhile: the refusal has ordered away what was made of it just now.
        if refusal.code not in (blob_erased.code, blob_erasing.code):
            raise


async def _unjudged(house: House, digest: str) -> Blob | None:
    async with house.database.reading() as tx:
        blobs = await BLOBS.load(tx, [digest])
    return blobs[0] if blobs and blobs[0].state == "stored" else None


async def _looked_into(house: House, blob: Blob) -> Examined:
    for _ in range(_TRIES - 1):
        with contextlib.suppress(SandboxFailed):
            return await _looked_once(house, blob)
    try:
        return await _looked_once(house, blob)
    except SandboxFailed:
        raise RefusedPhoto("too_costly") from None


async def _looked_once(house: House, blob: Blob) -> Examined:
    local = getattr(house.store, "path_of", None)
    if local is not None:
        return await house.sandbox.examine(local(original_key(blob.id)), blob.type)
    data = await house.store.get(original_key(blob.id))
    with tempfile.NamedTemporaryFile(dir=house.staging.root, suffix=".look") as file:
        file.write(data)
        file.flush()
        return await house.sandbox.examine(Path(file.name), blob.type)


async def _store_renditions(store: ObjectStore, digest: str, found: Examined) -> None:
    made = found.renditions
    if max(found.width, found.height) <= _SMALL:
        made = {_SMALL: made[_SMALL]}
    for size, data in made.items():
        key = rendition_key(digest, size)
        # A first try may have been killed half way; another version of the encoder may give
        # other bytes, and those that are there are as good.
        if not await store.exists(key):
            await store.put(key, data, sha256=hashlib.sha256(data).hexdigest())


async def _refuse(house: House, digest: str, reason: str) -> None:
    """Out of sight first: a killed worker must not leave refused bytes among the served ones."""
    try:
        data = await house.store.get(original_key(digest))
    except Missing:
        pass  # an earlier try has moved it
    else:
        await house.store.put(quarantine_key(digest), data, sha256=digest)
        await house.store.delete(original_key(digest))
    await _judge(house, "evidence.refuse", digest, Refuse(reason=reason))


def _accepted(found: Examined) -> Accept:
    return Accept(
        type=found.type,
        width=found.width,
        height=found.height,
        sharpness=found.quality.sharpness,
        brightness=found.quality.brightness,
        contrast=found.quality.contrast,
        fingerprint=found.fingerprint,
        gradient=found.gradient,
        tail=found.tail,
    )
