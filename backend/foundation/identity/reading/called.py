"""Names for a page of rows that leaves the house."""

from collections.abc import Iterable, Mapping

import msgspec

from backend.foundation.database.transaction import Tx
from backend.foundation.identity.tables import PEOPLE
from backend.foundation.organisation.model import Words
from backend.foundation.organisation.tables import LINES, OUTLETS


class Called(msgspec.Struct, frozen=True):
    """Names by id, in one tongue; of what has none, the id itself."""

    outlets: Mapping[str, str]
    lines: Mapping[str, str]
    people: Mapping[str, str]

    def outlet(self, id: str) -> str:
        return self.outlets.get(id, id)

    def line(self, id: str) -> str:
        return self.lines.get(id, id)

    def person(self, id: str | None) -> str:
        return "" if id is None else self.people.get(id, id)


async def called(
    tx: Tx, tongue: str, outlets: Iterable[str], people: Iterable[str | None]
) -> Called:
    """The names of these. Three queries."""
    return Called(
        {one.id: _said(one.name, tongue) for one in await OUTLETS.load(tx, set(outlets))},
        {one.id: _said(one.name, tongue) for one in await LINES.where(tx, "1 = 1")},
        {one.id: one.name for one in await PEOPLE.load(tx, {id for id in people if id})},
    )


def _said(words: Words, tongue: str) -> str:
    return words.zh if tongue == "zh" else words.en
