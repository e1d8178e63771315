"""Push: what one command costs, with validation and rights, in batches of 25, on each engine.

Two inspectors fill one round after the other, every item with a note. Each round begins empty, as
on a phone, and its start is one of the commands.
"""

import statistics
from collections.abc import Iterator

from backend.foundation.kernel.ids import new_id
from tests.bench import rounds
from tests.bench.caller import Caller
from tests.bench.installation import ENGINES, Ground, Installation
from tests.bench.table import Figure

BATCH = 25
BATCHES = 24
ROUNDS = 5
SERVER_MS_MAX = 0.3
PEOPLE = ("inspector", "inspector2")


def figures(ground: Ground) -> Iterator[Figure]:
    """Per engine: the server, and on PostgreSQL the database and both together."""
    for engine, name in ENGINES:
        with ground.installation(engine) as one:
            server, database = _spent(one)
        head = f"push, one command in batches of {BATCH}, {name}: CPU of"
        yield Figure(f"{head} the server", server, "ms", SERVER_MS_MAX)
        if engine == "postgres":
            yield Figure(f"{head} PostgreSQL", database, "ms")
            yield Figure(f"{head} both together", server + database, "ms")


def _spent(one: Installation) -> tuple[float, float]:
    """Milliseconds per command of the server and of the database: medians of the rounds."""
    writers = [_Writer(one.caller(name)) for name in PEOPLE]
    _round(one, writers)  # the first round pays for what is loaded once
    spent = [_round(one, writers) for _ in range(ROUNDS)]
    server, database = zip(*spent, strict=True)
    return statistics.median(server), statistics.median(database)


def _round(one: Installation, writers: list["_Writer"]) -> tuple[float, float]:
    batches = [writers[turn % len(writers)].batch() for turn in range(BATCHES)]
    before = one.cpu()
    for turn, batch in enumerate(batches):
        for result in writers[turn % len(writers)].caller.push(batch):
            assert result["s"] == "applied", result
    server, database = one.cpu_since(before)
    return server * 1000 / (BATCHES * BATCH), database * 1000 / (BATCHES * BATCH)


class _Writer:
    """One inspector with commands for ever."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        rows = caller.pull_all()
        self.paper, doc = rounds.longest_paper(rows)
        self.items = rounds.answerable(doc)
        self.outlet = rows["outlet"][0][1]
        self._coming = self._commands()

    def batch(self) -> list[dict]:  # type: ignore[type-arg]
        return [next(self._coming) for _ in range(BATCH)]

    def _commands(self) -> Iterator[dict]:  # type: ignore[type-arg]
        while True:
            round_ = new_id()
            args = {"template": self.paper, "outlet": self.outlet}
            yield self.caller.asked("inspections.start", ("round", round_), args)
            for command in rounds.answers(self.caller, round_, self.items):
                command["args"]["note"] = "已现场核对，情况属实。"
                yield command
