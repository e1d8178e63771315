"""State machines as data: judged here, drawn in the catalogue, offered as buttons on the phone."""

from dataclasses import dataclass

from backend.foundation.kernel import problem
from backend.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move. `roles` empty means the rule decides who, not the machine."""

    name: str
    sources: frozenset[str]
    to: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Machine:
    """States and moves of one kind of record."""

    name: str
    initial: str
    states: tuple[str, ...]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        known = set(self.states)
        for move in self.moves:
            unknown = (move.sources | {move.to}) - known
            if unknown:
                raise ValueError(f"{self.name}.{move.name} names unknown states {sorted(unknown)}")

    def move(self, name: str, state: str) -> Move | None:
        """The move of that name out of that state, or None."""
        for move in self.moves:
            if move.name == name and state in move.sources:
                return move
        return None

    def may(
        self, name: str, state: str, actor: Actor, *, outlet: str | None, line: str | None
    ) -> bool:
        """Whether this person could make the move now."""
        move = self.move(name, state)
        return move is not None and (not move.roles or actor.may(move.roles, outlet, line))

    def require(
        self, name: str, state: str, actor: Actor, *, outlet: str | None, line: str | None
    ) -> str:
        """The state after the move. Raises `forbidden` before `bad_transition`: who you are is
        asked first, so that a refusal tells a stranger nothing about the record's state."""
        named = [move for move in self.moves if move.name == name]
        if not named:
            raise ValueError(f"{self.name} has no move {name}")
        if not any(not move.roles or actor.may(move.roles, outlet, line) for move in named):
            raise problem.forbidden(move=name)
        move = self.move(name, state)
        if move is None:
            raise problem.bad_transition(state=state, move=name)
        if move.roles and not actor.may(move.roles, outlet, line):
            raise problem.forbidden(move=name)
        return move.to
