"""What lies on a device for one person, and the pages that are open over it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.simulation.replica import Row

if TYPE_CHECKING:
    from tests.simulation.engine import EnginePhone

Delivery = tuple[int, Any]


@dataclass
class Keep:
    """A disk as it was last seen. `device` is the id under which its person signs in: a database
    that is lost takes its id along, and its person signs in as a new device."""

    phone: "EnginePhone"
    person: str
    device: str
    disk: str
    token: str | None = None
    pages: list["Page"] = field(default_factory=list)
    tables: dict[str, list[list[Any]]] = field(default_factory=dict)
    lose: int = 0  # relaxed commits that go when the fuse has burnt down
    lost: bool = False
    rotted: set[str] = field(default_factory=set)
    proved: set[str] = field(default_factory=set)
    proved_in: str | None = None

    def table(self, name: str) -> list[list[Any]]:
        return self.tables.get(name, [])

    def fact(self, name: str) -> Any:
        return next((fact[1] for fact in self.table("meta") if fact[:1] == [name]), None)

    @property
    def epoch(self) -> str | None:
        return self.fact("epoch")

    @property
    def needs_sign_in(self) -> bool:
        """Whether the person sees that the storage is not what they signed in to."""
        return self.lost and (not self.pages or self.fact("problem") == "storage_lost")

    def cursors(self) -> dict[str, int]:
        return dict(map(tuple, self.table("scopes")))  # type: ignore[arg-type]

    def rows(self) -> dict[tuple[str, str], Row]:
        return {(kind, id): Row(rev, None, in_) for kind, id, rev, in_ in self.table("rec")}

    def waiting(self) -> list[tuple[str, str]]:
        """(op, record id) of what is unsent, in its order."""
        return [(op, rec[1]) for _, _, op, rec in sorted(self.table("outbox"), key=lambda r: r[0])]

    def commands(self) -> set[str]:
        """Every command that lies here, sent or not."""
        return {row[1] for row in self.table("outbox")} | {row[0] for row in self.table("sent")}

    def blobs(self) -> dict[str, str]:
        """Own photos and thumbnails with their states."""
        return {id: state for id, _, own, state in self.table("blob") if own}

    def unsent(self) -> Sequence[str]:
        photos = [
            f"photo {id}" for id, state in self.blobs().items() if state in ("pending", "partial")
        ]
        return [*(f"{op} {id}" for _, id, op, _ in self.table("outbox")), *photos]

    def trays(self) -> dict[str, str]:
        """What the person is shown as needing attention: id and status."""
        return {id: status for id, status, _ in self.table("attention")}


@dataclass
class Page:
    """One open page. A frozen one hears nothing until it thaws."""

    name: str
    keep: Keep
    born_ms: int
    frozen: bool = False
    held: list[Delivery] = field(default_factory=list)
