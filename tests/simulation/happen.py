"""What each kind of event does to the world."""

from tests.simulation.acts import act
from tests.simulation.chance import chance, made_id
from tests.simulation.device import Device
from tests.simulation.disk import StoreFailed
from tests.simulation.people import OUTLETS, post_of
from tests.simulation.plan import Event
from tests.simulation.world import World

SETTLED_MS = 600  # within this time every process knows of a right that was taken


async def happen(world: World, event: Event) -> None:
    """Lets one planned event take place."""
    world.figures.steps += 1
    world.figures.events[event.kind] += 1
    device = world.devices[event.device]
    await world.take_in_hand(device, device.in_hand)
    await _KINDS[event.kind](world, event, device)


async def _edit(world: World, event: Event, device: Device) -> None:
    local, seed = device.local, world.plan.seed
    rng = chance(seed, "act", event.number)
    for number in range(rng.choice((1, 1, 1, 2, 5))):
        asked = act(rng, local, seed, event.number, number)
        command = asked | {
            "id": made_id(seed, "command", event.number, number),
            "actor": local.person,
            "base": None,
            "at": device.clock.text(),
            "clk": {"off": -device.clock.offset_ms, "mono": device.clock.mono_ms()},
        }
        try:
            numbered = local.confirm(command)
        except StoreFailed:
            world.figures.faults["store failed at an edit"] += 1
            return
        world.truth.confirm(device.id, local.person, numbered)
        world.figures.counts["commands confirmed"] += 1


async def _drain(world: World, event: Event, device: Device) -> None:
    world.begin_passes(device, event.number)


async def _twin_drains(world: World, event: Event, device: Device) -> None:
    world.begin_passes(device, f"{event.number}a")
    world.begin_passes(device, f"{event.number}b")


async def _kill_phone(world: World, event: Event, device: Device) -> None:
    device.life += 1
    device.crashes.clear()
    lost = sum(local.disk.kill(event.facts["lose"]) for local in device.locals.values())
    world.figures.faults["phone killed"] += 1
    world.figures.faults["relaxed commits lost"] += lost


async def _kill_server(world: World, event: Event, device: Device) -> None:
    world.server.arm(event.facts["failpoint"], event.facts["count"])


async def _restart_server(world: World, event: Event, device: Device) -> None:
    await world.server.restart()
    world.figures.faults["server restarted"] += 1


async def _clock_jump(world: World, event: Event, device: Device) -> None:
    if world.clocks_lie:
        device.clock.jump(event.facts["by_ms"])
    world.figures.faults["clock jumped"] += 1


async def _offline(world: World, event: Event, device: Device) -> None:
    device.offline = True


async def _online(world: World, event: Event, device: Device) -> None:
    device.offline = False


async def _switch_user(world: World, event: Event, device: Device) -> None:
    place = device.users.index(device.in_hand)
    device.life += 1  # the other person's page is another page
    await world.take_in_hand(device, device.users[(place + 1) % len(device.users)])


async def _sign_out(world: World, event: Event, device: Device) -> None:
    device.tokens.pop(device.in_hand, None)
    device.life += 1


async def _person(world: World, event: Event, device: Device) -> None:
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
        "leave_post": {"post": f"{person}-0"},
        "hold_post": post_of(person),
    }
    await world.server.do(f"identity.{op}", ("person", person), **args.get(op, {}))
    world.clock.ms += SETTLED_MS
    world.figures.faults[op.replace("_", " ")] += 1


async def _device_state(world: World, event: Event, device: Device) -> None:
    state = "suspended" if event.kind == "suspend_device" else "active"
    await world.server.set_device(device.id, state)
    world.clock.ms += SETTLED_MS
    world.figures.faults[f"device {state}"] += 1


async def _import(world: World, event: Event, device: Device) -> None:
    for number in range(event.facts["rows"]):
        id = made_id(world.plan.seed, "import", event.number, number)
        args = {"name": id, "place": OUTLETS[number % len(OUTLETS)]}
        await world.server.do("toys.create", ("box", id), **args)
    world.figures.counts["rows imported"] += event.facts["rows"]


async def _back_up(world: World, event: Event, device: Device) -> None:
    await world.server.back_up()
    world.figures.faults["backup taken"] += 1


async def _restore_server(world: World, event: Event, device: Device) -> None:
    if await world.server.restore(made_id(world.plan.seed, "epoch", event.number)):
        world.truth.forget_for_restore()
        world.head = 0
        world.figures.faults["server restored from a copy"] += 1
        for each in world.devices:
            # Sessions that are younger than the copy are gone with it.
            each.tokens.clear()
            each.life += 1


async def _store_fails(world: World, event: Event, device: Device) -> None:
    device.local.disk.fail_next = event.facts["reason"]


async def _evict(world: World, event: Event, device: Device) -> None:
    for local in device.locals.values():
        kept = [*local.unsent(), *(one.command for one in local.sent().values())]
        world.truth.lose({command["id"] for command in kept})
    device.locals.clear()
    device.tokens.clear()
    device.life += 1
    device.id = made_id(world.plan.seed, "device", device.number, event.number)
    world.figures.faults["storage evicted"] += 1


_KINDS = {
    "edit": _edit,
    "drain": _drain,
    "twin_drains": _twin_drains,
    "kill_phone": _kill_phone,
    "kill_server": _kill_server,
    "restart_server": _restart_server,
    "clock_jump": _clock_jump,
    "offline": _offline,
    "online": _online,
    "switch_user": _switch_user,
    "sign_out": _sign_out,
    "suspend_person": _person,
    "restore_person": _person,
    "leave_post": _person,
    "hold_post": _person,
    "suspend_device": _device_state,
    "resume_device": _device_state,
    "import": _import,
    "back_up": _back_up,
    "restore_server": _restore_server,
    "store_fails": _store_fails,
    "evict": _evict,
}
