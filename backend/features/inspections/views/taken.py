"""Rounds as a file: what each row says."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.features.inspections.views import reading
from backend.features.inspections.views.reading import Filter, RoundRow
from backend.foundation.database.pages import Cursor
from backend.foundation.database.transaction import Tx
from backend.foundation.documents.tables import Column
from backend.foundation.identity.listing import (
    Named,
    Several,
    Span,
    cursor_of,
    read_query,
    several,
    week_span,
)
from backend.foundation.identity.reading.called import Called, called
from backend.foundation.journal.manifest import Listing
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import parse, parse_known
from backend.foundation.kernel.limits import PAGE_ROWS_MAX

COLUMNS = (
    Column("网点", "Outlet", width=20),
    Column("条线", "Line", width=12),
    Column("检查表", "Checklist", width=28),
    Column("状态", "State", width=10),
    Column("检查人", "Inspector", width=12),
    Column("安排时间", "Made", "moment", 20),
    Column("期限", "Due", "moment", 20),
    Column("提交时间", "Submitted", "moment", 20),
    Column("超期", "Late", width=8),
    Column("得分", "Score", "number", 10),
    Column("满分", "Of", "number", 10),
    Column("一票否决", "Vetoed", width=10),
    Column("问题数", "Findings", "integer", 10),
    Column("证据齐全", "Complete", width=10),
    Column("编号", "Id", width=38),
)
STATES = {
    "assigned": ("已安排", "Assigned"),
    "open": ("进行中", "Under way"),
    "submitted": ("已提交", "Submitted"),
    "cancelled": ("已取消", "Cancelled"),
}


class RoundQuery(Span, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The filter of the list of rounds, as it is asked."""

    state: Several = ()
    assignee: Named | None = None
    overdue: bool | None = None
    incomplete: bool | None = None
    week: str | None = None


def wanted(asked: Mapping[str, Any]) -> Filter:
    """The filter that was asked for."""
    query = read_query(asked, RoundQuery)
    first, last = query.days()
    return Filter(
        outlet=query.outlet,
        line=query.line,
        since=first,
        until=last,
        state=several(query.state),
        assignee=query.assignee,
        overdue=query.overdue,
        incomplete=query.incomplete,
        week=week_span(query.week),
    )


async def page(
    tx: Tx, actor: Actor, wanted: Filter, now: str, cursor: Cursor, tongue: str
) -> tuple[Sequence[Sequence[Any]], Cursor]:
    """A page of rows, the last to be made first."""
    found = await reading.page(tx, actor, wanted, now, cursor, PAGE_ROWS_MAX)
    bodies = [row.body for row in found.rows]
    people = [body["submitted_by"] or body["assignee"] for body in bodies]
    names = await called(tx, tongue, [body["outlet"] for body in bodies], people)
    rows = [_cells(row, names, tongue) for row in found.rows]
    return rows, cursor_of(found.next)


def _cells(row: RoundRow, names: Called, tongue: str) -> list[Any]:
    body, at = row.body, 0 if tongue == "zh" else 1
    score = body["score"]
    yes = ("是", "Yes")[at]
    return [
        names.outlet(body["outlet"]),
        names.line(body["line"]),
        body["title"][tongue] or body["title"]["zh"],
        STATES[body["state"]][at],
        names.person(body["submitted_by"] or body["assignee"]),
        parse(body["made_at"]),
        parse_known(body["due_at"]),
        parse_known(body["submitted_at"]),
        yes if body["late"] or row.overdue else "",
        None if score is None else score["points"] / 10,
        None if score is None else score["max"] / 10,
        yes if score and score["vetoed"] else "",
        body["findings"],
        yes if body["complete"] else "",
        row.id,
    ]


LISTING = Listing("rounds", "检查", "Rounds", COLUMNS, wanted, page)
