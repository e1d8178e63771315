"""Bytes from the wire into staging, whatever becomes of the line."""

import asyncio
import contextlib
import errno
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

from backend.api.uploads.headers import AnyRequest, announced_bytes, checksum
from backend.foundation.evidence import problems
from backend.foundation.kernel.problem import Problem
from backend.house import House
from media.staging import (
    Append,
    ChunkMismatch,
    DigestMismatch,
    Expired,
    Locked,
    OffsetMoved,
    TooLong,
    TooMany,
    Unknown,
    Upload,
)


class Torn(Exception):
    """The line broke, or the holder was asked to let go, before the body ended."""


async def take(request: AnyRequest, house: House, upload: Upload, offset: int) -> None:
    """Appends the request's body at `offset` and, if that completes the upload, publishes it.

    When it returns, everything the sender may be told is durable.
    """
    with refusals():
        append = upload.append(offset, checksum(request))
        if offset + announced_bytes(request) > upload.declared.length:
            raise TooLong(upload.declared.length)
        try:
            await _pour(request, upload, append)
        except Torn:
            await append.keep_torn(house.clock.now())
            await upload.announce()
            # Nobody reads this answer, unless a newer request asked this one to let go.
            raise problems.upload_locked() from None
        if upload.complete:
            await append.check(house.clock.now())
            await publish(house, upload)
        else:
            await append.acknowledge(house.clock.now())


async def publish(house: House, upload: Upload) -> None:
    """Makes a photo of a whole upload. If the store is away the upload stays as it is."""
    finished = await upload.finish()
    try:
        await house.receiving.publish(upload.declared, finished)
    except BaseException as failed:
        if isinstance(failed, Problem) and failed.code == problems.blob_erased.code:
            upload.discard()
            raise
        # It stays whole in staging; that is a promise too, so the disk must have it.
        await upload.settle(house.clock.now())
        await upload.announce()
        raise
    upload.discard()


@contextlib.contextmanager
def refusals() -> Iterator[None]:
    """Staging's refusals as ours."""
    try:
        yield
    except Unknown:
        raise problems.upload_unknown() from None
    except Expired:
        raise problems.upload_expired() from None
    except Locked:
        raise problems.upload_locked() from None
    except OffsetMoved as moved:
        raise problems.offset_moved(offset=moved.offset) from None
    except ChunkMismatch:
        raise problems.chunk_mismatch() from None
    except DigestMismatch:
        raise problems.blob_mismatch() from None
    except TooLong as long:
        raise problems.upload_too_long(limit=long.length_max) from None
    except TooMany as many:
        raise problems.uploads_too_many(limit=many.begun_max, retry_after=60) from None
    except OSError as failed:
        if failed.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise problems.storage_full() from None


async def _pour(request: AnyRequest, upload: Upload, append: Append) -> None:
    """Raises Torn when the body did not come to its end."""
    task = asyncio.current_task()
    asked = False

    def let_go() -> None:
        nonlocal asked
        asked = True
        if task is not None:
            task.cancel()

    upload.let_go = let_go
    try:
        async for piece in _pieces(request):
            append.write(piece)
    except asyncio.CancelledError:
        if not asked:
            raise
        if task is not None:
            task.uncancel()
        raise Torn from None
    finally:
        upload.let_go = None


async def _pieces(request: AnyRequest) -> AsyncIterator[bytes]:
    # The framework's own stream turns a broken line into an error of the server.
    while True:
        event = cast("dict[str, Any]", await request.receive())
        if event["type"] == "http.disconnect":
            raise Torn
        if body := event["body"]:
            yield body
        if not event.get("more_body", False):
            return
