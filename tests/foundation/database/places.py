"""A fresh database of either engine, looked at from outside with plain drivers."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg


@dataclass(frozen=True)
class Place:
    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    async def run(self, *statements: str) -> None:
        """All statements in one transaction. Raises what the driver raises."""
        if self.is_sqlite:
            with closing(sqlite3.connect(self.path)) as connection:
                connection.execute("PRAGMA foreign_keys=ON")
                with connection:
                    for statement in statements:
                        connection.execute(statement)
            return
        connection = await asyncpg.connect(self.url)
        try:
            async with connection.transaction():
                for statement in statements:
                    await connection.execute(statement)
        finally:
            await connection.close()

    async def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        if self.is_sqlite:
            with closing(sqlite3.connect(self.path)) as connection:
                return [tuple(row) for row in connection.execute(sql)]
        connection = await asyncpg.connect(self.url)
        try:
            return [tuple(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    async def columns(self, table: str) -> set[str]:
        if self.is_sqlite:
            return {row[1] for row in await self.rows(f'PRAGMA table_info("{table}")')}
        found = await self.rows(
            f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
        )
        return {row[0] for row in found}

    async def indexes(self, table: str) -> set[str]:
        if self.is_sqlite:
            return {row[1] for row in await self.rows(f'PRAGMA index_list("{table}")')}
        found = await self.rows(f"SELECT indexname FROM pg_indexes WHERE tablename = '{table}'")
        return {row[0] for row in found}

    async def definition(self, index: str) -> str:
        if self.is_sqlite:
            found = await self.rows(f"SELECT sql FROM sqlite_master WHERE name = '{index}'")
        else:
            found = await self.rows(f"SELECT indexdef FROM pg_indexes WHERE indexname = '{index}'")
        return str(found[0][0])

    async def triggers(self) -> set[str]:
        if self.is_sqlite:
            found = await self.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            found = await self.rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        return {row[0] for row in found}
