"""Violations to plant: what a careless hand would write, and how it has to be reported."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plant:
    """A line of source in a file, and how the violation is reported."""

    file: str
    line: str
    seen: str


ALFA, BRAVO = "backend/features/alfa", "backend/features/bravo"


def imported(file: str, line: str, target: str) -> Plant:
    """An import that must not be, reported as one module's use of another."""
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return Plant(file, line, f"{module} -> {target}")


def _from(file: str, module: str, name: str) -> Plant:
    return imported(file, f"from {module} import {name}", module)


# By the name of the contract in .importlinter. Every part of a contract that could be misspelt
# has a plant of its own: a wrong wildcard leaves the others green.
IMPORTS: dict[str, tuple[Plant, ...]] = {
    "A lower floor never uses a higher one": (
        imported(f"{ALFA}/handlers.py", "from backend.worker import loop", "backend.worker"),
        imported(f"{ALFA}/handlers.py", "from backend.api import health", "backend.api"),
        _from("backend/foundation/journal/work.py", "backend.features", "discover"),
        _from("backend/foundation/kernel/limits.py", "backend.settings", "Settings"),
        _from("backend/api/blobs.py", "backend.app", "schema"),
        _from("backend/worker/tasks.py", "backend.cli", "main"),
        _from("backend/app.py", "backend.serving", "prepare"),
        _from(f"{ALFA}/handlers.py", "backend.demo.stage", "Stage"),
        _from(f"{ALFA}/demo.py", "backend.demo.play", "play"),
    ),
    "The foundation has an order": (
        imported(
            "backend/foundation/kernel/clock.py",
            "from backend.foundation.journal import envelope",
            "backend.foundation.journal",
        ),
        _from("backend/foundation/database/rows.py", "backend.foundation.journal.work", "Work"),
        _from("backend/foundation/documents/tables.py", "backend.foundation.database.rows", "Rows"),
        _from(
            "backend/foundation/journal/pull.py", "backend.foundation.organisation.model", "Line"
        ),
        _from(
            "backend/foundation/organisation/model.py", "backend.foundation.identity.model", "Post"
        ),
        _from("backend/foundation/identity/model.py", "backend.foundation.evidence.model", "Photo"),
        _from(
            "backend/foundation/evidence/model.py", "backend.foundation.checklists.sheet", "Sheet"
        ),
    ),
    "Outsiders reach a feature through its manifest": (
        imported(
            "backend/api/health.py",
            "from backend.features.alfa import rules",
            "backend.features.alfa.rules",
        ),
        *(
            imported(
                "backend/worker/loop.py",
                f"from backend.features.bravo import {name}",
                f"backend.features.bravo.{name}",
            )
            for name in [
                "commands",
                "demo",
                "facts",
                "feed",
                "handlers",
                "model",
                "notices",
                "problems",
                "reactions",
                "states",
                "tables",
                "views",
            ]
        ),
    ),
    "Features do not know each other, but for the facts that reactions read": (
        imported(
            f"{ALFA}/reactions.py",
            "from backend.features.bravo import model",
            "backend.features.bravo.model",
        ),
        imported(
            f"{ALFA}/handlers.py",
            "from backend.features.bravo import facts",
            "backend.features.bravo.facts",
        ),
        imported(
            f"{ALFA}/feed.py",
            "from backend.features.bravo import manifest",
            "backend.features.bravo.manifest",
        ),
    ),
    "Models, commands, facts, states, problems, rules, notices and the kernel are pure": (
        imported(f"{ALFA}/model.py", "import sqlite3", "sqlite3"),
        imported(f"{ALFA}/commands.py", "import litestar", "litestar"),
        imported(f"{ALFA}/facts.py", "import asyncio", "asyncio"),
        imported(f"{ALFA}/states.py", "import time", "time"),
        imported(f"{ALFA}/problems.py", "import random", "random"),
        imported(f"{ALFA}/rules.py", "import uuid", "uuid"),
        imported(f"{ALFA}/notices.py", "import secrets", "secrets"),
        imported(f"{BRAVO}/model.py", "import piccolo", "piccolo"),
        _from(f"{BRAVO}/rules.py", "backend.foundation.kernel.ids", "new_id"),
        _from(f"{BRAVO}/facts.py", "backend.foundation.database.rows", "Rows"),
        imported("backend/foundation/checklists/facts.py", "import httpx", "httpx"),
        imported("backend/foundation/evidence/states.py", "import os", "os"),
        imported("backend/foundation/identity/rules.py", "import asyncpg", "asyncpg"),
        imported("backend/foundation/identity/commands.py", "import uvicorn", "uvicorn"),
        imported("backend/foundation/organisation/model.py", "import socket", "socket"),
        imported("backend/foundation/organisation/problems.py", "import anyio", "anyio"),
        imported("backend/foundation/kernel/machine.py", "import threading", "threading"),
    ),
    "Inside a feature the arrow points from what is wired to what is pure": tuple(
        imported(
            f"{ALFA}/{low}.py",
            f"from backend.features.alfa import {high}",
            f"backend.features.alfa.{high}",
        )
        for low, high in (
            ("model", "tables"),
            ("manifest", "demo"),
            ("facts", "rules"),
            ("states", "handlers"),
            ("commands", "feed"),
            ("problems", "notices"),
            ("rules", "handlers"),
            ("tables", "rules"),
            ("tables", "feed"),
            ("handlers", "feed"),
            ("feed", "views"),
            ("handlers", "reactions"),
            ("reactions", "views"),
            ("views", "manifest"),
        )
    ),
    "media is a library of its own": (
        _from("media/staging/sweep.py", "backend.foundation.kernel", "limits"),
        imported("media/store/folder.py", "import litestar", "litestar"),
        imported("media/photo/examine.py", "import asyncpg", "asyncpg"),
    ),
    "Evidence bytes are opened in few places": (
        _from(f"{ALFA}/handlers.py", "media.store", "open_store"),
        _from("backend/foundation/checklists/handlers.py", "media.photo", "PhotoSandbox"),
        _from("backend/api/sync/pull.py", "media.staging", "StagingArea"),
    ),
    "One module speaks S3": (
        imported("backend/worker/loop.py", "import boto3", "boto3"),
        imported("media/store/folder.py", "import botocore.config", "botocore"),
    ),
    "One package decodes pictures": (
        imported("backend/foundation/evidence/rules.py", "from PIL import Image", "PIL"),
        imported("media/staging/append.py", "from PIL import Image", "PIL"),
        imported("media/store/folder.py", "from PIL import Image", "PIL"),
    ),
    "The libraries of documents live in its children": (
        imported("backend/foundation/documents/workshop.py", "import typst", "typst"),
        imported("backend/foundation/documents/tables.py", "import xlsxwriter", "xlsxwriter"),
        imported(f"{ALFA}/views.py", "import python_calamine", "python_calamine"),
        imported("backend/worker/loop.py", "from fontTools import ttLib", "fontTools"),
        imported("media/store/folder.py", "import pylopdf_fonts_zh_cn", "pylopdf_fonts_zh_cn"),
    ),
    "Nobody imports what runs in a child": (
        _from("backend/worker/loop.py", "backend.foundation.documents.children.grid", "Grid"),
        _from("backend/house.py", "backend.foundation.documents.children.paper", "shapes"),
    ),
    "The web stays above: api, app and the views of features": (
        imported(f"{ALFA}/feed.py", "import litestar", "litestar"),
        imported("backend/foundation/identity/access.py", "import litestar", "litestar"),
        imported("backend/worker/loop.py", "import uvicorn", "uvicorn"),
    ),
}

# By the name of the rule.
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
    "features_on_one_side": Plant(
        "pwa/src/features/charlie/manifest.ts", "", "charlie is a feature of the phone alone"
    ),
    "clocks_in_features": Plant(
        f"{ALFA}/rules.py",
        "from backend.foundation.kernel.clock import SystemClock",
        "looks at the clock (SystemClock)",
    ),
}
