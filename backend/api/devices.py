"""A person's own devices, and the administrator's hand on a lost one."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody, Parameter

from backend.api.given import GivenHouse
from backend.foundation.identity import devices, problems, sessions
from backend.foundation.identity.access import Signed
from backend.foundation.identity.devices import KnownDevice
from backend.foundation.identity.model import DeviceState
from backend.foundation.kernel import problem

DeviceId = Annotated[str, Parameter(max_length=64)]


class OwnDevices(msgspec.Struct, frozen=True):
    """The devices one has signed in on, latest contact first; `current` is the one that asks."""

    current: str
    devices: list[KnownDevice]


class Revoked(msgspec.Struct, frozen=True):
    """How many sessions ended."""

    ended: int


class NewState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a device may do from now on."""

    state: DeviceState


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
    async with house.database.unit_of_work() as tx:
        if actor.may("admin") and await devices.exists(tx, device_id):
            ended = await sessions.end_on_device(tx, device_id)
        elif await devices.is_known(tx, device_id, actor.id):
            ended = await sessions.end_on_device(tx, device_id, actor.id)
            await devices.forget_upload(tx, device_id, actor.id)
        else:
            raise problems.device_unknown()
    await house.access.settled()
    return Revoked(ended)


@post("/v1/devices/{device_id:str}/state", operation_id="SetDeviceState", status_code=200)
async def set_device_state(
    device_id: DeviceId,
    data: JSONBody[NewState],
    request: Request[Any, Signed, Any],
    house: GivenHouse,
) -> DeviceAnswer:
    """Suspends a device, orders it to erase itself, or lets it work again. Administrators only."""
    if not request.auth.actor.may("admin"):
        raise problem.forbidden(needs="admin")
    async with house.database.unit_of_work() as tx:
        if not await devices.set_state(tx, device_id, data.state):
            raise problems.device_unknown()
    await house.access.settled()
    return DeviceAnswer(device_id, data.state)


ROUTES = (own_devices, revoke_device, set_device_state)
