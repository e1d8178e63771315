"""One scheduler that owns time: plays a plan, lets messages travel, and heals.

Everything that happens is an entry in one queue, ordered by time and then by number, so that the
same plan always plays the same way. A phone's own timers stand beside it: they go off while
something else is still to happen, or while the world is told to let time pass; alone they would
go on for ever.
"""

import gzip
import heapq
import json
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

from backend.foundation.journal.jobs import LEASE_SECONDS
from tests.simulation import invariants
from tests.simulation.chance import chance
from tests.simulation.clocks import DeviceClock, WorldClock
from tests.simulation.device import Device
from tests.simulation.engine import EnginePhone
from tests.simulation.engines import Engines
from tests.simulation.figures import Figures
from tests.simulation.light import LightPhone
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
from tests.simulation.road import Letter
from tests.simulation.server import Server
from tests.simulation.truth import Broken, Truth

TIMEOUT_MS = 30_000
HEAL_ROUNDS = 20  # bounded passes: more than a few poisoned batches need to be taken apart
ROUND_MS = 360_000  # longer than the longest wait of a phone between two tries
SLICE_MS = 5_000
WORKED_MS = (LEASE_SECONDS + 10) * 1000  # a job whose worker died is free again
Act = Callable[[], Awaitable[None]]
_KINDS: dict[str, type[Device]] = {"light": LightPhone, "engine": EnginePhone}


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
        self.lossy = False  # a mistake of the phones' stores, for a canary
        self.engines = Engines(self) if any(c.runs == "engine" for c in plan.devices) else None
        self.timers: dict[str, tuple[int, Act]] = {}
        self._queue: list[tuple[int, int, Act]] = []
        self._order = count()
        self.devices = [self._device(number) for number in range(len(plan.devices))]

    def _device(self, number: int) -> Device:
        carried = self.plan.devices[number]
        offset = carried.offset_ms if self.clocks_lie else 0
        clock = DeviceClock(self.clock, offset, carried.drift_ppm if self.clocks_lie else 0)
        self.figures.counts[f"phones {carried.runs}"] += 1
        return _KINDS[carried.runs](self, number, clock, carried.users)

    # Time

    def at(self, ms: int, act: Act) -> None:
        """Lets something happen at a time of the world."""
        heapq.heappush(self._queue, (ms, next(self._order), act))

    def after(self, name: str, ms: int | None, act: Act) -> None:
        """The named timer is due then, and not at an earlier word's time. None: not at all."""
        self.timers.pop(name, None)
        if ms is not None:
            self.timers[name] = (ms, act)

    async def play(self, until_ms: int | None = None) -> None:
        """Plays until nothing but timers is left, or up to a time of the world."""
        while (act := self._next(until_ms)) is not None:
            await act()
        if until_ms is not None:
            self.clock.ms = max(self.clock.ms, until_ms)

    def _next(self, until_ms: int | None) -> Act | None:
        ends = self._queue[0][0] if self._queue else until_ms
        if ends is None:
            return None
        end = ends if until_ms is None else min(ends, until_ms)
        name = min(self.timers, key=lambda name: (self.timers[name][0], name), default=None)
        if name is not None and self.timers[name][0] <= end:
            ms, act = self.timers.pop(name)
        elif self._queue and self._queue[0][0] <= end:
            ms, _, act = heapq.heappop(self._queue)
        else:
            return None
        self.clock.ms = max(self.clock.ms, ms)
        return act

    def events_left(self) -> bool:
        """Whether the plan is still being played."""
        return bool(self.plan.events) and self.clock.ms < self.plan.events[-1].at_ms

    # Messages

    def post(self, letter: Letter) -> None:
        """A request leaves; what becomes of it follows from its name."""
        offline, call, now = letter.device.offline, letter.call, self.clock.ms
        fate = fate_of(self._chance(letter), 1.0 if offline else self.trouble)
        if offline:
            fate = Fate("drop_request", fate.out_ms, fate.back_ms, fate.again_ms)
        if fate.fault != "none":
            self.figures.faults["offline" if offline else fate.fault] += 1
        stranger = in_between(fate)
        if is_cut(call, fate) or stranger is not None:
            self.at(now + TIMEOUT_MS, lambda: letter.take(stranger))
            return
        self.at(now + fate.out_ms, lambda: self._serve(letter, fate, answer=True))
        if fate.fault == "duplicate":
            self.at(now + fate.again_ms, lambda: self._serve(letter, fate, answer=False))

    async def _serve(self, letter: Letter, fate: Fate, *, answer: bool) -> None:
        rng = self._chance(letter, "served")
        reply = await self._handle(damaged(letter.call, fate, rng), letter.bearer)
        if not answer:
            return
        came = reply and returned(reply, fate, rng)
        self.at(self.clock.ms + fate.back_ms, lambda: letter.take(came))

    async def _handle(self, call: Call, bearer: str) -> Reply | None:
        """The server's turn, watched."""
        reply = await self.server.call(call)
        self.figures.counts["calls"] += 1
        self.head = await invariants.numbers_rise(self.server, self.head)
        if reply is None:
            return None
        if reply.status == 200 and call.path.startswith("/v1/sync/"):
            said = read(reply)
            if call.path == "/v1/sync/pull":
                device = call.headers["device-id"]
                await invariants.nothing_foreign(self.server, bearer, device, said)
            for result in said.get("results", ()):
                self.truth.answer(result)
        if reply.status >= 500:
            self.figures.counts["answers 5xx"] += 1
        return reply

    def _chance(self, letter: Letter, *more: object):  # type: ignore[no-untyped-def]
        return chance(self.plan.seed, *letter.name, *more)

    # Healing

    async def heal(self) -> None:
        """A healthy network, nobody acting: every outbox empties within bounded passes (10)."""
        self.trouble = 0.0
        self.server.arm("", 0)
        for device in self.devices:
            device.offline = False
        began = self.clock.ms
        for number in range(HEAL_ROUNDS):
            await self.server.look_into_photos()
            await self._heal_round(f"heal {number}", only_receiving=False)
            if not self._unsent():
                break
        else:
            raise Broken(10, f"{self._unsent()[0]} is still unsent after {HEAL_ROUNDS} passes")
        self.figures.heal_ms.append(self.clock.ms - began)
        await self._work_off()
        await self._heal_round(f"heal {number + 1}", only_receiving=True)

    async def _work_off(self) -> None:
        """Bytes that somebody was at, or over which a worker died, go at a later try (10)."""
        for _ in range(HEAL_ROUNDS):
            await self.server.look_into_photos()
            if not await self.server.still_to_erase():
                return
            await self.play(self.clock.ms + WORKED_MS)
        raise Broken(10, f"bytes are not erased after {HEAL_ROUNDS} tries")

    async def _heal_round(self, name: str, *, only_receiving: bool) -> None:
        """Each person takes the phone in hand once. Nobody taps: the phones' own timers do it."""
        for turn in range(2):
            for device in self.devices:
                if turn < len(device.users):
                    await device.heal(device.users[turn], name)
            await self.play()
            ends = self.clock.ms + ROUND_MS
            while self.timers and self.clock.ms < ends:
                head = self.head if only_receiving else None
                if all(device.is_at_rest(head) for device in self.devices):
                    break
                await self.play(self.clock.ms + SLICE_MS)

    def _unsent(self) -> list[str]:
        return [waiting for device in self.devices for waiting in device.unsent()]


def read(reply: Reply) -> Any:
    """The JSON of an answer, unpacked."""
    body = reply.body
    if reply.headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return json.loads(body)
