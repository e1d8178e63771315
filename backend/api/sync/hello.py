"""POST /v1/sync/hello: a clock sample, and how both sides are."""

from typing import Any

from litestar import Request, Response, post

from backend.api.sync import wire
from backend.foundation.identity import devices
from backend.foundation.identity.access import Signed
from backend.foundation.journal.verdicts import LOGS, log_key
from backend.foundation.kernel import limits
from backend.foundation.kernel.clock import epoch_ms
from backend.house import House

POLICY = {"min_build": 0, "photo_max": limits.BLOB_BYTES_MAX}
LIMITS = {
    "batch": limits.BATCH_COMMANDS_MAX,
    "bytes": limits.BATCH_BYTES_MAX,
    "blob": limits.BLOB_BYTES_MAX,
}


@post("/v1/sync/hello", status_code=200, operation_id="SyncHello", opt={"body": wire.Hello})
async def hello(request: Request[Any, Signed, Any], house: House) -> Response[bytes]:
    """Tells the server how the phone is and the phone what the server expects."""
    arrived = epoch_ms(house.clock.now())
    said: wire.Hello = await wire.body_of(request, wire.Hello)
    if wire.PROTOCOL not in said.proto:
        raise wire.protocol_unknown()
    signed = request.auth
    async with house.database.unit_of_work() as tx:
        await devices.note_contact(
            tx, signed.actor.device_id, signed.actor.id, _contact(said), house.clock.now()
        )
    async with house.database.reading() as tx:
        buckets = await house.access.buckets_of(tx, signed)
        logs = await LOGS.load(tx, [log_key(signed.actor.device_id, signed.actor.id)])
        head = (await tx.tuples("SELECT head FROM sync_counter WHERE id = 1"))[0][0]
    return wire.answer(
        request,
        {
            "proto": wire.PROTOCOL,
            "req": said.req,
            "epoch": house.epoch,
            "t1": arrived,
            "t2": epoch_ms(house.clock.now()),
            "device_state": signed.device_state,
            "actor": {"id": signed.actor.id, "name": signed.actor.name},
            "last_seq": logs[0].last_seq if logs else 0,
            "scopes": sorted(buckets),
            "limits": LIMITS,
            "policy": POLICY,
            "durable": await durable_version(house, head),
            "seal_key": house.seal.public_text,
        },
    )


async def durable_version(house: House, committed: int) -> int:
    """The highest version that no crash of this machine can take back (RULINGS 21): what is known
    to be committed, or what the last backup holds."""
    if house.settings.durable == "commit":
        return committed
    async with house.database.looking() as tx:
        return (await tx.tuples("SELECT durable FROM sync_counter WHERE id = 1"))[0][0]


def _contact(said: wire.Hello) -> devices.Contact:
    return devices.Contact(
        unsent=devices.Unsent(
            commands=said.unsent.commands,
            photos=said.unsent.photos,
            bytes=said.unsent.bytes,
            oldest_at=said.unsent.oldest,
        ),
        build=said.build,
        persisted=said.storage.persisted,
        installed=said.installed,
        free_bytes=said.storage.free,
    )
