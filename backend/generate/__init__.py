"""What is written by the house about itself: CATALOGUE.md and the phone's types.

A test compares the files with what would be written now; nobody edits them by hand.
"""

from pathlib import Path

from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.kernel.problem import ProblemType
from backend.generate import page, phone

ROOT = Path(__file__).parents[2]


def files(catalogue: Catalogue, problems: dict[str, ProblemType]) -> dict[Path, str]:
    """Every generated file with its text."""
    generated = ROOT / "pwa" / "src" / "generated"
    return {
        ROOT / "CATALOGUE.md": page.catalogue_page(catalogue, problems),
        generated / "commands.ts": phone.commands(catalogue),
        generated / "machines.ts": phone.machines(catalogue),
        generated / "problems.ts": phone.problems(problems),
        generated / "privacy.ts": phone.privacy(catalogue),
    }


def write(catalogue: Catalogue, problems: dict[str, ProblemType]) -> list[Path]:
    """Writes what changed; the paths of what did."""
    changed = []
    for path, text in files(catalogue, problems).items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed
