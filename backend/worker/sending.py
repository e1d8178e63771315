"""Sends what has to leave the house: looks at what happened, and serves the lanes.

Promises: one message of a lane at a time, in order; a lane that waits for a slow or dead receiver
keeps only itself waiting, and e-mail no webhook; what goes wrong here is told in the log and the
next look follows; a worker killed between sending and noting it sends the same id again.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

from backend.foundation.journal.failpoints import failpoint
from backend.foundation.kernel.clock import ticks, wire
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.problem import Problem
from backend.foundation.notices import addresses, gathering, lanes, rules
from backend.foundation.notices.kinds import kinds_of
from backend.foundation.notices.messages import mail_for, request_for
from backend.foundation.notices.model import Delivery, Lane, LaneKind
from backend.foundation.notices.outcomes import Outcome
from backend.foundation.notices.reading import event_of
from backend.foundation.notices.tables import INBOXES, TARGETS
from backend.house import House
from backend.worker.mailing import Mailing, mail_server
from backend.worker.posting import Posting

IDLE_SECONDS = 1.0
IN_A_ROW = 20  # then the lane is given back, so that others come to their turn
AT_ONCE: dict[LaneKind, int] = {"hook": 8, "mail": 2}
ROBOT_PACE = timedelta(seconds=3)  # twenty in a minute is what both makers of robots allow
NO_PACE = timedelta(0)
log = logging.getLogger("xunfang.sending")


class Sending:
    """One per worker process."""

    def __init__(
        self, house: House, posting: Posting | None = None, mailing: Mailing | None = None
    ) -> None:
        settings = house.settings
        if mailing is None and settings.smtp_url is not None:
            mailing = Mailing(mail_server(settings.smtp_url))
        self.house = house
        self.posting = posting or Posting(settings.webhook_hosts)
        self.mailing = mailing
        self.name = new_id()
        self.kinds = kinds_of(house.catalogue)
        self._busy: dict[LaneKind, set[asyncio.Task[None]]] = {"hook": set(), "mail": set()}
        self._mail_failures = 0
        self._mail_rests_until = 0.0

    async def run(self) -> None:
        """Looks until cancelled."""
        try:
            while True:
                try:
                    await self.look()
                except Exception:
                    # Nobody waits for this task: what ended it once would end it for good.
                    log.exception("what has to leave the house was not looked at")
                await asyncio.sleep(IDLE_SECONDS)
        finally:
            await self.close()

    async def close(self) -> None:
        """Lets go of everything. What was in hand is sent again by the next worker."""
        for task in self._in_hand():
            task.cancel()
        await asyncio.gather(*self._in_hand(), return_exceptions=True)
        await self.posting.close()

    async def turn(self) -> None:
        """One look, and the end of everything that it began."""
        await self.look()
        await asyncio.gather(*self._in_hand())

    async def look(self) -> None:
        """Gathers what is new and begins with the lanes whose turn it is."""
        await self._gather()
        for kind in AT_ONCE:
            free = AT_ONCE[kind] - len(self._busy[kind])
            if free > 0 and self._may(kind):
                await self._begin(kind, free)

    def _may(self, kind: LaneKind) -> bool:
        return kind == "hook" or (self.mailing is not None and ticks() >= self._mail_rests_until)

    async def _gather(self) -> None:
        database = self.house.database
        while True:
            async with database.reading() as tx:
                if not await gathering.is_behind(tx):
                    return
            async with database.unit_of_work() as tx:
                now, mails = self.house.clock.now(), self.mailing is not None
                await gathering.gather(tx, self.kinds, now, mails=mails)

    async def _begin(self, kind: LaneKind, free: int) -> None:
        database, now = self.house.database, self.house.clock.now()
        async with database.reading() as tx:
            if not await lanes.is_due(tx, kind, now):
                return
        async with database.unit_of_work() as tx:
            found = await lanes.lease(tx, kind, self.name, now, free)
        for lane in found:
            task = asyncio.create_task(self._served(lane))
            self._busy[kind].add(task)
            task.add_done_callback(self._busy[kind].discard)

    def _in_hand(self) -> list[asyncio.Task[None]]:
        return [task for tasks in self._busy.values() for task in tasks]

    async def _served(self, lane: Lane) -> None:
        try:
            for _ in range(IN_A_ROW):
                if not await self._serve(lane):
                    break
            async with self.house.database.unit_of_work() as tx:
                await lanes.release(tx, lane.id, self.name)
        except Exception:
            log.exception("%s was not served; its hold ends by itself", lane.id)

    async def _serve(self, lane: Lane) -> bool:
        """One message. False when the lane has to rest, or nothing waits in it."""
        async with self.house.database.reading() as tx:
            now_held = await lanes.held(tx, lane.id, self.name)
            delivery = await lanes.first(tx, lane.id) if now_held else None
        if now_held is None or delivery is None:
            return False
        serve = self._post if lane.kind == "hook" else self._mail
        tried = await serve(now_held, delivery)
        if tried is None:
            return False
        outcome, pace = tried
        failpoint("after_sent")
        now = self.house.clock.now()
        async with self.house.database.unit_of_work() as tx:
            after = await lanes.settle(tx, now_held, delivery, outcome, now, pace)
        if after is None or outcome.verdict in ("later", "stopped"):
            log.info("%s rests: %s %s", lane.id, outcome.code, outcome.status)
            return False
        return pace == NO_PACE

    async def _post(self, lane: Lane, delivery: Delivery) -> tuple[Outcome, timedelta] | None:
        house, now = self.house, self.house.clock.now()
        async with house.database.reading() as tx:
            found = await TARGETS.load(tx, [lane.owner])
            event = await event_of(tx, delivery, self.kinds, house.settings.public_url)
        target = found[0] if found else None
        if target is None:
            return await self._drop(lane, "removed")
        if target.state == "paused":
            return None
        pace = NO_PACE if target.kind == "webhook" else ROBOT_PACE
        try:
            sealed = addresses.read(house.seal.opened(target.sealed), target.kind, target.id, None)
        except ValueError:
            sealed = None
        if sealed is None or isinstance(sealed, Problem):
            return Outcome("later", "secret_unreadable"), pace
        asked = request_for(target.kind, event, sealed.secret, target.language, now)
        return await self.posting.post(target.kind, sealed.url, asked, now), pace

    async def _mail(self, lane: Lane, delivery: Delivery) -> tuple[Outcome, timedelta] | None:
        house, now = self.house, self.house.clock.now()
        async with house.database.unit_of_work() as tx:
            oldest = wire(now - rules.MAIL_LIFE)
            await lanes.end_waiting(tx, lane.id, "expired", "too_old", now, oldest)
        if delivery.at < oldest:
            return None
        async with house.database.reading() as tx:
            found = await INBOXES.load(tx, [lane.owner])
            event = await event_of(tx, delivery, self.kinds, house.settings.public_url)
        if not found or found[0].address is None:
            return await self._drop(lane, "no_address")
        inbox = found[0]
        until = rules.quiet_until(inbox.quiet, now)
        if until is not None:
            async with house.database.unit_of_work() as tx:
                await lanes.rest(tx, lane, until)
            return None
        assert self.mailing is not None, "no lane of e-mail is leased without a server"
        to, sender = inbox.address or "", house.settings.mail_from
        outcome = await self.mailing.send(mail_for(event, to, sender, inbox.language, now))
        self._remember(outcome)
        return outcome, NO_PACE

    async def _drop(self, lane: Lane, code: str) -> None:
        async with self.house.database.unit_of_work() as tx:
            await lanes.end_waiting(tx, lane.id, "dropped", code, self.house.clock.now(), lanes.ALL)

    def _remember(self, outcome: Outcome) -> None:
        """A mail server that is away is left alone for a while, whoever's turn it would be: three
        hundred people's lanes would each wait for it, one after the other."""
        self._mail_failures = self._mail_failures + 1 if outcome.server else 0
        if outcome.server:
            wait = rules.wait_after(self._mail_failures)
            self._mail_rests_until = ticks() + wait.total_seconds()


@contextlib.asynccontextmanager
async def sending(house: House) -> AsyncIterator[None]:
    """For as long as the block lasts."""
    task = asyncio.create_task(Sending(house).run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
