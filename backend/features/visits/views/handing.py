"""Visits that two people still have to make, for whoever gives one of their places to another."""

import msgspec

from backend.features.visits.model.visit import Visit
from backend.features.visits.states import LIVING
from backend.features.visits.tables import VISITS
from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal.handing import Asked, Held, HeldWork

# What a visit is called where nothing personal may be said.
LABELS = {
    "verification": {"zh": "上门核实", "en": "At-home verification"},
    "guidance": {"zh": "上门指导", "en": "Guidance at home"},
    "collection": {"zh": "上门收件", "en": "Collecting at home"},
}


async def held(tx: Tx, person: str) -> list[Held]:
    """Visits with this person among their two staff, by day. Those that are under way can be given
    away no more: the list says so, and the rule refuses. Two queries."""
    clause, args = among(tx, "state", sorted(LIVING))
    rows = await tx.tuples(
        f"SELECT id, staff FROM visit WHERE {clause} ORDER BY day, begins, id", *args
    )
    ids = [id for id, staff in rows if person in msgspec.json.decode(staff)]
    found = {one.id: one for one in await VISITS.load(tx, ids)}
    return [_held(found[id], person) for id in ids]


def _held(one: Visit, person: str) -> Held:
    def give(to: str, _reason: str) -> Asked:
        staff = [to if each == person else each for each in one.staff]
        window = {"day": one.day, "begins": one.begins, "ends": one.ends}
        return "visits.schedule", {"staff": staff, **window}

    label, due = LABELS[one.kind], one.day
    return Held(HeldWork("visit", one.id, one.state, one.outlet, one.line, label, due), give)
