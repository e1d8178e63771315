"""The process of a visit and of an authorisation, as data. Moves without roles belong to the two
staff: the rules say who. That an authorisation has expired is a matter of the calendar, not of a
move: it is never stored."""

from backend.foundation.kernel.actor import SYSTEM_ROLE
from backend.foundation.kernel.machine import Machine, Move

VISITORS = frozenset({"outreach", "outlet_head", "outlet_staff", "manager", "line_lead"})
COORDINATORS = frozenset({"manager", "line_lead", "secretariat", "outlet_head"})
ADMINISTRATION = frozenset({"admin"})  # hands over the work of whoever leaves
REQUESTERS = VISITORS | {"secretariat"}
REVIEWERS = frozenset({"manager", "line_lead", "outlet_head"})
SUPERVISORS = frozenset({"manager", "line_lead"})  # who may decide on a doubt
READERS = REQUESTERS | {"dpo", "admin"}
PLANNED = frozenset({"requested", "scheduled", "postponed"})
LIVING = PLANNED | {"under_way", "returned"}
AT_IT = frozenset({"under_way", "returned"})  # answers may be given

VISIT = Machine(
    name="visit",
    initial="requested",
    states=(
        "requested",
        "scheduled",
        "under_way",
        "submitted",
        "returned",
        "accepted",
        "declined",
        "postponed",
        "cancelled",
    ),
    moves=(
        Move("schedule", PLANNED, "scheduled", COORDINATORS | ADMINISTRATION),
        Move("begin", frozenset({"scheduled", "returned"}), "under_way"),
        Move("submit", AT_IT, "submitted"),
        Move("accept", frozenset({"submitted"}), "accepted", REVIEWERS),
        Move("return", frozenset({"submitted"}), "returned", REVIEWERS),
        Move("postpone", frozenset({"requested", "scheduled", "under_way"}), "postponed"),
        Move("decline", LIVING, "declined"),
        Move("cancel", PLANNED, "cancelled", COORDINATORS),
        Move("withdraw", LIVING | {"submitted"}, "declined", frozenset({SYSTEM_ROLE})),
    ),
)
AUTHORISATION = Machine(
    name="authorisation",
    initial="issued",
    states=("issued", "used", "revoked"),
    moves=(
        Move("use", frozenset({"issued"}), "used", VISITORS),
        Move("revoke", frozenset({"issued"}), "revoked", REVIEWERS),
    ),
)
