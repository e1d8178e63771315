"""What the console sees of targets and e-mail, and what a delivery is told with."""

from collections.abc import Mapping
from typing import Any

import msgspec

from backend.foundation.database.transaction import Row, Tx
from backend.foundation.documents.links import record_url
from backend.foundation.kernel.limits import PAGE_ROWS_MAX
from backend.foundation.notices.kinds import TEST, TellingKind, words_of
from backend.foundation.notices.messages import Event
from backend.foundation.notices.model import (
    Delivery,
    DeliveryState,
    LaneState,
    Language,
    TargetKind,
    TargetState,
    lane_id,
)
from backend.foundation.notices.tables import DELIVERIES, TARGETS
from backend.foundation.organisation.model import Words
from backend.foundation.organisation.tables import LINES, OUTLETS

LATEST = 50  # deliveries that the console shows of one target
_LANES = (
    "SELECT l.owner, l.state, l.attempts, l.next_at, l.failing_since, l.last_sent_at, l.code, "
    "l.status, l.clock_off, (SELECT count(*) FROM delivery d WHERE d.lane = l.id "
    "AND d.state = 'queued') AS queued FROM delivery_lane l WHERE l.kind = ?"
)
_MAIL = (
    "SELECT p.id AS person, p.name, i.address, l.state, l.failing_since, l.last_sent_at, l.code, "
    "l.status, (SELECT count(*) FROM delivery d WHERE d.lane = l.id AND d.state = 'queued') "
    "AS queued, (SELECT count(*) FROM delivery d WHERE d.lane = l.id AND d.state IN "
    "('refused', 'expired')) AS lost FROM inbox i JOIN person p ON p.id = i.id "
    "LEFT JOIN delivery_lane l ON l.owner = p.id AND l.kind = 'mail' "
    "WHERE i.address IS NOT NULL"
)


class Way(msgspec.Struct, frozen=True):
    """How a lane stands. `queued` waits in it; `code` is our word for what is wrong, `status` the
    other side's number; `clock_off` seconds that our clock is ahead of theirs."""

    state: LaneState = "well"
    queued: int = 0
    attempts: int = 0
    next_at: str | None = None
    failing_since: str | None = None
    last_sent_at: str | None = None
    code: str | None = None
    status: int | None = None
    clock_off: int | None = None


class TargetRow(msgspec.Struct, frozen=True):
    """A target without its address and secret."""

    id: str
    name: str
    kind: TargetKind
    host: str
    kinds: tuple[str, ...]
    outlets: tuple[str, ...]
    lines: tuple[str, ...]
    language: Language
    state: TargetState
    way: Way


class OfferedKind(msgspec.Struct, frozen=True):
    """A type of fact that a target may be told of."""

    name: str
    words: Words


class TargetList(msgspec.Struct, frozen=True):
    """All targets, and what can be chosen for one. `hosts` are those that need no https and may lie
    in the bank's own network; without `links` messages lead nowhere."""

    rows: list[TargetRow]
    kinds: list[OfferedKind]
    hosts: list[str]
    links: bool


class DeliveryRow(msgspec.Struct, frozen=True):
    """One message to a target."""

    id: str
    type: str
    words: Words
    rec: tuple[str, str] | None
    outlet: str | None
    line: str | None
    at: str
    state: DeliveryState
    attempts: int
    ended_at: str | None
    code: str | None
    status: int | None


class TargetDetail(msgspec.Struct, frozen=True):
    """A target and its latest messages, newest first."""

    target: TargetRow
    deliveries: list[DeliveryRow]


class MailRow(msgspec.Struct, frozen=True):
    """A person's e-mail: whether it arrives. `lost` messages were refused or grew too old."""

    person: str
    name: str
    address: str
    state: LaneState
    queued: int
    lost: int
    failing_since: str | None
    last_sent_at: str | None
    code: str | None
    status: int | None


class MailList(msgspec.Struct, frozen=True):
    """Everybody with an address, those in trouble first. `configured`: a mail server is set."""

    configured: bool
    rows: list[MailRow]


async def targets(tx: Tx) -> list[TargetRow]:
    """All of them by name. Two queries."""
    ways = {row["owner"]: row for row in await tx.fetch(_LANES, "hook")}
    found = await TARGETS.where(tx, "1 = 1 ORDER BY name, id")
    return [
        TargetRow(
            id=one.id,
            name=one.name,
            kind=one.kind,
            host=one.host,
            kinds=one.kinds,
            outlets=one.outlets,
            lines=one.lines,
            language=one.language,
            state=one.state,
            way=_way(ways.get(one.id)),
        )
        for one in found
    ]


async def deliveries(tx: Tx, target: str, kinds: Mapping[str, TellingKind]) -> list[DeliveryRow]:
    """The latest messages of a target, newest first."""
    found = await DELIVERIES.where(
        tx, f"lane = ? ORDER BY place DESC LIMIT {LATEST}", lane_id("hook", target)
    )
    return [
        DeliveryRow(
            id=one.id,
            type=one.type,
            words=words_of(kinds, one.type),
            rec=_rec(one),
            outlet=one.outlet,
            line=one.line,
            at=one.at,
            state=one.state,
            attempts=one.attempts,
            ended_at=one.ended_at,
            code=one.code,
            status=one.status,
        )
        for one in found
    ]


async def mail(tx: Tx, person: str | None = None) -> list[MailRow]:
    """Everybody's, or one person's. One query."""
    clause, args = (" AND p.id = ?", [person]) if person else ("", [])
    rows = await tx.fetch(
        f"{_MAIL}{clause} ORDER BY coalesce(l.state, 'well') = 'well', p.name, p.id "
        f"LIMIT {PAGE_ROWS_MAX}",
        *args,
    )
    return [_mail_row(row) for row in rows]


async def event_of(
    tx: Tx, delivery: Delivery, kinds: Mapping[str, TellingKind], origin: str | None
) -> Event:
    """The delivery with names and link. At most two queries."""
    outlets = await OUTLETS.load(tx, [delivery.outlet]) if delivery.outlet else []
    lines = await LINES.load(tx, [delivery.line]) if delivery.line else []
    rec = _rec(delivery)
    return Event(
        id=delivery.id,
        type=delivery.type or TEST,
        words=words_of(kinds, delivery.type),
        at=delivery.at,
        outlet_id=delivery.outlet,
        outlet=outlets[0].name if outlets else None,
        line_id=delivery.line,
        line=lines[0].name if lines else None,
        record=rec,
        link=record_url(origin, f"/open/{rec[0]}", rec[1]) if origin and rec else origin,
    )


def _rec(delivery: Delivery) -> tuple[str, str] | None:
    if delivery.rec_kind is None or delivery.rec_id is None:
        return None
    return delivery.rec_kind, delivery.rec_id


def _mail_row(row: Row) -> MailRow:
    said: dict[str, Any] = dict(row)
    said["state"] = row["state"] or "well"  # nothing was ever on its way to them
    return MailRow(**said)


def _way(row: Row | None) -> Way:
    if row is None:
        return Way()
    said: dict[str, Any] = {name: value for name, value in row.items() if name != "owner"}
    said["next_at"] = row["next_at"] or None
    return Way(**said)
