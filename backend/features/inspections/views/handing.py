"""Rounds that somebody has not handed in, for whoever gives them to another."""

from backend.features.inspections.model import Round
from backend.features.inspections.states import LIVING
from backend.features.inspections.tables import ROUNDS
from backend.foundation.database.transaction import Tx, among
from backend.foundation.journal.handing import Asked, Held, HeldWork


async def held(tx: Tx, person: str) -> list[Held]:
    """What is assigned to this person and open, the earliest due first. One query."""
    clause, args = among(tx, "state", sorted(LIVING))
    where = f"assignee = ? AND {clause} ORDER BY due_at, id"
    return [_held(one) for one in await ROUNDS.where(tx, where, person, *args)]


def _held(one: Round) -> Held:
    def give(to: str, reason: str) -> Asked:
        return "inspections.reassign", {"assignee": to, "reason": reason}

    work = HeldWork("round", one.id, one.state, one.outlet, one.line, one.title, one.due_at)
    return Held(work, give)
