"""What documents cost: processor and memory of the child that makes one, and of the server."""

import json
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.installation import Ground
from tests.bench.table import Figure

PAPER_SECONDS_MAX = 0.5


def figures(_: Ground) -> Iterator[Figure]:
    """One line for each kind. The start of the child is in its figures."""
    paper = _worked("paper")
    yield Figure(
        "one-page report with 4 photos, PDF",
        paper["cpu_s"],
        "s",
        PAPER_SECONDS_MAX,
        f"{paper['peak_mb']:.0f} MB for its moment",
    )
    for name, what in (
        ("book", "workbook of 10,000 rows in 10 columns"),
        ("reading", "reading 5,000 rows in 10 columns"),
    ):
        found = _worked(name)
        beside = f"{found['peak_mb']:.0f} MB; {found['server_s']:.2f} s of it in the server"
        yield Figure(what, found["cpu_s"], "s", beside=beside)
    lines = _worked("lines")
    yield Figure("CSV of 10,000 rows in 10 columns", lines["server_s"], "s", beside="in the server")


def _worked(name: str) -> dict[str, float]:
    """In a process of its own: the memory of ended children is counted from the first one on."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.paperwork", name],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
