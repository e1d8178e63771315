"""Full identity and card numbers, wherever they might have been kept: a scan for tests.

`in_database` reads every text of every table, `in_folder` every file of a store, a log folder or
an export (text as it is, other files by their bytes, archives by their members), `in_bucket` the
same of a real S3 bucket, `in_text` a log that was captured. Each tells where a number was found,
with all but its last four characters hidden, so that the report is no leak itself.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from backend.foundation.database.engine import Database
from backend.foundation.kernel.ids import is_digest, is_id
from backend.foundation.kernel.personal_numbers import find

_MEMBERS_MAX = 2000  # of one archive; a workbook has some dozens


class Found(NamedTuple):
    """Where a number lies, and its last four characters."""

    where: str
    ends_in: str


async def in_database(database: Database) -> list[Found]:
    """Every column of every row, on either engine."""
    found: list[Found] = []
    async with database.reading() as tx:
        for table in await _tables(tx):
            for row in await tx.fetch(f'SELECT * FROM "{table}"'):
                for column, value in row.items():
                    where = f"{table}.{column} of {row.get('id', '?')}"
                    found += in_text(_as_text(value), where)
    return found


def in_folder(folder: Path) -> list[Found]:
    """Every file below a folder, names included."""
    found: list[Found] = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            place = file.relative_to(folder).as_posix()
            found += in_text(place, f"the name of {place}")
            found += in_bytes(file.read_bytes(), place)
    return found


def in_bucket(client: Any, bucket: str) -> list[Found]:
    """Every object of a bucket, keys included. `client` is a boto3 S3 client."""
    found: list[Found] = []
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for listed in page.get("Contents", ()):
            key = listed["Key"]
            body = client.get_object(Bucket=bucket, Key=key)["Body"].read()
            found += in_text(key, f"the name of {key}")
            found += in_bytes(body, f"{bucket}/{key}")
    return found


def in_bytes(data: bytes, where: str) -> list[Found]:
    """A file: text in UTF-8 or UTF-16, an archive by its members, anything else by the text that
    can be read in it."""
    if data.startswith(b"PK\x03\x04"):
        return list(_in_archive(data, where))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return in_text(data.decode("utf-16", "replace"), where)
    return in_text(data.decode("utf-8", "replace"), where)


def in_text(text: str, where: str) -> list[Found]:
    """A text, apart from ids and digests of ours, in which digits fall as they may."""
    if is_id(text) or is_digest(text):
        return []
    found: list[str] = []
    for line in _lines(text):
        found += find(line)
    return [Found(where, number[-4:]) for number in found]


def _lines(text: str) -> Iterable[str]:
    # Ids inside JSON and logs: a UUID may look like a card by chance, and is never a person's.
    for line in text.splitlines() or [text]:
        yield " ".join("·id·" if is_id(word) else word for word in _words(line))


def _words(line: str) -> Iterator[str]:
    start = 0
    for place, char in enumerate(line):
        if not (char.isalnum() or char == "-"):
            yield line[start:place]
            if not char.isspace():
                yield char
            start = place + 1
    yield line[start:]


def _in_archive(data: bytes, where: str) -> Iterator[Found]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert len(names) <= _MEMBERS_MAX, f"{where} has {len(names)} members"
        for name in names:
            yield from in_bytes(archive.read(name), f"{where}!{name}")


async def _tables(tx: Any) -> list[str]:
    if tx.dialect == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    else:
        sql = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    return sorted(row[0] for row in await tx.tuples(sql))


def _as_text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return "" if value is None else str(value)
