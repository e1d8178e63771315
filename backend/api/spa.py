"""The built phone app: hashed assets for ever, everything else asked again each time.

Litestar's own static files ignore If-None-Match, Range and compressed neighbours; a phone on a thin
line pays for each of these. Files are read once at start: the whole app is a few hundred kB.
"""

import gzip
import hashlib
import mimetypes
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

DIST = Path(__file__).parents[2] / "pwa" / "dist"
_IMMUTABLE = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_GZIP_TYPES = (
    "text/",
    "application/javascript",
    "application/json",
    "image/svg",
    "application/m",
    "application/wasm",
)
# The scanner is WebAssembly of our own; 'wasm-unsafe-eval' lets that run and no script from text.
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; style-src 'self' "
    "'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("application/wasm", ".wasm")


class Asset(msgspec.Struct, frozen=True):
    """One file, ready to be sent."""

    body: bytes
    packed: bytes | None
    type: str
    etag: str
    cache: str


class Spa:
    """The files of one build."""

    def __init__(self, dist: Path = DIST) -> None:
        self.files = {
            path.relative_to(dist).as_posix(): _asset(path, dist)
            for path in sorted(dist.rglob("*"))
            if path.is_file()
        }

    def find(self, path: str) -> Asset | None:
        """The file, or the app's one page for a deep link (a path without a file's ending)."""
        found = self.files.get(path or "index.html")
        if found is None and "." not in path.rsplit("/", 1)[-1]:
            return self.files.get("index.html")
        return found


@get(["/", "/{path:path}"], operation_id="App", opt={"public": True}, include_in_schema=False)
async def app_file(request: Request[Any, Any, Any], spa: Spa, path: str = "") -> Response[bytes]:
    """A file of the phone app."""
    name = path.strip("/")
    if name.startswith("v1/"):
        raise NotFoundException("no such call")
    asset = spa.find(name)
    if asset is None:
        raise NotFoundException("no such file; has the app been built?")
    headers = {
        "Cache-Control": asset.cache,
        "ETag": asset.etag,
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": CONTENT_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    }
    if request.headers.get("if-none-match") == asset.etag:
        return Response(b"", status_code=304, headers=headers, media_type=asset.type)
    body = asset.body
    if asset.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = asset.packed
    return Response(body, headers=headers, media_type=asset.type)


def _asset(path: Path, dist: Path) -> Asset:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind == "application/javascript":
        kind += "; charset=utf-8"
    packable = kind.startswith(_GZIP_TYPES)
    hashed = path.relative_to(dist).as_posix().startswith("assets/")
    return Asset(
        body=body,
        packed=gzip.compress(body, 9, mtime=0) if packable else None,
        type=kind,
        etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        cache=_IMMUTABLE if hashed else _ASK_AGAIN,
    )
