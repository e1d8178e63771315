"""The domain: one package per record type. Found by name, so that adding one edits nothing here."""

from importlib import import_module
from pathlib import Path

from backend.foundation.journal.manifest import Manifest


def discover() -> tuple[Manifest, ...]:
    """The manifests of all features, sorted by name. CATALOGUE.md shows what was found."""
    here = Path(__file__).parent
    names = sorted(path.parent.name for path in here.glob("*/manifest.py"))
    return tuple(import_module(f"{__name__}.{name}.manifest").MANIFEST for name in names)
