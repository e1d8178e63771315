"""What each kind of event does: to the house here, to a phone by the phone itself."""

from tests.simulation import erased, homes
from tests.simulation.chance import made_id
from tests.simulation.people import OUTLETS, post_of
from tests.simulation.plan import HOLIDAY_MS, Event
from tests.simulation.world import World

SETTLED_MS = 600  # within this time every process knows of a right that was taken


async def happen(world: World, event: Event) -> None:
    """Lets one planned event take place."""
    world.figures.steps += 1
    world.figures.events[event.kind] += 1
    device = world.devices[event.device]
    await device.take_in_hand(device.in_hand)
    if event.kind in _HOUSE:
        await _HOUSE[event.kind](world, event)
    else:
        await device.happen(event)


async def _kill_server(world: World, event: Event) -> None:
    world.server.arm(event.facts["failpoint"], event.facts["count"])


async def _restart_server(world: World, event: Event) -> None:
    await world.server.restart()
    world.figures.faults["server restarted"] += 1


async def _clock_jump(world: World, event: Event) -> None:
    clock = world.devices[event.device].clock
    if world.clocks_lie:
        clock.jump(event.facts["by_ms"])
        clock.stand_still(event.facts["stops"])
    world.figures.faults["clock jumped"] += 1


async def _offline(world: World, event: Event) -> None:
    world.devices[event.device].offline = True


async def _person(world: World, event: Event) -> None:
    person, op = event.facts["person"], event.kind
    held = await world.server.tuples("SELECT id FROM post WHERE person = ?", person)
    active = (await world.server.tuples("SELECT active FROM person WHERE id = ?", person))[0][0]
    possible = {
        "suspend_person": bool(active),
        "restore_person": not active,
        "leave_post": bool(held),
        "hold_post": not held,
    }
    if not possible[op]:
        return
    args: dict[str, dict[str, object]] = {
        "suspend_person": {"reason": "测试"},
        "leave_post": {"post": post_of(person)["post"]},
        "hold_post": post_of(person),
    }
    await world.server.do(f"identity.{op}", ("person", person), **args.get(op, {}))
    world.clock.ms += SETTLED_MS
    world.figures.faults[op.replace("_", " ")] += 1


async def _device_state(world: World, event: Event) -> None:
    state = "suspended" if event.kind == "suspend_device" else "active"
    for id in world.devices[event.device].ids():
        await world.server.set_device(id, state)
    world.clock.ms += SETTLED_MS
    world.figures.faults[f"device {state}"] += 1


async def _import(world: World, event: Event) -> None:
    for number in range(event.facts["rows"]):
        id = made_id(world.plan.seed, "import", event.number, number)
        args = {"name": id, "place": OUTLETS[number % len(OUTLETS)]}
        await world.server.do("toys.create", ("box", id), **args)
    world.figures.counts["rows imported"] += event.facts["rows"]


async def _review(world: World, event: Event) -> None:
    """At a desk somebody who was not there decides on what was handed in."""
    world.figures.counts["visits reviewed"] += await homes.review(
        world.server, accepts=event.facts["accepts"]
    )


async def _look(world: World, event: Event) -> None:
    world.figures.counts["photos looked into"] += await world.server.look_into_photos()


async def _holiday(world: World, event: Event) -> None:
    """Every phone lies in its drawer; the server sweeps what was left behind."""
    for device in world.devices:
        device.put_away()
    world.at(world.clock.ms + HOLIDAY_MS - 1, world.server.restart)
    world.figures.faults["holiday"] += 1


async def _back_up(world: World, event: Event) -> None:
    await world.server.back_up()
    world.figures.faults["backup taken"] += 1


async def _restore_server(world: World, event: Event) -> None:
    epoch = made_id(world.plan.seed, "epoch", event.number)
    await erased.learn(world)
    if await world.server.restore(epoch, objects=event.facts["objects"]):
        world.truth.forget_for_restore()
        world.head = 0
        world.figures.faults["server restored from a copy"] += 1
        world.figures.faults["photo store restored too"] += event.facts["objects"]
        for each in world.devices:
            each.restored()


_HOUSE = {
    "kill_server": _kill_server,
    "restart_server": _restart_server,
    "clock_jump": _clock_jump,
    "offline": _offline,
    "suspend_person": _person,
    "restore_person": _person,
    "leave_post": _person,
    "hold_post": _person,
    "suspend_device": _device_state,
    "resume_device": _device_state,
    "import": _import,
    "review": _review,
    "look": _look,
    "holiday": _holiday,
    "back_up": _back_up,
    "restore_server": _restore_server,
}
