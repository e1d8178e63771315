"""Pull: 10,000 records by a client that has nothing, beside npm's pouchdb-server with the same
records and a fresh client of its own.

The client is a manager whose desks hold the planned rounds of a city branch. Answers travel
gzipped on both sides, as they do to a browser. PouchDB's client also writes what it gets into its
database in memory; that is a process of its own and counts nowhere here.
"""

import statistics
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.bench import pouchdb, rounds
from tests.bench.installation import ENGINES, Ground, Installation
from tests.bench.neighbours import Unavailable
from tests.bench.table import Figure

RECORDS = 10_000
PULLS = 5
PEER_PULLS = 3
SERVER_SECONDS_MAX = 0.15
WHAT = f"pull of {RECORDS:,} records by a fresh client"


class _Pull(NamedTuple):
    records: list[Any]
    server: float
    database: float


def figures(ground: Ground) -> Iterator[Figure]:
    """Per engine, beside what PouchDB needed."""
    pulls = {engine: _pulls(ground, engine) for engine, _ in ENGINES}
    beside = _peer(ground, pulls["sqlite"][0].records)
    for engine, name in ENGINES:
        server = statistics.median(pull.server for pull in pulls[engine])
        yield Figure(f"{WHAT}, {name}: CPU of the server", server, "s", SERVER_SECONDS_MAX, beside)
    database = statistics.median(pull.database for pull in pulls["postgres"])
    yield Figure(f"{WHAT}, PostgreSQL: CPU of PostgreSQL", database, "s")


def _pulls(ground: Ground, engine: str) -> list[_Pull]:
    with ground.installation(engine) as one:
        manager = one.caller("manager")
        there = sum(map(len, manager.pull_all().values()))
        rounds.plan_rounds(manager, RECORDS - there)
        _pull(one)  # the first pays for what is loaded once
        return [_pull(one) for _ in range(PULLS)]


def _pull(one: Installation) -> _Pull:
    caller = one.caller("manager")
    before = one.cpu()
    rows = caller.pull_all(zipped=True)
    server, database = one.cpu_since(before)
    records = [row for kind in rows.values() for row in kind]
    assert len(records) == RECORDS, len(records)
    return _Pull(records, server, database)


def _peer(ground: Ground, records: list[Any]) -> str:
    """What pouchdb-server's processor needed, in words."""
    # What lies in two buckets comes twice to whoever receives both, and is one document over there.
    bodies = {f"{row[0]}:{row[1]}": row[4] for row in records}
    documents = [{"_id": key, "body": body} for key, body in bodies.items()]
    try:
        with pouchdb.serving(ground.folder / "pouchdb", documents) as server:
            spent = {page: _median(server, len(documents), page) for page in pouchdb.PAGES}
    except Unavailable as why:
        return f"pouchdb-server: {why}"
    told = (f"{seconds:.2f} s in pages of {page:,}" for page, seconds in spent.items())
    return "pouchdb-server " + ", ".join(told)


def _median(server: pouchdb.Server, records: int, page: int) -> float:
    return statistics.median(server.pull(records, page) for _ in range(PEER_PULLS))
