"""A temporary copy of the project that a developer could work in, at the price of a few links."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.house import ROOT

_SECONDS_MAX = 300


@dataclass(frozen=True)
class Copy:
    """The project below `root`, with the packages of the one it was copied from."""

    root: Path

    def run(self, *command: str, folder: str = ".") -> str:
        """A program in the copy; what it printed. Raises AssertionError with that when it fails."""
        done = subprocess.run(
            command,
            cwd=self.root / folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=_SECONDS_MAX,
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-6000:]}"
        return done.stdout

    def python(self, *words: str) -> str:
        """`python -m …` on the sources of the copy."""
        return self.run(sys.executable, "-m", *words)

    def tool(self, name: str, *words: str) -> str:
        """A program that was installed beside Python."""
        return self.run(str(Path(sys.executable).with_name(name)), *words)

    def npm(self, *words: str) -> str:
        """A script of the phone."""
        return self.run("npm", "run", "--silent", *words, folder="pwa")

    def environment(self) -> dict[str, str]:
        """Nothing of the test run that looks on, and the copy's sources before any others."""
        mine = ("PYTEST_", "XUNFANG_", "COV_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
        return kept | {"PYTHONPATH": str(self.root)}

    def files(self) -> dict[str, str]:
        """Digests of all files by their path, without what git leaves out."""
        found: dict[str, str] = {}
        for folder, folders, names in os.walk(self.root):
            left_out = _left_out(folder, [*folders, *names])
            folders[:] = sorted(set(folders) - left_out)
            for name in set(names) - left_out:
                path = Path(folder, name)
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                found[path.relative_to(self.root).as_posix()] = digest
        return found


def copied(target: Path) -> Copy:
    """The project as it is here, changes included."""
    shutil.copytree(ROOT, target, ignore=_left_out)
    (target / ".venv").symlink_to(sys.prefix)
    # A folder of links, not one link: what tools keep among the packages stays in the copy.
    packages = target / "pwa" / "node_modules"
    packages.mkdir()
    for package in (ROOT / "pwa" / "node_modules").iterdir():
        if not package.name.startswith(".") or package.name == ".bin":
            (packages / package.name).symlink_to(package)
    return Copy(target)


_PATTERNS = [line.strip("/") for line in (ROOT / ".gitignore").read_text().split()]
_left_out = shutil.ignore_patterns(".git", *_PATTERNS)
