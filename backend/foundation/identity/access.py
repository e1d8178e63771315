"""From a token to a person with rights, remembered between requests.

Promises: a warm request costs a hash and a look-up; a right that was taken, a session that was
ended or a device that was stopped has no effect left once the answer to that change was given.
How: everything remembered is dropped when `sessions.version` moves. On SQLite, where a read costs
microseconds, the version is read on every request. On PostgreSQL it is read at most twice a
second, and whoever ends a session waits that long (`settled`) before saying that it is done.
Not handled: a request that was already being carried out when the right ended; it finishes.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import msgspec

from backend.foundation.database.engine import Database
from backend.foundation.database.transaction import Tx
from backend.foundation.identity import devices, problems, sessions
from backend.foundation.identity.absences import lent, stands_in_of
from backend.foundation.identity.grants import Network, buckets_of_grants, grants_of
from backend.foundation.identity.model import DeviceState, Person, Post
from backend.foundation.identity.passwords import Passwords
from backend.foundation.identity.tables import PEOPLE, POSTS
from backend.foundation.journal.manifest import SeatsByPost
from backend.foundation.journal.members import buckets_by_name
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import Clock, Moment, parse, ticks, wire
from backend.foundation.organisation.calendar import business_day, day_start
from backend.foundation.organisation.tables import LINES, OUTLETS, UNITS

CHECK_SECONDS = 0.5
REMEMBERED_MAX = 5000  # about 10 MB; beyond it everything is read again, which is only slower


class Signed(msgspec.Struct, frozen=True):
    """A signed-in person on a device: what `request.auth` holds.

    `device_state` is what the phone must be told; with anything but `active` there are no grants
    and no buckets, and only handing over is allowed. `buckets` lacks those held by name.
    """

    actor: Actor
    username: str
    posts: tuple[Post, ...]
    session_id: str
    device_state: DeviceState
    expires_at: Moment
    renew_at: Moment
    good_until: Moment
    buckets: frozenset[str]


class Access:
    """Who is behind a token. One per process."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        passwords: Passwords | None = None,
        ticking: Callable[[], float] = ticks,
        seats: Sequence[SeatsByPost] = (),
    ) -> None:
        self._seats = seats
        self.passwords = passwords or Passwords()
        self._db = db
        self._clock = clock
        self._ticking = ticking
        self._check_seconds = 0.0 if db.dialect == "sqlite" else CHECK_SECONDS
        self._checked_at = float("-inf")
        self._version = (-1, -1)
        self._network: Network | None = None
        self._signed: dict[str, Signed] = {}
        self._checking = asyncio.Lock()

    async def of_token(self, token: str, device_id: str | None = None) -> Signed:
        """The person behind the token. Refuses with `session_unknown`, or with `device_mismatch`
        when a device id was sent that is not the session's."""
        await self._check()
        session_id = sessions.token_hash(token)
        now = self._clock.now()
        signed = self._signed.get(session_id)
        if signed is None or signed.good_until <= now:
            signed = await self._read(session_id, now)
        if signed.renew_at <= now:
            signed = await self._renew(signed, now)
        if device_id and device_id != signed.actor.device_id:
            raise problems.device_mismatch()
        return signed

    async def buckets_of(self, tx: Tx, signed: Signed) -> frozenset[str]:
        """Every bucket that this phone may receive now; none unless its state is active."""
        if signed.device_state != "active":
            return frozenset()
        named = await buckets_by_name(tx, signed.actor.id)
        now = self._clock.now()
        for absent in signed.actor.stands_in:
            if absent.covers(now):
                for seats in self._seats:
                    named += await seats(tx, absent.person)
        return signed.buckets.union(named)

    async def actor_of(self, person_id: str, device_id: str = "") -> Actor | None:
        """A person with the rights of today, or None if there is no such person. On a device that
        was stopped they have none: what it still holds is taken, but decides nothing."""
        async with self._db.reading() as tx:
            people = await PEOPLE.load(tx, [person_id])
            if not people:
                return None
            actor, _ = await self._rights(tx, people[0], device_id, self._clock.now())
            stopped = await devices.state_of(tx, device_id) not in (None, "active")
        return actor.stripped() if stopped else actor

    async def delegated(self, signed: Signed, person_id: str) -> Actor | None:
        """The person whose outbox this phone may hand over although somebody else is signed in,
        or None if that was never granted (RULINGS 22: it is granted at their own sign-in)."""
        device_id = signed.actor.device_id
        async with self._db.reading() as tx:
            if not await devices.upload_is_delegated(tx, device_id, person_id, self._clock.now()):
                return None
        return await self.actor_of(person_id, device_id)

    async def settled(self) -> None:
        """Returns when no process acts on what was true before."""
        self._checked_at = float("-inf")
        if self._check_seconds:
            await asyncio.sleep(self._check_seconds)

    async def _check(self) -> None:
        if self._ticking() - self._checked_at < self._check_seconds:
            return
        async with self._checking:
            begun = self._ticking()
            if begun - self._checked_at < self._check_seconds:
                return
            async with self._db.looking() as tx:
                version = await sessions.version(tx)
            if version != self._version:
                self._signed.clear()
                self._network = None
                self._version = version
            self._checked_at = begun

    async def _read(self, session_id: str, now: Moment) -> Signed:
        version = self._version
        async with self._db.reading() as tx:
            rows = await tx.fetch(_SESSION_SQL, session_id, wire(now))
            if not rows:
                raise problems.session_unknown()
            row = rows[0]
            person = Person(row["person"], row["username"], row["name"], bool(row["active"]))
            posts = await POSTS.find(tx, "person", person.id)
            actor, buckets = await self._rights(tx, person, row["device"], now, posts)
        state: DeviceState = row["state"]
        if not person.active and state == "active":
            state = "suspended"
        if state != "active":
            actor, buckets = actor.stripped(), frozenset()
        expires = parse(row["expires_at"])
        signed = Signed(
            actor=actor,
            username=person.username,
            posts=tuple(posts),
            session_id=session_id,
            device_state=state,
            expires_at=expires,
            renew_at=expires - sessions.LIFE + sessions.RENEW_EVERY,
            good_until=min(expires, _next_day(now)),
            buckets=buckets,
        )
        self._remember(signed, version)
        return signed

    async def _rights(
        self, tx: Tx, person: Person, device_id: str, now: Moment, posts: list[Post] | None = None
    ) -> tuple[Actor, frozenset[str]]:
        if posts is None:
            posts = await POSTS.find(tx, "person", person.id)
        network = await self._read_network(tx)
        actor = Actor(id=person.id, name=person.name, device_id=device_id)
        if person.active:
            own = grants_of(posts, business_day(now), network)
            others = await stands_in_of(tx, person.id, business_day(now), network)
            actor = msgspec.structs.replace(
                actor, grants=(*own, *lent(others, now)), stands_in=others
            )
        return actor, buckets_of_grants(actor, network)

    async def _read_network(self, tx: Tx) -> Network:
        version, network = self._version, self._network
        if network is None:
            network = await read_network(tx)
            if version == self._version:
                self._network = network
        return network

    async def _renew(self, signed: Signed, now: Moment) -> Signed:
        version = self._version
        async with self._db.unit_of_work() as tx:
            await sessions.renew(tx, signed.session_id, now)
        expires = now + sessions.LIFE
        renewed = msgspec.structs.replace(
            signed, expires_at=expires, renew_at=now + sessions.RENEW_EVERY
        )
        self._remember(renewed, version)
        return renewed

    def _remember(self, signed: Signed, version: tuple[int, int]) -> None:
        # While this was read, another request may have learnt of a newer version and dropped
        # everything; what was read before that must not come back.
        if version != self._version:
            return
        if len(self._signed) >= REMEMBERED_MAX:
            self._signed.clear()
        self._signed[signed.session_id] = signed


async def read_network(tx: Tx) -> Network:
    """The organisation's tree, outlets and lines. Three queries over small tables."""
    units = await UNITS.where(tx, "1 = 1 ORDER BY id")
    outlets = await OUTLETS.where(tx, "1 = 1 ORDER BY id")
    lines = await LINES.where(tx, "1 = 1 ORDER BY id")
    return Network(
        units={unit.id: unit for unit in units},
        outlets={outlet.id: outlet for outlet in outlets},
        lines=tuple(line.id for line in lines),
    )


def _next_day(now: Moment) -> Moment:
    # Posts begin and end with the local day, so nothing is remembered beyond it.
    return day_start(business_day(now) + timedelta(days=1))


_SESSION_SQL = (
    "SELECT s.person, s.device, s.expires_at, p.username, p.name, p.active, d.state "
    "FROM session s JOIN person p ON p.id = s.person JOIN device d ON d.id = s.device "
    "LEFT JOIN credential c ON c.id = s.person "
    "WHERE s.id = ? AND s.expires_at > ? AND (c.set_at IS NULL OR s.created_at >= c.set_at)"
)
