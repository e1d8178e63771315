"""An erasure that is repeated leaves nothing, whatever record it was, and nobody can ask for it."""

import pytest

from backend.app import schema
from backend.backup.repeating import OP, repeat
from backend.backup.telling import Erasures
from backend.checking import look
from backend.foundation.journal.copies import Erased
from backend.foundation.kernel.actor import SYSTEM_ROLE, Actor, Grant
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.problem import Problem
from backend.foundation.privacy.commands import RepeatErasure
from backend.house import House
from backend.worker.loop import Worker
from backend.worker.tasks import TASKS
from tests.backup.conftest import number

ROWS = {
    "visit_person": "visit_person",
    "visit_answer": "visit_answer",
    "event_roster": "event_roster",
    "event_follow_up": "event_follow_up",
    "event_key": "event_key",
}
LIVING = "SELECT MAX(rec_id) FROM record WHERE kind = ? AND body <> 'null'"


async def living(house: House, kind: str) -> str:
    return await number(house, LIVING, kind)


@pytest.mark.parametrize("kind", [*ROWS, "photo"])
async def test_a_record_of_each_kind_goes_again(house: House, kind: str):
    """Its rows, its places, and what its parent says of it."""
    id = await living(house, kind)
    if (
        id is None
    ):  # the demo has no such record today: one that nobody knows is refused all the same
        id = new_id()
    await house.journal.command(OP, (kind, id), RepeatErasure(digests=("d" * 64,)))
    while await Worker(house, TASKS).turn():
        pass
    if kind in ROWS:
        assert await number(house, f"SELECT COUNT(*) FROM {ROWS[kind]} WHERE id = ?", id) == 0
    else:
        assert await number(house, "SELECT state FROM photo WHERE id = ?", id) == "erased"
    assert await number(house, "SELECT COUNT(*) FROM tombstone WHERE id = ?", f"{kind}:{id}") == 1
    assert await number(house, "SELECT state FROM blob WHERE id = ?", "d" * 64) == "erased"
    assert [str(one) for one in await look(house, schema()) if not one.good] == []


async def test_a_photo_of_an_event_is_shown_by_it_no_more(house: House):
    sql = "SELECT MAX(id) FROM photo WHERE parent_kind = 'event' AND state = 'accepted'"
    photo = await number(house, sql)
    event = "SELECT COUNT(*) FROM event WHERE photos LIKE ?"
    assert await number(house, event, f"%{photo}%") == 1
    await house.journal.command(OP, ("photo", photo), RepeatErasure())
    assert await number(house, event, f"%{photo}%") == 0


async def test_nobody_can_ask_for_it(house: House):
    """Not even with the role of the house: the command is its own hand's alone."""
    rec = ("visit_person", await living(house, "visit_person"))
    somebody = Actor(new_id(), "Somebody", (Grant(SYSTEM_ROLE), Grant("admin"), Grant("dpo")))
    with pytest.raises(Problem) as refused:
        await house.journal.command(OP, rec, RepeatErasure(), actor=somebody)
    assert refused.value.code == "forbidden"
    assert await living(house, "visit_person") == rec[1]


async def test_the_list_is_gone_through_once(house: House):
    """Run again after a kill it finds nothing left to do."""
    rec = ("visit_person", await living(house, "visit_person"))
    known = Erasures("", "", [Erased(rec, None, [], [], "2026-11-25T00:00:00.000Z")], [])
    assert await repeat(house, known) == 1
    assert await repeat(house, known) == 0
