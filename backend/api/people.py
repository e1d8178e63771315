"""The administrator's desk: who is there, what they may do, and how they get in."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromQuery, PathParameter, QueryParameter
from litestar.response import Stream

from backend.api.given import GivenHouse
from backend.foundation.documents.attached import XLSX, attached
from backend.foundation.documents.tables import Column
from backend.foundation.identity import accounts, rules
from backend.foundation.identity.access import Signed
from backend.foundation.identity.devices import ManagedDevice, managed
from backend.foundation.identity.importing import PEOPLE, PeopleImport, brought
from backend.foundation.identity.listing import NAME
from backend.foundation.identity.model import Role
from backend.foundation.identity.reading.known import known, places
from backend.foundation.identity.reading.people import PeoplePage, PersonRow, Wanted, people, person
from backend.foundation.kernel.limits import NAME_MAX, PAGE_ROWS_MAX, TABLE_BYTES_MAX
from backend.foundation.kernel.problem import not_found
from backend.foundation.organisation.calendar import business_day

Asking = Request[Any, Signed, Any]
PersonId = Annotated[str, PathParameter(pattern=NAME)]
Name = Annotated[str | None, QueryParameter(pattern=NAME)]
# No control character: PostgreSQL takes no zero byte in a text, and nobody's name has one.
_PART = r"^[^\x00-\x1f\x7f]+$"
Part = Annotated[
    str | None, QueryParameter(name="q", min_length=1, max_length=NAME_MAX, pattern=_PART)
]
Tongue = Annotated[Literal["zh", "en"], QueryParameter(name="language")]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]
Stands = Annotated[
    Literal["active", "suspended", "no_password"] | None, QueryParameter(name="state")
]


class PersonDetail(msgspec.Struct, frozen=True):
    """Everything that the desk shows of one person; devices by latest contact."""

    person: PersonRow
    devices: list[ManagedDevice]


class GivenPassword(msgspec.Struct, frozen=True):
    """A one-time password, told once and kept nowhere. Until `valid_until` the person exchanges it
    for one of their own."""

    person: str
    username: str
    password: str
    valid_until: str


@get("/v1/console/people", operation_id="People")
async def people_list(
    request: Asking,
    house: GivenHouse,
    part: Part = None,
    stands: Stands = None,
    role: FromQuery[Role | None] = None,
    unit: Name = None,
    outlet: Name = None,
    line: Name = None,
    cursor: Name = None,
    limit: Limit = 50,
) -> PeoplePage:
    """Lists people by user name; role, unit, outlet and line are those of a post held today."""
    rules.require_keeper(request.auth.actor)
    wanted = Wanted(text=part, state=stands, role=role, unit=unit, outlet=outlet, line=line)
    async with house.database.reading() as tx:
        return await people(tx, wanted, house.clock.now(), cursor, limit)


@get("/v1/console/people/{person_id:str}", operation_id="Person")
async def person_detail(request: Asking, house: GivenHouse, person_id: PersonId) -> PersonDetail:
    """One person with all posts, and every device they signed in on."""
    rules.require_keeper(request.auth.actor)
    now = house.clock.now()
    async with house.database.reading() as tx:
        found = await person(tx, person_id, now)
        if found is None:
            raise not_found()
        return PersonDetail(found, await managed(tx, person_id, now))


@post(
    "/v1/console/people/{person_id:str}/password",
    operation_id="GivePassword",
    status_code=201,
)
async def give_password(
    request: Asking, house: GivenHouse, person_id: PersonId
) -> Response[GivenPassword]:
    """Makes up a one-time password for somebody who forgot theirs, or has none yet."""
    given = await accounts.give_one_time(
        house.journal, house.access.passwords, request.auth.actor, person_id
    )
    await house.access.settled()
    answer = GivenPassword(given.person_id, given.username, given.password, given.until)
    return Response(answer, status_code=201, headers={"Cache-Control": "no-store"})


@post(
    "/v1/console/people/read",
    operation_id="ReadPeople",
    status_code=200,
    request_max_body_size=TABLE_BYTES_MAX + 1,  # a larger file is refused by its own words
)
async def read_people(request: Asking, house: GivenHouse) -> PeopleImport:
    """What stands in a workbook or text table: people to be taken in with their posts, and every
    problem by row and column. Nothing of it is kept."""
    rules.require_keeper(request.auth.actor)
    imported = await house.workshop.read(await request.body(), PEOPLE)
    async with house.database.reading() as tx:
        there, where = await known(tx, imported), await places(tx)
    return brought(imported, where, there, business_day(house.clock.now()))


@get("/v1/console/people/form.xlsx", operation_id="PeopleForm", media_type=XLSX)
async def people_form(request: Asking, house: GivenHouse, language: Tongue = "zh") -> Stream:
    """An empty workbook with the headings of such a list."""
    rules.require_keeper(request.auth.actor)
    columns = [Column(field.zh, field.en) for field in PEOPLE.fields]
    pieces = await house.workshop.xlsx(
        columns,
        [],
        title="人员" if language == "zh" else "People",
        tongue=language,
        made_at=house.clock.now(),
    )
    return Stream(pieces, media_type=XLSX, headers=attached("people.xlsx"))


ROUTES = (people_list, read_people, people_form, person_detail, give_password)
