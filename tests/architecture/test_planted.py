"""Each contract, broken on purpose in a copy of the house, is seen to be broken.

A contract that nothing can break protects nothing: a renamed folder or a wrong wildcard would leave
it green for ever.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, House
from tests.architecture.rules import RULES


@dataclass(frozen=True)
class Plant:
    """A line of source in a file, and how the violation is reported."""

    file: str
    line: str
    seen: str


ALFA, BRAVO = "backend/features/alfa", "backend/features/bravo"

# By the name of the contract in .importlinter.
IMPORTS = {
    "A lower floor never uses a higher one": Plant(
        f"{ALFA}/handlers.py",
        "from backend.worker import loop",
        "backend.features.alfa.handlers -> backend.worker",
    ),
    "The foundation has an order": Plant(
        "backend/foundation/kernel/clock.py",
        "from backend.foundation.journal import envelope",
        "backend.foundation.kernel.clock -> backend.foundation.journal",
    ),
    "Outsiders reach a feature through its manifest": Plant(
        "backend/api/health.py",
        "from backend.features.alfa import rules",
        "backend.api.health -> backend.features.alfa.rules",
    ),
    "Features do not know each other, but for the facts that reactions read": Plant(
        f"{ALFA}/reactions.py",
        "from backend.features.bravo import model",
        "backend.features.alfa.reactions -> backend.features.bravo.model",
    ),
    "Models, commands, facts, states, problems, rules, notices and the kernel are pure": Plant(
        f"{ALFA}/rules.py", "import uuid", "backend.features.alfa.rules -> uuid"
    ),
    "Inside a feature the arrow points from what is wired to what is pure": Plant(
        f"{ALFA}/model.py",
        "from backend.features.alfa import tables",
        "backend.features.alfa.model -> backend.features.alfa.tables",
    ),
    "media is a library of its own": Plant(
        "media/staging/__init__.py",
        "from backend.foundation.kernel import limits",
        "media.staging -> backend.foundation.kernel",
    ),
    "Evidence bytes are opened in few places": Plant(
        f"{ALFA}/handlers.py",
        "from media.store import open_store",
        "backend.features.alfa.handlers -> media.store",
    ),
    "One module speaks S3": Plant(
        "backend/worker/loop.py", "import boto3", "backend.worker.loop -> boto3"
    ),
    "One package decodes pictures": Plant(
        "backend/foundation/evidence/rules.py",
        "from PIL import Image",
        "backend.foundation.evidence.rules -> PIL",
    ),
    "The web stays above: api, app and the views of features": Plant(
        f"{ALFA}/feed.py", "import litestar", "backend.features.alfa.feed -> litestar"
    ),
}

# By the name of the rule in rules.py.
FILES = {
    "names_in_features": Plant(f"{ALFA}/tools.py", "", f"{ALFA}/tools.py is not a name"),
    "packages_in_foundation": Plant(
        "backend/foundation/extras/__init__.py", "", "backend/foundation/extras is not a floor"
    ),
    "vague_names": Plant("backend/api/helpers.py", "", "backend/api/helpers.py: a vague name"),
    "folders_at_the_top": Plant("scripts/tidy.py", "", "scripts/ is not one of the folders"),
    "sizes": Plant(
        f"{ALFA}/handlers.py",
        "def long() -> None:\n" + "    print()\n" * 60,
        "handlers.py: long has 61 lines",
    ),
    "one_writer": Plant(
        f"{ALFA}/handlers.py",
        "async def sneak(tx):\n    await tx.run('UPDATE person SET active = ?', True)\n",
        "writes; only the journal does (UPDATE person",
    ),
    "late_imports": Plant(
        f"{ALFA}/handlers.py", "def late():\n    import json\n", "imports inside a function"
    ),
    "relative_imports": Plant(f"{ALFA}/rules.py", "from . import model", "imports relatively"),
    "lazy_references": Plant(
        f"{ALFA}/tables.py",
        "from piccolo.columns.reference import LazyTableReference",
        "refers to a table it does not import",
    ),
    "circles_of_reactions": Plant(
        f"{BRAVO}/reactions.py",
        "from backend.features.alfa import facts",
        "alfa hears itself through its neighbours",
    ),
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house with two small features, and no fault."""
    copy = tmp_path_factory.mktemp("clean")
    leave = shutil.ignore_patterns("__pycache__", "photos")
    for name in ("backend", "media"):
        shutil.copytree(ROOT / name, copy / name, ignore=leave)
    shutil.copy(ROOT / ".importlinter", copy)
    for feature in (ALFA, BRAVO):
        copy.joinpath(feature).mkdir()
        for name in ("__init__", "manifest", "model", "tables", "rules", "facts", "feed"):
            copy.joinpath(feature, f"{name}.py").touch()
        copy.joinpath(feature, "handlers.py").touch()
        copy.joinpath(feature, "reactions.py").touch()
    return copy


