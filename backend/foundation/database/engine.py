"""One URL chooses the engine."""

from pathlib import Path

from backend.foundation.database.postgres import PostgresDatabase
from backend.foundation.database.sqlite import SqliteDatabase

Database = SqliteDatabase | PostgresDatabase


def database_for(url: str) -> Database:
    """`sqlite:///var/xunfang.db` (relative), `sqlite:////srv/x.db` (absolute) or `postgresql://…`.

    Raises ValueError for any other scheme. Nothing is opened yet.
    """
    if url.startswith("sqlite:///"):
        return SqliteDatabase(Path(url.removeprefix("sqlite:///")))
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresDatabase(url)
    raise ValueError(f"{url.split(':', 1)[0]} is not an engine: use sqlite:/// or postgresql://")
