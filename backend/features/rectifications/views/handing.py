"""Cases that somebody has to put right, for whoever gives them to another."""

from backend.features.rectifications.model import Rectification
from backend.features.rectifications.states import LIVING
from backend.features.rectifications.tables import CASES
from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal.handing import Asked, Held, HeldWork


async def held(tx: Tx, person: str) -> list[Held]:
    """What this person owns and has not reported, the earliest due first. One query."""
    clause, args = among(tx, "state", sorted(LIVING))
    where = f"owner = ? AND {clause} ORDER BY due_at, id"
    return [_held(one) for one in await CASES.where(tx, where, person, *args)]


def _held(one: Rectification) -> Held:
    def give(to: str, _reason: str) -> Asked:
        return "rectifications.assign", {"owner": to}

    label = {"zh": one.text, "en": one.text}
    work = HeldWork("rectification", one.id, one.state, one.outlet, one.line, label, one.due_at)
    return Held(work, give)
