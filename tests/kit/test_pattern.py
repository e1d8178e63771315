"""`make feature`: what it lays out is tidy whatever the name, and it never writes over anything."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import pattern
from tests.kit.pattern.naming import named, singular

ROOT = Path(__file__).parents[2]
LONGEST = "committees_resolution_carryover"[:30]


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("visits", "visit"),
        ("umbrella_loans", "umbrella_loan"),
        ("supplies", "supply"),
        ("branches", "branch"),
        ("boxes", "box"),
        ("pass_checks", "pass_check"),
        ("witness", "witness"),
    ],
)
def test_one_of_many_has_a_name_of_its_own(plural: str, one: str):
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("plural", "kind"),
    [
        ("Visits", None),
        ("home-visits", None),
        ("../visits", None),
        ("visits2", None),
        ("", None),
        ("staff", None),
        ("classes", "class"),
        ("v" * 30 + "s", None),
    ],
)
def test_a_name_that_will_not_do_is_refused(plural: str, kind: str | None):
    with pytest.raises(ValueError, match=r"no name|will not do|longer than|of its own"):
        named(plural, kind)


def test_words_come_in_every_form():
    said = named("umbrella_loans", zh="雨伞借用").put_into(
        "A gizmo word, two gizmos words (记录): Gizmo(gizmo) of GIZMOS in gizmos at /gizmos-path"
    )
    assert said == (
        "An umbrella loan, two umbrella loans (雨伞借用): UmbrellaLoan(umbrella_loan) of "
        "UMBRELLA_LOANS in umbrella_loans at /umbrella-loans"
    )
    assert named("visits").put_into("a gizmo word") == "a visit"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An empty house with the formatters and their settings."""
    (tmp_path / "pwa").mkdir()
    for name in ("pyproject.toml", "pwa/biome.json", "pwa/node_modules"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.mark.parametrize("plural", ["visits", LONGEST])
def test_what_is_laid_out_passes_the_linters_whatever_the_length_of_its_name(
    house: Path, plural: str
):
    made = pattern.lay_out(house, named(plural, "committee_resolution_carryover"))
    assert not [path for path in made if "gizmo" in path.read_text("utf-8").lower()]
    ruff = str(Path(sys.executable).with_name("ruff"))
    for command in (["format", "--check", "-q"], ["check"]):
        python = [str(path) for path in made if path.suffix == ".py"]
        done = subprocess.run(
            [ruff, *command, "--no-cache", *python], cwd=house, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout


def test_what_is_there_is_not_written_over(house: Path):
    mine = house / "pwa/src/features/visits/words.zh.ts"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(ValueError, match="is there already"):
        pattern.lay_out(house, named("visits"))
    assert mine.read_text() == "mine"
    assert not (house / "backend").exists()
