"""Shapes of the sync calls (SYNC 3), additive inside protocol 1: unknown fields are ignored."""

import gzip
import re
import zlib
from typing import Any

import msgspec
from litestar import Request, Response

from backend.foundation.journal.carrying import UNREADABLE
from backend.foundation.journal.decoding import about
from backend.foundation.journal.envelope import Answer, Envelope, Short, Whole
from backend.foundation.kernel import limits, problem
from backend.foundation.kernel.problem import problem as declare

PROTOCOL = 1
_GZIP_FROM_BYTES = 1400  # below one packet compressing only costs
_GZIP_LEVEL = 4
# Every escape of a JSON text; group 1 is half a surrogate pair.
_ESCAPES = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)

body_unreadable = declare(
    400,
    "body_unreadable",
    "The server could not read this request ({reason}).",
    "服务器无法读取这次请求（{reason}）。",
)
epoch_changed = declare(
    409,
    "epoch_changed",
    "The server was restored from a backup. Your device offers its work again by itself.",
    "服务器从备份恢复过。本机会自动重新发送。",
)
protocol_unknown = declare(
    426,
    "protocol_unknown",
    "This app is too old to receive. What you recorded can still be sent. Update the app.",
    "应用版本太旧，暂时不能接收。您记录的内容仍可发送。请更新应用。",
)
streams_full = declare(
    503,
    "streams_full",
    "Too many devices are listening at once. Yours asks by itself every minute.",
    "同时接收实时提醒的设备过多。本机会每分钟自行查询。",
)
PROBLEMS = (body_unreadable, epoch_changed, protocol_unknown, streams_full)


class Announced(msgspec.Struct, frozen=True):
    """What the phone says it still holds."""

    commands: int = 0
    photos: int = 0
    bytes: int = 0
    oldest: str | None = None


class StorageState(msgspec.Struct, frozen=True):
    """How safely the browser keeps the phone's data."""

    persisted: bool = False
    free: int = 0


class Hello(msgspec.Struct, frozen=True):
    """The first call: a clock sample and how the phone is."""

    req: str
    t0: int = 0
    device: str = ""
    build: int = 0
    proto: tuple[int, ...] = (PROTOCOL,)
    unsent: Announced = Announced()
    storage: StorageState = StorageState()
    installed: bool = False


class Push(msgspec.Struct, frozen=True):
    """Commands in order. `commands` are read one by one, so that one unreadable one does not
    take the others with it."""

    req: str
    commands: list[msgspec.Raw]
    device: str = ""
    epoch: str = ""
    sent_at: str = ""
    saw: int = 0


class Pull(msgspec.Struct, frozen=True):
    """Cursors per bucket."""

    req: str
    scopes: dict[str, int] = {}
    epoch: str = ""
    limit: int = limits.PULL_ROWS_MAX
    bytes: int = limits.PULL_BYTES_MAX
    check: bool = False
    t0: int = 0


class Escrow(msgspec.Struct, frozen=True):
    """Bytes of a command that could not be taken otherwise."""

    req: str
    seq: int
    raw: str
    id: str | None = None
    op: str = ""


class Gap(msgspec.Struct, frozen=True):
    """Where the server waits in the phone's order."""

    expected: int


class PushAnswer(msgspec.Struct, omit_defaults=True):
    """Verdicts, and what the server lacks."""

    req: str
    epoch: str
    recv_at: str
    last_seq: int
    head: int
    results: list[Answer]
    need: list[str]
    durable: int
    device_state: str
    t1: int
    t2: int
    proto: int = msgspec.field(default=0)
    gap: Gap | None = None


async def body_of(request: Request[Any, Any, Any], shape: type[Any]) -> Any:
    """The request's JSON, unpacked when it came gzipped. Raises body_unreadable or too_large."""
    raw = await request.body()
    if request.headers.get("content-encoding") == "gzip":
        raw = _unpacked(raw)
    if len(raw) > limits.REQUEST_BYTES_MAX:
        raise problem.too_large(what="request", limit=f"{limits.REQUEST_BYTES_MAX // 1024} kB")
    return read(raw, shape)


def read(raw: bytes, shape: type[Any]) -> Any:
    """The JSON as this shape. Raises body_unreadable."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except RecursionError as deep:
        raise body_unreadable(reason="nested too deeply") from deep
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        mended = _ESCAPES.sub(_whole_characters, raw)
        if mended != raw:
            return read(mended, shape)
        raise body_unreadable(reason=str(wrong)) from wrong


def _whole_characters(escape: re.Match[bytes]) -> bytes:
    # Half of an emoji, cut off by a length limit: JavaScript writes it down, and no UTF-8 can hold
    # it. The mark of a lost character is better than a note that nobody gets to read.
    return b"\\ufffd" if escape.group(1) else escape.group()


def _unpacked(raw: bytes) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        # One byte more than allowed is enough to know; a bomb is never unpacked whole.
        plain = unpacker.decompress(raw, limits.REQUEST_BYTES_MAX + 1)
    except zlib.error as wrong:
        raise body_unreadable(reason=str(wrong)) from wrong
    return plain


def answer(request: Request[Any, Any, Any], payload: Any) -> Response[bytes]:
    """The payload as JSON, gzipped when that is worth it and wanted."""
    body = msgspec.json.encode(payload)
    headers = {"Cache-Control": "no-store"}
    if len(body) >= _GZIP_FROM_BYTES and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, _GZIP_LEVEL, mtime=0)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(body, status_code=200, media_type="application/json", headers=headers)


def envelopes_of(raws: list[msgspec.Raw]) -> tuple[Envelope, ...]:
    """The commands; one that cannot be read becomes one that will be refused in its place.

    Raises body_unreadable when not even its id and place can be read."""
    return tuple(_envelope(raw) for raw in raws)


class _Placed(msgspec.Struct):
    id: Short
    seq: Whole


def _envelope(raw: msgspec.Raw) -> Envelope:
    try:
        return msgspec.json.decode(raw, type=Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        try:
            placed = msgspec.json.decode(raw, type=_Placed)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise body_unreadable(reason=str(wrong)) from wrong
        rec, blobs = about(raw, ("unreadable", placed.id))
        return Envelope(
            id=placed.id,
            seq=placed.seq,
            op=UNREADABLE,
            rec=rec,
            blobs=blobs,
            at="",
            args=msgspec.Raw(msgspec.json.encode(bytes(raw).decode("utf-8", "replace"))),
        )
