"""A proof that failed or was left out is never told as clean."""

import os
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.proof import __main__ as command
from tests.proof.sizes import Sizes
from tests.proof.suites import _reported, read_report
from tests.proof.table import Row, stories, table

REPORT = """<testsuites><testsuite>
<testcase name="a" time="1.5">
<properties><property name="tried" value="40"/></properties></testcase>
<testcase name="b" time="0.5">{}</testcase>
</testsuite></testsuites>"""


@pytest.mark.parametrize("tag", ["failure", "error", "skipped"])
def test_failed_broken_and_left_out_are_violations(tag: str):
    row = read_report("calls", REPORT.format(f"<{tag}/>"))
    assert (row.runs, row.steps, row.violations, row.seconds) == (2, 40, 1, 2.0)
    assert not row.is_clean


def test_a_report_without_trouble_is_clean():
    assert read_report("calls", REPORT.format("")).is_clean


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "import os; os.kill(os.getpid(), 9)"])
def test_a_suite_that_leaves_no_report_is_a_violation(program: str, tmp_path: Path):
    row = _reported(
        "uploads", [sys.executable, "-c", program], "--x={}", dict(os.environ), tmp_path
    )
    assert not row.is_clean
    assert row.story.startswith(("ended with 3", "ended with -9"))


def test_a_part_that_breaks_off_hides_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def breaks(_: Sizes):
        yield Row("first", 1)
        raise ZeroDivisionError("in the middle")

    def holds(_: Sizes):
        yield Row("second", 1)

    monkeypatch.setattr(command, "PARTS", {"breaks": breaks, "holds": holds})
    monkeypatch.setattr("sys.argv", ["proof"])
    assert command.main() == 1
    told = capsys.readouterr().out
    assert "second" in told
    assert "in the middle" in told


def test_the_table_adds_up_the_faults_by_kind():
    rows = [
        Row("simulation", 20, 4000, 30, 900, 0, 0, by_kind=Counter({"phone killed": 30})),
        Row("kill -9", 4, faults=4, acknowledged=100, lost=0, doubled=0, seconds=12.4),
    ]
    lines = table([*rows, rows[0]]).splitlines()
    assert lines[3].split() == ["kill", "-9", "4", "4", "100", "0", "0", "0", "12"]
    assert lines[-1].split() == ["fault:", "phone", "killed", "60"]
    assert stories(rows) == ""


@pytest.mark.parametrize("bad", [{"lost": 1}, {"doubled": 1}, {"violations": 1}])
def test_anything_lost_doubled_or_violated_ends_with_an_error(
    bad: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    row = replace(Row("worlds", 1, story="make simulate SEED=7"), **bad)

    def proofs(_: Sizes):
        yield row

    monkeypatch.setattr(command, "PARTS", {"worlds": proofs})
    monkeypatch.setattr("sys.argv", ["proof"])
    assert command.main() == 1
    assert "make simulate SEED=7" in capsys.readouterr().out
