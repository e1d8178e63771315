"""The process of a round, as data. Moves without roles belong to its assignee."""

from backend.foundation.kernel.machine import Machine, Move

COORDINATORS = frozenset({"manager", "line_lead", "secretariat"})
ADMINISTRATION = frozenset({"admin"})  # hands over the work of whoever leaves
OUTLET_STAFF = frozenset({"outlet_head", "outlet_staff"})
INSPECTING = frozenset(
    {"inspector", "security", "outlet_head", "outlet_staff", "line_lead", "manager", "secretariat"}
)
# An outlet looks at itself in these rhythms; in all others nobody rates the outlet they work in.
SELF_RHYTHMS = frozenset({"daily", "self_check"})
LIVING = frozenset({"assigned", "open"})

MACHINE = Machine(
    name="round",
    initial="assigned",
    states=("assigned", "open", "submitted", "cancelled"),
    moves=(
        Move("open", frozenset({"assigned"}), "open"),
        Move("reassign", LIVING, "assigned", COORDINATORS | ADMINISTRATION),
        Move("cancel", LIVING, "cancelled", COORDINATORS),
        Move("submit", LIVING, "submitted"),
    ),
)
