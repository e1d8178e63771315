"""POST /v1/blobs/need: of up to 200 digests, which to send, which to continue, which never."""

from typing import Any

import msgspec
from litestar import Request, Response, post

from backend.api.given import GivenHouse
from backend.api.needed import needed
from backend.api.sync import wire
from backend.foundation.evidence.problems import blob_erased
from backend.foundation.evidence.rules import bytes_refusal
from backend.foundation.identity.access import Signed
from backend.foundation.kernel import limits, problem
from backend.foundation.kernel.ids import is_digest
from backend.house import House
from media.staging import Unknown


class Need(msgspec.Struct, frozen=True):
    """Digest, size and type of each photo that the phone holds."""

    req: str
    blobs: list[tuple[str, int, str]]


@post("/v1/blobs/need", status_code=200, operation_id="BlobsNeed", opt={"body": Need})
async def need(request: Request[Any, Signed, Any], house: GivenHouse) -> Response[bytes]:
    """Sorts the digests into have, need, partial (with upload address and offset) and refused."""
    asked: Need = await wire.body_of(request, Need)
    if len(asked.blobs) > limits.NEED_BLOBS_MAX:
        raise problem.too_large(what="blobs", limit=str(limits.NEED_BLOBS_MAX))
    for digest, _, _ in asked.blobs:
        if not is_digest(digest):
            raise problem.args_invalid(field="blobs", reason="64 hex digits are needed")
    refused = {
        digest: refusal.code
        for digest, size, type in asked.blobs
        if (refusal := bytes_refusal(size, type)) is not None
    }
    wanted = [digest for digest, _, _ in asked.blobs if digest not in refused]
    signed = request.auth
    lacking = await needed(house, signed, wanted)
    missing = lacking.send
    refused |= dict.fromkeys(sorted(lacking.erased), blob_erased.code)
    partial = _begun(house, signed.actor.id, set(missing))
    settled = {*missing, *lacking.erased}
    return wire.answer(
        request,
        {
            "proto": wire.PROTOCOL,
            "req": asked.req,
            "epoch": house.epoch,
            "have": [digest for digest in dict.fromkeys(wanted) if digest not in settled],
            "need": [digest for digest in missing if digest not in partial],
            "partial": [[digest, *place] for digest, place in partial.items()],
            "refused": [[digest, code] for digest, code in refused.items()],
        },
    )


def _begun(house: House, owner: str, missing: set[str]) -> dict[str, tuple[str, int]]:
    """The furthest unfinished upload of each digest: its address and offset."""
    found: dict[str, tuple[str, int]] = {}
    for declared in house.staging.unfinished(owner):
        if declared.sha256 not in missing:
            continue
        try:
            offset, _ = house.staging.offset(owner, declared.id)
        except Unknown:
            continue  # another process ended it, or was killed between its two files
        if declared.sha256 not in found or offset > found[declared.sha256][1]:
            found[declared.sha256] = (f"/v1/uploads/{declared.id}", offset)
    return found


ROUTES = (need,)
