"""One scheduler that owns time: plays a plan, lets messages travel, heals, and judges.

Everything that happens is an entry in one queue, ordered by time and then by number, so that the
same plan always plays the same way.
"""

import gzip
import heapq
import json
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.simulation import invariants
from tests.simulation.chance import chance, made_id
from tests.simulation.clocks import DeviceClock, WorldClock
from tests.simulation.device import Device
from tests.simulation.disk import StoreFailed
from tests.simulation.drain import one_pass
from tests.simulation.figures import Figures
from tests.simulation.local import Local
from tests.simulation.network import (
    Call,
    Fate,
    Reply,
    damaged,
    fate_of,
    in_between,
    is_cut,
    returned,
)
from tests.simulation.plan import Plan
from tests.simulation.server import Server
from tests.simulation.truth import Broken, Truth

TIMEOUT_MS = 30_000
HEAL_ROUNDS = 20  # bounded passes: more than a few poisoned batches need to be taken apart
Act = Callable[[], Awaitable[None]]


@dataclass
class Pass:
    """One run of the sync loop on one page life of one device."""

    device: Device
    local: Local
    talk: Generator[Call, Reply | None, None]
    life: int
    name: str
    bearer: str
    calls: int = 0


class World:
    """A plan at play."""

    def __init__(self, plan: Plan, server: Server, *, clocks_lie: bool = True) -> None:
        self.plan = plan
        self.server = server
        self.clock: WorldClock = server.clock
        self.truth = Truth()
        self.figures = Figures(seeds=1)
        self.trouble = plan.trouble
        self.clocks_lie = clocks_lie
        self.head = 0
        self.local_type: type[Local] = Local
        self._queue: list[tuple[int, int, Act]] = []
        self._order = count()
        self.devices = [self._device(number, clocks_lie) for number in range(len(plan.devices))]

    def _device(self, number: int, clocks_lie: bool) -> Device:
        carried = self.plan.devices[number]
        offset = carried.offset_ms if clocks_lie else 0
        clock = DeviceClock(self.clock, offset, carried.drift_ppm if clocks_lie else 0)
        id = made_id(self.plan.seed, "device", number)
        return Device(number, id, clock, carried.users, in_hand=carried.users[0])

    # The queue

    def at(self, ms: int, act: Act) -> None:
        """Lets something happen at a time of the world."""
        heapq.heappush(self._queue, (ms, next(self._order), act))

    async def settle(self) -> None:
        """Plays until nothing is left to happen."""
        while self._queue:
            ms, _, act = heapq.heappop(self._queue)
            self.clock.ms = max(self.clock.ms, ms)
            await act()

    def events_left(self) -> bool:
        """Whether the plan is still being played."""
        return bool(self.plan.events) and self.clock.ms < self.plan.events[-1].at_ms

    # Passes and their messages

    def begin_passes(self, device: Device, name: object) -> None:
        """A sync pass for the person in hand, and for work that others left on the device."""
        rng = chance(self.plan.seed, "pass", name)
        for person, local in device.locals.items():
            own = person == device.in_hand
            if own or local.unsent():
                way = device.way(self.plan.page_rows, zipped=rng.random() < 0.5)
                talk = one_pass(local, way, pull=own)
                one = Pass(device, local, talk, device.life, f"{name}:{person}", device.in_hand)
                self._advance(one, None)

    def _advance(self, one: Pass, reply: Reply | None, first: bool = True) -> None:
        try:
            call = next(one.talk) if first else one.talk.send(reply)
        except StopIteration:
            return
        except StoreFailed:
            self.figures.faults["store failed in a pass"] += 1
            return
        one.calls += 1
        self._send(one, call)

    def _send(self, one: Pass, call: Call) -> None:
        rng = chance(self.plan.seed, one.name, one.calls)
        trouble = 1.0 if one.device.offline else self.trouble
        fate = fate_of(rng, trouble)
        if one.device.offline:
            fate = Fate("drop_request", fate.out_ms, fate.back_ms, fate.again_ms)
        if fate.fault != "none":
            self.figures.faults["offline" if one.device.offline else fate.fault] += 1
        now = self.clock.ms
        stranger = in_between(fate)
        if is_cut(call, fate) or stranger is not None:
            self.at(now + TIMEOUT_MS, lambda: self._arrive(one, stranger))
            return
        self.at(now + fate.out_ms, lambda: self._serve(one, call, fate, answer=True))
        if fate.fault == "duplicate":
            self.at(now + fate.again_ms, lambda: self._serve(one, call, fate, answer=False))

    async def _serve(self, one: Pass, call: Call, fate: Fate, *, answer: bool) -> None:
        rng = chance(self.plan.seed, one.name, one.calls, "served")
        reply = await self.handle(damaged(call, fate, rng), one)
        if answer:
            self.at(
                self.clock.ms + fate.back_ms,
                lambda: self._arrive(one, reply and returned(reply, fate, rng)),
            )

    async def handle(self, call: Call, one: Pass) -> Reply | None:
        """The server's turn, watched."""
        reply = await self.server.call(call)
        self.figures.counts["calls"] += 1
        self.head = await invariants.numbers_rise(self.server, self.head)
        if reply is not None and reply.status == 200:
            said = read(reply)
            if call.path == "/v1/sync/pull":
                device = call.headers["device-id"]
                await invariants.nothing_foreign(self.server, one.bearer, device, said)
            for result in said.get("results", ()):
                self.truth.answer(result)
        if reply is not None and reply.status >= 500:
            self.figures.counts["answers 5xx"] += 1
        return reply

    async def _arrive(self, one: Pass, reply: Reply | None) -> None:
        if one.life != one.device.life:
            return
        before = set(one.local.cursors().items())
        self._advance(one, reply, first=False)
        await self._judge(one.local, before)

    async def _judge(self, local: Local, before: set[tuple[str, int]]) -> None:
        """After an answer was taken: what moved on this phone must be true."""
        sent = local.sent()
        for one in [one for one in sent.values() if one.command["id"] not in self.truth.told]:
            result = {"id": one.command["id"], "s": one.status}
            self.truth.told[one.command["id"]] = one.status
            if local.meta("epoch") == self.server.house.epoch:
                await invariants.told_truly(self.server, [result])
        moved = {bucket for bucket, _ in set(local.cursors().items()) - before}
        if local.meta("epoch") == self.server.house.epoch:
            await invariants.nothing_passed(self.server, local, moved)

    # Healing and the last judgement

    async def heal(self) -> None:
        """A healthy network, nobody acting: every outbox empties within bounded passes (10)."""
        self.trouble = 0.0
        self.server.arm("", 0)
        began = self.clock.ms
        for number in range(HEAL_ROUNDS):
            was_quiet = number > 0 and not self._unsent()  # then this round only receives
            for device in self.devices:
                device.offline = False
                for person in device.users:
                    if person in device.locals:
                        await self.take_in_hand(device, person)
                        self.begin_passes(device, f"heal {number} {device.number}")
                        await self.settle()
            if was_quiet:
                self.figures.heal_ms.append(self.clock.ms - began)
                return
        stuck = self._unsent()[0]
        raise Broken(10, f"{stuck['op']} {stuck['id']} is still unsent after {HEAL_ROUNDS} passes")

    def _unsent(self) -> list[dict[str, Any]]:
        return [
            command
            for device in self.devices
            for local in device.locals.values()
            for command in local.unsent()
        ]

    async def take_in_hand(self, device: Device, person: str) -> None:
        """This person signs in where no session is left."""
        device.in_hand = person
        if person not in device.locals:
            device.locals[person] = self.local_type(person)
        if person not in device.tokens:
            device.tokens[person] = await self.server.sign_in(person, device.id)


def read(reply: Reply) -> Any:
    """The JSON of an answer, unpacked."""
    body = reply.body
    if reply.headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return json.loads(body)
