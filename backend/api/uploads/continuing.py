"""HEAD, PATCH and DELETE: where an upload stands, its further bytes, its end.

A finished upload is known by its digest instead of an id: HEAD says that it is whole.
"""

import asyncio
from typing import Any

from litestar import Request, Response, delete, head, patch, post
from litestar.params import FromPath

from backend.api.given import GivenHouse
from backend.api.uploads import headers
from backend.api.uploads.taking import publish, refusals, take
from backend.foundation.evidence import problems
from backend.foundation.evidence.model import Blob
from backend.foundation.evidence.seeing import visible
from backend.foundation.identity.access import Signed
from backend.foundation.kernel.ids import is_digest
from backend.house import House
from media.staging import Locked

# An older request that was asked to let go needs one fsync to do so.
_LET_GO_TRIES = 20
_LET_GO_SECONDS = 0.05

SignedRequest = Request[Any, Signed, Any]


@head("/{upload_id:str}", status_code=200, operation_id="UploadStanding")
async def where(
    request: SignedRequest, house: GivenHouse, upload_id: FromPath[str]
) -> Response[None]:
    """Where the bytes end. An older request that still holds the upload is asked to let go."""
    headers.require_version(request)
    if is_digest(upload_id):
        return await _whole(request, house, upload_id)
    owner = request.auth.actor.id
    with refusals():
        for _ in range(_LET_GO_TRIES):
            try:
                return await _standing(house, owner, upload_id)
            except Locked:
                house.staging.ask_to_let_go(owner, upload_id)
                await asyncio.sleep(_LET_GO_SECONDS)
        return await _standing(house, owner, upload_id)


@patch("/{upload_id:str}", status_code=204, operation_id="ContinueUpload")
async def continue_(
    request: SignedRequest, house: GivenHouse, upload_id: FromPath[str]
) -> Response[None]:
    """Takes further bytes at the offset that both sides agree on."""
    headers.require_version(request)
    if not headers.brings_bytes(request):
        raise problems.upload_type()
    offset = headers.number(request, "Upload-Offset")
    if is_digest(upload_id):
        # A client that did not read the offset of its creation's answer; HEAD will tell it.
        raise problems.offset_moved(offset=(await _seen(request, house, upload_id)).size)
    now = house.clock.now()
    with refusals(), house.staging.hold(request.auth.actor.id, upload_id, now) as upload:
        await take(request, house, upload, offset)
        standing = headers.standing(upload.offset, now + house.staging.keep)
    return Response(None, status_code=204, headers=standing)


@delete("/{upload_id:str}", status_code=204, operation_id="EndUpload")
async def end(
    request: SignedRequest, house: GivenHouse, upload_id: FromPath[str]
) -> Response[None]:
    """Throws the upload away; a photo that was finished stays."""
    headers.require_version(request)
    now = house.clock.now()
    with refusals(), house.staging.hold(request.auth.actor.id, upload_id, now) as upload:
        upload.discard()
    return Response(None, status_code=204, headers=headers.RESUMABLE)


@post("/{upload_id:str}", status_code=204, operation_id="OverriddenUpload")
async def overridden(
    request: SignedRequest, house: GivenHouse, upload_id: FromPath[str]
) -> Response[None]:
    """PATCH or DELETE for clients behind proxies that know only POST."""
    method = request.headers.get("x-http-method-override", "").upper()
    if method == "PATCH":
        return await continue_.fn(request, house, upload_id)
    if method == "DELETE":
        return await end.fn(request, house, upload_id)
    raise problems.upload_invalid(header="X-HTTP-Method-Override", reason="PATCH or DELETE")


async def _standing(house: House, owner: str, upload_id: str) -> Response[None]:
    now = house.clock.now()
    with house.staging.hold(owner, upload_id, now) as upload:
        if upload.complete:
            # The bytes are all here but the store was away: the promise is made good now, or the
            # sender would take the last offset for success.
            await publish(house, upload)
        _, expires = house.staging.offset(owner, upload_id) if not upload.complete else (0, None)
        length = {"Upload-Length": str(upload.declared.length)}
        return Response(
            None, status_code=200, headers=headers.standing(upload.offset, expires) | length
        )


async def _whole(request: SignedRequest, house: House, sha256: str) -> Response[None]:
    size = (await _seen(request, house, sha256)).size
    length = {"Upload-Length": str(size)}
    return Response(None, status_code=200, headers=headers.standing(size) | length)


async def _seen(request: SignedRequest, house: House, sha256: str) -> Blob:
    async with house.database.reading() as tx:
        seen = await visible(
            tx, request.auth.actor.id, lambda: house.access.buckets_of(tx, request.auth), [sha256]
        )
    blob = seen.get(sha256)
    if blob is None:
        raise problems.upload_unknown()
    return blob
