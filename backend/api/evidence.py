"""GET and HEAD /v1/blobs/{sha256}[?size=320|1280]: photos for people who may see them.

Every request is authorised through a photo record in one of the caller's buckets, or because the
caller brought the bytes; anything else is 404, as if it did not exist. Originals are attachments
that no browser may run or sniff; the smaller pictures were made by us and may be shown.
"""

from typing import Any, Literal

from litestar import Request, Response, post, route
from litestar.params import FromPath, FromQuery

from backend.api.given import GivenHouse
from backend.api.problems import from_problem
from backend.api.ranges import Span, is_unchanged, span_of
from backend.api.sync import wire
from backend.foundation.evidence import problems
from backend.foundation.evidence.commands import OpenSealed
from backend.foundation.evidence.model import Blob
from backend.foundation.evidence.seeing import is_sealed, visible
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.identity.access import Signed
from backend.foundation.kernel import problem
from backend.foundation.kernel.ids import is_digest, is_id
from backend.house import House
from media.store import Missing, Stored, StoreUnreachable, original_key, rendition_key

SAFE = {
    "Accept-Ranges": "bytes",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
Size = Literal[320, 1280]


def _operation_id(handler: Any, method: str, path: Any) -> str:
    return "Blob" if method == "GET" else "BlobStanding"


@route(
    "/v1/blobs/{sha256:str}",
    http_method=["GET", "HEAD"],
    status_code=200,
    operation_id=_operation_id,
    media_type="application/octet-stream",
)
async def blob_bytes(
    request: Request[Any, Signed, Any],
    house: GivenHouse,
    sha256: FromPath[str],
    size: FromQuery[Size | None] = None,
) -> Response[bytes]:
    """The original photo, or a smaller picture of it."""
    blob = await _seen(request, house, sha256)
    key, headers = _rendition(blob, size) if size else _original(blob)
    try:
        return await _answer(request, house, key, headers)
    except Missing:
        if size:
            raise problems.rendition_pending(retry_after=2) from None
        raise problem.not_found() from None
    except StoreUnreachable:
        raise problems.store_unreachable() from None


@post(
    "/v1/photos/{photo_id:str}/open",
    status_code=200,
    operation_id="OpenSealed",
    media_type="application/octet-stream",
    opt={"body": OpenSealed},
)
async def open_sealed(
    request: Request[Any, Signed, Any], house: GivenHouse, photo_id: FromPath[str]
) -> Response[bytes]:
    """The original of a sealed photo, for the data-protection officer. That it was opened, and why,
    is a fact before the first byte leaves."""
    asked: OpenSealed = await wire.body_of(request, OpenSealed)
    if not is_id(photo_id):
        raise problem.not_found()
    rec = ("photo", photo_id)
    await house.journal.command("evidence.open_sealed", rec, asked, actor=request.auth.actor)
    async with house.database.reading() as tx:
        (photo,) = await PHOTOS.load(tx, [photo_id])
    try:
        body = await house.store.get(original_key(photo.sha256))
    except Missing:
        raise problem.not_found() from None
    except StoreUnreachable:
        raise problems.store_unreachable() from None
    headers = {"Content-Type": "application/octet-stream", "Cache-Control": "no-store"}
    return _response(body, 200, SAFE | headers | {"Content-Disposition": "attachment"})


async def _seen(request: Request[Any, Signed, Any], house: House, sha256: str) -> Blob:
    if not is_digest(sha256):
        raise problem.not_found()
    signed = request.auth
    async with house.database.reading() as tx:
        buckets = lambda: house.access.buckets_of(tx, signed)  # noqa: E731
        blob = (await visible(tx, signed.actor.id, buckets, [sha256])).get(sha256)
        if blob is not None and await is_sealed(tx, buckets, sha256):
            raise problems.photo_sealed()
    # What the probe refused lies in quarantine and is served to nobody.
    if blob is None or blob.state == "refused":
        raise problem.not_found()
    return blob


def _original(blob: Blob) -> tuple[str, dict[str, str]]:
    # Until the server has looked inside, the type is only what the sender called it.
    type = blob.type if blob.state == "accepted" else "application/octet-stream"
    name = f"{blob.id[:12]}.{_ENDINGS.get(type, 'bin')}"
    return original_key(blob.id), SAFE | {
        "ETag": f'"{blob.id}"',
        "Content-Type": type,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-cache",
    }


def _rendition(blob: Blob, size: int) -> tuple[str, dict[str, str]]:
    # A photo that is small already has one rendition that serves for both sizes.
    made = 320 if blob.state == "accepted" and max(blob.width, blob.height) <= 320 else size
    return rendition_key(blob.id, made), SAFE | {
        "ETag": f'"{blob.id}-{size}"',
        "Content-Type": "image/webp",
        "Content-Disposition": "inline",
        "Cache-Control": "private, max-age=31536000, immutable",
    }


async def _answer(
    request: Request[Any, Signed, Any], house: House, key: str, headers: dict[str, str]
) -> Response[bytes]:
    if is_unchanged(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(b"", status_code=304, headers=_without_type(headers))
    stored = await house.store.head(key)
    span = span_of(
        request.headers.get("range"), request.headers.get("if-range"), headers["ETag"], stored.size
    )
    if request.method == "HEAD":
        length = {"Content-Length": str(stored.size)}
        return _response(b"", 200, headers | length)
    if span is None:
        return _response(await house.store.get(key), 200, headers)
    if not span.satisfiable:
        answer = from_problem(request, problems.range_unsatisfiable(size=stored.size))
        answer.headers["Content-Range"] = f"bytes */{stored.size}"
        return answer
    return await _part(house, stored, span, headers)


async def _part(
    house: House, stored: Stored, span: Span, headers: dict[str, str]
) -> Response[bytes]:
    body = await house.store.get(stored.key, span.first, span.last)
    placed = {"Content-Range": f"bytes {span.first}-{span.last}/{stored.size}"}
    return _response(body, 206, headers | placed)


def _response(body: bytes, status: int, headers: dict[str, str]) -> Response[bytes]:
    return Response(
        body, status_code=status, media_type=headers["Content-Type"], headers=_without_type(headers)
    )


def _without_type(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Content-Type"}


ROUTES = (blob_bytes, open_sealed)
