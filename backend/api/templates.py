"""Whoever writes checklists and standards: what a draft lacks, and workbooks in and out.

Nothing here is kept. What was read from a file, and every word of a draft, becomes a record by
commands like any other."""

from datetime import date
from typing import Annotated, Any, Literal

from litestar import Request, get, post
from litestar.params import JSONBody, QueryParameter
from litestar.response import Stream

from backend.api.given import GivenHouse
from backend.foundation.checklists.commands import KeepDraft
from backend.foundation.checklists.handlers import PUBLISHERS, pictures_of
from backend.foundation.checklists.judging import Judgement, Known, judge, readable
from backend.foundation.checklists.listing import lists_in
from backend.foundation.checklists.tables import EDITIONS, TEMPLATES
from backend.foundation.checklists.template import TemplateDoc, items_of
from backend.foundation.checklists.workbook import clauses, xlsform
from backend.foundation.checklists.workbook.clauses import ReadClauses
from backend.foundation.checklists.workbook.reading import ReadPaper, read_paper
from backend.foundation.checklists.workbook.sheets import SHEETS
from backend.foundation.checklists.workbook.writing import tabs_of
from backend.foundation.database.transaction import Tx
from backend.foundation.documents.attached import XLSX, attached
from backend.foundation.documents.orders import Tab, Tongue
from backend.foundation.documents.tables import Column
from backend.foundation.evidence.model import bringer_id
from backend.foundation.evidence.tables import BLOBS, BRINGERS
from backend.foundation.identity.access import Signed
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.limits import TABLE_BYTES_MAX
from backend.foundation.kernel.problem import forbidden
from backend.foundation.organisation.calendar import business_day
from backend.foundation.organisation.codes.model import CodeList
from backend.foundation.organisation.tables import CODE_LISTS, LINES
from backend.house import House

Asking = Request[Any, Signed, Any]
Language = Annotated[Literal["zh", "en"], QueryParameter(name="language")]


@post("/v1/console/templates/judge", operation_id="JudgeTemplate", status_code=200)
async def judge_template(
    request: Asking, house: GivenHouse, data: JSONBody[KeepDraft]
) -> Judgement:
    """Everything that a draft still lacks, by section, item and field; and the id of the version
    that it would become."""
    actor = _writer(request)
    async with house.database.reading() as tx:
        return judge(data, await _known(tx, data, actor, business_day(house.clock.now())))


@post(
    "/v1/console/templates/read",
    operation_id="ReadTemplate",
    status_code=200,
    request_max_body_size=TABLE_BYTES_MAX + 1,  # a larger file is refused by its own words
)
async def read_template(request: Asking, house: GivenHouse) -> ReadPaper:
    """A checklist out of a workbook, or every problem by tab, row and column."""
    _writer(request)
    tabs = await house.workshop.read_tabs(await request.body(), SHEETS)
    return read_paper(tabs, await _lists(house), business_day(house.clock.now()))


@post(
    "/v1/console/templates/xlsform",
    operation_id="ReadXlsform",
    status_code=200,
    request_max_body_size=TABLE_BYTES_MAX + 1,
)
async def read_xlsform(request: Asking, house: GivenHouse) -> ReadPaper:
    """A checklist out of an XLSForm, as far as it maps, or every row that has no place on one."""
    _writer(request)
    form = await house.workshop.read_form(await request.body())
    return xlsform.read_form(form, await _lists(house), business_day(house.clock.now()))


@post(
    "/v1/console/templates/workbook",
    operation_id="TemplateWorkbook",
    status_code=200,
    media_type=XLSX,
)
async def template_workbook(
    request: Asking, house: GivenHouse, data: JSONBody[KeepDraft], language: Language = "zh"
) -> Stream:
    """The draft or version as a workbook that can be brought back without loss; an empty one for
    a draft that has no form yet."""
    _writer(request)
    head = {"code": data.code, "edition": data.edition, "line": data.line, "rhythm": data.rhythm}
    return await _bound(house, tabs_of(head, readable(data), language), "checklist", language)


@post(
    "/v1/console/standards/read",
    operation_id="ReadClauses",
    status_code=200,
    request_max_body_size=TABLE_BYTES_MAX + 1,
)
async def read_clauses(request: Asking, house: GivenHouse) -> ReadClauses:
    """The clauses of a standard out of a workbook or text table, or every problem by row."""
    _writer(request)
    return clauses.read(await house.workshop.read(await request.body(), clauses.CLAUSES))


@get("/v1/console/standards/form.xlsx", operation_id="ClausesForm", media_type=XLSX)
async def clauses_form(request: Asking, house: GivenHouse, language: Language = "zh") -> Stream:
    """An empty workbook with the headings of a standard's clauses."""
    _writer(request)
    columns = tuple(Column(field.zh, field.en, width=28) for field in clauses.CLAUSES.fields)
    return await _bound(house, [Tab("条款", "Clauses", columns, [])], "clauses", language)


async def _bound(house: Any, tabs: list[Tab], name: str, tongue: Tongue) -> Stream:
    title = "检查表" if tongue == "zh" else "Checklist"
    pieces = await house.workshop.binder(
        tabs, title=title, tongue=tongue, made_at=house.clock.now()
    )
    return Stream(pieces, media_type=XLSX, headers=attached(f"{name}.xlsx"))


def _writer(request: Asking) -> Actor:
    actor = request.auth.actor
    if not actor.may(PUBLISHERS):
        raise forbidden(move="write_templates")
    return actor


async def _lists(house: House) -> dict[str, CodeList]:
    async with house.database.reading() as tx:
        return {one.id: one for one in await CODE_LISTS.where(tx, "1 = 1")}


async def _known(tx: Tx, draft: KeepDraft, actor: Actor, today: date) -> Known:
    """What the house knows of this draft, as far as the asker may see it."""
    doc = readable(draft)
    named = await TEMPLATES.find(tx, "code", draft.code)
    lines = [line.id for line in await LINES.where(tx, "1 = 1")]
    return Known(
        lines=frozenset(one for one in lines if actor.may(PUBLISHERS, line=one)),
        editions={one.edition: one.id for one in named if actor.is_at(None, one.line)},
        standards={one.id: one for one in await EDITIONS.load(tx, _editions_in(doc))},
        pictures=await _brought(tx, doc, actor) | pictures_of(named, draft.line),
        lists={one.id: one for one in await CODE_LISTS.load(tx, lists_in(doc) if doc else ())},
        today=today,
    )


def _editions_in(doc: TemplateDoc | None) -> list[str]:
    items = items_of(doc) if doc else ()
    return sorted({one.clause.edition for one in items if one.clause and one.clause.edition})


async def _brought(tx: Tx, doc: TemplateDoc | None, actor: Actor) -> frozenset[str]:
    digests = {digest for item in items_of(doc) for digest in item.reference} if doc else set()
    here = {blob.id for blob in await BLOBS.load(tx, sorted(digests))}
    names = {bringer_id(digest, actor.id): digest for digest in here}
    return frozenset(names[one.id] for one in await BRINGERS.load(tx, sorted(names)))


ROUTES = (
    judge_template,
    read_template,
    read_xlsform,
    template_workbook,
    read_clauses,
    clauses_form,
)
