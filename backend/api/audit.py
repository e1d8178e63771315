"""The audit view: acts of administration, for administrators and the data-protection officer."""

from typing import Annotated, Any, Literal

from litestar import Request, get
from litestar.params import FromQuery, QueryParameter
from litestar.response import Stream

from backend.api.given import GivenHouse
from backend.foundation.documents.attached import CSV, MEDIA, XLSX, attached
from backend.foundation.documents.problems import export_too_long
from backend.foundation.documents.tables import Column
from backend.foundation.documents.workshop import TableKind
from backend.foundation.identity.access import Signed
from backend.foundation.identity.listing import NAME, between, names
from backend.foundation.identity.reading.audit import AuditPage, AuditRow, Sought, acts, every
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.canonical import canonical
from backend.foundation.kernel.clock import parse
from backend.foundation.kernel.limits import EXPORT_TEXT_MAX, PAGE_ROWS_MAX
from backend.foundation.kernel.problem import forbidden
from backend.house import House

READERS = frozenset({"admin", "dpo"})
ROWS_MAX = 50_000  # an export is held in memory, 100 MB; longer ones are made year by year
COLUMNS = (
    Column("时间", "When", "moment", 20),
    Column("操作人", "Who", "text", 16),
    Column("代理", "For", "text", 16),
    Column("事项", "What", "text", 28),
    Column("对象类别", "Kind", "text", 12),
    Column("对象", "Whom", "text", 20),
    Column("对象编号", "Id", "text", 38),
    Column("设备", "Device", "text", 38),
    Column("内容", "Content", "text", 80),
)

Asking = Request[Any, Signed, Any]
Name = Annotated[str | None, QueryParameter(pattern=NAME)]
Types = Annotated[list[str] | None, QueryParameter(name="type", max_items=40)]
Cursor = Annotated[int | None, QueryParameter(ge=1, le=2**53 - 1)]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]
Tongue = Annotated[Literal["zh", "en"], QueryParameter(name="language")]


@get("/v1/console/audit", operation_id="Audit")
async def audit(
    request: Asking,
    house: GivenHouse,
    actor: Name = None,
    for_person: Name = None,
    types: Types = None,
    kind: Name = None,
    about: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> AuditPage:
    """Lists acts of administration and what deputies did for somebody, newest first; days are
    local, both included."""
    _require_reader(request.auth.actor)
    sought = _sought(actor, for_person, types, kind, about, since, until)
    async with house.database.reading() as tx:
        return await acts(tx, sought, cursor, limit)


@get("/v1/console/audit.csv", operation_id="AuditTable", media_type=CSV)
async def audit_csv(
    request: Asking,
    house: GivenHouse,
    actor: Name = None,
    for_person: Name = None,
    types: Types = None,
    kind: Name = None,
    about: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    language: Tongue = "zh",
) -> Stream:
    """All of them as a text table that computes nothing."""
    _require_reader(request.auth.actor)
    sought = _sought(actor, for_person, types, kind, about, since, until)
    return await _file(house, "csv", sought, language)


@get("/v1/console/audit.xlsx", operation_id="AuditBook", media_type=XLSX)
async def audit_xlsx(
    request: Asking,
    house: GivenHouse,
    actor: Name = None,
    for_person: Name = None,
    types: Types = None,
    kind: Name = None,
    about: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    language: Tongue = "zh",
) -> Stream:
    """All of them as a workbook."""
    _require_reader(request.auth.actor)
    sought = _sought(actor, for_person, types, kind, about, since, until)
    return await _file(house, "xlsx", sought, language)


def _require_reader(actor: Actor) -> None:
    if not actor.may(READERS):
        raise forbidden(needs="admin | dpo")


def _sought(
    actor: str | None,
    for_person: str | None,
    types: list[str] | None,
    kind: str | None,
    about: str | None,
    since: str | None,
    until: str | None,
) -> Sought:
    first, last = between(since, until)
    return Sought(
        actor=actor,
        for_person=for_person,
        types=names(types, "type"),
        kind=kind,
        about=about,
        since=first,
        until=last,
    )


async def _file(house: House, kind: TableKind, sought: Sought, tongue: Tongue) -> Stream:
    # All rows before the first byte: a list that is too long has to be refused in words.
    rows = await _cells(house, sought)
    pieces = await house.workshop.table(
        kind,
        COLUMNS,
        rows,
        title="管理记录" if tongue == "zh" else "Audit",
        tongue=tongue,
        made_at=house.clock.now(),
    )
    return Stream(pieces, media_type=MEDIA[kind], headers=attached(f"audit.{kind}"))


async def _cells(house: House, sought: Sought) -> list[list[Any]]:
    rows: list[list[Any]] = []
    async for act in every(house.database, sought):
        if len(rows) >= ROWS_MAX:
            raise export_too_long(limit=ROWS_MAX)
        rows.append(_line(act))
    return rows


def _line(act: AuditRow) -> list[Any]:
    content = canonical(act.values).decode()
    return [
        parse(act.received_at),
        act.actor_name or act.actor,
        act.for_name or act.for_person or "",
        act.type,
        act.rec[0],
        act.about_name,
        act.rec[1],
        act.device,
        content[:EXPORT_TEXT_MAX],
    ]


ROUTES = (audit, audit_csv, audit_xlsx)
