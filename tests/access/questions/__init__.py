"""What is asked of everybody: each command once for each family, with arguments that fit.

Each file here asks for a package and is found by itself: `QUESTIONS` by command, and where a
feature has records or calls of its own, `live(bank, lives)` that makes them and `CALLS`. A new
feature adds its file and edits none.

`on` names a record of the family in the state that the command is for, or a kind of which it makes
a new one. `by` is whose part in the family it is to do this: for that person it has to be taken,
so that no question asks less than it should.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
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


def parts() -> list[Any]:
    """Every file here, the foundation's first."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    names.sort(key=lambda name: name != "foundation")
    return [import_module(f"{__name__}.{name}") for name in names]


def questions() -> dict[str, Question]:
    """Every question by its command."""
    return {op: one for part in parts() for op, one in part.QUESTIONS.items()}
