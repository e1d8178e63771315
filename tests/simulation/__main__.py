"""`python -m tests.simulation --seeds 2000`, or `--seed 84121` for one that failed."""

import argparse
import contextlib
import sys
import time

from tests.kit.services.postgres import running_postgres
from tests.simulation.report import failures_text, figures_text
from tests.simulation.run import Asked, play, play_all, seeds_from


def main() -> int:
    given = _arguments()
    seeds = (given.seed,) if given.seed is not None else seeds_from(given.first, given.seeds)
    with contextlib.ExitStack() as stack:
        url = given.server
        if given.engine == "postgres" and not url:
            url = stack.enter_context(running_postgres()).url("postgres")
        asked = Asked(seeds, given.steps, given.engine, url, given.phone)
        began = time.monotonic()
        if len(seeds) == 1:
            outcome = play(asked)
        else:
            outcome = play_all(asked, given.workers, _heard if sys.stderr.isatty() else _silent)
    print(figures_text(outcome, given.engine, time.monotonic() - began))
    if outcome.failures:
        print(failures_text(outcome))
    return 1 if outcome.failures else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--first", type=int, default=1, help="the first of the seeds")
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--phone", choices=("both", "engine", "light"), default="both")
    parser.add_argument("--server", default="", help="a running PostgreSQL, else one is started")
    parser.add_argument("--workers", type=int)
    return parser.parse_args()


def _heard(done: int) -> None:
    print(f"\r{done} seeds", end="", file=sys.stderr, flush=True)


def _silent(done: int) -> None:
    return None


if __name__ == "__main__":
    sys.exit(main())
