"""A phone of the world that runs the product's own engine: its people, its disks, its pages.

One disk for each person, as in the product; tabs share it. A page that dies is opened again when
the person next takes the phone in hand. What people do with it stands in `deeds`, what befalls it
in `mishaps`.
"""

from collections.abc import Sequence
from typing import Any

from tests.simulation import oracle
from tests.simulation.chance import chance, made_id
from tests.simulation.deeds import DEEDS
from tests.simulation.device import Device
from tests.simulation.engines import Engines
from tests.simulation.keep import Keep, Page
from tests.simulation.mishaps import MISHAPS
from tests.simulation.network import Call
from tests.simulation.people import NAMES
from tests.simulation.plan import Event


class EnginePhone(Device):
    """`keeps` holds what lies on the device, by person; `former` what was given up at sign-out."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.keeps: dict[str, Keep] = {}
        self.former: list[Keep] = []
        self._count = 0

    @property
    def engines(self) -> Engines:
        assert self.world.engines is not None
        return self.world.engines

    # The person and the page

    async def take_in_hand(self, person: str) -> None:
        if person != self.in_hand:
            self.close_all(self.in_hand)
        self.in_hand = person
        keep = self.keeps.get(person)
        if keep is None:
            keep = self.keeps[person] = Keep(self, person, *self._made(person))
            if self.world.lossy:
                self.engines.disk(keep, "lossy")
        if keep.needs_sign_in:
            keep.device, _ = self._made(person)
            keep.token, keep.lost = None, False
        if keep.token is None:
            self.close_all(person)
            token = keep.token = await self.world.server.sign_in(person, keep.device)
            entered = await self.open(keep, enter=True)
            keep.token = token if entered else None  # a storage that refuses is tried again
        elif not keep.pages:
            await self.open(keep)

    def _made(self, person: str) -> tuple[str, str]:
        """A new device id, and the name of the disk where there is none yet."""
        self._count += 1
        id = made_id(self.world.plan.seed, "device", self.number, person, self._count)
        return id, f"{self.number}.{NAMES[person]}.{self._count}"

    async def open(self, keep: Keep, *, stuck_lock: bool = False, enter: bool = False) -> bool:
        """Opens a page over the disk. False when the storage refused it."""
        label = NAMES[keep.person]
        name = f"{self.number}.{label}.{self.world.clock.ms}"
        while name in self.engines.pages:
            name += "b"
        rng = chance(self.world.plan.seed, "page", name)
        return await self.engines.boot(
            Page(name, keep, self.world.clock.ms),
            seed=rng.getrandbits(31),
            person={"id": keep.person, "name": label, "username": label},
            device=keep.device,
            token=keep.token,
            rows_max=self.world.plan.page_rows,
            chunk_bytes=rng.choice((64, 400, 5_000)),
            stuck_lock=stuck_lock,
            enter=enter,
        )

    def close_all(self, person: str) -> None:
        for page in list(self.keeps[person].pages) if person in self.keeps else ():
            self.engines.close(page)

    async def nudge(self, page: Page, reason: str) -> None:
        if self.engines.is_awake(page):
            await self.engines.tell(page, "nudge", reason=reason)

    async def happen(self, event: Event) -> None:
        rng = chance(self.world.plan.seed, "event", event.number)
        pages = self.keeps[self.in_hand].pages
        if pages:  # else it died at its start
            does = DEEDS.get(event.kind) or MISHAPS[event.kind]
            await does(self, event, rng, rng.choice(pages))

    # The world's questions

    def put_away(self) -> None:
        for person in self.keeps:
            self.close_all(person)

    def restored(self) -> None:
        for keep in self.keeps.values():
            keep.token = None

    def ids(self) -> Sequence[str]:
        return [keep.device for keep in self.keeps.values()]

    def owns(self, call: Call) -> bool:
        device = call.headers["device-id"]
        keeps = [*self.keeps.values(), *self.former]
        return any(keep.device == device and not keep.lost for keep in keeps)

    def unsent(self) -> Sequence[str]:
        return [waiting for keep in self.keeps.values() for waiting in keep.unsent()]

    async def heal(self, person: str, name: str) -> None:
        if person not in self.keeps:
            return
        self.engines.disk(self.keeps[person], "sound")
        await self.take_in_hand(person)
        for page in list(self.keeps[person].pages):
            await self.nudge(page, "online")

    def is_at_rest(self, head: int | None) -> bool:
        keep = self.keeps.get(self.in_hand)
        if keep is None:
            return True
        if keep.unsent() or keep.fact("problem") or self.engines.is_working(keep):
            return False
        waits = keep.fact("device_state") != "active" or head is None
        return waits or all(cursor == head for cursor in keep.cursors().values())

    async def judge(self) -> None:
        for keep in self.former:
            await oracle.photos_are_safe(self.world, keep)
        for keep in self.keeps.values():
            await self.take_in_hand(keep.person)
            dumped = await self.engines.tell(keep.pages[0], "dump")
            await oracle.judge_end(self.world, keep, dumped.result)
            self.world.figures.counts["replicas compared"] += 1
