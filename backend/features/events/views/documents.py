"""Documents about events: the report, the attendance, and a roster that somebody brings."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Stream

from backend.features.events.views import attendance, reading, report
from backend.features.events.views.given import (
    Asking,
    EventId,
    GivenClock,
    GivenDatabase,
    GivenOrigin,
    GivenPictures,
    GivenWorkshop,
    Tongue,
    held_of,
    people_of,
)
from backend.features.events.views.importing import ROSTER, checked
from backend.features.events.views.reading import Held
from backend.features.events.views.words import ATTENDANCE, spoken
from backend.foundation.database.engine import Database
from backend.foundation.documents.attached import CSV, XLSX, attached
from backend.foundation.documents.sheet import Imported
from backend.foundation.documents.tables import csv_lines
from backend.foundation.kernel.limits import TABLE_BYTES_MAX
from backend.foundation.organisation.tables import OUTLETS

PDF = "application/pdf"
_BODY_MAX = TABLE_BYTES_MAX + 1  # a larger file is refused by its own words, not the framework's


@post(
    "/v1/events/{event_id:str}/roster/read",
    status_code=200,
    operation_id="ReadRoster",
    request_max_body_size=_BODY_MAX,
)
async def read_roster(
    request: Asking, database: GivenDatabase, workshop: GivenWorkshop, event_id: EventId
) -> Imported:
    """What stands in a workbook or text table: rows to be invited, and every problem by row and
    column. Nothing of it is kept."""
    async with database.reading() as tx:
        held = await people_of(tx, request, event_id)
    imported = await workshop.read(await request.body(), ROSTER)
    return checked(imported, [one.code for one in held.entries if one.code is not None])


@get("/v1/events/{event_id:str}/report.pdf", operation_id="EventReport", media_type=PDF)
async def report_pdf(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    workshop: GivenWorkshop,
    pictures: GivenPictures,
    origin: GivenOrigin,
    event_id: EventId,
    language: Tongue = "zh",
) -> Response[bytes]:
    """The report of one page, with the photos that were chosen and have arrived."""
    async with database.reading() as tx:
        held = await held_of(tx, request, event_id)
        found = held.event
        people = {*found.staff, found.planned_by, found.approved_by or ""}
        called = await reading.names(tx, people)
        (outlet,) = await OUTLETS.load(tx, [found.outlet])
        photos = await pictures.of(tx, report.chosen(found))
    data = report.told(found, called, spoken(outlet.name, language), origin, language)
    data["photos"] = [digest for digest in data["photos"] if digest in photos]
    pdf = await workshop.pdf(
        report.TEMPLATE, data, tongue=language, made_at=clock.now(), photos=photos
    )
    return Response(pdf, media_type=PDF, headers=attached(f"{found.day}-report.pdf"))


@get("/v1/events/{event_id:str}/attendance.xlsx", operation_id="EventBook", media_type=XLSX)
async def attendance_xlsx(
    request: Asking,
    database: GivenDatabase,
    clock: GivenClock,
    workshop: GivenWorkshop,
    origin: GivenOrigin,
    event_id: EventId,
    language: Tongue = "zh",
) -> Stream:
    """Who was there, a row for each person, as a workbook."""
    held, rows = await _attendance(request, database, event_id, language)
    pieces = await workshop.xlsx(
        attendance.COLUMNS,
        rows,
        title=spoken(ATTENDANCE, language),
        tongue=language,
        made_at=clock.now(),
        origin=origin,
    )
    return Stream(pieces, media_type=XLSX, headers=attached(f"{held.event.day}-attendance.xlsx"))


@get("/v1/events/{event_id:str}/attendance.csv", operation_id="EventTable", media_type=CSV)
async def attendance_csv(
    request: Asking,
    database: GivenDatabase,
    origin: GivenOrigin,
    event_id: EventId,
    language: Tongue = "zh",
) -> Stream:
    """The same as a text table."""
    held, rows = await _attendance(request, database, event_id, language)
    lines = csv_lines(attendance.COLUMNS, rows, tongue=language, origin=origin)
    return Stream(lines, media_type=CSV, headers=attached(f"{held.event.day}-attendance.csv"))


async def _attendance(
    request: Asking, database: Database, event_id: str, tongue: str
) -> tuple[Held, list[list[Any]]]:
    async with database.reading() as tx:
        held = await people_of(tx, request, event_id)
        seen = held.check_ins
        people = {one.by for one in seen} | {one.person for one in seen if one.person is not None}
        called = await reading.names(tx, people)
    who = attendance.attendees(held.event, seen, held.entries)
    return held, list(attendance.rows(held.event, who, called, tongue))


ALL = (read_roster, report_pdf, attendance_xlsx, attendance_csv)
