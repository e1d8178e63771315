"""A device in the world: its clock, its people, and everything that can be done to it.

Two kinds play: `light` is a small phone written in Python for speed, `engine` the product's own.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.simulation.clocks import DeviceClock
from tests.simulation.network import Call
from tests.simulation.plan import Event

if TYPE_CHECKING:
    from tests.simulation.world import World


class Device(ABC):
    """One phone. `in_hand` is the person who holds it."""

    def __init__(self, world: "World", number: int, clock: DeviceClock, users: tuple[str, ...]):
        self.world = world
        self.number = number
        self.clock = clock
        self.users = users
        self.in_hand = users[0]
        self.offline = False

    @abstractmethod
    async def take_in_hand(self, person: str) -> None:
        """This person opens the app, and signs in where no session is left."""

    @abstractmethod
    async def happen(self, event: Event) -> None:
        """What a person, a browser or a battery does to this phone."""

    @abstractmethod
    def put_away(self) -> None:
        """Nobody uses it for days: no page is open."""

    @abstractmethod
    def restored(self) -> None:
        """The server was restored: sessions younger than the copy are gone with it."""

    @abstractmethod
    def ids(self) -> Sequence[str]:
        """The names under which the server knows this phone now."""

    @abstractmethod
    def owns(self, call: Call) -> bool:
        """Whether this call came from storage that the phone still has."""

    @abstractmethod
    def unsent(self) -> Sequence[str]:
        """What still waits to be sent, in words."""

    @abstractmethod
    async def heal(self, person: str, name: str) -> None:
        """The person has the phone in hand and the network is well: it begins to send."""

    @abstractmethod
    def is_at_rest(self, head: int | None) -> bool:
        """Whether whoever holds it has sent everything and, with `head`, received up to there."""

    @abstractmethod
    async def judge(self) -> None:
        """At the end of a world: raises Broken when this phone holds something untrue."""

    def next_user(self) -> str:
        place = self.users.index(self.in_hand)
        return self.users[(place + 1) % len(self.users)]
