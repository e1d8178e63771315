"""What is new for a phone: pages of each bucket above its cursor.

Promises: the head is read first and nothing above it is sent, so a cursor never passes a row that
is not yet visible; a bucket that is not granted is neither sent nor named; a page can be cut
anywhere, because versions are unique. A bucket asked from 0 comes without tombstones.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from backend.foundation.database.transaction import Tx
from backend.foundation.kernel import limits


class Page(msgspec.Struct):
    """One bucket's part of an answer. `rows` are ready JSON, `gone` are [kind, id, ver]."""

    next: int
    more: bool
    rows: list[msgspec.Raw] = []
    gone: list[tuple[str, str, int]] = []
    check: dict[str, Any] | None = None


class Pulled(msgspec.Struct, frozen=True):
    """The whole answer's data part."""

    head: int
    drop: list[str]
    add: list[str]
    scopes: dict[str, Page]


async def pull(
    tx: Tx,
    granted: frozenset[str],
    cursors: Mapping[str, int],
    *,
    rows_max: int = limits.PULL_ROWS_MAX,
    bytes_max: int = limits.PULL_BYTES_MAX,
    check: bool = False,
) -> Pulled:
    """Rows above each cursor, up to the limits, small buckets and fresh ones as they come."""
    head = (await tx.tuples("SELECT head FROM sync_counter WHERE id = 1"))[0][0]
    drop = sorted(bucket for bucket in cursors if bucket not in granted)
    add = sorted(granted - cursors.keys())
    wanted = {bucket: cursor for bucket, cursor in cursors.items() if bucket in granted}
    news = await _with_news(tx, wanted, head)
    pages = {bucket: Page(head, False) for bucket in wanted if bucket not in news}
    rows_left, bytes_left = rows_max, bytes_max
    for bucket in news:
        if rows_left <= 0 or bytes_left <= 0:
            pages[bucket] = Page(wanted[bucket], True)
            continue
        page, used = await _page(tx, bucket, wanted[bucket], head, rows_left, bytes_left)
        rows_left -= len(page.rows) + len(page.gone)
        bytes_left -= used
        pages[bucket] = page
    if check:
        for bucket, page in pages.items():
            if not page.more:
                page.check = await digest_of(tx, bucket)
    return Pulled(head, drop, add, pages)


async def _with_news(tx: Tx, wanted: Mapping[str, int], head: int) -> list[str]:
    """The buckets that hold something above their cursor, in order. One query."""
    if not wanted:
        return []
    above = "SELECT 1 FROM sync_row s WHERE s.bucket = c.bucket AND s.ver > c.ver AND s.ver <= ?"
    if tx.dialect == "postgres":
        given = "unnest(?::text[], ?::bigint[]) AS c(bucket, ver)"
        args: list[Any] = [list(wanted), list(wanted.values())]
        query = f"SELECT c.bucket FROM {given} WHERE EXISTS ({above})"
    else:
        given = "(SELECT key AS bucket, value AS ver FROM json_each(?)) AS c"
        args = [json.dumps(dict(wanted))]
        query = f"SELECT c.bucket FROM {given} WHERE EXISTS ({above})"
    return sorted((row[0] for row in await tx.tuples(query, *args, head)), key=_importance)


def _importance(bucket: str) -> tuple[int, str]:
    # Today's work before the directory of past work: a phone that loses its signal half way can
    # already open its round. What is named by none of these belongs to one record of a feature.
    order = {"org": 0, "line": 1, "user": 3, "desk": 4, "outlet": 4}
    return order.get(bucket.split(":", 1)[0], 2), bucket


async def _page(
    tx: Tx, bucket: str, cursor: int, head: int, rows_max: int, bytes_max: int
) -> tuple[Page, int]:
    living = "AND NOT s.gone" if cursor == 0 else ""
    found = await tx.tuples(
        "SELECT s.ver, s.gone, s.kind, s.rec_id, r.rev, r.body FROM sync_row s "
        "JOIN record r ON r.id = s.rec_key "
        f"WHERE s.bucket = ? AND s.ver > ? AND s.ver <= ? {living} ORDER BY s.ver LIMIT ?",
        bucket,
        cursor,
        head,
        rows_max + 1,
    )
    page, used, last = Page(head, False), 0, cursor
    return _filled(page, found, rows_max, bytes_max, used, last)


def _filled(
    page: Page, found: Sequence[Any], rows_max: int, bytes_max: int, used: int, last: int
) -> tuple[Page, int]:
    lines: list[str] = []
    for ver, gone, kind, rec_id, rev, body in found:
        if rows_max <= 0 or used >= bytes_max:
            page.more, page.next = True, last
            break
        rows_max -= 1
        last = ver
        if gone:
            page.gone.append((kind, rec_id, ver))
            used += 80
        else:
            line = f'["{kind}","{rec_id}",{ver},{rev},{body}]'
            lines.append(line)
            used += len(line)
    page.rows = [msgspec.Raw(line) for line in lines]
    return page, used


async def digest_of(tx: Tx, bucket: str) -> dict[str, Any]:
    """Count and XOR of the row hashes of the bucket's living records (RULINGS 26)."""
    rows = await tx.tuples("SELECT h64 FROM sync_row WHERE bucket = ? AND NOT gone", bucket)
    folded = 0
    for (h64,) in rows:
        folded ^= int(h64, 16)
    return {"n": len(rows), "x": f"{folded:016x}"}
