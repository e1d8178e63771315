"""The stage: a house, a clock that can be set back, and people who ask for things.

Everything goes through the journal as if it came from somebody's phone; only the time is told.
"""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

import msgspec

from backend.demo import papers
from backend.foundation.journal.batch import Batch
from backend.foundation.journal.envelope import Envelope
from backend.foundation.kernel.actor import SYSTEM, Actor
from backend.foundation.kernel.clock import ZONE, Moment, cut, wire
from backend.foundation.kernel.ids import derived_id, new_id
from backend.foundation.kernel.limits import BATCH_COMMANDS_MAX
from backend.foundation.organisation.calendar import Calendar, business_day
from backend.foundation.organisation.official import official_year
from backend.house import House

NAMESPACE = "0d3f6c1e-5b0a-7c44-9a51-6b1f0e2d7a90"  # one demo, one set of ids
Asked = tuple[str, tuple[str, str], dict[str, Any], Moment]  # op, record, arguments, when
Beat = tuple[Moment, Callable[[], Awaitable[None]]]  # when, and what is done then


class Looking(Protocol):
    """Whoever does the jobs that arrivals leave behind: the house's own worker."""

    async def turn(self) -> int: ...


class StageClock:
    """Shows the moment that is being played."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment

    def now(self) -> Moment:
        return cut(self.moment)


class Stage:
    """One performance. `now` is the real present, which nothing played goes beyond."""

    def __init__(
        self, house: House, clock: StageClock, worker: Looking, language: str = "zh"
    ) -> None:
        self.house = house
        self.clock = clock
        self.worker = worker
        self.language = language
        self.now = clock.moment
        self.calendar = Calendar.of(
            year for n in (-1, 0, 1) if (year := official_year(self.today.year + n))
        )
        self._actors: dict[str, Actor] = {}

    @property
    def today(self) -> date:
        """The local date of the present."""
        return business_day(self.now)

    def id(self, kind: str, name: str) -> str:
        """The id of a thing in the demo's papers: the same in every performance."""
        return derived_id(NAMESPACE, f"{kind}:{name}")

    def words(self, both: dict[str, str] | str) -> str:
        """What somebody wrote, in the language of this performance."""
        return both if isinstance(both, str) else both[self.language]

    def workday(self, offset: int) -> date:
        """The working day that many working days from today; 0 is today, whatever it is."""
        on, left = self.today, abs(offset)
        while left:
            on += timedelta(days=1 if offset > 0 else -1)
            left -= self.calendar.is_workday(on)
        return on

    def moment(self, offset: int, local: str) -> Moment:
        """`local` time of a working day before today, as UTC."""
        return datetime.combine(self.workday(offset), time.fromisoformat(local), ZONE)

    async def actor(self, username: str) -> Actor:
        """The person with the rights of the moment played."""
        if username not in self._actors:
            person = self.id("person", username)
            found = await self.house.access.actor_of(person, self.id("device", username))
            if found is None:
                raise ValueError(f"nobody is called {username}")
            self._actors[username] = found
        return self._actors[username]

    async def ask(
        self, by: str | None, op: str, rec: tuple[str, str], args: dict[str, Any], at: Moment
    ) -> None:
        """One person asks for one thing. `by` None is the house itself."""
        await self.ask_all(by, [(op, rec, args, at)])

    async def ask_all(self, by: str | None, asked: list[Asked]) -> None:
        """Several things in order, received when the last was asked. Raises ValueError when
        anything is refused: the papers are wrong then."""
        actor = SYSTEM if by is None else await self.actor(by)
        for start in range(0, len(asked), BATCH_COMMANDS_MAX):
            part = asked[start : start + BATCH_COMMANDS_MAX]
            self.clock.moment = part[-1][3] + timedelta(seconds=2)
            envelopes = tuple(_envelope(*one) for one in part)
            result = await self.house.journal.execute(Batch(actor, actor.device_id, envelopes))
            for envelope, answer in zip(envelopes, result.answers, strict=True):
                if answer.s not in ("applied", "merged"):
                    told = f"{by} {envelope.op}: {answer.code} {answer.detail}"
                    raise ValueError(f"{told} {bytes(envelope.args).decode()}")

    async def capture(
        self, by: str, name: str, label: str, at: Moment, *, arrives: bool = True
    ) -> dict[str, Any]:
        """Somebody takes a photo; what their phone tells of it. Its bytes arrive, or are still
        on that phone."""
        data = papers.marked(papers.picture(name), label)
        digest = hashlib.sha256(data).hexdigest()
        if arrives:
            await self.bring(by, data, at)
        return {
            "id": self.id("photo", label),
            "sha256": digest,
            "size": len(data),
            "type": "image/jpeg",
            "source": "camera",
            "taken_at": wire(at),
            "width": 960,
            "height": 720,
        }

    async def bring(self, by: str, data: bytes, at: Moment) -> None:
        """Bytes of a person into the store."""
        self.clock.moment = at
        await self.house.receiving.take(data, "image/jpeg", self.id("person", by))

    async def look(self) -> None:
        """The worker looks into every photo that came."""
        while await self.worker.turn():
            pass

    async def published(self, kind: str, id: str) -> dict[str, Any]:
        """A record as phones have it. Raises LookupError if there is none."""
        async with self.house.database.reading() as tx:
            rows = await tx.tuples("SELECT body FROM record WHERE id = ?", f"{kind}:{id}")
        if not rows:
            raise LookupError(f"{kind} {id}")
        return msgspec.json.decode(rows[0][0])

    async def bodies(self, kind: str) -> dict[str, dict[str, Any]]:
        """Every record of a kind, by id, but those that are gone."""
        async with self.house.database.reading() as tx:
            rows = await tx.tuples("SELECT rec_id, body FROM record WHERE kind = ?", kind)
        return {id: msgspec.json.decode(body) for id, body in rows if body != "null"}


def _envelope(op: str, rec: tuple[str, str], args: dict[str, Any], at: Moment) -> Envelope:
    raw = msgspec.Raw(msgspec.json.encode(args))
    return Envelope(id=new_id(), op=op, rec=rec, at=wire(at), args=raw)
