"""One exchange between a phone and the server, as the world sees it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.simulation.network import Call, Reply

if TYPE_CHECKING:
    from tests.simulation.device import Device

Take = Callable[[Reply | None], Awaitable[None]]


@dataclass(frozen=True)
class Letter:
    """A request on its way. `name` names its chances, `bearer` is who was signed in, and `take`
    hands the answer over: None when nothing comes."""

    device: "Device"
    call: Call
    name: tuple[object, ...]
    bearer: str
    take: Take
