"""From what happened to what has to leave the house.

Promises: whatever is committed is looked at once, in the order of commits, however often workers
die, because the cursor moves in the transaction that puts messages into their lanes; nothing of it
is done while a record is written, so no target and no mail server can hold one up, and without
targets it costs nothing. Orders about deliveries (a test, a replay) are facts like any other and
are carried out in their place. Against: two workers at once (a lock by name), a message made twice
(its id follows from the fact and the target).
It does not handle: what happened before the first look; nobody is told old news.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from backend.foundation.database.transaction import Row, Tx, among
from backend.foundation.kernel.clock import Moment, parse, wire
from backend.foundation.kernel.ids import derived_id
from backend.foundation.notices import facts, lanes, rules
from backend.foundation.notices.kinds import TEST, TellingKind
from backend.foundation.notices.model import Delivery, Gathered, Inbox, Lane, Target, lane_id
from backend.foundation.notices.tables import GATHERED, INBOXES, TARGETS

AT_ONCE = 500
_LOCK = "notices.gathering"
_ORDERS: dict[str, type[Any]] = {
    f"notices.{order.__name__}": order
    for order in (
        facts.AddressSet,
        facts.TargetChanged,
        facts.TargetResumed,
        facts.TargetTested,
        facts.TargetReplayed,
        facts.TargetRemoved,
    )
}
_FACTS = (
    "SELECT id, seq, type, rec_kind, rec_id, received_at, payload FROM fact "
    "WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
)
_NOTICES = (
    "SELECT n.id, n.person_id, n.fact, n.params, n.rec_kind, n.rec_id, n.at, s.ver "
    "FROM sync_row s JOIN notice n ON n.id = s.rec_id JOIN person p ON p.id = n.person_id "
    "WHERE s.ver > ? AND s.ver <= ? AND s.kind = 'notice' AND NOT s.gone "
    "AND n.read_at IS NULL AND p.active ORDER BY s.ver LIMIT ?"
)


async def is_behind(tx: Tx) -> bool:
    """Whether `gather` would find anything. Only reads."""
    rows = await tx.tuples(
        "SELECT c.chain_seq > g.seq OR c.head > g.ver FROM sync_counter c "
        "LEFT JOIN gathered g ON g.id = '1' WHERE c.id = 1"
    )
    return bool(rows) and (rows[0][0] is None or bool(rows[0][0]))


async def gather(tx: Tx, kinds: Mapping[str, TellingKind], now: Moment, *, mails: bool) -> None:
    """Looks at what is new and puts messages into lanes. `mails` false: no mail server is set."""
    await tx.lock([_LOCK])
    chain_seq, head = (await tx.tuples("SELECT chain_seq, head FROM sync_counter WHERE id = 1"))[0]
    before = await GATHERED.load(tx, ["1"])
    if not before:
        await lanes.mark_gathered(tx, Gathered("1", chain_seq, head))
        return
    seq = await _facts(tx, kinds, before[0].seq, chain_seq, now)
    ver = await _notices(tx, before[0].ver, head, now) if mails else head
    await lanes.mark_gathered(tx, Gathered("1", seq, ver))


async def _facts(
    tx: Tx, kinds: Mapping[str, TellingKind], after: int, until: int, now: Moment
) -> int:
    """How far it got."""
    found = await tx.fetch(_FACTS, after, until, AT_ONCE)
    telling = [fact for fact in found if fact["type"] in kinds or fact["type"] in _ORDERS]
    targets = await TARGETS.where(tx, "1 = 1 ORDER BY id") if telling else []
    for fact in telling:
        payload = msgspec.json.decode(fact["payload"])["values"]
        order = _ORDERS.get(fact["type"])
        if order is not None:
            await _carry_out(tx, order, payload, fact, now)
            continue
        deliveries = [
            _delivery(target, fact, payload)
            for target in targets
            if target.made_at <= fact["received_at"]
            and rules.wants(target, fact["type"], payload.get("outlet"), payload.get("line"))
        ]
        await _put(tx, deliveries)
    return found[-1]["seq"] if len(found) == AT_ONCE else max(until, after)


async def _carry_out(tx: Tx, order: type[Any], payload: Any, fact: Row, now: Moment) -> None:
    if order is facts.AddressSet:
        await lanes.wake(tx, lane_id("mail", payload["person"]), now)
        return
    lane = lane_id("hook", payload["target"])
    if order is facts.TargetRemoved:
        await lanes.end_waiting(tx, lane, "dropped", "removed", now, lanes.ALL)
        return
    if order is facts.TargetTested:
        id = derived_id(fact["id"], lane)
        test = Delivery(id, lane, fact["seq"], TEST, None, None, None, None, fact["received_at"])
        await _put(tx, [test])
    elif order is facts.TargetReplayed:
        since = payload.get("since")
        at = None if since is None else wire(parse(since))
        await lanes.queue_again(tx, lane, delivery=payload.get("delivery"), since=at)
    await lanes.wake(tx, lane, now)


def _delivery(target: Target, fact: Row, payload: Mapping[str, Any]) -> Delivery:
    lane = lane_id("hook", target.id)
    return Delivery(
        id=derived_id(fact["id"], lane),
        lane=lane,
        place=fact["seq"],
        type=fact["type"],
        rec_kind=fact["rec_kind"],
        rec_id=fact["rec_id"],
        outlet=payload.get("outlet"),
        line=payload.get("line"),
        at=fact["received_at"],
    )


async def _notices(tx: Tx, after: int, until: int, now: Moment) -> int:
    found = await tx.fetch(_NOTICES, after, until, AT_ONCE)
    clause, args = among(tx, "id", {notice["person_id"] for notice in found})
    wanted = await INBOXES.where(tx, f"{clause} AND address IS NOT NULL", *args) if found else []
    inboxes = {inbox.id: inbox for inbox in wanted}
    mails = [
        _mail(notice)
        for notice in found
        if (inbox := inboxes.get(notice["person_id"])) is not None and _goes(inbox, notice)
    ]
    await _put(tx, mails)
    return found[-1]["ver"] if len(found) == AT_ONCE else max(until, after)


def _goes(inbox: Inbox, notice: Row) -> bool:
    return rules.is_mailed(inbox, notice["fact"])


def _mail(notice: Row) -> Delivery:
    params = msgspec.json.decode(notice["params"])
    return Delivery(
        id=derived_id(notice["id"], "mail"),
        lane=lane_id("mail", notice["person_id"]),
        place=notice["ver"],
        type=notice["fact"] or "",
        rec_kind=notice["rec_kind"],
        rec_id=notice["rec_id"],
        outlet=params.get("outlet"),
        line=params.get("line"),
        at=notice["at"],
    )


async def _put(tx: Tx, deliveries: Sequence[Delivery]) -> None:
    if deliveries:
        names = dict.fromkeys(one.lane for one in deliveries)
        opened = [_lane(name) for name in names]
        await lanes.open_lanes(tx, opened, list(deliveries))


def _lane(name: str) -> Lane:
    kind, _, owner = name.partition(":")
    return Lane(name, "mail" if kind == "mail" else "hook", owner)
