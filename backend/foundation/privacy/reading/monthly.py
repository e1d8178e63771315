"""The officer's monthly list: what was erased and sealed, what is held, what is due next month, and
whose promise is broken. As counts with their first rows, and whole as CSV.

The CSV opens in a spreadsheet without harm: a cell that would be taken for a formula is told apart
by an apostrophe, and the mark of UTF-8 lets Chinese be read.
"""

import csv
import io
from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from backend.foundation.database.transaction import Tx
from backend.foundation.kernel.clock import Moment, wire
from backend.foundation.organisation.calendar import day_start
from backend.foundation.privacy.policy import MONTH_ROWS_MAX
from backend.foundation.privacy.reading.erasing import OVERDUE

Language = Literal["zh", "en"]
SHOWN = 100  # rows of each part on the screen; the CSV has them all
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CERTIFICATE = (
    "SELECT t.kind, t.rec_id, '' AS outlet, t.rule, {moment} AS at, t.fields AS fields, "
    "t.id AS ref, t.cause AS cause FROM certificate t WHERE "
)
_DONE = _CERTIFICATE.format(moment="t.done_at")
_ORDERED = _CERTIFICATE.format(moment="t.erase_by")
_HOLD = (
    "SELECT h.kind, h.rec_id, '' AS outlet, '' AS rule, h.at AS at, 0 AS fields, h.id AS ref, "
    "'hold' AS cause FROM privacy_hold h WHERE "
)
_KEPT = (
    "SELECT k.kind, k.rec_id, k.outlet, k.klass AS rule, k.due_on AS at, 0 AS fields, "
    "k.id AS ref, k.action AS cause FROM privacy_retention k WHERE "
)
WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "part": "类别",
        "kind": "记录类型",
        "rec_id": "记录编号",
        "outlet": "网点",
        "rule": "依据",
        "at": "时间",
        "fields": "字段数",
        "ref": "凭证编号",
        "cause": "原因",
        "erased": "已删除",
        "sealed": "已封存",
        "held": "暂停删除",
        "due": "下月到期",
        "overdue": "逾期未删除",
        "unanswered": "到期未处理",
        "cut": "名单过长，仅列出前 {limit} 行",
    },
    "en": {
        "part": "Part",
        "kind": "Record kind",
        "rec_id": "Record",
        "outlet": "Outlet",
        "rule": "Rule",
        "at": "When",
        "fields": "Fields",
        "ref": "Reference",
        "cause": "Cause",
        "erased": "Erased",
        "sealed": "Sealed",
        "held": "Held",
        "due": "Due next month",
        "overdue": "Overdue",
        "unanswered": "Ended, not answered",
        "cut": "The list is longer; these are the first {limit} lines",
    },
}
COLUMNS = ("part", "kind", "rec_id", "outlet", "rule", "at", "fields", "ref", "cause")
PARTS = ("erased", "sealed", "held", "due", "overdue", "unanswered")


class MonthRow(msgspec.Struct, frozen=True):
    """One line. `at` is the moment it was done or promised, or the local day it is due; `ref` the
    certificate, the hold, or the row of the board."""

    kind: str
    rec_id: str
    outlet: str
    rule: str
    at: str
    fields: int
    ref: str
    cause: str


class MonthPart(msgspec.Struct, frozen=True):
    """How many lines a part of the list has, and the first of them."""

    name: str
    count: int
    rows: list[MonthRow]


class Month(msgspec.Struct, frozen=True):
    """The list of one month (`2026-11`)."""

    month: str
    parts: list[MonthPart]


async def month(tx: Tx, first: date, now: Moment) -> Month:
    """The list on the screen. Two queries for each part."""
    parts = []
    for name in PARTS:
        select, clause, args = _part(name, first, now)
        count = (await tx.tuples(f"SELECT count(*) FROM ({select}{clause}) AS m", *args))[0][0]
        rows = await _rows(tx, name, first, now, SHOWN)
        parts.append(MonthPart(name, count, rows))
    return Month(first.isoformat()[:7], parts)


async def as_csv(tx: Tx, first: date, now: Moment, language: Language) -> str:
    """The whole list. What is beyond the limit is said in the last line."""
    words = WORDS[language]
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([words[column] for column in COLUMNS])
    left = MONTH_ROWS_MAX
    for name in PARTS:
        found = await _rows(tx, name, first, now, left + 1)
        for row in found[:left]:
            cells = [words[name], *(getattr(row, column) for column in COLUMNS[1:])]
            writer.writerow([safe(cell) for cell in cells])
        if len(found) > left:
            writer.writerow([words["cut"].format(limit=MONTH_ROWS_MAX)])
            break
        left -= len(found)
    return out.getvalue()


def safe(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def following(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


async def _rows(tx: Tx, name: str, first: date, now: Moment, limit: int) -> list[MonthRow]:
    select, clause, args = _part(name, first, now)
    found = await tx.fetch(f"{select}{clause} ORDER BY 5, 7 LIMIT {int(limit)}", *args)
    return [MonthRow(**row) for row in found]


def _part(name: str, first: date, now: Moment) -> tuple[str, str, tuple[Any, ...]]:
    after = following(first)
    since, until = wire(day_start(first)), wire(day_start(after))
    done = "t.state = 'done' AND t.done_at >= ? AND t.done_at < ? AND t.action = ?"
    if name == "erased":
        return _DONE, done, (since, until, "erase")
    if name == "sealed":
        return _DONE, done, (since, until, "seal")
    if name == "overdue":
        return _ORDERED, OVERDUE, (wire(now),)
    if name == "held":
        # Whoever was held at any time of the month.
        return _HOLD, "h.at < ? AND (h.released_at IS NULL OR h.released_at >= ?)", (until, since)
    if name == "due":
        clause = "k.state = 'kept' AND k.due_on >= ? AND k.due_on < ?"
        return _KEPT, clause, (after.isoformat(), following(after).isoformat())
    return _KEPT, "k.state = 'ended' AND k.certificate IS NULL", ()
