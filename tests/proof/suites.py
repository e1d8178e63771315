"""Tests that prove more when they are given more time, or whose outcome belongs into the table.

They run in processes of their own and tell by their report what they did. A test that was not run
is a violation here: a proof that was left out proves nothing.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tests.kit.served import ROOT
from tests.proof.sizes import Sizes
from tests.proof.table import Row

TOLD_LINES = 60
SUITES = (
    ("canaries: known mistakes that must be seen", ("tests/simulation/test_canaries.py",)),
    ("commands with whatever their types allow", ("tests/api/test_commands_fuzzed.py",)),
    ("calls against the server's own description", ("tests/api/test_openapi.py",)),
    ("uploads killed, torn, damaged, resumed", ("tests/media", "tests/api/tus")),
    ("flushes before answers, as traced", ("tests/kills/test_flush_order.py",)),
    ("failures that users of others reported", ("tests/peers",)),
    ("main job in a browser, killed twice", ("tests/browser/test_main_job.py",)),
)


def proofs(sizes: Sizes) -> Iterator[Row]:
    """One row per suite of the server, and the storms over the phone's own engine."""
    environment = os.environ | {"XUNFANG_FUZZ_EXAMPLES": str(sizes.examples), "CI": "true"}
    for what, paths in SUITES:
        command = [sys.executable, "-m", "pytest", "-p", "no:xdist", *paths]
        yield _reported(what, command, "--junitxml={}", environment, ROOT)


def storms(sizes: Sizes) -> Iterator[Row]:
    """The phone's own engine over a store that dies and a line that lies."""
    environment = os.environ | {"XUNFANG_SOAK": str(sizes.storms)}
    command = ["npx", "vitest", "run", "tests/soak.test.ts", "--reporter=default"]
    command += ["--reporter=junit", f"--testTimeout={sizes.storms * 1000}"]
    row = _reported(
        "storms over the phone's engine", command, "--outputFile={}", environment, ROOT / "pwa"
    )
    row.runs = sizes.storms
    yield row


def _reported(
    what: str, command: list[str], option: str, environment: dict[str, str], folder: Path
) -> Row:
    """Runs the command and reads the JUnit report that it leaves."""
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.xml"
        done = subprocess.run(
            [*command, option.format(report)],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        row = read_report(what, report.read_text()) if report.exists() else Row(what, runs=0)
    # Ended by a signal, or before a test ran: whatever the report says, it is not whole.
    if done.returncode and row.is_clean:
        row.violations = 1
    said = (done.stdout + done.stderr).splitlines()[-TOLD_LINES:]
    row.story = "\n".join([f"ended with {done.returncode}", *said])
    return row


def read_report(what: str, xml: str) -> Row:
    """Tests as runs, what they say they tried as steps; failed and not run are violations."""
    suites = ElementTree.fromstring(xml)
    cases = list(suites.iter("testcase"))
    bad = [
        case
        for case in cases
        if any(case.find(tag) is not None for tag in ("failure", "error", "skipped"))
    ]
    tried = [
        int(told.get("value", "0"))
        for told in suites.iter("property")
        if told.get("name") == "tried"
    ]
    return Row(
        what,
        runs=len(cases),
        steps=sum(tried) if tried else None,
        violations=len(bad),
        seconds=sum(float(case.get("time", "0")) for case in cases),
    )
