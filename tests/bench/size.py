"""What a branch pays for on a thin line: the phone's build in bytes as they travel, gzipped. The
same bytes are asserted by the phone's own tests."""

import json
import subprocess
from collections.abc import Iterator

from tests.bench.installation import Ground
from tests.bench.table import Figure
from tests.browser.building import PWA, build

LIMITS_KB = {
    "first_screen_js": 60,
    "first_screen_css": 5,
    "service_worker": 10,
    "precache": 250,
    "held_after": None,
}


def figures(_: Ground) -> Iterator[Figure]:
    """One line for each limit."""
    command = ["node", "build/weigh.mjs", str(build())]
    done = subprocess.run(command, cwd=PWA, capture_output=True, text=True, check=True)
    for name, weight in json.loads(done.stdout).items():
        what = f"phone: {name.replace('_', ' ')}, gzipped"
        yield Figure(what, weight / 1000, "kB", LIMITS_KB[name])
