"""`python -m tests.proof`: everything in its long form. A short one for trying it out:
`python -m tests.proof --seeds 20 --kills 4 --examples 5`. Names choose parts:
`python -m tests.proof worlds killed`.

The exit code is 0 only when nothing was lost, doubled or violated.
"""

import argparse
import sys
import traceback
from collections.abc import Callable, Iterator

from tests.proof import killed, restored, suites, worlds
from tests.proof.sizes import Sizes
from tests.proof.table import Row, stories, table

PARTS: dict[str, Callable[[Sizes], Iterator[Row]]] = {
    "worlds": worlds.proofs,
    "killed": killed.proofs,
    "restored": restored.proofs,
    "storms": suites.storms,
    "suites": suites.proofs,
}


def main() -> int:
    sizes, chosen = _asked()
    rows: list[Row] = []
    for name in chosen:
        for row in _rows(name, sizes):
            rows.append(row)
            said = "clean" if row.is_clean else "NOT CLEAN"
            print(f"{row.what}: {said}, {row.seconds:.0f} s", file=sys.stderr, flush=True)
    print(table(rows))
    if wrong := stories(rows):
        print(f"\n{wrong}")
    return 1 if wrong else 0


def _rows(name: str, sizes: Sizes) -> Iterator[Row]:
    """The part's rows. One that breaks off is a violation with its error as the story; hours of
    other proofs are told all the same."""
    try:
        yield from PARTS[name](sizes)
    except Exception:
        yield Row(f"{name}: broke off", runs=0, violations=1, story=traceback.format_exc())


def _asked() -> tuple[Sizes, list[str]]:
    usual = Sizes()
    parser = argparse.ArgumentParser(prog="python -m tests.proof")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--seeds", type=int, default=usual.seeds, help="worlds on SQLite")
    parser.add_argument("--postgres-seeds", type=int, help="worlds on PostgreSQL: a tenth of seeds")
    parser.add_argument("--steps", type=int, default=usual.steps, help="of each world")
    parser.add_argument("--kills", type=int, default=usual.kills, help="for each engine")
    parser.add_argument("--restores", type=int, default=usual.restores, help="for each engine")
    parser.add_argument(
        "--examples", type=int, default=usual.examples, help="of each command, call"
    )
    parser.add_argument("--storms", type=int, help="over the phone's engine: as many as seeds")
    given = parser.parse_args()
    if unknown := [name for name in given.parts if name not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}")
    sizes = Sizes(
        seeds=given.seeds,
        postgres_seeds=given.postgres_seeds or max(1, given.seeds // 10),
        steps=given.steps,
        kills=given.kills,
        restores=given.restores,
        examples=given.examples,
        storms=given.storms or given.seeds,
    )
    return sizes, given.parts or list(PARTS)


if __name__ == "__main__":
    sys.exit(main())
