"""Memory of the one process that an outlet without PostgreSQL runs: server and worker on SQLite."""

import time
from collections.abc import Iterator

from tests.bench import rounds
from tests.bench.installation import Ground
from tests.bench.processor import memory_bytes
from tests.bench.table import Figure

REST_SECONDS = 5
MEGABYTES_MAX = 120
PEOPLE = ("inspector", "inspector2", "outlet", "manager")


def figures(ground: Ground) -> Iterator[Figure]:
    """As it stands after its start, and after a few people have worked."""
    with ground.installation("sqlite") as one:
        time.sleep(REST_SECONDS)
        fresh = memory_bytes(one.served.pid)
        callers = {name: one.caller(name) for name in PEOPLE}
        for caller in callers.values():
            caller.pull_all(zipped=True)
        rounds.plan_rounds(callers["manager"], 200)
        callers["manager"].pull_all(zipped=True)
        time.sleep(REST_SECONDS)
        used = memory_bytes(one.served.pid)
    beside = f"{fresh / 1e6:.0f} MB before anybody came"
    yield Figure(
        "memory of server and worker at rest, SQLite", used / 1e6, "MB", MEGABYTES_MAX, beside
    )
