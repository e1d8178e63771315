"""Events that somebody works at, for whoever gives their place to another."""

import msgspec

from backend.features.events.model import Event
from backend.features.events.states import BEFORE
from backend.features.events.tables import EVENTS
from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal.handing import Asked, Held, HeldWork


async def held(tx: Tx, person: str) -> list[Held]:
    """Events to come or on with this person among their staff, by day. Two queries."""
    clause, args = among(tx, "state", sorted(BEFORE | {"open"}))
    rows = await tx.tuples(f"SELECT id, staff FROM event WHERE {clause} ORDER BY day, id", *args)
    ids = [id for id, staff in rows if person in msgspec.json.decode(staff)]
    found = {one.id: one for one in await EVENTS.load(tx, ids)}
    return [_held(found[id], person) for id in ids]


def _held(one: Event, person: str) -> Held:
    def give(to: str, _reason: str) -> Asked:
        staff = dict.fromkeys(to if each == person else each for each in one.staff)
        return "events.assign_staff", {"staff": list(staff)}

    label = {"zh": one.theme, "en": one.theme}
    return Held(HeldWork("event", one.id, one.state, one.outlet, one.line, label, one.day), give)
