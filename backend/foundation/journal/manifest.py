"""What a package declares to the house: the one file outsiders read of it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from piccolo.table import Table

from backend.foundation.database.pages import Cursor
from backend.foundation.database.transaction import Tx
from backend.foundation.documents.tables import Column
from backend.foundation.journal.envelope import Context, Envelope, Fact, Outcome, RecKey, Told
from backend.foundation.journal.handing import Handing
from backend.foundation.journal.purpose import Purpose, Retention
from backend.foundation.journal.search import Sought
from backend.foundation.journal.tallies import Counts
from backend.foundation.journal.under_way import UnderWay
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.machine import Machine
from backend.foundation.kernel.problem import ProblemType

if TYPE_CHECKING:
    from backend.foundation.journal.work import Work

Handler = Callable[["Work", Any, Context], Awaitable[Outcome]]
PrepareCommands = Callable[["Work", Sequence[Envelope]], Awaitable[None]]
PrepareRecords = Callable[["Work", Sequence[str]], Awaitable[None]]
SeatsByPost = Callable[[Tx, str], Awaitable[list[str]]]
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


class LeftBehind(msgspec.Struct, frozen=True):
    """What an erased record leaves: bytes that its refused commands named, as (author, digests).
    `ended` when the record is being erased now; else a single command came too late for it."""

    rec: RecKey
    bytes: tuple[tuple[str, tuple[str, ...]], ...]
    ended: bool


class Projection(msgspec.Struct, frozen=True):
    """What phones receive of a record, the buckets it is published in, by which words a desk finds
    it and what it adds to a desk's figures (None: nothing)."""

    body: Any
    buckets: frozenset[str]
    sought: Sought | None = None
    counts: Counts | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that people can ask. `asked` is a frozen Struct that forbids unknown fields; its
    docstring is the sentence in the catalogue. `upcasters[n]` takes arguments of version n to
    n + 1; there is one for every version ever shipped. `prepare` may load in one go what several
    of them in a batch will read; it gets envelopes that nobody has looked at, and decides
    nothing."""

    op: str
    asked: type[msgspec.Struct]
    handler: Handler
    version: int = 1
    upcasters: dict[int, Upcaster] = field(default_factory=dict)
    prepare: PrepareCommands | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of synced record. `project` gives its present wire form, or None when it is gone;
    `prepare` may load in one go what several of them will read; `derived` says that desks find
    such records by words, or that they are counted."""

    name: str
    project: Callable[["Work", str], Awaitable[Projection | None]]
    prepare: PrepareRecords | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Reaction:
    """A neighbour's fact that leads to something of our own, in the same transaction."""

    to: type[Fact]
    react: Callable[["Work", Any, Context], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Notices:
    """A fact that somebody should hear of. Pure: the fact and its context give the lines. `zh` and
    `en` say in a few words that it happened, for what leaves the house: an e-mail's subject, a
    group's robot. They name nobody and nothing."""

    of: type[Fact]
    tell: Callable[[Any, Context], Iterable[Told]]
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the console that can be taken as a file. `wanted` makes its filter of what was
    asked, and refuses what it does not know; `page` gives the cells of the rows that this person
    sees, in a tongue ("zh", "en"), and where the next page begins, or None."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    wanted: Callable[[Mapping[str, Any]], Any]
    page: Callable[
        [Tx, Actor, Any, str, Cursor, str], Awaitable[tuple[Sequence[Sequence[Any]], Cursor]]
    ]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A feature, or a foundation package with commands or feeds of its own. `clearing` is told of
    every record that is erased, and of every command that came too late for one: what a package
    keeps of a record of others goes in the same transaction. `under_way` is what somebody who
    closes an outlet or a line has to know of. `seats` are the buckets that a person
    belongs to by name because of a post: they are their deputy's too. `handing` tells
    what is with a person by name, and how it goes to another."""

    name: str
    tables: tuple[type[Table], ...] = ()
    commands: tuple[Command, ...] = ()
    facts: tuple[type[Fact], ...] = ()
    kinds: tuple[Kind, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    machines: tuple[Machine, ...] = ()
    problems: tuple[ProblemType, ...] = ()
    notices: tuple[Notices, ...] = ()
    views: tuple[Any, ...] = ()
    personal: tuple[Purpose, ...] = ()
    retention: tuple[Retention, ...] = ()
    clearing: tuple[Callable[["Work", LeftBehind], Awaitable[None]], ...] = ()
    under_way: tuple[UnderWay, ...] = ()
    seats: SeatsByPost | None = None
    handing: Handing | None = None
    listings: tuple[Listing, ...] = ()
    words: str = ""
