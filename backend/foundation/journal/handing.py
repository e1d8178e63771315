"""Work that is with a person by name: what a package tells of it, and how it goes to another.

It goes by the command that managers give it away with, so that every rule of theirs holds: who may
have it, what the former one still sends, and what the chain says of it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from backend.foundation.database.transaction import Tx

Asked = tuple[str, dict[str, Any]]  # an operation and its arguments


class HeldWork(msgspec.Struct, frozen=True):
    """Something that waits for this person. `label` is what people call it, in zh and en; `due` a
    moment or a local day, where there is one. Nothing of customers is in it."""

    kind: str
    id: str
    state: str
    outlet: str
    line: str
    label: dict[str, str]
    due: str | None


class Held(msgspec.Struct, frozen=True):
    """The work, and what to ask so that somebody else has it: `give(to, reason)`."""

    work: HeldWork
    give: Callable[[str, str], Asked]


Handing = Callable[[Tx, str], Awaitable[list[Held]]]
