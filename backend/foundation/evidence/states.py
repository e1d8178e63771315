"""The life of a photo, as data. The server moves it; giving up on one is a person's decision, and
so is opening a sealed one. Who may have a photo erased or sealed is decided by the feature."""

from backend.foundation.kernel.actor import SYSTEM_ROLE
from backend.foundation.kernel.machine import Machine, Move

SERVER = frozenset({SYSTEM_ROLE})
OPENING = frozenset({"dpo"})
WAIVING = frozenset({"manager", "line_lead", "secretariat"})

MACHINE = Machine(
    name="photo",
    initial="awaited",
    states=("awaited", "stored", "accepted", "refused", "waived", "sealed", "erased"),
    moves=(
        # A photo given up may still come, from a phone that lay in a drawer.
        Move("store", frozenset({"awaited", "waived"}), "stored", SERVER),
        Move("accept", frozenset({"stored"}), "accepted", SERVER),
        Move("refuse", frozenset({"stored"}), "refused", SERVER),
        Move("waive", frozenset({"awaited", "refused"}), "waived", WAIVING),
        # Refused bytes lie in quarantine and are served to nobody anyway.
        Move("seal", frozenset({"awaited", "stored", "accepted", "waived"}), "sealed", SERVER),
        Move("open_sealed", frozenset({"sealed"}), "sealed", OPENING),
        Move(
            "erase",
            frozenset({"awaited", "stored", "accepted", "refused", "waived", "sealed"}),
            "erased",
            SERVER,
        ),
    ),
)
