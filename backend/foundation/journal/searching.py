"""Asking the index of words: the latest first, a page at a time, within what the reader may see.

An index of words has no order, so time is asked for in pieces, the latest first (`search.windows`);
what is looked at for one page has a limit, and the next page goes on behind it. So a word that
stands everywhere costs as little as one that stands nowhere.
"""

from collections.abc import Sequence

import msgspec

from backend.foundation.database.pages import Cursor, Where
from backend.foundation.database.transaction import Tx
from backend.foundation.database.worded import having
from backend.foundation.journal import search
from backend.foundation.kernel import limits
from backend.foundation.kernel.words import Term, excerpt, folded, matches

YEARS = 10  # asked for one by one; what is older is asked for at once
AROUND = 40  # letters of an excerpt before and behind what was looked for
_ROWS_AT_ONCE = 100


class Question(msgspec.Struct, frozen=True):
    """What is looked for. `reach` is the condition that decides; what only makes it quicker:
    `outlets` and `lines`, the only ones that a hit can be of (() where any), and the moments
    `since` and `until`, between which it lies ("" where open)."""

    terms: tuple[Term, ...]
    reach: Where
    outlets: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


class Hit(msgspec.Struct, frozen=True):
    """A record that says it, the record that it opens, and what stands around."""

    id: str
    opens_kind: str
    opens_id: str
    outlet: str
    line: str
    at: str
    excerpt: str


class Found(msgspec.Struct, frozen=True):
    """Hits, the latest first, and where the next page begins (None: this was the last)."""

    hits: list[Hit]
    next: str | None


async def find(tx: Tx, asked: Question, cursor: Cursor, now: str, limit: int) -> Found:
    """One page. A query for each piece of time until it is full."""
    hits: list[Hit] = []
    looked = 0
    below = cursor
    latest = cursor[0] if cursor else min(now, asked.until or now)
    for word, begin in search.windows(latest, YEARS):
        while True:
            rows = await _rows(tx, asked, word, begin, below)
            for row in rows:
                hit = _hit(asked.terms, row)
                if hit is not None:
                    if len(hits) == limit:
                        return Found(hits, f"{hits[-1].at}|{hits[-1].id}")
                    hits.append(hit)
                below = (row[5], row[0])
            looked += len(rows)
            if looked >= limits.SEARCH_LOOKED_MAX and below is not None:
                return Found(hits, f"{below[0]}|{below[1]}")
            if len(rows) < _ROWS_AT_ONCE:
                break
        if begin <= asked.since:
            break
    return Found(hits, None)


async def _rows(
    tx: Tx, asked: Question, word: str, begin: str, below: Cursor
) -> Sequence[Sequence[str]]:
    whole = [one for term in asked.terms for one in term.whole]
    begun = [one for term in asked.terms for one in term.begun]
    if word:
        whole.append(word)
    places = (
        [search.outlet_word(one) for one in asked.outlets],
        [search.line_word(one) for one in asked.lines],
    )
    source, clause, argument = having(tx.dialect, "search", "words", whole, begun, places)
    reach, args = asked.reach
    clause, given = f"{clause} AND {reach} AND s.at >= ?", [argument, *args, begin]
    if below is not None:
        clause += " AND (s.at < ? OR (s.at = ? AND s.id < ?))"
        given += [below[0], *below]
    return await tx.tuples(
        f"SELECT s.id, s.opens_kind, s.opens_id, s.outlet, s.line, s.at, s.text FROM {source} "
        f"WHERE {clause} ORDER BY s.at DESC, s.id DESC LIMIT {_ROWS_AT_ONCE}",
        *given,
    )


def _hit(terms: tuple[Term, ...], row: Sequence[str]) -> Hit | None:
    id, opens_kind, opens_id, outlet, line, at, text = row
    if not matches(terms, folded(text)):
        return None
    said = excerpt(terms, text, AROUND)
    return Hit(id, opens_kind, opens_id, outlet, line, at, said)
