"""What must hold (SYNC 5.3), asked of the server's tables from outside its code.

During the run: 4, 6 and 11 at every answer. At quiescence: 1, 2, 3, 4, 5, 7, 10 and, on replay, 13.
Nothing here imports the rules that it judges.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from tests.simulation.replica import Replica, Row
from tests.simulation.truth import Broken, Truth

_DESKS = ("manager", "line_lead", "secretariat", "outlet_head", "security")
_OUTLETS = ("outlet_head", "outlet_staff", "manager", "secretariat")

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_CONTENT = re.compile(r'"content_digest":"[0-9a-f]{64}"')


class Tables(Protocol):
    """Somewhere to ask."""

    async def tuples(self, sql: str, *args: Any) -> Sequence[Sequence[Any]]: ...


async def granted(tables: Tables, person: str, device: str) -> set[str] | None:
    """The buckets that this person may have on this device, worked out anew; None: nothing."""
    state = await tables.tuples(
        "SELECT p.active, d.state FROM person p, device d WHERE p.id = ? AND d.id = ?",
        person,
        device,
    )
    if not state or not state[0][0] or state[0][1] != "active":
        return None
    buckets = {"org", f"user:{person}"}
    for row in await tables.tuples(
        "SELECT bucket FROM bucket_member WHERE person_id = ? AND until_ver IS NULL", person
    ):
        buckets.add(row[0])
    lines = [row[0] for row in await tables.tuples("SELECT id FROM line")]
    outlets = [row[0] for row in await tables.tuples("SELECT id FROM outlet")]
    # Posts end with their last day; the world takes them away as of yesterday.
    held = await tables.tuples(
        "SELECT role, outlet FROM post WHERE person = ? AND held_to IS NULL", person
    )
    for role, outlet in held:
        buckets.update(f"line:{line}" for line in lines)
        places = outlets if outlet is None else [outlet]
        if role in _DESKS:
            buckets.update(f"desk:{place}:{line}" for place in places for line in lines)
        if role in _OUTLETS:
            buckets.update(f"outlet:{place}" for place in places)
    return buckets


async def nothing_foreign(tables: Tables, person: str, device: str, answer: Any) -> None:
    """6: no bucket outside the grants is sent or offered."""
    allowed = await granted(tables, person, device)
    offered = set(answer["scopes"]) | set(answer["add"])
    foreign = offered - (allowed if allowed is not None else set())
    if foreign:
        raise Broken(6, f"{person} was sent {sorted(foreign)}")


async def nothing_passed(tables: Tables, replica: Replica, buckets: Iterable[str]) -> None:
    """4: a reader at cursor c has every row up to c, at its version."""
    cursors = replica.cursors()
    for bucket in buckets:
        cursor = cursors.get(bucket)
        if cursor is None:
            continue
        found = await tables.tuples(
            "SELECT kind, rec_id, ver FROM sync_row WHERE bucket = ? AND ver <= ? AND NOT gone",
            bucket,
            cursor,
        )
        rows = replica.rows()
        for kind, id, ver in found:
            row = rows.get((kind, id))
            if row is None or row.places.get(bucket) != ver:
                has = None if row is None else row.places.get(bucket)
                raise Broken(4, f"{bucket} at {cursor} lacks {kind} {id} of {ver}, has {has}")


async def told_truly(tables: Tables, told: Mapping[str, str]) -> None:
    """11: nothing is told to be received that the server does not have."""
    if not told:
        return
    marks = ", ".join("?" for _ in told)
    stored = await tables.tuples(f"SELECT id FROM verdict WHERE id IN ({marks})", *told)
    for id in told.keys() - {id for (id,) in stored}:
        raise Broken(11, f"{id} was told {told[id]} but is not stored")


async def numbers_rise(tables: Tables, before: int) -> int:
    """4: numbers are unique and new ones lie above the old head. The new head."""
    head, rows = (
        await tables.tuples(
            "SELECT (SELECT head FROM sync_counter), (SELECT count(*) FROM sync_row WHERE ver > ?)",
            before,
        )
    )[0]
    if rows > head - before:
        raise Broken(4, f"{rows} rows above {before} but the head is {head}")
    return head


async def every_promise(tables: Tables, truth: Truth, figures: Counter[str]) -> None:
    """1 and 2: what was confirmed has one verdict; what was told is what is stored."""
    rows = await tables.tuples("SELECT id, status, payload, code FROM verdict")
    stored = {row[0]: row for row in rows}
    figures["escrowed"] += sum(row[3] == "escrowed" for row in rows)
    for id, promise in truth.confirmed.items():
        row = stored.get(id)
        if row is None:
            if id in truth.evicted:
                figures["evicted, reported"] += 1
                continue
            if id in truth.shown:
                figures["kept on the phone, shown"] += 1
                continue
            if truth.restored and ":".join(promise.rec) in truth.erased:
                figures["erased before a restore"] += 1
                continue
            raise Broken(2, f"{promise.op} {id} of {promise.person} is nowhere")
        late = row[3] == "record_erased" or ":".join(promise.rec) in truth.erased
        if row[1] in ("rejected", "conflict") and row[2] is None and not late:
            raise Broken(2, f"{id} was {row[1]} and its payload was not kept")
        figures[f"commands {row[1]}"] += 1
    # Where even the escrow refuses, another command takes the place and the person keeps the words:
    # a late twin of the request may then arrive.
    for id in truth.reused - truth.shown:
        raise Broken(1, f"{id} was used for two commands")
    promised = truth.confirmed.items() if truth.restored else ()
    erased = {id for id, one in promised if ":".join(one.rec) in truth.erased}
    for id, status in truth.told.items():
        if id not in stored and id not in truth.evicted | truth.shown | erased:
            raise Broken(1, f"{id} was told {status} and is not in the history")
        if id in stored and stored[id][1] != status and not truth.restored:
            raise Broken(1, f"{id} was told {status}, the history says {stored[id][1]}")
    figures["commands acknowledged"] += len(truth.told)


async def nothing_twice(tables: Tables) -> None:
    """3: each applied command has its effect once, and refused ones none."""
    applied: Counter[str] = Counter()
    for id, status in await tables.tuples(
        "SELECT id, status FROM verdict WHERE op = 'toys.add' AND status IN ('applied', 'merged')"
    ):
        applied[id] += status in ("applied", "merged")
    done: Counter[str] = Counter()
    for (cause,) in await tables.tuples("SELECT cause FROM fact WHERE type = 'toys.Added'"):
        done[cause] += 1
    for id, times in done.items():
        if times > 1:
            raise Broken(3, f"{id} took effect {times} times")
    for (missing,) in [(id,) for id in applied if id not in done]:
        raise Broken(1, f"{missing} was applied without effect")
    for id, total, history in await tables.tuples("SELECT id, total, history FROM toy_box"):
        causes = [cause for cause in json.loads(history) if len(cause) == 36]
        if len(causes) != len(set(causes)):
            raise Broken(3, f"box {id} holds a command twice")
        added = await _added(tables, id)
        if total != added:
            raise Broken(3, f"box {id} holds {total}, its facts say {added}")


async def _added(tables: Tables, box: str) -> int:
    rows = await tables.tuples(
        "SELECT payload FROM fact WHERE type = 'toys.Added' AND rec_id = ?", box
    )
    return sum(json.loads(payload)["values"]["amount"] for (payload,) in rows)


async def replicas_equal(
    tables: Tables, replica: Replica, rows: Mapping[tuple[str, str], Row], device: str
) -> None:
    """5 and 6: the replica is the server's, bucket by bucket and body by body, and no more."""
    person = replica.person
    allowed = await granted(tables, person, device)
    if allowed is None:
        return
    has = set(replica.cursors())
    if has != allowed:
        raise Broken(6, f"{person} holds {sorted(has - allowed)}, lacks {sorted(allowed - has)}")
    own: dict[tuple[str, str, str], int] = {
        (bucket, kind, id): ver
        for (kind, id), row in rows.items()
        for bucket, ver in row.places.items()
    }
    theirs: dict[tuple[str, str, str], int] = {}
    bodies: dict[tuple[str, str], tuple[int, str]] = {}
    for bucket, kind, id, ver, rev, body in await tables.tuples(
        "SELECT s.bucket, s.kind, s.rec_id, s.ver, r.rev, r.body FROM sync_row s "
        "JOIN record r ON r.id = s.rec_key WHERE NOT s.gone"
    ):
        if bucket in allowed:
            theirs[bucket, kind, id] = ver
            bodies[kind, id] = (rev, body)
    if own != theirs:
        differ = sorted(set(own.items()) ^ set(theirs.items()))[:3]
        raise Broken(5, f"{person} on {device} differs from the server: {differ}")
    for key, (rev, body) in bodies.items():
        row = rows[key]
        if row.rev != rev or row.body != json.loads(body):
            raise Broken(5, f"{person} has {key} at {row.rev}, the server has {rev}")


