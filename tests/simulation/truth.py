"""What the world knows that no phone and no server knows: every promise that was made.

A promise is made when a commit on the phone succeeded (the edit is confirmed to the person) and
when a phone was told a verdict. What may be lost is named: an edit on a phone whose whole storage
the browser evicted, and nothing else.
"""

from dataclasses import dataclass, field, replace
from typing import Any


class Broken(Exception):
    """An invariant does not hold. `number` is its place in SYNC 5.3."""

    def __init__(self, number: int, told: str) -> None:
        super().__init__(f"invariant {number}: {told}")
        self.number = number


@dataclass(frozen=True)
class Promise:
    """One confirmed edit. `place` is the disk on which it lies."""

    id: str
    place: str
    person: str
    op: str
    args: dict[str, Any]
    rec: tuple[str, str]


@dataclass(frozen=True)
class Shot:
    """One photo that the person saw to be on the device, and every record it was put in there."""

    digest: str
    place: str
    person: str
    bytes: bytes
    under: frozenset[str] = frozenset()


@dataclass
class Truth:
    """All promises of one run."""

    confirmed: dict[str, Promise] = field(default_factory=dict)
    lying_at: dict[str, set[str]] = field(default_factory=dict)
    shots: dict[tuple[str, str], Shot] = field(default_factory=dict)
    evicted: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)  # refused even by the escrow, kept on the phone
    unsure: set[str] = field(default_factory=set)  # words over which a page died: kept or not
    perhaps: list[dict[str, Any]] = field(default_factory=list)  # commands over which one died
    reused: set[str] = field(default_factory=set)  # its place was taken by another command
    told: dict[str, str] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)
    restored: bool = False
    erased: set[str] = field(default_factory=set)  # records that the server ever said to be erased
    lost_bytes: set[str] = field(default_factory=set)  # digests that the server ever erased

    def confirm(self, place: str, person: str, command: dict[str, Any]) -> None:
        """The person saw that the edit is on the device. A later edit may have taken the place of
        one that had not left: then the same command promises the later words."""
        id = command["id"]
        self.confirmed[id] = Promise(
            id, place, person, command["op"], command["args"], tuple(command["rec"])
        )
        self.lying_at.setdefault(place, set()).add(id)

    def keep(self, shot: Shot) -> None:
        """The person saw that the photo is on the device."""
        before = self.shots.get((shot.place, shot.digest))
        under = shot.under | (before.under if before else frozenset())
        self.shots[shot.place, shot.digest] = replace(shot, under=under)

    def shots_at(self, place: str) -> list[Shot]:
        return [shot for key, shot in self.shots.items() if key[0] == place]

    def answer(self, result: dict[str, Any]) -> None:
        """The server gave this verdict. It never becomes another one, except by a restore."""
        if result.get("code") == "command_reused":
            self.reused.add(result["id"])
            return
        status = result.get("original") or result["s"]
        before = self.answered.setdefault(result["id"], status)
        if before != status and not self.restored:
            raise Broken(1, f"{result['id']} was {before}, now the answer is {status}")

    def forget_for_restore(self) -> None:
        """After a restore a verdict may be another: the server decides again."""
        self.restored = True

    def lose(self, place: str, ids: set[str]) -> None:
        """The browser evicted the storage: these may have been only there."""
        self.evicted |= ids
        for shot in self.shots_at(place):
            del self.shots[place, shot.digest]
