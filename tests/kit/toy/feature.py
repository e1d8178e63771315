"""A feature that exists for the tests of the mechanisms: boxes that are filled and handed about.

`add` is not idempotent on purpose: carried out twice, the total shows it.
"""

from typing import Any

import msgspec
from piccolo.columns import BigInt, Boolean, Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.journal.envelope import Context, Fact, Outcome, Told
from backend.foundation.journal.manifest import (
    Command,
    Kind,
    Manifest,
    Notices,
    Projection,
    Reaction,
)
from backend.foundation.journal.search import Sought
from backend.foundation.journal.tallies import Cell, Counts
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.kernel.problem import problem as declare

full = declare(409, "box_full", "The box {name} is full.", "箱子 {name} 已满。")
taken_name = declare(409, "name_taken", "Another box is called {name}.", "已有箱子叫 {name}。")


class BoxTable(Table, tablename="toy_box"):
    id = Text(primary_key=True)
    name = Text(unique=True)
    place = Text(index=True)
    total = BigInt()
    closed = Boolean()
    history = Text()


class Box(msgspec.Struct, frozen=True):
    id: str
    name: str
    place: str
    total: int
    closed: bool
    history: list[str]


BOXES = Rows(BoxTable, Box)


class Create(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new box at a place."""

    name: str
    place: str


class Add(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Puts something in."""

    amount: int
    note: str = ""


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Carries the box to another place."""

    place: str


class Lend(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lets one person see the box, or no longer."""

    person: str
    back: bool = False


class Discard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Throws the box away."""


class Added(Fact, frozen=True):
    amount: int
    note: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"note"})


class Created(Fact, frozen=True):
    name: str


class Discarded(Fact, frozen=True):
    pass


async def create(work: Work, asked: Create, ctx: Context) -> Outcome:
    if await work.load(BOXES, ctx.rec[1]) is not None:
        raise problem.not_found()
    work.save(BOXES, Box(ctx.rec[1], asked.name, asked.place, 0, False, []))
    work.touch("box", ctx.rec[1])
    return Outcome((Created(asked.name),))


async def add(work: Work, asked: Add, ctx: Context) -> Outcome:
    box = await _box(work, ctx)
    total = box.total + asked.amount
    history = [*box.history, ctx.command_id]
    work.save(BOXES, msgspec.structs.replace(box, total=total, history=history))
    work.touch("box", box.id)
    if total > 1_000_000:
        # Late on purpose: the steps above have to be taken back.
        raise full(name=box.name)
    stale = ctx.base is not None and ctx.base < 0
    return Outcome((Added(asked.amount, asked.note),), status="merged" if stale else "applied")


async def move(work: Work, asked: Move, ctx: Context) -> Outcome:
    box = await _box(work, ctx)
    work.save(BOXES, msgspec.structs.replace(box, place=asked.place))
    work.touch("box", box.id)
    return Outcome()


async def lend(work: Work, asked: Lend, ctx: Context) -> Outcome:
    box = await _box(work, ctx)
    if asked.back:
        await work.expel(f"round:{box.id}", asked.person)
    else:
        work.admit(f"round:{box.id}", asked.person)
    work.touch("box", box.id)
    return Outcome()


async def discard(work: Work, asked: Discard, ctx: Context) -> Outcome:
    box = await _box(work, ctx)

    async def keep(work: Work) -> Outcome:
        work.save(BOXES, msgspec.structs.replace(box, history=[*box.history, "kept"]))
        work.touch("box", box.id)
        return Outcome((Added(0, "kept"),))

    if box.total > 0:
        raise full.conflict(keep=keep, name=box.name)
    work.remove(BOXES, box.id)
    work.touch("box", box.id)
    return Outcome((Discarded(),))


async def _box(work: Work, ctx: Context) -> Box:
    box = await work.load(BOXES, ctx.rec[1])
    if box is None:
        raise problem.not_found()
    return box


async def project(work: Work, id: str) -> Projection | None:
    box = await work.load(BOXES, id)
    if box is None:
        return None
    body = {"name": box.name, "place": box.place, "total": box.total, "history": box.history}
    sought = Sought(box.place, "toys", "2026-11-24T00:00:00.000Z", ("box", box.id), (box.name,))
    counts = Counts(box.place, "toys", (Cell("boxes", "2026-11-23", "", (1, box.total)),))
    buckets = frozenset({f"desk:{box.place}:toys", f"round:{box.id}"})
    return Projection(body, buckets, sought, counts)


async def greet(work: Work, fact: Created, ctx: Context) -> Outcome:
    """Every box comes with one thing in it; a box called "bad" cannot have it."""
    if fact.name.startswith("bad"):
        raise full(name=fact.name)
    box = await work.load(BOXES, ctx.rec[1])
    assert box is not None
    work.save(BOXES, msgspec.structs.replace(box, history=["greeting"]))
    work.touch("box", box.id)
    return Outcome((Added(0, "greeting"),))


def tell(fact: Discarded, ctx: Context) -> list[Told]:
    return [Told(ctx.actor.id, "box_discarded", {"box": ctx.rec[1]})]


def upcast_add(args: dict[str, Any]) -> dict[str, Any]:
    return {"amount": args["count"]}


MANIFEST = Manifest(
    name="toys",
    tables=(BoxTable,),
    commands=(
        Command("toys.create", Create, create),
        Command("toys.add", Add, add, version=2, upcasters={1: upcast_add}),
        Command("toys.move", Move, move),
        Command("toys.lend", Lend, lend),
        Command("toys.discard", Discard, discard),
    ),
    facts=(Added, Created, Discarded),
    kinds=(Kind("box", project, derived=True),),
    reactions=(Reaction(Created, greet),),
    notices=(Notices(Discarded, tell),),
    problems=(full, taken_name),
)
