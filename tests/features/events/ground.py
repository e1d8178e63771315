"""Events in one line each, on the stage that all features share."""

import hashlib
from typing import Any

import msgspec

from backend.foundation.kernel.ids import new_id
from tests.features.stage import RIVERSIDE, Hand, Stage, fixed

LINE = "retail"
MATERIALS = [{"key": "lantern", "name": "Paper lanterns", "n": 50}]


def plan(**values: Any) -> dict[str, Any]:
    """What somebody asks for who plans an afternoon with riddles."""
    usual = {
        "kind": "community",
        "theme": "Riddles under lanterns",
        "outlet": RIVERSIDE,
        "line": LINE,
        "place": "The square",
        "day": "2026-11-25",
        "starts": "14:00",
        "ends": "17:00",
        "staff": [fixed("wang_fang"), fixed("xiao_chen")],
        "goals": {"people": 150},
        "topics": ["fraud"],
        "materials": MATERIALS,
    }
    return {name: value for name, value in (usual | values).items() if value is not None}


async def planned(stage: Stage, **values: Any) -> tuple[str, str]:
    """A draft of Wang Fang's."""
    rec = ("event", new_id())
    await stage.wang_fang.must("events.plan", rec, plan(**values))
    return rec


async def approved(stage: Stage, **values: Any) -> tuple[str, str]:
    """A plan that Chen Jie approved."""
    rec = await planned(stage, **values)
    await stage.wang_fang.must("events.propose", rec, {"approver": fixed("chen_jie")})
    seen = {"content_digest": await stage.seen(rec)}
    await stage.chen_jie.must("events.approve", rec, seen)
    return rec


async def opened(stage: Stage, **values: Any) -> tuple[str, str]:
    """An event that has begun."""
    rec = await approved(stage, **values)
    await stage.wang_fang.must("events.open", rec)
    return rec


async def closed(stage: Stage, **values: Any) -> tuple[str, str]:
    """An event that is over, with nobody there."""
    rec = await opened(stage, **values)
    await stage.wang_fang.must("events.close", rec)
    return rec


async def invited(stage: Stage, rec: tuple[str, str], count: int) -> list[dict[str, Any]]:
    """So many guests with codes, in parts of a hundred."""
    entries = [
        {"id": new_id(), "kind": "guest", "name": f"Guest {n}", "code": f"G{n:03}", "group": "A"}
        for n in range(count)
    ]
    for start in range(0, count, 100):
        part = entries[start : start + 100]
        args = {"event": rec[1], "entries": part}
        await stage.wang_fang.must("events.invite", ("event_roster", new_id()), args)
    return entries


def by_roster(rec: tuple[str, str], entry: str) -> dict[str, Any]:
    """Somebody picked from the roster."""
    return {"event": rec[1], "how": "roster", "entry": entry}


def by_code(rec: tuple[str, str], code: str) -> dict[str, Any]:
    """Somebody whose card was scanned."""
    return {"event": rec[1], "how": "code", "code": code}


def walked_in(rec: tuple[str, str], number: str = "", band: str = "40_59") -> dict[str, Any]:
    """Somebody without a name, with the hash of a number or without."""
    person: dict[str, Any] = {"age_band": band, "interests": ["fraud"]}
    if number:
        person["phone_hash"] = hashlib.sha256(number.encode()).hexdigest()
    return {"event": rec[1], "how": "walk_in", "walk_in": person}


async def seen_by(hand: Hand, args: dict[str, Any], **more: Any) -> tuple[str, str]:
    """A sighting that is taken."""
    check_in = ("check_in", new_id())
    await hand.must("events.check_in", check_in, args, **more)
    return check_in


async def counts(stage: Stage, rec: tuple[str, str]) -> dict[str, int]:
    """The figures as phones have them."""
    return (await stage.body(*rec))["counts"]


async def everything(stage: Stage, but: tuple[str, ...] = ()) -> str:
    """Every row of every table, but for some tables, as one text."""
    tables = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if stage.database.dialect == "sqlite"
        else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    )
    async with stage.database.reading() as tx:
        names = [name for (name,) in await tx.tuples(tables) if name not in but]
        rows = [await tx.tuples(f'SELECT * FROM "{name}"') for name in names]
    return msgspec.json.encode(rows, enc_hook=str).decode()
