"""Files for the organisation: outlets, code lists and official days, read and not kept."""

from typing import Annotated, Any, Literal

from litestar import Request, get, post
from litestar.params import QueryParameter
from litestar.response import Stream

from backend.api.given import GivenHouse
from backend.foundation.documents.sheet import Sheet
from backend.foundation.documents.tables import Column
from backend.foundation.identity.access import Signed
from backend.foundation.kernel.limits import TABLE_BYTES_MAX
from backend.foundation.organisation import rules
from backend.foundation.organisation.calendar import business_day
from backend.foundation.organisation.codes.importing import CODES, CodeListImport, brought_lists
from backend.foundation.organisation.importing import OUTLETS as OUTLET_SHEET
from backend.foundation.organisation.importing import OutletImport, brought
from backend.foundation.organisation.importing_days import DAYS, CalendarImport, brought_days
from backend.foundation.organisation.tables import CALENDAR_YEARS, CODE_LISTS, OUTLETS, UNITS
from backend.house import House

Asking = Request[Any, Signed, Any]
Tongue = Annotated[Literal["zh", "en"], QueryParameter(name="language")]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EVERY = "1 = 1 ORDER BY id"


@post(
    "/v1/console/outlets/read",
    operation_id="ReadOutlets",
    status_code=200,
    request_max_body_size=TABLE_BYTES_MAX + 1,  # a larger file is refused by its own words
)
async def read_outlets(request: Asking, house: GivenHouse) -> OutletImport:
    """What stands in a workbook or text table: outlets to be taken in, and every problem by row
    and column. Nothing of it is kept."""
    rules.require_keeper(request.auth.actor)
    imported = await house.workshop.read(await request.body(), OUTLET_SHEET)
    async with house.database.reading() as tx:
        units, outlets = await UNITS.where(tx, EVERY), await OUTLETS.where(tx, EVERY)
    return brought(imported, units, outlets, business_day(house.clock.now()))


@get("/v1/console/outlets/form.xlsx", operation_id="OutletForm", media_type=XLSX)
async def outlet_form(request: Asking, house: GivenHouse, language: Tongue = "zh") -> Stream:
    """An empty workbook with the headings of such a list."""
    rules.require_keeper(request.auth.actor)
    return await _form(house, OUTLET_SHEET, language, "outlets.xlsx")


@post(
    "/v1/console/codes/read",
    operation_id="ReadCodeLists",
    status_code=200,
    request_max_body_size=TABLE_BYTES_MAX + 1,
)
async def read_code_lists(request: Asking, house: GivenHouse) -> CodeListImport:
    """What stands in a workbook or text table: codes to be taken in, list by list, and every
    problem by row and column. Nothing of it is kept."""
    rules.require_keeper(request.auth.actor)
    imported = await house.workshop.read(await request.body(), CODES)
    async with house.database.reading() as tx:
        known = await CODE_LISTS.where(tx, EVERY)
    return brought_lists(imported, known, business_day(house.clock.now()))


@get("/v1/console/codes/form.xlsx", operation_id="CodeListForm", media_type=XLSX)
async def code_list_form(request: Asking, house: GivenHouse, language: Tongue = "zh") -> Stream:
    """An empty workbook with the headings of code lists."""
    rules.require_keeper(request.auth.actor)
    return await _form(house, CODES, language, "codes.xlsx")


@post(
    "/v1/console/calendar/read",
    operation_id="ReadCalendar",
    status_code=200,
    request_max_body_size=TABLE_BYTES_MAX + 1,
)
async def read_calendar(request: Asking, house: GivenHouse) -> CalendarImport:
    """The official holidays and make-up workdays in a file, by year, and every problem by row and
    column. Nothing of it is kept."""
    rules.require_calendar_keeper(request.auth.actor)
    imported = await house.workshop.read(await request.body(), DAYS)
    async with house.database.reading() as tx:
        known = await CALENDAR_YEARS.where(tx, EVERY)
    return brought_days(imported, {year.year: year for year in known})


@get("/v1/console/calendar/form.xlsx", operation_id="CalendarForm", media_type=XLSX)
async def calendar_form(request: Asking, house: GivenHouse, language: Tongue = "zh") -> Stream:
    """An empty workbook with the headings of such a list."""
    rules.require_calendar_keeper(request.auth.actor)
    return await _form(house, DAYS, language, "calendar.xlsx")


async def _form(house: House, sheet: Sheet, tongue: Tongue, name: str) -> Stream:
    columns = [Column(field.zh, field.en) for field in sheet.fields]
    title = sheet.zh if tongue == "zh" else sheet.en
    pieces = await house.workshop.xlsx(
        columns, [], title=title, tongue=tongue, made_at=house.clock.now()
    )
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Stream(pieces, media_type=XLSX, headers=headers)


ROUTES = (
    read_outlets,
    outlet_form,
    read_code_lists,
    code_list_form,
    read_calendar,
    calendar_form,
)
