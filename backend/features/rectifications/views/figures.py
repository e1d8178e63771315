"""Figures of findings: what is open and overdue by line, and what fails most."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from backend.features.rectifications.tables import LIVING
from backend.features.rectifications.views.reading import WAITING
from backend.foundation.database.transaction import Tx
from backend.foundation.identity.listing import within_reach
from backend.foundation.identity.reading.figures import over_outlets, sums
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import Moment, wire
from backend.foundation.organisation.calendar import month_of
from backend.foundation.organisation.model import Words

TALLY = "failed"
ITEMS_SHOWN = 10


class Standing(msgspec.Struct, frozen=True):
    """One line: cases that are not closed, and those of them that are late."""

    line: str
    open: int
    overdue: int


class Failed(msgspec.Struct, frozen=True):
    """One item of a checklist: how often something was found there. Its words are those of the
    latest case."""

    item: str
    no: str
    text: Words
    count: int


class CaseFigures(msgspec.Struct, frozen=True):
    """What stands open now, and what failed most since a day."""

    since: str
    standing: list[Standing]
    failed: list[Failed]


async def figures(
    tx: Tx, actor: Actor, outlet: str | None, line: str | None, months: int, now: Moment
) -> CaseFigures:
    """As of now, and of the last months, this one included. Open work is counted by an index that
    holds nothing else; failures are kept sums."""
    since = _months_back(month_of(now), months)
    over = over_outlets(tx, actor, outlet, line)
    top = await sums(tx, over, TALLY, since, month_of(now), ("key",), 1, ITEMS_SHOWN)
    return CaseFigures(
        since=since,
        standing=await _standing(tx, actor, outlet, line, wire(now)),
        failed=await _failed(tx, actor, [(key, count) for key, count in top]),
    )


async def _standing(
    tx: Tx, actor: Actor, outlet: str | None, line: str | None, now: str
) -> list[Standing]:
    clause, args = within_reach(tx, actor, "r.outlet", "r.line")
    for column, value in (("outlet", outlet), ("line", line)):
        if value is not None:
            clause, args = f"{clause} AND r.{column} = ?", [*args, value]
    waiting = ", ".join(f"'{state}'" for state in WAITING)
    rows = await tx.tuples(
        "SELECT r.line, count(*), "
        f"sum(CASE WHEN r.due_at < ? AND r.state IN ({waiting}) THEN 1 ELSE 0 END) "
        f"FROM rectification r WHERE r.{LIVING} AND {clause} GROUP BY r.line ORDER BY r.line",
        now,
        *args,
    )
    return [Standing(name, int(count), int(late or 0)) for name, count, late in rows]


async def _failed(tx: Tx, actor: Actor, top: Sequence[tuple[str, int]]) -> list[Failed]:
    items = await _latest(tx, actor, [key for key, _ in top])
    told = []
    for key, count in top:
        item = items.get(key) or {"no": "", "text": {"zh": key, "en": key}}
        told.append(Failed(key, item["no"], Words(**item["text"]), count))
    return told


async def _latest(tx: Tx, actor: Actor, keys: Sequence[str]) -> dict[str, Any]:
    """Each item as the latest case has it. One query."""
    # Two families may have an item of one key: each reads the words of its own.
    clause, args = within_reach(tx, actor, "r.outlet", "r.line")
    latest = (
        f"SELECT r.item FROM rectification r WHERE r.item_key = k.key AND {clause} "
        "ORDER BY r.opened_at DESC LIMIT 1"
    )
    listed: Any = list(keys)
    given = "unnest(?::text[]) AS k(key)"
    if tx.dialect == "sqlite":
        given, listed = "(SELECT value AS key FROM json_each(?)) AS k", json.dumps(listed)
    rows = await tx.tuples(f"SELECT k.key, ({latest}) FROM {given}", *args, listed)
    return {key: msgspec.json.decode(item) for key, item in rows if item is not None}


def _months_back(first: str, months: int) -> str:
    year, month = int(first[:4]), int(first[5:7])
    before = year * 12 + month - months
    return f"{before // 12:04d}-{before % 12 + 1:02d}-01"
