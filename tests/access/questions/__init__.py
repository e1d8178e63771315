"""What is asked of everybody: each command once for each family, with arguments that fit.

`on` names a record of the family in the state that the command is for, or a kind of which it makes
a new one. `by` is whose part in the family it is to do this: for that person it has to be taken,
so that no question asks less than it should.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.foundation.kernel.ids import new_id
from tests.access.living import Lives

Rec = tuple[str, str]
NEW = "new "


@dataclass(frozen=True)
class Question:
    """One command about one record. `args` are made anew for each time it is asked."""

    on: str | Callable[[Lives], Rec]
    args: Callable[[Lives], Any] = lambda lives: {}
    by: str = "system"
    digests: bool = False  # it makes a record whose id is the digest of what it holds

    @property
    def creates(self) -> bool:
        """Whether it makes the record that it names."""
        return self.digests or (isinstance(self.on, str) and self.on.startswith(NEW))

    def rec(self, lives: Lives) -> Rec:
        """The record of this family that is asked about."""
        if callable(self.on):
            return self.on(lives)
        if self.on.startswith(NEW):
            return self.on.removeprefix(NEW), new_id()
        return lives.recs[self.on]


def said(**values: Any) -> Callable[[Lives], Any]:
    """Arguments that are the same for both families."""
    return lambda lives: values
