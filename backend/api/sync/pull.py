"""POST /v1/sync/pull: what is new above each cursor, in the buckets this person may see."""

from typing import Any

from litestar import Request, Response, post

from backend.api.sync import wire
from backend.api.sync.hello import POLICY, durable_version
from backend.foundation.identity.access import Signed
from backend.foundation.journal import pull as index
from backend.foundation.kernel import limits, problem
from backend.foundation.kernel.clock import epoch_ms
from backend.house import House


@post("/v1/sync/pull", status_code=200, operation_id="SyncPull", opt={"body": wire.Pull})
async def pull(request: Request[Any, Signed, Any], house: House) -> Response[bytes]:
    """Gives the rows above each cursor, and says which buckets came and went."""
    arrived = epoch_ms(house.clock.now())
    asked: wire.Pull = await wire.body_of(request, wire.Pull)
    if asked.epoch and asked.epoch != house.epoch:
        raise wire.epoch_changed(epoch=house.epoch)
    if len(asked.scopes) > limits.PULL_SCOPES_MAX:
        raise problem.too_large(what="scopes", limit=str(limits.PULL_SCOPES_MAX))
    signed = request.auth
    async with house.database.reading() as tx:
        granted = await house.access.buckets_of(tx, signed)
        pulled = await index.pull(
            tx,
            granted,
            {name: max(0, min(ver, 2**53)) for name, ver in asked.scopes.items()},
            rows_max=max(1, min(asked.limit, limits.PULL_ROWS_MAX)),
            bytes_max=max(1, min(asked.bytes, limits.PULL_BYTES_MAX)),
            check=asked.check,
        )
    # A suspended phone keeps what it has: dropping its buckets would tell it to forget.
    drop = pulled.drop if signed.device_state == "active" else []
    return wire.answer(
        request,
        {
            "proto": wire.PROTOCOL,
            "req": asked.req,
            "epoch": house.epoch,
            "t1": arrived,
            "t2": epoch_ms(house.clock.now()),
            "head": pulled.head,
            "drop": drop,
            "add": pulled.add,
            "reset": [],
            "scopes": pulled.scopes,
            "device_state": signed.device_state,
            "policy": POLICY,
            "durable": await durable_version(house, pulled.head),
        },
    )
