"""One seed from its plan to its judgement, and the search for the smallest plan that fails too."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.simulation import agreed, albums, attendance, erased, invariants
from tests.simulation.clocks import WorldClock
from tests.simulation.drawn import drawn
from tests.simulation.figures import Figures
from tests.simulation.ground import Ground
from tests.simulation.happen import happen
from tests.simulation.people import NAMES, furnish
from tests.simulation.plan import Event, Phones, Plan, plan_for
from tests.simulation.replay import replay
from tests.simulation.server import Server
from tests.simulation.truth import Broken
from tests.simulation.world import World

Alter = Callable[[World], None]


@dataclass
class Judged:
    """How a seed went. `broken` is None when every invariant held."""

    plan: Plan
    figures: Figures
    digest: str
    timeless: str
    history: str = ""
    broken: Broken | None = None


async def judge(
    plan: Plan, ground: Ground, *, clocks_lie: bool = True, alter: Alter | None = None
) -> Judged:
    """Plays the plan on a fresh copy of the furnished house."""
    with drawn(1):
        url = await ground.fresh(furnish)
    with drawn(1_000_000):
        server = Server(ground, WorldClock())
        await server.open(url)
        world = World(plan, server, clocks_lie=clocks_lie)
        if alter is not None:
            alter(world)
        judged = Judged(plan, world.figures, "", "")
        try:
            await _play(world, judged)
        except Broken as broken:
            judged.broken = broken
        finally:
            world.figures.failpoints = server.failpoints
            await server.close()
    return judged


async def _play(world: World, judged: Judged) -> None:
    for event in world.plan.events:
        world.at(event.at_ms, _turn(world, event))
    await world.play()
    await world.heal()
    await _last_judgement(world)
    judged.history = _history(world)
    judged.digest = await invariants.state_digest(world.server, with_times=True)
    judged.timeless = await invariants.state_digest(world.server, with_times=False)
    await replay(world, judged.digest)


def _turn(world: World, event: Event):  # type: ignore[no-untyped-def]
    async def turn() -> None:
        await happen(world, event)

    return turn


def _history(world: World) -> str:
    """Every request that reached the server and every line of the engine, in one hash."""
    said = hashlib.blake2b(world.engines.history().encode() if world.engines else b"")
    for call in world.server.log:
        said.update(repr(call).encode())
    return said.hexdigest()


async def _last_judgement(world: World) -> None:
    server, counts = world.server, world.figures.counts
    await erased.learn(world)
    await invariants.every_promise(server, world.truth, counts)
    await invariants.nothing_twice(server)
    await attendance.figures_stand(server, world.truth, counts)
    await agreed.visits_stand(server, world.truth, counts)
    await albums.last_words_stand(server, world.truth)
    await invariants.nothing_dangling(server)
    lost = world.truth.lost_bytes if world.truth.restored else set()
    await albums.albums_are_whole(server, server.spool.bytes_of, lost)
    await erased.nothing_is_left(world)
    for device in world.devices:
        await device.judge()


async def judge_seed(
    seed: int, steps: int, ground: Ground, phones: Phones = "light", *, alter: Alter | None = None
) -> Judged:
    """The seed's plan, judged."""
    return await judge(plan_for(seed, steps, phones), ground, alter=alter)


async def shrunk(judged: Judged, ground: Ground, *, alter: Alter | None = None) -> Judged:
    """The same breach with as few events as could be found: halves, quarters, single events."""
    assert judged.broken is not None
    number, best = judged.broken.number, judged
    share = 2
    while share <= len(best.plan.events) * 2:
        events = best.plan.events
        size = max(1, len(events) // share)
        for start in range(0, len(events), size):
            dropped = {event.number for event in events[start : start + size]}
            tried = await judge(best.plan.without(dropped), ground, alter=alter)
            if tried.broken is not None and tried.broken.number == number:
                best = tried
                break
        else:
            if size == 1:
                break
            share *= 2
    return best


def line_for(seed: int, engine: str, phones: Phones) -> str:
    """How to see this again."""
    extra = "" if engine == "sqlite" else f" ENGINE={engine}"
    extra += "" if phones == "both" else f" PHONES={phones}"
    return f"make simulate SEED={seed}{extra}"


def told(judged: Judged) -> str:
    """The breach and what led to it, for a person."""
    lines = [str(judged.broken), *(str(event) for event in judged.plan.events)]
    devices = [
        f"{one.runs} of {' and '.join(NAMES[user] for user in one.users)}"
        for one in judged.plan.devices
    ]
    return "\n".join([*lines, f"phones: {', '.join(devices)}; trouble {judged.plan.trouble}"])
