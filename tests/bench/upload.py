"""Uploads: 200 photos of 300 KiB, four at a time, ours against npm's @tus/server in the same run.

The rounds alternate, so that what else the machine does falls on both; the medians of the rounds
are compared. What happens to a photo afterwards is another lane: see `lanes`.
"""

import asyncio
import contextlib
import statistics
from collections.abc import Iterator

from tests.bench.installation import Ground
from tests.bench.neighbours import Unavailable
from tests.bench.table import Figure
from tests.bench.upload_client import photos, send_all
from tests.bench.upload_servers import Server, npm_tus, ours

COUNT = 200
BYTES = 300 * 1024
ROUNDS = 5
RATIO_MAX = 1.2
WHAT = f"upload of {COUNT} x {BYTES // 1024} KiB, four at a time"


def figures(ground: Ground) -> Iterator[Figure]:
    """Processor time per photo, and its ratio to the peer's."""
    folder = ground.folder / "uploads"
    folder.mkdir()
    why = ""
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(ours(folder / "ours"))]
        try:
            servers += [stack.enter_context(npm_tus(folder / "npm"))]
        except Unavailable as unavailable:
            why = f"@tus/server: {unavailable}"
        for server in servers:
            _round(server)  # the first round pays for imports and compilers
        spent = [[_round(server) for server in servers] for _ in range(ROUNDS)]
    own, *others = (statistics.median(column) for column in zip(*spent, strict=True))
    beside = f"@tus/server {others[0]:.2f} ms, which does neither" if others else why
    yield Figure(f"{WHAT}, hashed and fsynced: CPU of the server, each", own, "ms", None, beside)
    ratio = own / others[0] if others else None
    yield Figure("the same as a ratio to npm's @tus/server", ratio, "x", RATIO_MAX, why)


def _round(server: Server) -> float:
    """Processor time of the server per photo, in ms."""
    sent = photos(COUNT, BYTES)
    before = server.cpu_ms()
    asyncio.run(send_all(server.port, server.path, sent, server.headers))
    return (server.cpu_ms() - before) / COUNT
