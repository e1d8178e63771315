"""What phones receive of events, and who receives it."""

from collections.abc import Sequence
from typing import Any

from backend.features.events.model import Event, Stock, content_digest
from backend.features.events.model.people import CheckIn, Invited
from backend.features.events.rules.decision import bucket_of, buckets_of
from backend.features.events.tables import (
    CHECK_INS,
    ENTRIES,
    EVENTS,
    FOLLOW_UPS,
    KEYS,
    ROSTERS,
)
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.work import Work

EVENT = (
    "kind",
    "theme",
    "outlet",
    "line",
    "place",
    "day",
    "until_day",
    "starts",
    "ends",
    "starts_at",
    "ends_at",
    "festival",
    "goals",
    "topics",
    "budget",
    "minor_safe",
    "staff",
    "planned_by",
    "made_at",
    "state",
    "approver",
    "approved_by",
    "opened_at",
    "closed_at",
    "reason",
    "counts",
    "judged",
    "photos",
    "questions",
    "contacts",
    "result",
    "acts",
)
CHECK_IN = (
    "event",
    "key",
    "how",
    "entry",
    "code",
    "person",
    "age_band",
    "interests",
    "by",
    "device",
    "at",
    "occurred_at",
    "received_at",
    "late",
    "void",
)
ENTRY = ("id", "kind", "name", "code", "group", "person")
FOLLOW_UP = ("event", "consent", "name", "phone", "topic", "note", "check_in", "entry", "by", "at")


async def event(work: Work, id: str) -> Projection | None:
    """The event for its staff, and for the desk of its outlet and line. Nothing in it is about a
    visitor."""
    found = await work.load(EVENTS, id)
    return None if found is None else Projection(body_of(found), buckets_of(found))


async def check_in(work: Work, id: str) -> Projection | None:
    """A sighting, for the staff of the event alone."""
    found = await work.load(CHECK_INS, id)
    if found is None:
        return None
    return Projection(_told(found, CHECK_IN), frozenset({bucket_of(found.event)}))


async def check_ins(work: Work, ids: Sequence[str]) -> None:
    """For sightings that are published together."""
    await work.load_many(CHECK_INS, ids)


async def roster(work: Work, id: str) -> Projection | None:
    """A part of the roster, for the staff of the event alone."""
    found = await work.load(ROSTERS, id)
    if found is None:
        return None
    entries = await work.find(ENTRIES, roster=id)
    listed = [_told(entry, ENTRY) for entry in entries if not entry.removed]
    body = {"event": found.event, "entries": listed}
    return Projection(body, frozenset({bucket_of(found.event)}))


async def follow_up(work: Work, id: str) -> Projection | None:
    """Whom to contact, for the staff of the event alone; nothing of it while it is sealed."""
    found = await work.load(FOLLOW_UPS, id)
    if found is None or found.sealed:
        return None
    return Projection(_told(found, FOLLOW_UP), frozenset({bucket_of(found.event)}))


async def key(work: Work, id: str) -> Projection | None:
    """The key of an open event, for its staff alone. No desk and no fact ever has it."""
    found = await work.load(KEYS, id)
    if found is None:
        return None
    return Projection({"event": id, "key": found.key}, frozenset({bucket_of(id)}))


def body_of(event: Event) -> dict[str, Any]:
    """The wire body. `content_digest` is what approve, return and accept_result must name."""
    body = _told(event, EVENT)
    body["materials"] = [_material(stock) for stock in event.stock]
    body["tallies"] = _tallied(event, late=False)
    body["tallies_late"] = _tallied(event, late=True)
    body["content_digest"] = content_digest(event)
    return body


def _material(stock: Stock) -> dict[str, Any]:
    return {
        "key": stock.key,
        "name": stock.name,
        "n": stock.n,
        "restocked": stock.restocked,
        "handed": stock.handed,
        "handed_late": stock.handed_late,
        "left": stock.left,
        "counted": stock.counted,
    }


def _tallied(event: Event, *, late: bool) -> dict[str, int]:
    """The sum of all devices by counter."""
    sums: dict[str, int] = {}
    for one in event.sums:
        if one.what == "tally":
            sums[one.key] = sums.get(one.key, 0) + (one.late if late else one.n)
    return {name: n for name, n in sums.items() if n}


def _told(row: Event | CheckIn | Invited | Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
