"""The small phone: `local` is its database, `drain` its loop, this its life in the world."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.simulation import erased, invariants
from tests.simulation.acts import act, known
from tests.simulation.chance import chance, made_id
from tests.simulation.device import Device
from tests.simulation.disk import StoreFailed
from tests.simulation.drain import Way, one_pass
from tests.simulation.local import HOLLOW, Local
from tests.simulation.network import Call, Reply
from tests.simulation.plan import Event
from tests.simulation.road import Letter


@dataclass
class Pass:
    """One run of the sync loop on one page life of one device."""

    local: Local
    talk: Generator[Call, Reply | None, None]
    life: int
    name: str
    bearer: str
    calls: int = 0


class LightPhone(Device):
    """`life` counts page lives: what an older page awaits is answered to nobody."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.id = made_id(self.world.plan.seed, "device", self.number)
        self.locals: dict[str, Local] = {}
        self.tokens: dict[str, str] = {}
        self.crashes: dict[str, int] = {}
        self.life = 0
        self.passes = 0

    async def take_in_hand(self, person: str) -> None:
        self.in_hand = person
        if person not in self.locals:
            self.locals[person] = Local(person, edits_strict=not self.world.lossy)
        if person not in self.tokens:
            self.tokens[person] = await self.world.server.sign_in(person, self.id)

    async def happen(self, event: Event) -> None:
        match event.kind:
            case "edit" | "photo":  # it has no camera
                self._edit(event)
            case "drain":
                self._begin_passes(event.number)
            case "online":
                self.offline = False
            case "twin_drains":
                self._begin_passes(f"{event.number}a")
                self._begin_passes(f"{event.number}b")
            case "kill_phone":
                self._kill(event.facts["lose"])
            case "switch_user":
                self.life += 1  # the other person's page is another page
                await self.take_in_hand(self.next_user())
            case "sign_out":
                self.tokens.pop(self.in_hand, None)
                self.life += 1
            case "store_fails":
                self.locals[self.in_hand].disk.fail_next = event.facts["reason"]
            case "evict":
                self._evict(event)

    def _edit(self, event: Event) -> None:
        local, world = self.locals[self.in_hand], self.world
        seed = world.plan.seed
        rng = chance(seed, "act", event.number)
        for number in range(rng.choice((1, 1, 1, 2, 5))):
            waiting = [(one["op"], one["rec"][1]) for one in local.unsent()]
            asked = act(rng, known(local.rows(), waiting), seed, event.number, number)
            command = (
                {"base": None}
                | asked
                | {
                    "id": made_id(seed, "command", event.number, number),
                    "actor": local.person,
                    "at": self.clock.text(),
                    "clk": {"off": -self.clock.wrong_ms(), "mono": self.clock.mono_ms()},
                }
            )
            try:
                numbered = local.confirm(command)
            except StoreFailed:
                world.figures.faults["store failed at an edit"] += 1
                return
            world.truth.confirm(self.id, local.person, numbered)
            world.figures.counts["commands confirmed"] += 1

    def _kill(self, lose: int) -> None:
        self.life += 1
        self.crashes.clear()
        lost = sum(local.disk.kill(lose) for local in self.locals.values())
        self.world.figures.faults["phone killed"] += 1
        self.world.figures.faults["relaxed commits lost"] += lost

    def _evict(self, event: Event) -> None:
        for local in self.locals.values():
            kept = [*local.unsent(), *(one.command for one in local.sent().values())]
            self.world.truth.lose(self.id, {command["id"] for command in kept})
        self.locals.clear()
        self.tokens.clear()
        self.life += 1
        self.id = made_id(self.world.plan.seed, "device", self.number, event.number)
        self.world.figures.faults["storage evicted"] += 1

    def put_away(self) -> None:
        self.life += 1

    def restored(self) -> None:
        self.tokens.clear()
        self.life += 1

    def ids(self) -> Sequence[str]:
        return [self.id]

    def owns(self, call: Call) -> bool:
        return call.headers["device-id"] == self.id

    def unsent(self) -> Sequence[str]:
        waiting = [one for local in self.locals.values() for one in local.unsent()]
        return [f"{one['op']} {one['id']}" for one in waiting]

    async def heal(self, person: str, name: str) -> None:
        if person in self.locals:
            await self.take_in_hand(person)
            self._begin_passes(name)

    def is_at_rest(self, head: int | None) -> bool:
        return True  # it has no timers: when the queue is empty, its passes have ended

    async def judge(self) -> None:
        for local in self.locals.values():
            await invariants.replicas_equal(self.world.server, local, local.rows(), self.id)
            lies = [*local.unsent(), *(one.command for one in local.sent().values())]
            await erased.holds_nothing(
                self.world, local.person, self.id, set(local.rows()), repr(lies)
            )
            self.world.figures.counts["replicas compared"] += 1

    # Passes and their messages

    def _begin_passes(self, name: object) -> None:
        """A sync pass for the person in hand, and for work that others left on the device."""
        name = f"{self.number} {name}"
        rng = chance(self.world.plan.seed, "pass", name)
        for person, local in self.locals.items():
            own = person == self.in_hand
            if own or local.unsent():
                talk = one_pass(local, self._way(zipped=rng.random() < 0.5), pull=own)
                self._advance(
                    Pass(local, talk, self.life, f"{name}:{person}", self.in_hand), None, first=True
                )

    def _way(self, *, zipped: bool) -> Way:
        self.passes += 1
        token, rows = self.tokens.get(self.in_hand, ""), self.world.plan.page_rows
        return Way(self.id, token, rows, zipped, self.clock.wall_ms(), self.crashes)

    def _advance(self, one: Pass, reply: Reply | None, *, first: bool = False) -> None:
        try:
            call = next(one.talk) if first else one.talk.send(reply)
        except StopIteration:
            return
        except StoreFailed:
            self.world.figures.faults["store failed in a pass"] += 1
            return
        one.calls += 1

        async def arrive(reply: Reply | None) -> None:
            await self._arrive(one, reply)

        self.world.post(Letter(self, call, (one.name, one.calls), one.bearer, arrive))

    async def _arrive(self, one: Pass, reply: Reply | None) -> None:
        if one.life != self.life:
            return
        before = set(one.local.cursors().items())
        self._advance(one, reply)
        await self._judge_step(one.local, before)

    async def _judge_step(self, local: Local, before: set[tuple[str, int]]) -> None:
        """After an answer was taken: what moved on this phone must be true."""
        world = self.world
        sent = [one for one in local.sent().values() if one.status != HOLLOW]
        heard = {one.command["id"]: one.status for one in sent}
        news = {id: status for id, status in heard.items() if id not in world.truth.told}
        world.truth.told.update(news)
        if local.epoch == world.server.house.epoch:
            await invariants.told_truly(world.server, news)
            moved = {bucket for bucket, _ in set(local.cursors().items()) - before}
            await invariants.nothing_passed(world.server, local, moved)
