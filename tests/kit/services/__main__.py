"""`python -m tests.kit.services install | up | hold`.

`install` brings what is missing. `up` starts everything, prints the settings to use it by hand, and
stops it at Ctrl-C. `hold` is for the test run itself.
"""

import os
import sys
import time
from pathlib import Path

from tests.kit.services.install import command_for, install
from tests.kit.services.postgres import running_postgres
from tests.kit.services.radosgw import running_radosgw
from tests.kit.services.shared import hold


def main(arguments: list[str]) -> int:
    match arguments:
        case ["install"]:
            return _install()
        case ["up"]:
            return _up()
        case ["hold", name, run, owner]:
            hold(name, Path(run), int(owner))
            return 0
    print(__doc__)
    return 2


def _install() -> int:
    still_missing = install()
    if not still_missing:
        print("PostgreSQL, radosgw, Chromium, WebKitGTK and strace are on this machine.")
        return 0
    names = ", ".join(need.name for need in still_missing)
    print(f"Tests that need {names} will report themselves as not run.")
    print(f"  {command_for(still_missing)}")
    return 1 if os.environ.get("CI") == "true" else 0


def _up() -> int:
    with running_postgres() as postgres, running_radosgw() as gateway:
        bucket = gateway.new_bucket()
        print(f"export XUNFANG_DATABASE_URL={postgres.new_database()}")
        print(f"export XUNFANG_STORE_URL='{bucket.store_url}'")
        for key, value in bucket.environment.items():
            print(f"export {key}={value}")
        print("Ctrl-C stops both.", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
