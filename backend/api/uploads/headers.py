"""The headers of tus 1.0.0, read strictly and written in one place."""

import base64
import binascii
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from litestar import Request

from backend.foundation.evidence import problems
from backend.foundation.kernel import limits
from backend.foundation.kernel.ids import is_digest
from media.staging import Checksum, UnknownAlgorithm

VERSION = "1.0.0"
RESUMABLE = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
CAPABILITIES = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,creation-with-upload,checksum,expiration,termination",
    "Tus-Max-Size": str(limits.BLOB_BYTES_MAX),
    "Tus-Checksum-Algorithm": "sha1,sha256",
}
BYTES = "application/offset+octet-stream"
_METADATA_MAX = 2000

AnyRequest = Request[Any, Any, Any]


def require_version(request: AnyRequest) -> None:
    """Every call but OPTIONS names the version it speaks."""
    if request.headers.get("tus-resumable") != VERSION:
        raise problems.tus_version()


def number(request: AnyRequest, header: str) -> int:
    """A whole number of bytes. Refuses an absent or another one."""
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise problems.upload_invalid(header=header, reason="a number of bytes is needed")
    return int(text)


def brings_bytes(request: AnyRequest) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip() == BYTES


def announced_bytes(request: AnyRequest) -> int:
    """What Content-Length promises; 0 when it promises nothing."""
    text = request.headers.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() else 0


def metadata(request: AnyRequest) -> tuple[str, str]:
    """The photo's digest and type. Refuses anything that is not both."""
    text = request.headers.get("upload-metadata", "")
    if len(text) > _METADATA_MAX:
        raise _wrong("it is too long")
    values: dict[str, str] = {}
    for pair in text.split(","):
        key, _, encoded = pair.strip().partition(" ")
        try:
            values[key] = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError, ValueError):
            raise _wrong(f"the value of {key[:40]!r} is not base64") from None
    if not is_digest(values.get("sha256", "")):
        raise _wrong("sha256 with 64 hex digits is needed")
    if not values.get("type"):
        raise _wrong("type is needed")
    return values["sha256"], values["type"][: limits.CODE_MAX]


def checksum(request: AnyRequest) -> Checksum | None:
    """What the body of this request must hash to, if the sender says so."""
    text = request.headers.get("upload-checksum")
    if text is None:
        return None
    algorithm, _, encoded = text.partition(" ")
    try:
        return Checksum(algorithm, base64.b64decode(encoded, validate=True))
    except UnknownAlgorithm:
        reason = f"{algorithm[:40]} is none of {CAPABILITIES['Tus-Checksum-Algorithm']}"
    except (binascii.Error, ValueError):
        reason = "the checksum is not base64"
    raise problems.upload_invalid(header="Upload-Checksum", reason=reason)


def standing(offset: int, expires: datetime | None = None) -> dict[str, str]:
    """What every answer about an upload says."""
    headers = RESUMABLE | {"Upload-Offset": str(offset)}
    if expires is not None:
        headers["Upload-Expires"] = format_datetime(expires, usegmt=True)
    return headers


def _wrong(reason: str) -> Exception:
    return problems.upload_invalid(header="Upload-Metadata", reason=reason)
