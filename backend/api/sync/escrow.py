"""POST /v1/sync/escrow: the bytes of a command that the server could not take any other way.

They are kept as a refused command in its place of the order, so that nothing behind it waits.
"""

import base64
import contextlib
from typing import Any

import msgspec
from litestar import Request, Response, post

from backend.api.sync import wire
from backend.foundation.identity.access import Signed
from backend.foundation.journal.batch import Batch
from backend.foundation.journal.carrying import ESCROWED
from backend.foundation.journal.decoding import about
from backend.foundation.journal.envelope import Envelope
from backend.foundation.journal.masking import masked
from backend.foundation.kernel import limits, problem
from backend.foundation.kernel.clock import wire as moment_text
from backend.foundation.kernel.ids import is_id, new_id
from backend.house import House


@post("/v1/sync/escrow", status_code=200, operation_id="SyncEscrow", opt={"body": wire.Escrow})
async def escrow(request: Request[Any, Signed, Any], house: House) -> Response[bytes]:
    """Keeps the raw bytes of one command and answers with its verdict."""
    given: wire.Escrow = await wire.body_of(request, wire.Escrow)
    if len(given.raw) > limits.ESCROW_BYTES_MAX:
        raise problem.too_large(what="escrow", limit=f"{limits.ESCROW_BYTES_MAX // 1024} kB")
    signed = request.auth
    plain = _plain(given.raw)
    rec, blobs = about(plain, ("escrow", "escrow"))
    kept = Envelope(
        id=given.id if given.id and is_id(given.id) else new_id(),
        seq=max(0, given.seq),
        op=ESCROWED,
        rec=rec,
        blobs=blobs,
        at=moment_text(house.clock.now()),
        args=msgspec.Raw(msgspec.json.encode({"op": given.op, "raw": _keepable(given.raw, plain)})),
    )
    result = await house.journal.execute(Batch(signed.actor, signed.actor.device_id, (kept,)))
    return wire.answer(
        request,
        {
            "proto": wire.PROTOCOL,
            "req": given.req,
            "epoch": house.epoch,
            "last_seq": result.last_seq,
            "results": list(result.answers),
            "gap": None if result.expected is None else {"expected": result.expected},
        },
    )


def _plain(raw: str) -> bytes:
    """The command's bytes; phones send them as base64, because no line can spoil that unseen."""
    with contextlib.suppress(ValueError):
        return base64.b64decode(raw, validate=True)
    return raw.encode("utf-8", "replace")


def _keepable(raw: str, plain: bytes) -> str:
    """As it came, unless something in it may not be kept: the journal does not see it in base64."""
    kept = masked(plain)
    same = kept == plain.decode("utf-8", "replace")
    return raw if same else base64.b64encode(kept.encode()).decode()
