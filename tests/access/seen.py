"""Everything that the application tells everybody, collected once: what tables and rules read."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.access.asking import EVERYTHING, Answered, ask_all
from tests.access.bank import ASKED
from tests.access.calls import CALLS, Heard, ask_calls, document, letter_of
from tests.access.living import Lives
from tests.access.standing import Built, Standing, standing_on

SIZES = ("", "?size=320", "?size=1280")
Served = dict[tuple[str, str], dict[str, str]]


@dataclass
class Phone:
    """What one person's phone receives from the beginning: buckets, and rows in them."""

    granted: list[str]
    rows: dict[tuple[str, str], Any]


@dataclass
class Seen:
    """The whole: what was asked, and by whom. `photos` holds a letter for each person by family
    and picture; `operations` are those that the OpenAPI document has."""

    lives: dict[str, Lives]
    operations: frozenset[str]
    commands: list[Answered] = field(default_factory=list)
    calls: list[Heard] = field(default_factory=list)
    phones: dict[str, Phone] = field(default_factory=dict)
    photos: Served = field(default_factory=dict)


def seen_on(
    built: Built,
    *,
    ops: Iterable[str] = EVERYTHING,
    calls: Iterable[str] = CALLS,
    people: Iterable[str] = ASKED,
    photos: bool = True,
) -> Seen:
    """Asks all of it, or the part that is named, of the application on this bank."""

    async def looked() -> Seen:
        async with standing_on(built) as standing:
            return await look(standing, ops, calls, tuple(people), photos)

    return asyncio.run(looked())


async def look(
    standing: Standing,
    ops: Iterable[str],
    calls: Iterable[str],
    people: tuple[str, ...],
    photos: bool,
) -> Seen:
    """The same, where the application stands already."""
    seen = Seen(standing.lives, frozenset(document(standing)))
    for name in people:
        seen.phones[name] = Phone(*await standing.pulled(name))
    seen.commands = await ask_all(standing, ops, people)
    seen.calls = await ask_calls(standing, calls, people)
    if photos:
        seen.photos = await _photos(standing, people)
    return seen


async def _photos(standing: Standing, people: tuple[str, ...]) -> Served:
    """Whether each picture is served: the original and both smaller ones have to agree, or the
    letter is a question mark."""
    found: Served = {}
    for line, lives in standing.lives.items():
        for what, digest in lives.photos.items():
            served = found[line, _without_id(what)] = {}
            for name in people:
                paths = [f"/v1/blobs/{digest}{size}" for size in SIZES]
                told = {(await standing.call(name, "GET", path)).status_code for path in paths}
                letters = {letter_of(status) for status in told}
                served[name] = letters.pop() if len(letters) == 1 else "?"
    return found


def _without_id(what: str) -> str:
    return " ".join("…" if len(part) == 36 else part for part in what.split())
