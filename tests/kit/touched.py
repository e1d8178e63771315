"""The tests beside what was touched since the last commit: `make fast`.

A changed source file `backend/foundation/journal/flush.py` means `tests/foundation/journal`; a
changed test means itself. Browser, bench and simulation take longer than seconds: left out.
"""

import subprocess
import sys
from pathlib import Path

SLOW = ("browser", "bench", "simulation", "kills", "journeys")
FALLBACK = ["tests/foundation/kernel"]


def touched() -> list[str]:
    """Changed and new files, as git sees them."""
    listed = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [line[3:].split(" -> ")[-1].strip('"') for line in listed.stdout.splitlines()]


def tests_beside(files: list[str]) -> list[str]:
    """Existing test files and folders for these files, without repetition."""
    found: dict[str, None] = {}
    for file in map(Path, files):
        beside = _beside(file)
        if beside and not set(beside.parts) & set(SLOW):
            found[str(beside)] = None
    return list(found)


def _beside(file: Path) -> Path | None:
    if file.suffix not in (".py", ".json"):
        return None
    if file.parts[0] == "tests":
        mine = file if file.name.startswith("test_") else file.parent
        return mine if mine.exists() and mine != Path("tests") else None
    inside = file.parts[1:] if file.parts[0] == "backend" else file.parts
    for depth in range(len(inside) - 1, 0, -1):
        folder = Path("tests", *inside[:depth])
        if folder.exists():
            return folder
    return None


def main() -> int:
    chosen = tests_beside(touched()) or FALLBACK
    print("pytest", *chosen, flush=True)
    command = [sys.executable, "-m", "pytest", "-n", "2", "-m", "not slow and not browser", *chosen]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
