"""The house as files and syntax trees, so that a rule can be asked of it or of a spoilt copy."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]

FEATURE_FILES = frozenset(
    {
        "__init__",
        "manifest",
        "model",
        "tables",
        "commands",
        "states",
        "rules",
        "handlers",
        "facts",
        "problems",
        "feed",
        "reactions",
        "notices",
        "views",
        "demo",
    }
)
PURE_FILES = frozenset({"model", "commands", "facts", "states", "problems", "rules", "notices"})
FOUNDATION = (
    "privacy",
    "checklists",
    "saved_views",
    "exports",
    "evidence",
    "notices",
    "identity",
    "organisation",
    "journal",
    "database",
    "documents",
    "kernel",
)
VAGUE = frozenset(
    {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "base", "core"}
)
TOP_FOLDERS = frozenset({"backend", "media", "migrations", "pwa", "tests", ".ci"})
FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 60

# journal.execute alone writes records. These write other things, and nothing else does.
WRITERS = {
    "backend/foundation/database/rows.py": "spells the statements for the others",
    "backend/foundation/journal/copies.py": "how far a copy reaches, and the epoch after a restore",
    "backend/foundation/journal/deriving.py": "words and figures, made anew by other rules",
    "backend/foundation/journal/execute.py": "verdicts and the log of each device",
    "backend/foundation/journal/erasure.py": "what is personal of erased records, taken away",
    "backend/foundation/journal/flush.py": "records, facts, the chain, the change index",
    "backend/foundation/journal/jobs.py": "leases of jobs",
    "backend/foundation/journal/seeding.py": "the counter's one row, on an empty database",
    "backend/foundation/notices/lanes.py": "what is on its way out, and who is at it",
    "backend/foundation/identity/devices.py": "devices and their last contact",
    "backend/foundation/identity/sessions.py": "sign-ins",
    "backend/foundation/identity/sign_in.py": "a password hash made stronger at sign-in",
    "backend/foundation/identity/throttle.py": "failed sign-ins",
}

# The store registry loads the library of the chosen store only: boto3 costs 26 MB.
LATE_IMPORTS = frozenset({"media/store/opening.py"})


@dataclass(frozen=True)
class House:
    """The project below `root`."""

    root: Path

    def sources(self, *tops: str) -> Iterator["Source"]:
        for top in tops or ("backend", "media"):
            for file in sorted((self.root / top).rglob("*.py")):
                if "node_modules" not in file.parts:
                    yield Source(file, file.relative_to(self.root).as_posix())

    def features(self) -> list[Path]:
        return sorted(path.parent for path in self.root.glob("backend/features/*/__init__.py"))


@dataclass(frozen=True)
class Source:
    """One Python file."""

    file: Path
    path: str

    @cached_property
    def tree(self) -> ast.Module:
        return _parsed(self.text)

    @cached_property
    def text(self) -> str:
        return self.file.read_text()


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)
