"""What befalls a phone that runs the product's engine: batteries, browsers, storages, media."""

from random import Random
from typing import TYPE_CHECKING

from tests.simulation.deeds import Deed
from tests.simulation.keep import Page
from tests.simulation.plan import Event

if TYPE_CHECKING:
    from tests.simulation.engine import EnginePhone

QUOTA_BYTES = 16e9


async def _kill_phone(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    """At once while it waits, or at a commit of the pass that it is told to make."""
    if event.facts["fuse"]:
        page.keep.lose = event.facts["lose"]
        phone.engines.disk(page.keep, "fuse", steps=event.facts["fuse"])
        await phone.nudge(page, "person")
        return
    phone.world.figures.faults["phone killed"] += 1
    phone.engines.close(page, event.facts["lose"])


async def _store_fails(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    facts = event.facts
    how = {"name": facts["reason"], "times": facts["times"], "after": facts["after"]}
    phone.engines.disk(page.keep, "fault", **how)
    phone.world.figures.faults["store fails"] += 1


async def _evict(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    """The whole origin goes: the disks of everybody who uses the phone."""
    for keep in phone.keeps.values():
        phone.world.truth.lose(keep.disk, keep.commands())
        phone.engines.disk(keep, "evict")
        keep.tables.clear()
        keep.lost = True
        if not event.facts["open"]:
            phone.close_all(keep.person)
    phone.world.figures.faults["storage evicted"] += 1


async def _freeze(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    if not phone.engines.is_awake(page):
        return
    phone.engines.freeze(page)
    thaws_at = phone.world.clock.ms + event.facts["for_ms"]
    phone.world.at(thaws_at, lambda: phone.engines.thaw(page))
    phone.world.figures.faults["page frozen"] += 1


async def _rot(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    digests = sorted(shot.digest for shot in phone.world.truth.shots_at(page.keep.disk))
    if digests:
        digest = rng.choice(digests)
        phone.engines.disk(page.keep, "rot", digest=digest)
        page.keep.rotted.add(digest)
        phone.world.figures.faults["photo rotted"] += 1


async def _room(phone: "EnginePhone", event: Event, rng: Random, page: Page) -> None:
    if phone.engines.is_awake(page):
        used = QUOTA_BYTES - event.facts["free"]
        await phone.engines.tell(page, "room", used=used, quota=QUOTA_BYTES)
        phone.world.figures.faults["room changed"] += 1


MISHAPS: dict[str, Deed] = {
    "kill_phone": _kill_phone,
    "store_fails": _store_fails,
    "evict": _evict,
    "freeze": _freeze,
    "rot": _rot,
    "room": _room,
}
