"""Failures of the phone that others reported. They are tried on the phone's own engine under Node
(`pwa/tests/peers.test.ts`); here each one is reported by its name."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

PWA = Path(__file__).parents[2] / "pwa"
SECONDS_MAX = 120
FAILURES = (
    "a 401 emptying the outbox",
    "the session ending in the middle of a queue",
    "a captive portal answering 200",
    "a portal that answers JSON of its own",
    "clock a day off",
    "work purged because a permission was lost",
    "a rejected push that left no error",
    "a queue that did not start again when the server came back",
    "too much at once, refused for ever",
    "one poisonous record and everything behind it",
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each test's outcome by its name. One run of vitest."""
    vitest = PWA / "node_modules/.bin/vitest"
    node = shutil.which("node")
    if node is None or not vitest.exists():
        message = "not run: the phone's tools are missing; make test"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    report = tmp_path_factory.mktemp("vitest") / "report.json"
    asked = ["run", "tests/peers.test.ts", "--reporter=json", f"--outputFile={report}"]
    done = subprocess.run(
        [node, str(vitest.resolve()), *asked],
        cwd=PWA,
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
    )
    assert report.exists(), done.stdout + done.stderr
    files = json.loads(report.read_text("utf-8"))["testResults"]
    results = [result for file in files for result in file["assertionResults"]]
    return {one["title"]: "\n".join([one["status"], *one["failureMessages"]]) for one in results}


@pytest.mark.parametrize("failure", FAILURES)
def test_on_the_phone(failure: str, outcomes: dict[str, str]) -> None:
    assert outcomes[failure] == "passed"


def test_every_failure_tried_on_the_phone_is_reported_here(outcomes: dict[str, str]) -> None:
    assert set(outcomes) == set(FAILURES)
