"""The process of a case, as data. Moves without roles belong to the owner: the rules say who."""

from backend.foundation.kernel.machine import Machine, Move

COORDINATORS = frozenset({"manager", "line_lead", "secretariat"})
ADMINISTRATION = frozenset({"admin"})  # hands over the work of whoever leaves
DECIDERS = frozenset({"manager", "line_lead"})
OUTLET_STAFF = frozenset({"outlet_head", "outlet_staff"})
LIVING = frozenset({"open", "assigned", "accepted", "returned"})
ALL_ROLES = frozenset(
    {
        "inspector",
        "outlet_head",
        "outlet_staff",
        "manager",
        "line_lead",
        "secretariat",
        "security",
        "admin",
    }
)

MACHINE = Machine(
    name="rectification",
    initial="open",
    states=("open", "assigned", "accepted", "reported", "returned", "closed", "cancelled"),
    moves=(
        Move("assign", LIVING, "assigned", COORDINATORS | ADMINISTRATION),
        Move("accept", frozenset({"open", "assigned"}), "accepted"),
        Move("decline", frozenset({"assigned", "accepted"}), "open"),
        Move("report", frozenset({"assigned", "accepted", "returned"}), "reported"),
        Move("approve", frozenset({"reported"}), "closed", DECIDERS),
        Move("return", frozenset({"reported"}), "returned", DECIDERS),
        Move("reopen", frozenset({"closed", "cancelled"}), "open", DECIDERS),
        Move("cancel", LIVING | {"reported"}, "cancelled", DECIDERS),
        Move("take_over", LIVING, "accepted"),
    ),
)
