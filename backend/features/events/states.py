"""The process of an event, as data. Moves without roles belong to its staff: the rules say who."""

from backend.foundation.kernel.machine import Machine, Move

PLANNERS = frozenset({"outlet_head", "outreach", "manager", "line_lead", "secretariat"})
ADMINISTRATION = frozenset({"admin"})  # hands over the work of whoever leaves
APPROVERS = frozenset({"manager", "line_lead"})
READERS = PLANNERS | {"outlet_staff", "admin"}
# Who can work at an event, as long as a post of theirs covers its outlet and line.
WORKERS = READERS | {"inspector", "security"}
# Kinds to which the house invites itself: there its own people are who the event is for.
INWARD = frozenset({"training", "meeting"})
BEFORE = frozenset({"draft", "proposed", "approved"})
HELD = frozenset({"open", "closed"})
# Nothing that comes for an event of these states is lost: it is listed apart, as late.
OVER = frozenset({"closed", "reported", "cancelled"})

MACHINE = Machine(
    name="event",
    initial="draft",
    states=("draft", "proposed", "approved", "open", "closed", "reported", "cancelled"),
    moves=(
        Move("propose", frozenset({"draft"}), "proposed", PLANNERS),
        Move("approve", frozenset({"proposed"}), "approved", APPROVERS),
        Move("return", frozenset({"proposed"}), "draft", APPROVERS),
        Move("return", frozenset({"closed"}), "closed", APPROVERS),
        Move("cancel", BEFORE, "cancelled", PLANNERS),
        Move("open", frozenset({"approved"}), "open"),
        Move("close", frozenset({"open"}), "closed"),
        Move("reopen", frozenset({"closed"}), "open", PLANNERS),
        Move("accept_result", frozenset({"closed"}), "reported", APPROVERS),
    ),
)
