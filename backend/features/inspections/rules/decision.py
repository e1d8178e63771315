"""What every decision returns, and who may write into a round."""

from typing import Any, Literal

import msgspec

from backend.features.inspections import problems
from backend.features.inspections.facts import ContributedLate
from backend.features.inspections.model import Contribution, Round
from backend.features.inspections.states import INSPECTING
from backend.foundation.journal.problems import not_assigned
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.problem import bad_transition, forbidden, not_found

Standing = Literal["assignee", "earlier"]
CONTRIBUTORS_MAX = 20  # hands a round passes through; the facts keep every one


class Decision(msgspec.Struct, frozen=True):
    """The round afterwards, what happened, and how the verdict is called."""

    round: Round
    facts: tuple[Any, ...] = ()
    status: Literal["applied", "merged"] = "applied"


class Membership(msgspec.Struct, frozen=True):
    """Whether this person ever had the round, and the version at which that ended."""

    ever: bool = False
    until_ver: int | None = None


def place(round_: Round) -> dict[str, str]:
    """The fields that every fact of this round carries."""
    return {"round": round_.id, "outlet": round_.outlet, "line": round_.line}


def standing(round_: Round, actor: Actor, saw: int, member: Membership) -> Standing:
    """The assignee, or an earlier one who could not know that the round was given away.

    `saw` is the change version the phone had applied: below the version at which the assignment
    ended it had not heard of it. Raises `not_assigned`, `forbidden` or `not_found` for the rest.
    """
    if actor.id == round_.assignee:
        return "assignee"
    if member.ever:
        if member.until_ver is None:
            return "assignee"
        if saw < member.until_ver:
            return "earlier"
        raise not_assigned(round=round_.id)
    require_sight(round_, actor, member)
    if actor.may(INSPECTING, round_.outlet, round_.line):
        raise not_assigned(round=round_.id)
    raise forbidden()


def require_sight(round_: Round, actor: Actor, member: Membership) -> None:
    """A stranger learns nothing: for them the round does not exist."""
    involved = {round_.assignee, round_.assigned_by, round_.submitted_by}
    if actor.id in involved or member.ever:
        return
    if actor.may(INSPECTING | {"admin"}, round_.outlet, round_.line):
        return
    raise not_found()


def require_living(round_: Round) -> None:
    """Nothing moves in a sheet that was handed in or called off; what came is kept aside."""
    if round_.state == "submitted":
        raise problems.locked_submitted()
    if round_.state == "cancelled":
        raise problems.round_cancelled()


def require_submitted(round_: Round) -> None:
    """Amending is for frozen sheets."""
    if round_.state == "cancelled":
        raise bad_transition(state=round_.state, move="amend")
    if round_.state != "submitted":
        raise problems.not_submitted()


def begun(round_: Round, actor: Actor, when: When) -> Round:
    """The round as open: whoever answers has opened it, whatever the order of arrival."""
    if round_.state != "assigned" or actor.id != round_.assignee:
        return round_
    opened = round_.opened_at or when.occurred_at
    return msgspec.structs.replace(round_, state="open", opened_at=opened)


def contributed(
    round_: Round, actor: Actor, when: When, item: str | None
) -> tuple[Round, tuple[Any, ...]]:
    """The round with a note of what the earlier assignee sent late. The fact, and with it the
    notice, is made once: twenty answers do not ring twenty times."""
    mine = next((c for c in round_.contributions if c.by == actor.id), None)
    facts: tuple[Any, ...] = ()
    if mine is None:
        mine = Contribution(by=actor.id, first_at=when.received_at, last_at=when.received_at)
        told = {"assignee": round_.assignee, "assigned_by": round_.assigned_by}
        facts = (ContributedLate(**place(round_), by=actor.id, **told),)
    items = mine.items if item is None or item in mine.items else (*mine.items, item)
    mine = msgspec.structs.replace(mine, items=items, last_at=when.received_at)
    others = tuple(c for c in round_.contributions if c.by != actor.id)
    kept = (*others, mine)[-CONTRIBUTORS_MAX:]
    return msgspec.structs.replace(round_, contributions=kept), facts


def bucket_of(round_id: str) -> str:
    """The bucket of those who fill the round."""
    return f"round:{round_id}"


def buckets_of(round_: Round) -> frozenset[str]:
    """Where sheet and photos are seen: by those who fill it, and by the desk once it is in."""
    own = bucket_of(round_.id)
    if round_.state != "submitted":
        return frozenset({own})
    return frozenset({own, f"desk:{round_.outlet}:{round_.line}"})
