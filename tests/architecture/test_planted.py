"""Each contract, broken on purpose in a copy of the house, is seen to be broken.

A contract that nothing can break protects nothing: a renamed folder or a wrong wildcard would leave
it green for ever.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import FEATURE_FILES, ROOT, House
from tests.architecture.plants import ALFA, BRAVO, FILES, IMPORTS, Plant
from tests.architecture.rules import RULES


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
        for name in FEATURE_FILES:
            copy.joinpath(feature, f"{name}.py").touch()
    for feature in House(copy).features():
        phone = copy / "pwa/src/features" / feature.name
        phone.mkdir(parents=True)
        phone.joinpath("manifest.ts").touch()
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
    plants = [plant for several in IMPORTS.values() for plant in several]
    return lint(spoilt(clean, target, *plants)).stdout


def test_a_house_without_faults_passes(clean: Path):
    done = lint(clean)
    assert done.returncode == 0, done.stdout
    faults = [fault for rule in RULES.values() for fault in rule(House(clean))]
    assert faults == []


@pytest.mark.parametrize(
    ("contract", "plant"),
    [(contract, plant) for contract, plants in IMPORTS.items() for plant in plants],
    ids=[plant.seen for plants in IMPORTS.values() for plant in plants],
)
def test_a_planted_import_is_caught(report: str, contract: str, plant: Plant):
    """By the contract it breaks, and not merely by some other."""
    broken = report[report.index("Broken contracts") :]
    heading = re.escape(contract).replace(r"\ ", r"\s+")
    section = re.search(rf"{heading}\s+-{{5,}}\s(.*?)(?=\n\S[^\n]*\n-{{5,}}\n|\Z)", broken, re.S)
    assert section, f"{contract} is not broken:\n{report}"
    assert plant.seen in section.group(1)


def test_every_contract_has_its_planted_violation():
    names = re.findall(r"^name = (.*)$", (ROOT / ".importlinter").read_text(), re.M)
    assert sorted(names) == sorted(IMPORTS)
    assert all(IMPORTS.values())
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
