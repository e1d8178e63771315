"""Saved views by their commands, on both engines."""

from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.features.stage import RIVERSIDE, Hand, Stage, fixed, stage
from tests.kit import numbers
from tests.kit.world import engine_url

__all__ = ["engine_url", "stage"]
MINE = {"living": "true", "outlet": RIVERSIDE}
A, B = fixed("view a"), fixed("view b")


def rec(of: Hand) -> tuple[str, str]:
    return ("saved_views", of.id)


def asked(view: str = A, **more: Any) -> dict[str, Any]:
    return {"view": view, "name": "My open findings", "list": "cases", "query": MINE} | more


async def views(of: Hand) -> list[dict[str, Any]]:
    seen = await of.sees()
    return seen[rec(of)]["views"] if rec(of) in seen else []


async def test_views_are_on_every_device_of_their_owner_and_on_no_other(stage: Stage) -> None:
    desk, phone = stage.chen_jie, await stage.hand("chen_jie", "chen_jie-tablet")
    await desk.must("saved_views.add", rec(desk), asked())
    await phone.must("saved_views.add", rec(desk), asked(B, list="rounds", query={}))
    await desk.must("saved_views.change", rec(desk), {"view": B, "name": "All rounds"})
    await phone.must("saved_views.change", rec(desk), {"view": B, "query": {"overdue": "true"}})
    await phone.must("saved_views.prefer", rec(desk), {"view": A, "standard": True})
    await phone.must("saved_views.move", rec(desk), {"view": B, "place": 0})
    kept = [
        {"name": "All rounds", "list": "rounds", "query": {"overdue": "true"}, "standard": False},
        {"name": "My open findings", "list": "cases", "query": MINE, "standard": True},
    ]
    for hand in (desk, phone):
        assert await views(hand) == [{"id": id} | one for id, one in zip((B, A), kept, strict=True)]
    assert rec(desk) not in await stage.sun_yue.sees()
    for op, args in (
        ("add", asked(new_id())),
        ("change", {"view": A, "name": "Taken over"}),
        ("move", {"view": A, "place": 0}),
        ("prefer", {"view": A, "standard": False}),
        ("remove", {"view": A}),
    ):
        assert await stage.sun_yue.refused(f"saved_views.{op}", rec(desk), args) == "forbidden"
    assert await views(desk) == await views(phone) != []


async def test_what_two_devices_did_without_signal_adds_up(stage: Stage) -> None:
    """The tablet was away: it renames, moves and deletes what the desk deleted meanwhile."""
    desk, tablet = stage.chen_jie, await stage.hand("chen_jie", "chen_jie-tablet")
    await desk.must("saved_views.add", rec(desk), asked())
    late = [
        tablet.ask("saved_views.prefer", rec(desk), {"view": A, "standard": True}),
        tablet.ask("saved_views.change", rec(desk), {"view": A, "name": "Riverside"}),
        tablet.ask("saved_views.add", rec(desk), asked(B)),
        tablet.ask("saved_views.remove", rec(desk), {"view": A}),
    ]
    await desk.must("saved_views.remove", rec(desk), {"view": A})
    assert await views(desk) == []
    first = (await tablet.push(*late)).answers
    assert [(one.s, one.code) for one in first] == [
        ("applied", None),
        ("rejected", "view_gone"),
        ("applied", None),
        ("applied", None),
    ]
    again = (await tablet.push(*late)).answers
    assert {one.s for one in again} == {"duplicate"}
    assert [one["id"] for one in await views(desk)] == [B]


async def test_nothing_of_their_words_is_left_once_they_are_deleted(stage: Stage) -> None:
    desk = stage.chen_jie
    await desk.must("saved_views.add", rec(desk), asked(name="Lamp of Mrs Hu"))
    await desk.must("saved_views.change", rec(desk), {"view": A, "name": "Lamps of Mrs Hu"})
    card = asked(B, name="6222021234567890128")
    assert await desk.refused("saved_views.add", rec(desk), card) == "personal_number"
    await desk.must("saved_views.remove", rec(desk), {"view": A})
    assert await numbers.in_database(stage.database) == []
    async with stage.database.reading() as tx:
        rows = [*await tx.tuples("SELECT body FROM record WHERE kind = 'saved_views'")]
        rows += await tx.tuples("SELECT payload FROM fact WHERE rec_kind = 'saved_views'")
        rows += await tx.tuples("SELECT views FROM saved_views")
        kept = await tx.tuples("SELECT payload FROM verdict WHERE op = 'saved_views.change'")
    assert len(rows) == 4, "one record without a body, and a fact for each of three acts"
    assert not [row for row in (*rows, *kept) if "Hu" in str(row[0])]
    assert await stage.facts("saved_views.Removed") == [{"view": A}]


async def test_what_no_list_knows_is_refused_and_what_nobody_sees_is_not(stage: Stage) -> None:
    """Which outlet or person is there is asked when a view is opened: what ends is no refusal."""
    desk = stage.chen_jie
    where = {"outlet": fixed("nowhere"), "owner": fixed("nobody")}
    await desk.must("saved_views.add", rec(desk), asked(query=where))
    assert (await views(desk))[0]["query"] == where
    for more, code in (
        ({"list": "customers"}, "list_unknown"),
        ({"query": {"colour": "red"}}, "args_invalid"),
        ({"query": {"since": "yesterday"}}, "args_invalid"),
        ({"query": {"outlet": "no id at all"}}, "args_invalid"),
        ({"query": {"state": ["open"] * 21}}, "args_invalid"),
        ({"name": "x" * 41}, "view_name_long"),
        ({"name": " "}, "view_unnamed"),
        ({"view": "a"}, "args_invalid"),
        ({"view": A}, "id_taken"),
    ):
        refused = await desk.refused("saved_views.add", rec(desk), asked(B) | more)
        assert refused == code, more
    changed = {"view": A, "query": {"week": "2026-11-23"}}
    assert await desk.refused("saved_views.change", rec(desk), changed) == "args_invalid"
    elsewhere = ("inbox", desk.id)
    assert await desk.refused("saved_views.add", elsewhere, asked(B)) == "args_invalid"
    for _ in range(19):
        await desk.must("saved_views.add", rec(desk), asked(new_id()))
    assert await desk.refused("saved_views.add", rec(desk), asked(B)) == "views_many"
    assert len(await views(desk)) == 20


async def test_views_stay_with_somebody_who_is_suspended_and_go_to_nobody(stage: Stage) -> None:
    """Suspended, stood in for, without a desk: they are there again when their owner is."""
    owner = stage.chen_jie
    await owner.must("saved_views.add", rec(owner), asked())
    before = await views(owner)
    days = {"first_day": "2026-11-24", "last_day": "2026-12-31", "reason": "away"}
    pair = {"person": owner.id, "deputy": stage.zhao_min.id}
    person = ("person", owner.id)
    await stage.house(
        ("identity.appoint_deputy", ("deputy", new_id()), days | pair),
        ("identity.suspend_person", person, {"reason": "left the bank"}),
    )
    deputy = await stage.hand("zhao_min", "zhao_min-tablet")
    taken = {"view": A, "name": "Mine now"}
    assert await deputy.refused("saved_views.change", rec(owner), taken) == "forbidden"
    others = [hand for name, hand in stage.hands.items() if name != "chen_jie"]
    assert not [hand.actor.name for hand in others if rec(owner) in await hand.sees()]
    assert await stage.body(*rec(owner)) == {"views": before}
    await stage.house(("identity.restore_person", person, {}))
    assert await views(await stage.hand("chen_jie", "chen_jie-tablet")) == before
