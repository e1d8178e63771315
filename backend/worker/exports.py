"""Making the files of ordered lists, and taking them away when their time is over.

Promises: rows are read a page at a time, so memory stays flat and no transaction stays open; a file
holds what the person saw while it was made; one that was begun twice lies in the store once; a
refusal is told to whoever ordered it. Not promised: one moment for the whole list. A record that
changes while it is written stands there as it was, or as it became.
"""

import hashlib
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from backend.foundation.documents.problems import export_too_long
from backend.foundation.exports import rules
from backend.foundation.exports.commands import Fail, Finish, Progress, Remove
from backend.foundation.exports.handlers import KIND
from backend.foundation.exports.model import Export
from backend.foundation.exports.problems import list_unknown
from backend.foundation.exports.tables import EXPORTS
from backend.foundation.identity.listing import OVERSEEING
from backend.foundation.journal.manifest import Listing
from backend.foundation.kernel import limits
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.problem import Problem, args_invalid, forbidden
from backend.house import House

TOLD_ROWS = 5000  # between two notes of how far it is: each is a record on its way to a phone
TOLD = {kind.code for kind in (forbidden, args_invalid, list_unknown, export_too_long)}
Row = Sequence[Any]


async def make(house: House, payload: dict[str, Any]) -> None:
    """One order: `payload` is {export}. May be repeated at any point."""
    async with house.database.reading() as tx:
        found = await EXPORTS.load(tx, [payload["export"]])
    if not found or found[0].state != "ordered":
        return
    try:
        await _make(house, found[0])
    except Problem as refusal:
        if refusal.code not in TOLD:
            raise  # a database that is busy is no answer to anybody: tried again later
        await house.journal.command("exports.fail", (KIND, found[0].id), Fail(refusal.code))


async def remove_due(house: House) -> None:
    """Takes away every file whose time is over, and orders that nobody could make for as long. What
    is told to be gone is gone from the store."""
    now = house.clock.now()
    early = wire(now - timedelta(seconds=limits.EXPORT_LIFE_SECONDS))
    over = "until <= ? OR (state = 'ordered' AND ordered_at <= ?)"
    async with house.database.reading() as tx:
        due = await EXPORTS.where(tx, over, wire(now), early)
    for export in due:
        await house.files.erase(export)
        await house.journal.command("exports.remove", (KIND, export.id), Remove())


async def _make(house: House, export: Export) -> None:
    actor = await house.access.actor_of(export.by)
    if actor is None or not actor.may(OVERSEEING):
        raise forbidden(move="console")
    listing = house.catalogue.listings.get(export.list)
    if listing is None:
        raise list_unknown(list=export.list)
    with tempfile.NamedTemporaryFile(dir=house.staging.root, suffix=".export") as file:
        counted = _Counted(house, export)
        rows = _rows(house, listing, export, actor, counted.note)
        digest = hashlib.sha256()
        pieces = await house.workshop.table(
            export.kind,
            listing.columns,
            rows,
            title=listing.zh if export.language == "zh" else listing.en,
            tongue=export.language,
            made_at=house.clock.now(),
        )
        async for piece in pieces:
            digest.update(piece)
            file.write(piece)
        file.flush()
        await house.files.put(export, Path(file.name), digest.hexdigest())
        asked = Finish(
            rows=counted.rows,
            size=file.tell(),
            sha256=digest.hexdigest(),
            reach=rules.reach_of(actor),
        )
    await house.journal.command("exports.finish", (KIND, export.id), asked)


class _Counted:
    """How many rows there were, told now and then."""

    def __init__(self, house: House, export: Export) -> None:
        self.house, self.export, self.rows, self._told = house, export, 0, 0

    async def note(self, more: int) -> None:
        self.rows += more
        if self.rows - self._told >= TOLD_ROWS:
            self._told = self.rows
            asked = Progress(rows=self.rows)
            await self.house.journal.command("exports.progress", (KIND, self.export.id), asked)


async def _rows(
    house: House, listing: Listing, export: Export, actor: Actor, note: Callable[[int], Any]
) -> AsyncIterator[Row]:
    wanted, now = listing.wanted(export.query), wire(house.clock.now())
    cursor = None
    while True:
        async with house.database.reading() as tx:
            page, cursor = await listing.page(tx, actor, wanted, now, cursor, export.language)
        for row in page:
            yield row
        await note(len(page))
        if cursor is None:
            return
