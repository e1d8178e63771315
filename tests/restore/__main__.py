"""`python -m tests.restore --count 20 --engine sqlite`: the long form."""

import argparse
import sys
import time

from tests.restore.drill import drill


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.restore")
    parser.add_argument("--count", "--n", type=int, default=20, help="restores per engine")
    parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    engines = ("sqlite", "postgres") if given.engine == "both" else (given.engine,)
    clean = True
    for engine in engines:
        began = time.monotonic()
        series = drill(engine, given.count, given.seed)
        print(series.text(), f"in {time.monotonic() - began:.0f} s", flush=True)
        clean = clean and series.is_clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
