"""The ways out, one message at a time each: who is at one, and what came of a try.

Promises: messages of a lane go in their order, the next one only after the last one ended; a lane
that somebody holds is nobody else's until the hold ends; what was sent but not noted, because the
worker died in between, is sent again under the same id. Against: a worker that dies with a lane in
hand (the hold ends by time), two workers (the row decides), a clock that is set back (a hold or a
pause far beyond what we ever write counts as over).
It does not handle: a worker that sleeps longer than its hold and wakes with a message in hand; the
receiver then sees the same id twice, maybe after a later one.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from backend.foundation.database.transaction import Tx
from backend.foundation.kernel.clock import Moment, wire
from backend.foundation.notices import rules
from backend.foundation.notices.model import Delivery, Gathered, Lane, LaneKind
from backend.foundation.notices.outcomes import Outcome
from backend.foundation.notices.tables import DELIVERIES, GATHERED, LANES

# More than a try of any kind takes; so long a lane waits for a worker that died with it.
HOLD_SECONDS = 120
ALL = "9"  # later than every moment
_DUE = (
    "l.kind = ? AND l.state <> 'dead' AND (l.next_at <= ? OR l.next_at > ?) "
    "AND (l.held_until <= ? OR l.held_until > ?) "
    "AND EXISTS (SELECT 1 FROM delivery d WHERE d.lane = l.id AND d.state = 'queued') "
    "AND NOT EXISTS (SELECT 1 FROM target t WHERE t.id = l.owner AND t.state = 'paused')"
)


def _due_args(kind: LaneKind, now: Moment) -> tuple[Any, ...]:
    pause = wire(now + timedelta(days=1))  # quiet hours are the longest pause that we write
    hold = wire(now + timedelta(seconds=HOLD_SECONDS))
    return kind, wire(now), pause, wire(now), hold


async def is_due(tx: Tx, kind: LaneKind, now: Moment) -> bool:
    """Whether `lease` would find anything. Only reads."""
    sql = f"SELECT 1 FROM delivery_lane l WHERE {_DUE} LIMIT 1"
    return bool(await tx.tuples(sql, *_due_args(kind, now)))


async def lease(tx: Tx, kind: LaneKind, holder: str, now: Moment, count: int) -> list[Lane]:
    """Up to `count` lanes with something to send, now held for HOLD_SECONDS. One statement."""
    skip = "FOR UPDATE OF l SKIP LOCKED" if tx.dialect == "postgres" else ""
    names = ", ".join(f'"{name}"' for name in LANES.columns)
    rows = await tx.tuples(
        "UPDATE delivery_lane SET holder = ?, held_until = ? WHERE id IN "
        f"(SELECT l.id FROM delivery_lane l WHERE {_DUE} "
        f"ORDER BY l.next_at, l.id LIMIT {int(count)} {skip}) RETURNING {names}",
        holder,
        wire(now + timedelta(seconds=HOLD_SECONDS)),
        *_due_args(kind, now),
    )
    return LANES.read(rows)


async def release(tx: Tx, lane: str, holder: str) -> None:
    """Somebody else may have it at once."""
    await tx.run(
        "UPDATE delivery_lane SET holder = '', held_until = '' WHERE id = ? AND holder = ?",
        lane,
        holder,
    )


async def held(tx: Tx, lane: str, holder: str) -> Lane | None:
    """The lane as it is now; None when the hold was lost."""
    found = await LANES.where(tx, "id = ? AND holder = ?", lane, holder)
    return found[0] if found else None


async def first(tx: Tx, lane: str) -> Delivery | None:
    """The message whose turn it is."""
    found = await DELIVERIES.where(
        tx, "lane = ? AND state = 'queued' ORDER BY place, id LIMIT 1", lane
    )
    return found[0] if found else None


async def settle(
    tx: Tx, lane: Lane, delivery: Delivery, outcome: Outcome, now: Moment, pace: timedelta
) -> Lane | None:
    """Notes what came of a try; the lane as it is then. None, and nothing noted, when the hold was
    lost meanwhile. `pace` is the pause after a message that went out."""
    if await held(tx, lane.id, lane.holder) is None:
        return None
    after = judged(lane, outcome, now, pace)
    await _end(tx, delivery, outcome, now)
    await tx.run(
        "UPDATE delivery_lane SET state = ?, attempts = ?, next_at = ?, failing_since = ?, "
        "last_sent_at = ?, code = ?, status = ?, clock_off = ? WHERE id = ? AND holder = ?",
        after.state,
        after.attempts,
        after.next_at,
        after.failing_since,
        after.last_sent_at,
        after.code,
        after.status,
        after.clock_off,
        lane.id,
        lane.holder,
    )
    return after


def judged(lane: Lane, outcome: Outcome, now: Moment, pace: timedelta) -> Lane:
    """The lane after this outcome. Pure."""
    if outcome.verdict in ("sent", "refused"):
        at = wire(now) if outcome.verdict == "sent" else lane.last_sent_at
        return _replaced(lane, state="well", next_at=wire(now + pace), last_sent_at=at)
    if outcome.verdict == "stopped":
        since = lane.failing_since or wire(now)
        return _told(_replaced(lane, state="dead", failing_since=since), outcome)
    tries = lane.attempts + 1
    wait = rules.wait_after(tries)
    if outcome.rest_seconds is not None:
        wait = timedelta(seconds=outcome.rest_seconds)
    failing = _replaced(
        lane,
        state="failing",
        attempts=tries,
        next_at=wire(now + wait),
        failing_since=lane.failing_since or wire(now),
    )
    if rules.is_given_up(failing, now):
        failing = _replaced(
            failing, state="dead", attempts=tries, failing_since=failing.failing_since
        )
    return _told(failing, outcome)


async def rest(tx: Tx, lane: Lane, until: Moment) -> None:
    """Nothing goes out before then: quiet hours."""
    await tx.run(
        "UPDATE delivery_lane SET next_at = ? WHERE id = ? AND holder = ?",
        wire(until),
        lane.id,
        lane.holder,
    )


async def wake(tx: Tx, lane: str, now: Moment) -> None:
    """A person looked at it: tried at once, and as if it had never failed."""
    await tx.run(
        "UPDATE delivery_lane SET state = 'well', attempts = 0, next_at = ?, failing_since = NULL, "
        "code = NULL, status = NULL, clock_off = NULL WHERE id = ?",
        wire(now),
        lane,
    )


async def queue_again(tx: Tx, lane: str, *, delivery: str | None, since: str | None) -> None:
    """One message, or all of the lane since a moment, in their old places."""
    which, value = ("id = ?", delivery) if delivery is not None else ("at >= ?", since)
    await tx.run(
        "UPDATE delivery SET state = 'queued', attempts = 0, ended_at = NULL, code = NULL, "
        f"status = NULL WHERE lane = ? AND {which}",
        lane,
        value,
    )


async def end_waiting(tx: Tx, lane: str, state: str, code: str, now: Moment, before: str) -> None:
    """Ends what waits in a lane and was recorded before then."""
    await tx.run(
        "UPDATE delivery SET state = ?, code = coalesce(code, ?), ended_at = ? "
        "WHERE lane = ? AND state = 'queued' AND at < ?",
        state,
        code,
        wire(now),
        lane,
        before,
    )


async def clear_away(tx: Tx, now: Moment) -> None:
    """Ends e-mail that nobody would want any more, and forgets what ended long ago."""
    await tx.run(
        "UPDATE delivery SET state = 'expired', ended_at = ? WHERE state = 'queued' AND at < ? "
        "AND lane IN (SELECT id FROM delivery_lane WHERE kind = 'mail')",
        wire(now),
        wire(now - rules.MAIL_LIFE),
    )
    await tx.run("DELETE FROM delivery WHERE state <> 'queued' AND at < ?", wire(now - rules.KEPT))


async def open_lanes(tx: Tx, lanes: Iterable[Lane], deliveries: list[Delivery]) -> None:
    """Puts messages into their lanes, and makes lanes that are not there yet. Of what is there
    already, nothing changes."""
    untouched = 'ON CONFLICT ("id") DO NOTHING'
    for write in (
        LANES.inserting(list(lanes), untouched),
        DELIVERIES.inserting(deliveries, untouched),
    ):
        if write.structs:
            sql = f"{write.rows.insert_sql} {write.otherwise}"
            await tx.run_many(sql, [write.rows.values(one) for one in write.structs])


async def mark_gathered(tx: Tx, until: Gathered) -> None:
    """How far facts and notices were looked at; written with what came of it."""
    await GATHERED.upsert(tx, [until])


async def _end(tx: Tx, delivery: Delivery, outcome: Outcome, now: Moment) -> None:
    ended = {"sent": "sent", "refused": "refused", "stopped": "refused"}.get(outcome.verdict)
    await tx.run(
        "UPDATE delivery SET state = ?, attempts = attempts + 1, ended_at = ?, code = ?, "
        "status = ? WHERE id = ? AND state = 'queued'",
        ended or "queued",
        wire(now) if ended else None,
        outcome.code,
        outcome.status,
        delivery.id,
    )


def _replaced(lane: Lane, **changed: Any) -> Lane:
    """Without what was said of an earlier failure."""
    blank = {"attempts": 0, "failing_since": None, "code": None, "status": None, "clock_off": None}
    kept = {name: getattr(lane, name) for name in lane.__struct_fields__}
    return Lane(**kept | blank | changed)


def _told(lane: Lane, outcome: Outcome) -> Lane:
    kept = {name: getattr(lane, name) for name in lane.__struct_fields__}
    said = {"code": outcome.code, "status": outcome.status, "clock_off": outcome.clock_off}
    return Lane(**kept | said)
