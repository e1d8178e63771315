"""Something at which colleagues sign in with a PIN: for the tests of PINs."""

import msgspec
from piccolo.columns import Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.identity import pins
from backend.foundation.identity.facts import PinReset, PinSet
from backend.foundation.identity.model import PinCheck
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.manifest import Command, Kind, Manifest, Projection, Reaction
from backend.foundation.journal.work import Work

CALL = ("call", "c1")


class CallTable(Table, tablename="toy_call"):
    id = Text(primary_key=True)
    signed = Text()


class Call(msgspec.Struct, frozen=True):
    id: str
    signed: str


class CallBody(msgspec.Struct, frozen=True):
    signed: str
    check: PinCheck | None


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody is here, and gave their PIN."""

    person: str
    pin: str


CALLS = Rows(CallTable, Call)


async def sign_in(work: Work, asked: SignIn, ctx: Context) -> Outcome:
    await pins.verify(work, asked.person, asked.pin, ctx)
    work.save(CALLS, Call(ctx.rec[1], asked.person))
    work.touch(*ctx.rec)
    return Outcome()


async def body(work: Work, record_id: str) -> Projection | None:
    call = await work.load(CALLS, record_id)
    check = await pins.check_of(work, "ana")
    return Projection(CallBody(call.signed if call else "", check), frozenset({"org"}))


async def again(work: Work, fact: PinSet | PinReset, ctx: Context) -> Outcome:
    work.touch(*CALL)
    return Outcome()


MANIFEST = Manifest(
    name="calls",
    tables=(CallTable,),
    commands=(Command("calls.sign_in", SignIn, sign_in),),
    kinds=(Kind("call", body),),
    reactions=(Reaction(PinSet, again), Reaction(PinReset, again)),
)
