"""A device in the world: its clock, the databases of its users, its sessions and open pages."""

from dataclasses import dataclass, field

from tests.simulation.clocks import DeviceClock
from tests.simulation.drain import Way
from tests.simulation.local import Local


@dataclass
class Device:
    """One phone. `life` counts page lives: what an older page awaits is answered to nobody."""

    number: int
    id: str
    clock: DeviceClock
    users: tuple[str, ...]
    locals: dict[str, Local] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    crashes: dict[str, int] = field(default_factory=dict)
    in_hand: str = ""
    offline: bool = False
    life: int = 0
    passes: int = 0
    edits: int = 0

    @property
    def local(self) -> Local:
        """The database of the person who holds the device."""
        return self.locals[self.in_hand]

    def way(self, page_rows: int, *, zipped: bool) -> Way:
        """What a pass needs to reach the server."""
        self.passes += 1
        return Way(
            self.id,
            self.tokens.get(self.in_hand, ""),
            page_rows,
            zipped,
            self.clock.wall_ms(),
            self.crashes,
        )
