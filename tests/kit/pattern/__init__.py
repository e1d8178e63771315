"""The project's own pattern: a new feature on both sides, working from the first minute.

The files below `files/` are those of a feature called gizmos: something that the staff of an outlet
open and close. They are laid out under the new name, formatted, and from then on belong to whoever
asked for them. Nothing that exists is edited; where that would be needed, the house is mended.
"""

import subprocess
import sys
from pathlib import Path

from tests.kit.pattern.naming import Named

FILES = Path(__file__).parent / "files"


def lay_out(root: Path, name: Named) -> list[Path]:
    """Writes the feature into the project below `root`; the new files, formatted.

    Raises ValueError when something of that name is there already, before anything is written.
    """
    texts = {
        root / name.put_into(file.relative_to(FILES).as_posix().removesuffix(".txt")): file
        for file in sorted(FILES.rglob("*.txt"))
    }
    for folder in ("backend/features", "pwa/src/features", "tests/features"):
        if (root / folder / name.plural).exists():
            raise ValueError(f"{folder}/{name.plural} is there already")
    for path, file in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name.put_into(file.read_text("utf-8")), "utf-8")
    made = list(texts)
    tidy(root, made)
    return made


def tidy(root: Path, files: list[Path]) -> None:
    """Sorts imports and breaks lines: both follow from how long the name is."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    python = [str(path) for path in files if path.suffix == ".py"]
    subprocess.run([ruff, "check", "-q", "--select", "I", "--fix", *python], cwd=root, check=True)
    subprocess.run([ruff, "format", "-q", *python], cwd=root, check=True)
    phone = [str(path) for path in files if path.is_relative_to(root / "pwa")]
    biome = root / "pwa" / "node_modules" / ".bin" / "biome"
    command = [str(biome), "check", "--write", "--log-level=error", *phone]
    subprocess.run(command, cwd=root / "pwa", check=True, stdout=subprocess.DEVNULL)
