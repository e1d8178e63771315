"""`python -m tests.bench`, or with the names of some parts: `python -m tests.bench push pull`. The
soak comes only when it is named: `python -m tests.bench soak --phones 30 --seconds 30` is a taste.

The exit code is 0 whatever the figures are. A part that breaks is shown with its error, the others
are measured all the same, and the exit code is 1.
"""

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator

from tests.bench import (
    attendance,
    documents,
    lanes,
    memory,
    opening,
    pull,
    push,
    results,
    size,
    soak,
    submission,
    upload,
)
from tests.bench.installation import Ground, ground
from tests.bench.table import Figure, table

PARTS: dict[str, Callable[[Ground], Iterator[Figure]]] = {
    "push": push.figures,
    "pull": pull.figures,
    "upload": upload.figures,
    "submission": submission.figures,
    "lanes": lanes.figures,
    "size": size.figures,
    "opening": opening.figures,
    "memory": memory.figures,
    "documents": documents.figures,
    "attendance": attendance.figures,
    "soak": soak.figures,
    "results": results.figures,
}
ONLY_IF_NAMED = ("soak",)  # ten minutes by itself


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    usual = soak.Size()
    parser.add_argument("--phones", type=int, default=usual.phones, help="of the soak")
    parser.add_argument("--seconds", type=float, default=usual.seconds, help="of the soak")
    asked = parser.parse_args()
    soak.SIZE = soak.Size(phones=asked.phones, seconds=asked.seconds)
    chosen = asked.parts or [name for name in PARTS if name not in ONLY_IF_NAMED]
    unknown = [name for name in chosen if name not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    load = os.getloadavg()[0]
    found: list[Figure] = []
    broken: list[str] = []
    with ground() as where:
        for name in chosen:
            if not _measured(name, where, found):
                broken.append(name)
    print(f"{os.cpu_count()} processors, load {load:.1f} at the start")
    print(table(found))
    if broken:
        print(f"broken, with the error above: {', '.join(broken)}")
    return 1 if broken else 0


def _measured(name: str, where: Ground, found: list[Figure]) -> bool:
    """Whether the part came to its end; the figures it had by then are kept."""
    began = time.monotonic()
    print(f"{name}…", end=" ", file=sys.stderr, flush=True)
    try:
        for figure in PARTS[name](where):
            found.append(figure)  # one by one: what was measured before a break counts
    except Exception:
        traceback.print_exc()
        return False
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
