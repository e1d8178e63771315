"""Using an authorisation, and ending it."""

import msgspec

from backend.features.visits import problems
from backend.features.visits.commands.deciding import Revoke
from backend.features.visits.commands.deciding import Use as AskedUse
from backend.features.visits.facts import AuthorisationFact, Revoked, Used, UseRefused
from backend.features.visits.model.authorisation import Authorisation, Revocation, Use, UseAside
from backend.features.visits.states import AUTHORISATION, READERS, REVIEWERS, VISITORS
from backend.foundation.identity.grants import serves
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import ProblemType, forbidden, not_found
from backend.foundation.organisation.model import RESTRICTED_LINES

USES_MAX = 500  # until its expiry, a few a day
ASIDE_MAX = 50


class Ruling(msgspec.Struct, frozen=True):
    """The authorisation afterwards, and what happened. With `refused` only the attempt is kept."""

    authorisation: Authorisation
    facts: tuple[AuthorisationFact, ...] = ()
    status: str = "applied"
    refused: ProblemType | None = None


def require_sight(one: Authorisation, actor: Actor) -> None:
    """It is at the counters of its outlet, at the desk of its line, and with the two staff. For
    everybody else there is none."""
    at_counter = one.line not in RESTRICTED_LINES and serves(actor, one.outlet)
    if at_counter or actor.id in one.staff or actor.may(READERS, one.outlet, one.line):
        return
    raise not_found()


def use(one: Authorisation, asked: AskedUse, actor: Actor, when: When, today: str) -> Ruling:
    """Business done on it. `today` is the local day on which it was done, as far as the phone's
    clock can be trusted. A use that may not be is refused and kept: the business may have been
    done at a counter without signal."""
    if not actor.may(VISITORS, one.outlet, one.line):
        raise forbidden(move="use")
    refused = _ended(one, today)
    if refused is not None:
        return _kept(one, asked, actor, when, refused)
    if asked.business not in one.business or len(one.uses) >= USES_MAX:
        raise problems.business_not_covered(number=one.number)
    done = Use(
        when.event_id,
        asked.business,
        asked.reference,
        actor.id,
        when.occurred_at,
        when.received_at,
    )
    state = AUTHORISATION.require("use", one.state, actor, outlet=one.outlet, line=one.line)
    after = msgspec.structs.replace(
        one, uses=(*one.uses, done), state=state if one.scope == "once" else one.state
    )
    fact = Used(**_place(one), use=done.id, business=done.business, reference=done.reference)
    return Ruling(after, (fact,))


def revoke(one: Authorisation, asked: Revoke, actor: Actor, when: When) -> Ruling:
    """Ended before its time."""
    if one.state == "revoked" and actor.may(REVIEWERS, one.outlet, one.line):
        return Ruling(one, status="merged")
    AUTHORISATION.require("revoke", one.state, actor, outlet=one.outlet, line=one.line)
    return ended(one, Revocation(actor.id, asked.reason, when.judged_at))


def ended(one: Authorisation, revocation: Revocation) -> Ruling:
    """The authorisation as revoked; nothing may be done on it from now on."""
    after = msgspec.structs.replace(one, state="revoked", revoked=revocation)
    fact = Revoked(**_place(one), by=revocation.by, reason=revocation.reason, staff=one.staff)
    return Ruling(after, (fact,))


def _ended(one: Authorisation, today: str) -> ProblemType | None:
    if one.state == "revoked":
        return problems.authorisation_revoked
    if one.state == "used":
        return problems.authorisation_used
    return problems.authorisation_expired if one.is_expired(today) else None


def _kept(
    one: Authorisation, asked: AskedUse, actor: Actor, when: When, refused: ProblemType
) -> Ruling:
    tried = UseAside(
        when.event_id,
        refused.code,
        asked.business,
        asked.reference,
        actor.id,
        when.occurred_at,
        when.received_at,
    )
    after = msgspec.structs.replace(one, aside=(*one.aside, tried)[-ASIDE_MAX:])
    fact = UseRefused(
        **_place(one),
        code=refused.code,
        business=asked.business,
        reference=asked.reference,
        by=actor.id,
        issued_by=one.issued_by,
    )
    return Ruling(after, (fact,), "conflict", refused)


def _place(one: Authorisation) -> dict[str, str]:
    return {
        "authorisation": one.id,
        "visit": one.visit,
        "outlet": one.outlet,
        "line": one.line,
    }
