"""A record with personal data, for the tests of privacy: a call at somebody's home, whose address
and photos go when the person says so or when their time has come."""

from datetime import date

import msgspec
from piccolo.columns import Boolean, Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.evidence import attaching
from backend.foundation.evidence.commands import Capture
from backend.foundation.journal.envelope import Context, Outcome, RecKey
from backend.foundation.journal.manifest import Command, Kind, Manifest, Projection, Reaction
from backend.foundation.journal.purpose import Purpose, Retention
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem
from backend.foundation.privacy import certifying, consenting, keeping
from backend.foundation.privacy.commands import Giving, Sighted
from backend.foundation.privacy.facts import ConsentWithdrawn, RetentionEnded

ADDRESS, PHOTOS = "care.address", "care.photos"
CRASHES, REFUSES = "crashes", "refuses"  # addresses whose end goes wrong
YEAR = Retention("care_year", 365, "erase", "一年", "A year")
FILED = Retention("care_filed", 730, "seal", "两年后封存", "Sealed after two years")


class CallTable(Table, tablename="toy_call"):
    id = Text(primary_key=True)
    outlet = Text()
    line = Text()
    buckets = Text()
    address = Text()
    sighting = Text()
    sealed = Boolean()


class Call(msgspec.Struct, frozen=True):
    id: str
    outlet: str
    line: str
    buckets: tuple[str, ...]
    address: str
    sighting: str = ""
    sealed: bool = False


CALLS = Rows(CallTable, Call)


class Begin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A call at this address, kept from a day on."""

    address: str
    outlet: str = "o1"
    line: str = "community"
    since: str = "2026-11-24"


class Attach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A photo taken there."""

    photo: Capture


class Consent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the person answered."""

    consent: Giving
    minor: bool = False


class Sight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document was looked at."""

    document: Sighted
    keep_last_four: bool = True


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The call is seen elsewhere from now on."""

    buckets: tuple[str, ...]


async def begin(work: Work, asked: Begin, ctx: Context) -> Outcome:
    consenting.begin(work, ctx.rec)
    work.save(
        CALLS, Call(ctx.rec[1], asked.outlet, asked.line, (f"call:{ctx.rec[1]}",), asked.address)
    )
    since = date.fromisoformat(asked.since)
    for klass in (YEAR, FILED):
        await keeping.keep(work, ctx.rec, klass, since, outlet=asked.outlet, line=asked.line)
    work.touch("call", ctx.rec[1])
    return Outcome()


async def attach(work: Work, asked: Attach, ctx: Context) -> Outcome:
    call = await _call(work, ctx.rec)
    await attaching.attach(
        work, asked.photo, ctx, parent=ctx.rec, buckets=call.buckets, purpose="answer"
    )
    return Outcome()


async def consent(work: Work, asked: Consent, ctx: Context) -> Outcome:
    call = await _call(work, ctx.rec)
    given = await consenting.give(
        work,
        asked.consent,
        ctx,
        parent=ctx.rec,
        outlet=call.outlet,
        line=call.line,
        buckets=call.buckets,
        minor=asked.minor,
    )
    return Outcome(given.facts)


async def sight(work: Work, asked: Sight, ctx: Context) -> Outcome:
    call = await _call(work, ctx.rec)
    seen = consenting.sight(asked.document, ctx, keep_last_four=asked.keep_last_four)
    text = msgspec.json.encode(seen).decode()
    work.save(CALLS, msgspec.structs.replace(call, sighting=text))
    return Outcome()


async def share(work: Work, asked: Share, ctx: Context) -> Outcome:
    call = await _call(work, ctx.rec)
    work.save(CALLS, msgspec.structs.replace(call, buckets=asked.buckets))
    await consenting.publish_under(work, ctx.rec, asked.buckets)
    work.touch("call", call.id)
    return Outcome()


async def forget(work: Work, fact: ConsentWithdrawn, ctx: Context) -> Outcome:
    """Erases what was kept under the purposes, or seals the call while it is held."""
    if fact.parent_kind != "call":
        return Outcome()
    rec = (fact.parent_kind, fact.parent_id)
    return await _end(work, rec, ctx, "withdrawal", ":".join(fact.purposes), fact)


async def end(work: Work, fact: RetentionEnded, ctx: Context) -> Outcome:
    """Erases or seals the call when its time has come."""
    if fact.parent_kind != "call":
        return Outcome()
    rec = (fact.parent_kind, fact.parent_id)
    return await _end(work, rec, ctx, "retention", fact.klass, fact)


async def _end(
    work: Work,
    rec: RecKey,
    ctx: Context,
    cause: str,
    rule: str,
    fact: ConsentWithdrawn | RetentionEnded,
) -> Outcome:
    call = await _call(work, rec)
    assert call.address != CRASHES, "a mistake of ours"
    if call.address == REFUSES:
        raise problem.not_found()
    digests: list[str] = []
    if fact.action == "seal":
        work.save(CALLS, msgspec.structs.replace(call, sealed=True))
    else:
        for photo in await attaching.photos_of(work, rec):
            digests.append(photo.sha256)
            await attaching.detach(work, photo)
        work.save(CALLS, msgspec.structs.replace(call, address="", sighting=""))
    work.touch(*rec)
    made = await certifying.order(
        work,
        rec,
        cause,  # type: ignore[arg-type]
        [rec],
        digests,
        ctx=ctx,
        rule=rule,
        fields=2,
        action=fact.action,
        erase_by=getattr(fact, "erase_by", None),
    )
    return Outcome(made.facts)


async def project(work: Work, id: str) -> Projection | None:
    call = await work.load(CALLS, id)
    if call is None:
        return None
    body = {
        "outlet": call.outlet,
        "line": call.line,
        "address": call.address,
        "sealed": call.sealed,
    }
    return Projection(body, frozenset(call.buckets))


async def _call(work: Work, rec: RecKey) -> Call:
    call = await work.load(CALLS, rec[1])
    if call is None:
        raise problem.not_found()
    return call


CARE = Manifest(
    name="care",
    tables=(CallTable,),
    commands=(
        Command("care.begin", Begin, begin),
        Command("care.attach", Attach, attach),
        Command("care.consent", Consent, consent),
        Command("care.sight", Sight, sight),
        Command("care.share", Share, share),
    ),
    kinds=(Kind("call", project),),
    reactions=(Reaction(ConsentWithdrawn, forget), Reaction(RetentionEnded, end)),
    personal=(
        Purpose(ADDRESS, ("toy_call.address",), "consent", "care_year", "上门", "Coming", True),
        Purpose(PHOTOS, ("toy_call.sighting",), "consent", "care_year", "照片", "Photos", True),
    ),
    retention=(YEAR, FILED),
)
