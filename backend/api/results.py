"""Results for a desk: records by the words that stand in them, and lists as files."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, get
from litestar.params import FromQuery, PathParameter, QueryParameter
from litestar.response import Stream

from backend.api.given import GivenHouse
from backend.foundation.database.pages import spanned
from backend.foundation.database.transaction import Tx
from backend.foundation.documents.attached import MEDIA, attached
from backend.foundation.exports.rules import require_file
from backend.foundation.exports.tables import EXPORTS
from backend.foundation.identity.access import Signed
from backend.foundation.identity.listing import (
    NAME,
    between,
    dated,
    line_within_reach,
    outlets_within_reach,
    require_overseer,
    within_reach,
)
from backend.foundation.journal.searching import Hit, Question, find
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.limits import PAGE_ROWS_MAX, SEARCH_QUESTION_MAX
from backend.foundation.kernel.problem import args_invalid, not_found
from backend.foundation.kernel.words import asked

Asking = Request[Any, Signed, Any]
Name = Annotated[str | None, QueryParameter(pattern=NAME)]
Words = Annotated[str, QueryParameter(name="q", min_length=1, max_length=SEARCH_QUESTION_MAX)]
Opens = Annotated[Literal["round", "rectification"] | None, QueryParameter(name="kind")]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS_MAX)]


class HitPage(msgspec.Struct, frozen=True):
    """Hits, the latest first; `next` is null on the last page. A page that looked at too much may
    be short, or empty, and have a next one."""

    rows: list[Hit]
    next: str | None


@get("/v1/console/search", operation_id="Search")
async def search(
    request: Asking,
    house: GivenHouse,
    q: Words,
    kind: Opens = None,
    outlet: Name = None,
    line: Name = None,
    since: FromQuery[str | None] = None,
    until: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = 50,
) -> HitPage:
    """Rounds and cases in which all of these words stand, latest first; days are local."""
    actor = request.auth.actor
    require_overseer(actor)
    terms = asked(q)
    if not terms:
        raise args_invalid(field="q", reason="nothing in it can be looked for")
    async with house.database.reading() as tx:
        clause, args = _reach(tx, actor, kind, outlet, line)
        first, last = between(since, until)
        where = spanned((clause, args), "s.at", first, last)
        near = (outlet,) if outlet else outlets_within_reach(actor)
        of = (line,) if line else line_within_reach(actor)
        question = Question(terms, where, near, of, first or "", last or "")
        found = await find(tx, question, dated(cursor), wire(house.clock.now()), limit)
    return HitPage(found.hits, found.next)


def _reach(
    tx: Tx, actor: Actor, kind: str | None, outlet: str | None, line: str | None
) -> tuple[str, list[Any]]:
    clause, args = within_reach(tx, actor, "s.outlet", "s.line")
    for column, value in (("opens_kind", kind), ("outlet", outlet), ("line", line)):
        if value is not None:
            clause, args = f"{clause} AND s.{column} = ?", [*args, value]
    return clause, args


@get("/v1/console/exports/{export_id:str}/file", operation_id="ExportFile")
async def export_file(
    request: Asking,
    house: GivenHouse,
    export_id: Annotated[str, PathParameter(pattern=NAME)],
) -> Stream:
    """The file of an order, for whoever ordered it."""
    actor = request.auth.actor
    async with house.database.reading() as tx:
        found = await EXPORTS.load(tx, [export_id])
    if not found or found[0].by != actor.id:
        raise not_found()
    (export,) = found
    require_file(export, actor, house.clock.now())
    name = f"{export.list}-{export.ordered_at[:10]}.{export.kind}"
    return Stream(
        await house.files.pieces(export),
        media_type=MEDIA[export.kind],
        headers=attached(name) | {"Content-Length": str(export.size)},
    )


ROUTES = (search, export_file)