def spoilt(clean: Path, target: Path, *plants: Plant) -> Path:
    shutil.copytree(clean, target)
    for plant in plants:
        file = target / plant.file
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text() if file.exists() else ""
        file.write_text(f"{before}\n{plant.line}\n")
    return target


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-cache", "--config", ".importlinter"]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def report(clean: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a house in which every contract is broken at once."""
    target = tmp_path_factory.mktemp("spoilt") / "house"
    return lint(spoilt(clean, target, *IMPORTS.values())).stdout


def test_a_house_without_faults_passes(clean: Path):
    done = lint(clean)
    assert done.returncode == 0, done.stdout
    faults = [fault for rule in RULES.values() for fault in rule(House(clean))]
    assert faults == []


@pytest.mark.parametrize("contract", IMPORTS)
def test_a_planted_import_is_caught(report: str, contract: str):
    """By the contract it breaks, and not merely by some other."""
    broken = report[report.index("Broken contracts") :]
    heading = re.escape(contract).replace(r"\ ", r"\s+")
    section = re.search(rf"{heading}\s+-{{5,}}\s(.*?)(?=\n\S[^\n]*\n-{{5,}}\n|\Z)", broken, re.S)
    assert section, f"{contract} is not broken:\n{report}"
    assert IMPORTS[contract].seen in section.group(1)


def test_every_contract_has_its_planted_violation():
    names = re.findall(r"^name = (.*)$", (ROOT / ".importlinter").read_text(), re.M)
    assert sorted(names) == sorted(IMPORTS)
    assert set(FILES) | {"listed_writers_exist"} == set(RULES)


@pytest.mark.parametrize("rule", FILES)
def test_a_planted_file_is_caught(clean: Path, tmp_path: Path, rule: str):
    plants = [FILES[rule]]
    if rule == "circles_of_reactions":
        plants.append(Plant(f"{ALFA}/reactions.py", "from backend.features.bravo import facts", ""))
    faults = RULES[rule](House(spoilt(clean, tmp_path / "house", *plants)))
    assert any(FILES[rule].seen in fault for fault in faults), faults


def test_a_writer_that_no_longer_writes_leaves_the_list(clean: Path, tmp_path: Path):
    house = spoilt(clean, tmp_path / "house")
    house.joinpath("backend/foundation/identity/throttle.py").write_text("")
    faults = RULES["listed_writers_exist"](House(house))
    assert faults == [
        "backend/foundation/identity/throttle.py is listed as a writer and writes nothing"
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("import datetime\nNOW = datetime.datetime.now()\n", "TID251"),
        ("import time\nNOW = time.time()\n", "TID251"),
        ("import uuid\nNEW = uuid.uuid4()\n", "TID251"),
        ("import random\nDRAWN = random.random()\n", "TID251"),
        ("def late():\n    import json\n    return json\n", "PLC0415"),
        ("from . import model\nprint(model)\n", "TID252"),
    ],
)
def test_the_linter_refuses_clocks_dice_and_odd_imports(tmp_path: Path, line: str, code: str):
    file = tmp_path / "backend" / "worker" / "planted.py"
    file.parent.mkdir(parents=True)
    file.write_text(line)
    program = Path(sys.executable).with_name("ruff")
    command = [str(program), "check", "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [*command, "--output-format", "concise", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert code in done.stdout
