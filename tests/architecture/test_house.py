"""The house keeps its own rules: arrow, names, sizes, one writer, migrations, locks."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from backend.app import catalogue, schema
from backend.foundation.database.schema import pending_changes
from backend.foundation.privacy.purposes import faults
from backend.generate import files
from backend.generate.words import all_problems
from tests.architecture.house import LATE_IMPORTS, ROOT, House
from tests.architecture.rules import RULES

HOUSE = House(ROOT)


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps(rule: str):
    assert RULES[rule](HOUSE) == []


def test_the_arrow_points_down():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_one_late_import_is_still_needed():
    """An exception that nobody uses any more is a hole."""
    for path in LATE_IMPORTS:
        functions = [
            node
            for node in ast.walk(ast.parse((ROOT / path).read_text()))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        inside = [node for function in functions for node in ast.walk(function)]
        assert any(isinstance(node, ast.Import | ast.ImportFrom) for node in inside) or any(
            isinstance(node, ast.Name) and node.id == "import_module" for node in inside
        )


async def test_the_migrations_tell_the_whole_truth_about_the_tables():
    assert await pending_changes(schema()) == []


def test_every_personal_field_has_a_purpose_a_ground_and_a_class():
    """After a fact with a `personal` field: say in the manifest what it is kept for."""
    assert faults(catalogue().manifests) == []


def test_the_generated_files_are_what_would_be_written_now():
    """After a change of a command, a state or a refusal: make generated."""
    wanted = files(catalogue(), all_problems(catalogue()))
    stale = [str(path) for path, text in wanted.items() if path.read_text("utf-8") != text]
    assert stale == []


LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "pwa/package-lock.json",
    "tests/bench/peers/package-lock.json",
)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str):
    """The lock works at home and in the bank's own network."""
    text = (ROOT / lock).read_text()
    assert not re.findall(r'^\s*"resolved".*$', text, re.M)
    if lock.startswith("requirements"):
        assert "://" not in text


def test_the_locks_hold_everything_that_is_asked_for():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for lock, names in (
        ("requirements.lock", asked["dependencies"]),
        ("requirements-dev.lock", asked["dependencies"] + asked["optional-dependencies"]["dev"]),
    ):
        locked = set(re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(), re.M))
        wanted = {re.split(r"[<>=\[;~!]", name)[0].strip().lower() for name in names}
        assert wanted <= locked, f"make lock: {wanted - locked} are missing in {lock}"


def test_what_runs_is_locked_at_one_version_for_use_and_for_tests():
    pattern = re.compile(r"^([\w.-]+==\S+)", re.M)
    run = set(pattern.findall((ROOT / "requirements.lock").read_text()))
    dev = set(pattern.findall((ROOT / "requirements-dev.lock").read_text()))
    assert run <= dev
