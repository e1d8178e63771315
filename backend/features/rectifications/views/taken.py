"""Findings as a file: what each row says."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.features.rectifications.views import reading
from backend.features.rectifications.views.reading import CaseRow, Filter
from backend.foundation.database.pages import Cursor
from backend.foundation.database.transaction import Tx
from backend.foundation.documents.tables import Column
from backend.foundation.identity.listing import Named, Several, Span, cursor_of, read_query, several
from backend.foundation.identity.reading.called import Called, called
from backend.foundation.journal.manifest import Listing
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import parse, parse_known
from backend.foundation.kernel.limits import PAGE_ROWS_MAX

COLUMNS = (
    Column("网点", "Outlet", width=20),
    Column("条线", "Line", width=12),
    Column("条款", "Clause", width=10),
    Column("检查项", "Item", width=30),
    Column("问题", "Finding", width=40),
    Column("程度", "Severity", width=10),
    Column("原因", "Cause", width=24),
    Column("措施", "Measure", width=24),
    Column("状态", "State", width=10),
    Column("整改人", "Owner", width=12),
    Column("发现人", "Raised by", width=12),
    Column("登记时间", "Opened", "moment", 20),
    Column("期限", "Due", "moment", 20),
    Column("报告时间", "Reported", "moment", 20),
    Column("销号时间", "Closed", "moment", 20),
    Column("超期", "Late", width=8),
    Column("当场整改", "On the spot", width=10),
    Column("编号", "Id", width=38),
    Column("检查编号", "Round", width=38),
)
STATES = {
    "open": ("待分派", "To assign"),
    "assigned": ("待接收", "To accept"),
    "accepted": ("整改中", "Being fixed"),
    "reported": ("待审批", "To approve"),
    "returned": ("已退回", "Returned"),
    "closed": ("已销号", "Closed"),
    "cancelled": ("已撤销", "Cancelled"),
}
SEVERITIES = {
    "minor": ("一般", "Minor"),
    "major": ("较重", "Major"),
    "serious": ("严重", "Serious"),
    "danger": ("危险", "Danger"),
}


class CaseQuery(Span, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The filter of the list of findings, as it is asked."""

    state: Several = ()
    severity: Several = ()
    overdue: bool | None = None
    late: bool | None = None
    on_spot: bool | None = None
    owner: Named | None = None
    round: Named | None = None
    item: Named | None = None
    living: bool | None = None


def wanted(asked: Mapping[str, Any]) -> Filter:
    """The filter that was asked for."""
    query = read_query(asked, CaseQuery)
    first, last = query.days()
    return Filter(
        outlet=query.outlet,
        line=query.line,
        since=first,
        until=last,
        state=several(query.state),
        severity=several(query.severity),
        overdue=query.overdue,
        late=query.late,
        on_spot=query.on_spot,
        owner=query.owner,
        round=query.round,
        item=query.item,
        living=query.living,
    )


async def page(
    tx: Tx, actor: Actor, wanted: Filter, now: str, cursor: Cursor, tongue: str
) -> tuple[Sequence[Sequence[Any]], Cursor]:
    """A page of rows, the last to be opened first."""
    found = await reading.page(tx, actor, wanted, now, cursor, PAGE_ROWS_MAX)
    bodies = [row.body for row in found.rows]
    people = [id for body in bodies for id in (body["owner"], body["raised_by"])]
    names = await called(tx, tongue, [body["outlet"] for body in bodies], people)
    rows = [_cells(row, names, tongue) for row in found.rows]
    return rows, cursor_of(found.next)


def _cells(row: CaseRow, names: Called, tongue: str) -> list[Any]:
    body, at = row.body, 0 if tongue == "zh" else 1
    item = body["item"]
    yes = ("是", "Yes")[at]
    return [
        names.outlet(body["outlet"]),
        names.line(body["line"]),
        item["no"],
        item["text"][tongue] or item["text"]["zh"],
        body["text"],
        SEVERITIES[body["severity"]][at],
        body["cause"],
        body["measure"],
        STATES[body["state"]][at],
        names.person(body["owner"]),
        names.person(body["raised_by"]),
        parse(body["opened_at"]),
        *(parse_known(body[name]) for name in ("due_at", "reported_at", "closed_at")),
        yes if body["late"] or row.overdue else "",
        yes if body["on_spot"] else "",
        row.id,
        body["round"],
    ]


LISTING = Listing("cases", "问题", "Findings", COLUMNS, wanted, page)
