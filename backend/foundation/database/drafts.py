"""Write the next migration file by comparing the tables with the history."""

import re
import sys
from datetime import UTC
from pathlib import Path

from piccolo.apps.migrations.auto.schema_differ import AlterStatements

from backend.foundation.database.schema import APP_NAME, Schema, differences
from backend.foundation.kernel.clock import Clock, SystemClock

_TEMPLATE = """\
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
{imports}

{definitions}ID = "{id}"
VERSION = "1"
DESCRIPTION = {description!r}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="{app}", description=DESCRIPTION)
{statements}
    return manager
"""


async def new_migration(
    name: str,
    schema: Schema,
    *,
    renames_confirmed: bool | None = None,
    clock: Clock | None = None,
) -> Path | None:
    """The new file, or None when nothing differs.

    A column that vanished beside one that appeared may be a rename. `renames_confirmed` answers for
    all of them; None asks at the terminal, and means no where there is none.
    """
    answers = {True: "y", False: "n", None: None if sys.stdin.isatty() else "n"}
    changes = await differences(schema, auto_input=answers[renames_confirmed])
    if not any(change.statements for change in changes):
        return None
    moment = (clock or SystemClock()).now().astimezone(UTC)
    return _written(schema.folder, moment.strftime("%Y-%m-%dT%H:%M:%S:%f"), name, changes)


def _written(folder: Path, identity: str, name: str, changes: list[AlterStatements]) -> Path:
    imports = sorted({repr(each) for change in changes for each in change.extra_imports})
    definitions = sorted({str(each) for change in changes for each in change.extra_definitions})
    statements = [line for change in changes for line in change.statements]
    text = _TEMPLATE.format(
        app=APP_NAME,
        id=identity,
        description=name,
        imports="\n".join(imports),
        definitions="".join(f"{each}\n\n\n" for each in definitions),
        statements="\n".join(f"    {line}" for line in statements),
    )
    word = re.sub(r"\W+", "_", name.lower()).strip("_")
    stem = re.sub(r"\W", "_", f"{APP_NAME}_{identity}".lower())
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{stem}_{word or 'change'}.py"
    file.write_text(text)
    return file
