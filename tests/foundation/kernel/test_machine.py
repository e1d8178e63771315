"""A machine answers who may do what from which state."""

import pytest

from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.machine import Machine, Move
from backend.foundation.kernel.problem import Problem

DOOR = Machine(
    name="door",
    initial="shut",
    states=("shut", "open"),
    moves=(
        Move("open", frozenset({"shut"}), "open", frozenset({"guard"})),
        Move("shut", frozenset({"open"}), "shut"),
    ),
)
GUARD = Actor(id="g", name="卫平", grants=(Grant("guard", outlet="o1", line="security"),))
TELLER = Actor(id="t", name="何敏", grants=(Grant("teller"),))


def test_an_allowed_move_gives_the_next_state() -> None:
    assert DOOR.require("open", "shut", GUARD, outlet="o1", line="security") == "open"
    assert DOOR.require("shut", "open", TELLER, outlet="o1", line=None) == "shut"


@pytest.mark.parametrize(
    ("actor", "state", "outlet", "code"),
    [
        (TELLER, "shut", "o1", "forbidden"),
        (GUARD, "shut", "o2", "forbidden"),
        (GUARD, "open", "o1", "bad_transition"),
        (TELLER, "open", "o1", "forbidden"),
    ],
)
def test_a_refused_move_says_why(actor: Actor, state: str, outlet: str, code: str) -> None:
    with pytest.raises(Problem) as refusal:
        DOOR.require("open", state, actor, outlet=outlet, line="security")
    assert refusal.value.code == code


def test_a_machine_with_an_unknown_state_is_refused_when_declared() -> None:
    with pytest.raises(ValueError, match="unknown"):
        Machine("door", "shut", ("shut",), (Move("open", frozenset({"shut"}), "open"),))
