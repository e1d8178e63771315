"""A line for one person: kind `notice`, in their own bucket."""

from typing import Any

import msgspec

from backend.foundation.database.rows import Rows
from backend.foundation.journal.envelope import Told
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.tables import Notice as NoticeTable
from backend.foundation.kernel.clock import Moment, wire
from backend.foundation.kernel.ids import derived_id


class Notice(msgspec.Struct, frozen=True):
    """One line as stored."""

    id: str
    person_id: str
    type: str
    params: dict[str, Any]
    rec_kind: str | None
    rec_id: str | None
    at: str
    fact: str | None = None
    read_at: str | None = None


NOTICES = Rows(NoticeTable, Notice)


def notice_row(command_id: str, number: int, told: Told, now: Moment) -> Notice:
    """The row for one line; a replay makes the same."""
    kind, id = told.rec or (None, None)
    return Notice(
        derived_id(command_id, f"notice:{number}"),
        told.person,
        told.type,
        told.params,
        kind,
        id,
        wire(now),
        told.fact,
    )


async def project_notice(work: Any, id: str) -> Projection | None:
    """As it travels: {type, params, rec, at}, and `read_at` once it was read."""
    row = await work.load(NOTICES, id)
    if row is None:
        return None
    body = {
        "type": row.type,
        "params": row.params,
        "rec": [row.rec_kind, row.rec_id] if row.rec_kind else None,
        "at": row.at,
    }
    if row.read_at is not None:
        body["read_at"] = row.read_at
    return Projection(body, frozenset({f"user:{row.person_id}"}))
