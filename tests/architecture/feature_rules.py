"""What holds for features alone: their file names, both sides, who reacts to whom, whose clock.

Each rule takes a house and returns its faults as sentences; no faults, no sentences.
"""

import ast
import re

from tests.architecture.house import FEATURE_FILES, FOUNDATION, PURE_FILES, House, Source

_CLOCKS = frozenset({"SystemClock", "ticks", "cpu_seconds"})


def names_in_features(house: House) -> list[str]:
    """A feature has the fixed file names and no others; a name may be a folder."""
    return [
        f"backend/features/{feature.name}/{part.name} is not a name of the pattern"
        for feature in house.features()
        for part in sorted(feature.iterdir())
        if part.name != "__pycache__" and part.stem not in FEATURE_FILES
    ]


def features_on_one_side(house: House) -> list[str]:
    """What the server can be asked, a phone can ask: the same names below backend and pwa."""
    server = {feature.name for feature in house.features()}
    phone = {path.parent.name for path in house.root.glob("pwa/src/features/*/manifest.ts")}
    return [
        f"{name} is a feature of the {'server' if name in server else 'phone'} alone"
        for name in sorted(server ^ phone)
    ]


def clocks_in_features(house: House) -> list[str]:
    """`now` is an argument. The kernel's clock module holds pure functions too, which is why the
    contract on imports cannot forbid it as a whole."""
    sources = [
        *house.sources("backend/features"),
        *(s for s in house.sources("backend/foundation") if _is_pure(s)),
    ]
    return [
        f"{source.path}:{node.lineno} looks at the clock ({alias.name})"
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in _CLOCKS
    ]


def _is_pure(source: Source) -> bool:
    _, _, package, part, *_ = [*source.path.split("/"), ""]
    return package in FOUNDATION and part.removesuffix(".py") in PURE_FILES


def circles_of_reactions(house: House) -> list[str]:
    """Reactions read neighbours' facts, never in a circle: A would wake B, and B wake A."""
    hears: dict[str, set[str]] = {}
    for source in house.sources("backend/features"):
        _, _, feature, part, *_ = [*source.path.split("/"), ""]
        if part.removesuffix(".py") == "reactions":
            hears.setdefault(feature, set()).update(_neighbours(source) - {feature})
    return [f"{feature} hears itself through its neighbours" for feature in _in_a_circle(hears)]


def _neighbours(source: Source) -> set[str]:
    modules: list[str] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom):
            modules.append(node.module or "")
        elif isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
    found = [re.match(r"backend\.features\.(\w+)", module) for module in modules]
    return {match.group(1) for match in found if match}


def _in_a_circle(hears: dict[str, set[str]]) -> list[str]:
    def reachable(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(hears.get(start, ()))
        while waiting:
            each = waiting.pop()
            if each not in seen:
                seen.add(each)
                waiting.extend(hears.get(each, ()))
        return seen

    return [feature for feature in sorted(hears) if feature in reachable(feature)]
