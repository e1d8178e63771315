"""What the world knows that no phone and no server knows: every promise that was made.

A promise is made when a commit on the phone succeeded (the edit is confirmed to the person) and
when a phone was told a verdict. What may be lost is named: an edit on a phone whose whole storage
the browser evicted, and nothing else.
"""

from dataclasses import dataclass, field
from typing import Any


class Broken(Exception):
    """An invariant does not hold. `number` is its place in SYNC 5.3."""

    def __init__(self, number: int, told: str) -> None:
        super().__init__(f"invariant {number}: {told}")
        self.number = number


@dataclass(frozen=True)
class Promise:
    """One confirmed edit."""

    id: str
    device: str
    person: str
    seq: int
    op: str
    rec: tuple[str, str]


@dataclass
class Truth:
    """All promises of one run."""

    confirmed: dict[str, Promise] = field(default_factory=dict)
    evicted: set[str] = field(default_factory=set)
    told: dict[str, str] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)
    restored: bool = False

    def confirm(self, device: str, person: str, command: dict[str, Any]) -> None:
        """The person saw that the edit is on the device."""
        kind, id = command["rec"]
        self.confirmed[command["id"]] = Promise(
            command["id"], device, person, command["seq"], command["op"], (kind, id)
        )

    def answer(self, result: dict[str, Any]) -> None:
        """The server gave this verdict. It never becomes another one, except by a restore."""
        if result.get("code") == "command_reused":
            raise Broken(1, f"{result['id']} was used for two commands")
        status = result.get("original") or result["s"]
        before = self.answered.setdefault(result["id"], status)
        if before != status and not self.restored:
            raise Broken(1, f"{result['id']} was {before}, now the answer is {status}")

    def forget_for_restore(self) -> None:
        """After a restore a verdict may be another: the server decides again."""
        self.restored = True

    def lose(self, ids: set[str]) -> None:
        """The browser evicted the storage: these were only there, and the person is told so."""
        self.evicted |= ids
