"""A feature that erases boxes of toys, and one that does not know when to let go of them."""

import msgspec

from backend.foundation.journal.envelope import Context, Outcome, Told
from backend.foundation.journal.manifest import Command, Manifest, Reaction
from backend.foundation.journal.work import Work
from tests.kit.toy.feature import BOXES, Added, Created, full


class Shred(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Erases the box, or another one than the one that the command is about."""

    box: str | None = None
    row_stays: bool = False
    note: str = ""
    refused: bool = False


class Poke(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Publishes a neighbour's box."""

    box: str


async def shred(work: Work, asked: Shred, ctx: Context) -> Outcome:
    box = asked.box or ctx.rec[1]
    work.touch("box", box)
    if not asked.row_stays:
        work.remove(BOXES, box)
    work.erase("box", box, digests=("a" * 64,))
    if asked.refused:
        raise full(name="the shredder")
    return Outcome((Added(0, asked.note),), rec=("box", box))


async def poke(work: Work, asked: Poke, ctx: Context) -> Outcome:
    work.touch("box", asked.box)
    return Outcome()


async def cling(work: Work, fact: Created, ctx: Context) -> Outcome:
    """A box called "like <id>" publishes that one again."""
    if fact.name.startswith("like "):
        work.touch("box", fact.name.removeprefix("like "))
        return Outcome(told=(Told(ctx.actor.id, "clung", {}),))
    return Outcome()


SHREDDER = Manifest(
    name="shredder",
    commands=(Command("shredder.shred", Shred, shred), Command("shredder.poke", Poke, poke)),
    reactions=(Reaction(Created, cling),),
)
