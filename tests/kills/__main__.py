"""`python -m tests.kills --count 200`: the long form, on both engines or on one."""

import argparse
import sys
import time

from tests.kills.run import kill_series


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("--count", "--n", type=int, default=10, help="kills per engine")
    parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    engines = ("sqlite", "postgres") if given.engine == "both" else (given.engine,)
    clean = True
    for engine in engines:
        began = time.monotonic()
        series = kill_series(engine, given.count, given.seed)
        print(series.text(), f"in {time.monotonic() - began:.0f} s", flush=True)
        clean = clean and series.sums.is_clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
