"""Write the next migration file by comparing the tables with the history."""

import re
import sys
from pathlib import Path

from piccolo.apps.migrations.commands.new import (
    NoChanges,
    _create_new_migration,
)
from piccolo.conf.apps import AppConfig

from backend.foundation.database.schema import APP_NAME, Schema


async def new_migration(
    name: str, schema: Schema, *, renames_confirmed: bool | None = None
) -> Path | None:
    """The new file, or None when nothing differs.

    A column that vanished beside one that appeared may be a rename. `renames_confirmed` answers for
    all of them; None asks at the terminal, and means no where there is none.
    """
    answers = {True: "y", False: "n", None: None if sys.stdin.isatty() else "n"}
    config = AppConfig(APP_NAME, str(schema.folder), [*schema.tables])
    schema.folder.mkdir(parents=True, exist_ok=True)
    try:
        made = await _create_new_migration(
            config, auto=True, description=name, auto_input=answers[renames_confirmed]
        )
    except NoChanges:
        return None
    return _named(Path(made.migration_path), name)


def _named(file: Path, name: str) -> Path:
    word = re.sub(r"\W+", "_", name.lower()).strip("_")
    return file.rename(file.with_name(f"{file.stem}_{word}.py")) if word else file
