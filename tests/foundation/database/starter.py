"""A server process that starts and migrates: `python -m tests.foundation.database.starter URL
FOLDER`. Prints how many migrations it carried out."""

import asyncio
import sys
from pathlib import Path

from piccolo.columns import BigInt, Text
from piccolo.table import Table

from backend.foundation.database.migrate import migrate
from backend.foundation.database.schema import Schema


class Outlet(Table):
    id = Text(primary_key=True, default=None)
    name = Text()


class Fact(Table):
    id = Text(primary_key=True, default=None)
    said = Text()


class ChangeRow(Table):
    id = Text(primary_key=True, default=None)
    bucket = Text()
    ver = BigInt()
    indexed_together = (("bucket", "ver"),)


def schema(folder: Path) -> Schema:
    return Schema(
        (Outlet, Fact, ChangeRow),
        append_only=(Fact,),
        published=(Outlet,),
        change_index=ChangeRow,
        folder=folder,
    )


if __name__ == "__main__":
    print(len(asyncio.run(migrate(sys.argv[1], schema(Path(sys.argv[2]))))))
