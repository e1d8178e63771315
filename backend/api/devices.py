"""A person's own devices, and the administrator's hand on a lost one."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import JSONBody, Parameter

from backend.api.authentication import COOKIE
from backend.api.given import GivenHouse
from backend.foundation.identity import devices, problems, sessions
from backend.foundation.identity.access import Signed
from backend.foundation.identity.commands import ConfirmErased, EndSessions, SetDeviceState
from backend.foundation.identity.devices import KnownDevice
from backend.foundation.identity.model import DeviceState
from backend.foundation.kernel.actor import Actor
from backend.house import House

DeviceId = Annotated[str, Parameter(max_length=64)]


class OwnDevices(msgspec.Struct, frozen=True):
    """The devices one has signed in on, latest contact first; `current` is the one that asks."""

    current: str
    devices: list[KnownDevice]


class Revoked(msgspec.Struct, frozen=True):
    """How many sessions ended."""

    ended: int


class DeviceAnswer(msgspec.Struct, frozen=True):
    """A device and its state."""

    id: str
    state: DeviceState


@get("/v1/devices", operation_id="OwnDevices")
async def own_devices(request: Request[Any, Signed, Any], house: GivenHouse) -> OwnDevices:
    """Lists the devices that one has signed in on."""
    actor = request.auth.actor
    async with house.database.reading() as tx:
        found = await devices.of_person(tx, actor.id, house.clock.now())
    return OwnDevices(current=actor.device_id, devices=found)


@post("/v1/devices/{device_id:str}/revoke", operation_id="RevokeDevice", status_code=200)
async def revoke_device(
    device_id: DeviceId, request: Request[Any, Signed, Any], house: GivenHouse
) -> Revoked:
    """Ends one's session on one of one's devices; an administrator ends everybody's on any."""
    actor = request.auth.actor
    if actor.may("admin") and device_id != actor.device_id:
        async with house.database.reading() as tx:
            ended = await sessions.count_on_device(tx, device_id)
        rec = ("device", device_id)
        await house.journal.command("identity.end_sessions", rec, EndSessions(), actor=actor)
    else:
        ended = await _end_own(house, actor, device_id)
    await house.access.settled()
    return Revoked(ended)


async def _end_own(house: House, actor: Actor, device_id: str) -> int:
    async with house.database.unit_of_work() as tx:
        if not await devices.is_known(tx, device_id, actor.id):
            raise problems.device_unknown()
        await devices.forget_upload(tx, device_id, actor.id)
        return await sessions.end_on_device(tx, device_id, actor.id)


@post("/v1/devices/{device_id:str}/state", operation_id="SetDeviceState", status_code=200)
async def set_device_state(
    device_id: DeviceId,
    data: JSONBody[SetDeviceState],
    request: Request[Any, Signed, Any],
    house: GivenHouse,
) -> DeviceAnswer:
    """Suspends a device, orders it to erase itself, or lets it work again. Administrators only."""
    actor, rec = request.auth.actor, ("device", device_id)
    await house.journal.command("identity.set_device_state", rec, data, actor=actor)
    await house.access.settled()
    return DeviceAnswer(device_id, data.state)


@post("/v1/session/erased", operation_id="ConfirmErased", status_code=204)
async def confirm_erased(
    data: JSONBody[ConfirmErased], request: Request[Any, Signed, Any], house: GivenHouse
) -> Response[None]:
    """The last call of a device that erased itself as ordered; session and cookie end with it."""
    signed = request.auth
    rec = ("device", signed.actor.device_id)
    await house.journal.command("identity.confirm_erased", rec, data, actor=signed.actor)
    async with house.database.unit_of_work() as tx:
        await sessions.end(tx, signed.session_id)
    await house.access.settled()
    gone = Cookie(key=COOKIE, value="", max_age=0, httponly=True, samesite="lax")
    return Response(None, status_code=204, cookies=[gone])


ROUTES = (own_devices, revoke_device, set_device_state, confirm_erased)
