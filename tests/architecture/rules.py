"""What import-linter cannot see: names, sizes, who writes, imports in odd places.

Each rule takes a house and returns its faults as sentences; no faults, no sentences.
"""

import ast
import re
from collections.abc import Callable, Iterator

from tests.architecture.feature_rules import (
    circles_of_reactions,
    clocks_in_features,
    features_on_one_side,
    names_in_features,
)
from tests.architecture.house import (
    FILE_LINES_MAX,
    FOUNDATION,
    FUNCTION_LINES_MAX,
    LATE_IMPORTS,
    TOP_FOLDERS,
    VAGUE,
    WRITERS,
    House,
    Source,
)

Functions = ast.FunctionDef | ast.AsyncFunctionDef
_WRITES = re.compile(r"^\s*(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|TRUNCATE)\b")
_BULK = frozenset({"upsert", "upserting", "inserting", "run_many"})


def packages_in_foundation(house: House) -> list[str]:
    return [
        f"backend/foundation/{part.name} is not a floor of the foundation"
        for part in sorted((house.root / "backend/foundation").iterdir())
        if part.is_dir() and part.name not in (*FOUNDATION, "__pycache__")
    ]


def vague_names(house: House) -> list[str]:
    return [
        f"{source.path}: a vague name is a magnet"
        for source in house.sources("backend", "media", "tests")
        if {part.removesuffix(".py") for part in source.path.split("/")} & VAGUE
    ]


def folders_at_the_top(house: House) -> list[str]:
    return [
        f"{part.name}/ is not one of the folders of the house"
        for part in sorted(house.root.iterdir())
        if part.is_dir() and part.name not in TOP_FOLDERS and any(part.rglob("*.py"))
        if not part.name.startswith(".") and part.name != "var"
    ]


def sizes(house: House) -> list[str]:
    return [fault for source in house.sources() for fault in _sizes(source)]


def _sizes(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > FILE_LINES_MAX:
        yield f"{source.path} has {lines} lines; {FILE_LINES_MAX} is the limit"
    for node in ast.walk(source.tree):
        if isinstance(node, Functions):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES_MAX:
                yield f"{source.path}: {node.name} has {length} lines"


def one_writer(house: House) -> list[str]:
    """Statements that write, and bulk writes, only in the listed files."""
    return [
        f"{source.path}:{line} writes; only the journal does ({what})"
        for source in house.sources("backend")
        if source.path not in WRITERS and not source.path.startswith("backend/foundation/database/")
        for line, what in _writes(source)
    ]


def _writes(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if _WRITES.match(node.value):
                yield node.lineno, node.value.split("(")[0].strip()
        elif isinstance(node, ast.Attribute) and node.attr in _BULK:
            yield node.lineno, node.attr


def listed_writers_exist(house: House) -> list[str]:
    """A writer that no longer writes leaves the list."""
    present = {source.path: source for source in house.sources("backend")}
    return [
        f"{path} is listed as a writer and writes nothing"
        for path in WRITERS
        if path not in present or not list(_writes(present[path]))
    ]


def late_imports(house: House) -> list[str]:
    return [
        f"{source.path}:{node.lineno} imports inside a function"
        for source in house.sources("backend", "media", "tests")
        if source.path not in LATE_IMPORTS
        for function in ast.walk(source.tree)
        if isinstance(function, Functions)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def relative_imports(house: House) -> list[str]:
    return [
        f"{source.path}:{node.lineno} imports relatively"
        for source in house.sources("backend", "media", "tests")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.level > 0
    ]


def lazy_references(house: House) -> list[str]:
    return [
        f"{source.path}:{node.lineno} refers to a table it does not import"
        for source in house.sources("backend")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name | ast.alias)
        and (node.id if isinstance(node, ast.Name) else node.name) == "LazyTableReference"
    ]


RULES: dict[str, Callable[[House], list[str]]] = {
    rule.__name__: rule
    for rule in (
        names_in_features,
        packages_in_foundation,
        vague_names,
        folders_at_the_top,
        sizes,
        one_writer,
        listed_writers_exist,
        late_imports,
        relative_imports,
        lazy_references,
        circles_of_reactions,
        features_on_one_side,
        clocks_in_features,
    )
}
