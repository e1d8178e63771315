"""The life of a certificate, as data. Only the server moves it: a person cannot say that bytes are
gone."""

from backend.foundation.kernel.actor import SYSTEM_ROLE
from backend.foundation.kernel.machine import Machine, Move

MACHINE = Machine(
    name="certificate",
    initial="ordered",
    states=("ordered", "done"),
    moves=(Move("finish", frozenset({"ordered"}), "done", frozenset({SYSTEM_ROLE})),),
)
