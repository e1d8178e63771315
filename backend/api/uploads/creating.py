"""OPTIONS and POST: what this server can do, and the beginning of an upload."""

from typing import Any

from litestar import Request, Response, post, route

from backend.api.given import GivenHouse
from backend.api.uploads import headers
from backend.api.uploads.taking import refusals, take
from backend.foundation.evidence import problems, rules
from backend.foundation.evidence.need import lacking
from backend.foundation.evidence.seeing import visible_of
from backend.foundation.evidence.tables import BLOBS
from backend.foundation.identity.access import Signed
from backend.foundation.kernel.ids import new_id
from backend.house import House
from media.staging import Declared

# Below this a creation that carries all bytes is not announced before they came: it is two fsyncs
# less for a thumbnail or a small photo, and a server killed in that second costs one resend.
_ANNOUNCED_FROM_BYTES = 1024 * 1024


@route(
    "/",
    http_method=["OPTIONS"],
    status_code=204,
    operation_id="UploadCapabilities",
    opt={"public": True},
)
async def capabilities() -> Response[None]:
    """What this server can do."""
    return Response(None, status_code=204, headers=headers.RESUMABLE | headers.CAPABILITIES)


@post("/", status_code=201, operation_id="CreateUpload")
async def create(request: Request[Any, Signed, Any], house: GivenHouse) -> Response[bytes]:
    """Begins an upload; with a body it takes the first bytes at once, or the whole photo."""
    headers.require_version(request)
    length = headers.number(request, "Upload-Length")
    sha256, type = headers.metadata(request)
    refusal = rules.bytes_refusal(length, type)
    if refusal is not None:
        raise refusal
    signed = request.auth
    person, device = signed.actor.id, signed.actor.device_id
    asked_for = house.receiving.expected.take(person, device, sha256)
    if not asked_for and await _is_here(house, signed, sha256, length):
        return _created(sha256, headers.standing(length))
    with_body = headers.announced_bytes(request) > 0 or "transfer-encoding" in request.headers
    if with_body and not headers.brings_bytes(request):
        raise problems.upload_type()
    declared = Declared(new_id(), signed.actor.id, sha256, type, length)
    now = house.clock.now()
    with refusals(), house.staging.create(declared, now) as upload:
        if not with_body or length >= _ANNOUNCED_FROM_BYTES:
            await upload.announce()
        if with_body:
            await take(request, house, upload, 0)
        if not upload.complete:
            await upload.announce()
        standing = headers.standing(upload.offset, now + house.staging.keep)
    return _created(sha256 if upload.complete else declared.id, standing)


async def _is_here(house: House, signed: Signed, sha256: str, length: int) -> bool:
    """Whether these bytes need not come again, as far as this person may know. Refuses bytes that
    are erased."""
    person, device = signed.actor.id, signed.actor.device_id
    async with house.database.looking() as tx:
        buckets = lambda: house.access.buckets_of(tx, signed)  # noqa: E731
        known = await BLOBS.load(tx, [sha256])
        if known and known[0].state in ("erasing", "erased"):
            raise problems.blob_erased()
        blob = (await visible_of(tx, person, buckets, known)).get(sha256)
        if blob is None or blob.size != length:
            return False
        return not (await lacking(tx, [sha256], person, buckets, device)).send


def _created(name: str, standing: dict[str, str]) -> Response[bytes]:
    return Response(b"", status_code=201, headers=standing | {"Location": f"/v1/uploads/{name}"})
