"""Open work of somebody who leaves or changes post, handed over in one act of administration."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody, PathParameter

from backend.api.given import GivenHouse
from backend.foundation.database.transaction import Tx
from backend.foundation.identity import problems, rules
from backend.foundation.identity.access import Signed
from backend.foundation.identity.commands import HandOverWork
from backend.foundation.identity.listing import NAME
from backend.foundation.identity.tables import PEOPLE
from backend.foundation.journal.batch import Batch
from backend.foundation.journal.envelope import Answer, Envelope
from backend.foundation.journal.handing import Held, HeldWork
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import new_id
from backend.foundation.kernel.problem import Problem, not_found
from backend.house import House

Asking = Request[Any, Signed, Any]
PersonId = Annotated[str, PathParameter(pattern=NAME)]
Key = tuple[str, str]


class OpenWork(msgspec.Struct, frozen=True):
    """Everything that is with a person by name, and how many things their devices said that they
    hold unsent: what comes of those is still taken, wherever the work is by then."""

    work: list[HeldWork]
    unsent: int


class HandedPiece(msgspec.Struct, frozen=True):
    """What became of one piece: `s` is a verdict, with a code and words where it did not go."""

    kind: str
    id: str
    s: str
    code: str | None = None
    detail: str | None = None
    detail_zh: str | None = None
    facts: dict[str, Any] | None = None


class HandedOver(msgspec.Struct, frozen=True):
    """Every piece in the order asked."""

    results: list[HandedPiece]


@get("/v1/console/people/{person_id:str}/work", operation_id="OpenWork")
async def open_work(request: Asking, house: GivenHouse, person_id: PersonId) -> OpenWork:
    """Lists rounds, cases, visits and events that wait for this person."""
    rules.require_keeper(request.auth.actor)
    async with house.database.reading() as tx:
        if not await PEOPLE.load(tx, [person_id]):
            raise not_found()
        rows = await tx.tuples(
            "SELECT CAST(sum(unsent_commands + unsent_photos) AS BIGINT) FROM device_contact "
            "WHERE person = ?",
            person_id,
        )
        held = await _held(house, tx, person_id)
    return OpenWork([one.work for one in held.values()], rows[0][0] or 0)


@post("/v1/console/people/{person_id:str}/work", operation_id="HandOverWork", status_code=200)
async def hand_over_work(
    data: JSONBody[HandOverWork], request: Asking, house: GivenHouse, person_id: PersonId
) -> HandedOver:
    """Gives the pieces named to somebody else. The act is recorded once; each piece goes by itself,
    or says why not."""
    actor = request.auth.actor
    await house.journal.command("identity.hand_over_work", ("person", person_id), data, actor=actor)
    items = list(dict.fromkeys(data.items))
    async with house.database.reading() as tx:
        held = await _held(house, tx, person_id)
    found = [item for item in items if item in held]
    envelopes = tuple(_envelope(house, held[item], data) for item in found)
    answers: dict[Key, Answer] = {}
    if envelopes:
        batch = Batch(actor, actor.device_id, envelopes, new=True)
        done = await house.journal.execute(batch)
        answers = dict(zip(found, done.answers, strict=True))
    return HandedOver([_piece(item, answers.get(item)) for item in items])


async def _held(house: House, tx: Tx, person_id: str) -> dict[Key, Held]:
    return {
        (held.work.kind, held.work.id): held
        for handing in house.catalogue.handing
        for held in await handing(tx, person_id)
    }


def _envelope(house: House, held: Held, asked: HandOverWork) -> Envelope:
    op, args = held.give(asked.to, asked.reason)
    return Envelope(
        id=new_id(),
        op=op,
        rec=(held.work.kind, held.work.id),
        at=wire(house.clock.now()),
        args=msgspec.Raw(msgspec.json.encode(args)),
    )


def _piece(item: Key, answer: Answer | None) -> HandedPiece:
    """The verdict. None: it was given away, or done, since the list was looked at."""
    kind, id = item
    if answer is None:
        gone: Problem = problems.work_elsewhere()
        return HandedPiece(kind, id, "rejected", gone.code, gone.detail, gone.detail_zh)
    told = (answer.code, answer.detail, answer.detail_zh, answer.facts)
    return HandedPiece(kind, id, answer.s, *told)


ROUTES = (open_work, hand_over_work)