async def nothing_dangling(tables: Tables) -> None:
    """7: what is published exists, and what exists is published."""
    rows = await tables.tuples(
        "SELECT b.id FROM toy_box b LEFT JOIN sync_row s ON s.rec_key = 'box:' || b.id "
        "AND NOT s.gone WHERE s.id IS NULL"
    )
    rows = [
        *rows,
        *await tables.tuples(
            "SELECT s.rec_id FROM sync_row s LEFT JOIN toy_box b ON b.id = s.rec_id "
            "WHERE s.kind = 'box' AND NOT s.gone AND b.id IS NULL"
        ),
    ]
    if rows:
        raise Broken(7, f"box {rows[0][0]} and its publication do not agree")


async def state_digest(tables: Tables, *, with_times: bool) -> str:
    """The server's state in one hash; without times also without what is hashed over them."""
    state = [
        await tables.tuples("SELECT id, ver, gone FROM sync_row ORDER BY id"),
        await tables.tuples("SELECT id, rev, body FROM record ORDER BY id"),
        await tables.tuples("SELECT id, slot, status, code, ver FROM verdict ORDER BY id"),
        await tables.tuples("SELECT id, seq, type, cause FROM fact ORDER BY id"),
        await tables.tuples("SELECT id, last_seq FROM device_log ORDER BY id"),
        await tables.tuples("SELECT id, cause FROM tombstone ORDER BY id"),
        await tables.tuples("SELECT id FROM fact_personal ORDER BY id"),
        await tables.tuples("SELECT id, state FROM blob ORDER BY id"),
    ]
    if with_times:
        state.append(await tables.tuples("SELECT id, entry_hash FROM fact ORDER BY id"))
        state.append(await tables.tuples("SELECT head, chain_hash FROM sync_counter"))
    text = repr([[tuple(row) for row in rows] for rows in state])
    if not with_times:
        # In bodies: what phones said and the server noted, and what was signed over both.
        text = _CONTENT.sub("a content", _INSTANT.sub("an instant", text))
    return hashlib.sha256(text.encode()).hexdigest()
