"""What the console and the phone read of events beside their own records, and documents."""

from typing import Annotated, Any

import msgspec
from litestar import get
from litestar.params import FromQuery, QueryParameter

from backend.features.events.rules.duplicates import possible
from backend.features.events.views import documents, reading
from backend.features.events.views.given import (
    Asking,
    EventId,
    GivenDatabase,
    Limit,
    Name,
    Year,
    held_of,
)
from backend.features.events.views.reading import EventCount, EventPage, EventRow, Filter, Held
from backend.foundation.identity.listing import between, cursor_of, names, require_overseer
from backend.foundation.organisation.lunar import FESTIVALS, FestivalCode, festival_day


class FestivalDay(msgspec.Struct, frozen=True):
    """A festival and the day on which it falls."""

    code: FestivalCode
    day: str
    zh: str
    en: str


class Festivals(msgspec.Struct, frozen=True):
    """Every festival of one lunar year, in the order of their days."""

    festivals: list[FestivalDay]


class RosterLine(msgspec.Struct, frozen=True):
    """A line of the roster, in which part it stands, and by which check-ins it was seen."""

    id: str
    roster: str
    kind: str
    name: str
    code: str | None
    group: str
    person: str | None
    seen: list[str]


class Month(msgspec.Struct, frozen=True):
    """What was tallied, handed out or brought in a month, under one key."""

    month: str
    what: str
    key: str
    n: int


class EventDetail(msgspec.Struct, frozen=True):
    """One event with its people, the pairs that may be one person, its months, photos and its
    entries in the chain."""

    event: EventRow
    roster: list[RosterLine]
    check_ins: dict[str, dict[str, Any]]
    duplicates: list[tuple[str, str]]
    months: list[Month]
    photos: dict[str, dict[str, Any]]
    entries: list[dict[str, Any]]


@get("/v1/console/events", operation_id="ConsoleEvents")
async def events(
    request: Asking,
    database: GivenDatabase,
    outlet: Name = None,
    line: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    states: Annotated[list[str] | None, QueryParameter(name="state")] = None,
    kind: FromQuery[list[str] | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> EventPage:
    """The calendar, the last to begin first; days are local, both ends included."""
    actor = request.auth.actor
    require_overseer(actor)
    first, last = between(since, until)
    wanted = Filter(
        outlet=outlet,
        line=line,
        since=first,
        until=last,
        state=names(states, "state"),
        kind=names(kind, "kind"),
    )
    async with database.reading() as tx:
        return await reading.page(tx, actor, wanted, cursor_of(cursor), limit)


@get("/v1/console/events/counts", operation_id="ConsoleEventCounts")
async def counts(
    request: Asking,
    database: GivenDatabase,
    outlet: Name = None,
    line: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
) -> list[EventCount]:
    """How many events are in which state."""
    actor = request.auth.actor
    require_overseer(actor)
    first, last = between(since, until)
    async with database.reading() as tx:
        wanted = Filter(outlet=outlet, line=line, since=first, until=last)
        return await reading.counts(tx, actor, wanted)


@get("/v1/console/events/{event_id:str}", operation_id="ConsoleEvent")
async def event(request: Asking, database: GivenDatabase, event_id: EventId) -> EventDetail:
    """One event, for its staff and for a desk of its outlet and line."""
    async with database.reading() as tx:
        held = await held_of(tx, request, event_id)
        return EventDetail(
            event=held.row,
            roster=_roster(held),
            check_ins={one.id: msgspec.to_builtins(one) for one in held.check_ins},
            duplicates=possible(
                held.check_ins, {one.id: one.name for one in held.entries}, held.event.judged
            ),
            months=[Month(*row) for row in await reading.months(tx, event_id)],
            photos=await reading.photos(tx, held.event),
            entries=await reading.entries(tx, event_id),
        )


@get("/v1/events/festivals", operation_id="EventFestivals")
async def festivals(year: Year) -> Festivals:
    """On which days the festivals fall of the lunar year that begins in this year."""
    days = [
        FestivalDay(code, festival_day(code, year).isoformat(), one.zh, one.en)
        for code, one in FESTIVALS.items()
    ]
    return Festivals(sorted(days, key=lambda one: one.day))


def _roster(held: Held) -> list[RosterLine]:
    seen: dict[str, list[str]] = {}
    for one in held.check_ins:
        if one.entry is not None:
            seen.setdefault(one.entry, []).append(one.id)
    return [
        RosterLine(
            id=one.id,
            roster=one.roster,
            kind=one.kind,
            name=one.name,
            code=one.code,
            group=one.group,
            person=one.person,
            seen=seen.get(one.id, []),
        )
        for one in held.entries
        if not one.removed
    ]


ALL = (events, counts, event, festivals, *documents.ALL)
