"""A record that has photos, for the tests of evidence: an album at an outlet, shared in buckets."""

from typing import Any

import msgspec
from piccolo.columns import Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.evidence import attaching, erasing, preparing
from backend.foundation.evidence.commands import Capture
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.manifest import Command, Kind, Manifest, Projection
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem


class AlbumTable(Table, tablename="toy_album"):
    id = Text(primary_key=True)
    outlet = Text()
    line = Text()
    buckets = Text()
    blobs = Text()


class Album(msgspec.Struct, frozen=True):
    id: str
    outlet: str
    line: str
    buckets: tuple[str, ...]
    blobs: tuple[tuple[str, int], ...] = ()


ALBUMS = Rows(AlbumTable, Album)


class Begin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An album seen in these buckets."""

    buckets: tuple[str, ...]
    outlet: str = "o1"
    line: str = "service"


class Attach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Puts a photo in."""

    photo: Capture
    item: str | None = None


class Detach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Takes a photo out."""

    photo: str


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The album is seen elsewhere from now on."""

    buckets: tuple[str, ...]


class Expect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the phone says it has sent."""

    blobs: tuple[tuple[str, int], ...]


class Erase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Erases these photos, or without any named the whole album."""

    photos: tuple[str, ...] = ()


class Seal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Puts the album's photos out of sight."""


class Borrow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shows a photo of another album."""

    photo: str


async def begin(work: Work, asked: Begin, ctx: Context) -> Outcome:
    work.save(ALBUMS, Album(ctx.rec[1], asked.outlet, asked.line, asked.buckets))
    work.touch("album", ctx.rec[1])
    return Outcome()


async def attach(work: Work, asked: Attach, ctx: Context) -> Outcome:
    album = await _album(work, ctx)
    await attaching.attach(
        work,
        asked.photo,
        ctx,
        parent=ctx.rec,
        buckets=album.buckets,
        purpose="answer",
        item=asked.item,
    )
    work.touch("album", album.id)
    return Outcome()


async def detach(work: Work, asked: Detach, ctx: Context) -> Outcome:
    for photo in await attaching.photos_of(work, ctx.rec):
        if photo.id == asked.photo:
            await attaching.detach(work, photo)
    return Outcome()


async def share(work: Work, asked: Share, ctx: Context) -> Outcome:
    album = await _album(work, ctx)
    work.save(ALBUMS, msgspec.structs.replace(album, buckets=asked.buckets))
    await attaching.publish_under(work, ctx.rec, asked.buckets)
    work.touch("album", album.id)
    return Outcome()


async def expect(work: Work, asked: Expect, ctx: Context) -> Outcome:
    album = await _album(work, ctx)
    work.save(ALBUMS, msgspec.structs.replace(album, blobs=asked.blobs))
    work.touch("album", album.id)
    return Outcome()


async def borrow(work: Work, asked: Borrow, ctx: Context) -> Outcome:
    album = await _album(work, ctx)
    await attaching.cite(work, [asked.photo], ctx.rec, album.buckets)
    return Outcome()


async def erase(work: Work, asked: Erase, ctx: Context) -> Outcome:
    album = await _album(work, ctx)
    if asked.photos:
        photos = await attaching.photos_of(work, ctx.rec)
        await erasing.erase(work, [photo for photo in photos if photo.id in asked.photos])
        return Outcome()
    work.remove(ALBUMS, album.id)
    work.erase(*ctx.rec)
    return Outcome()


async def seal(work: Work, asked: Seal, ctx: Context) -> Outcome:
    await erasing.seal(work, await attaching.photos_of(work, ctx.rec), "withdrawn")
    return Outcome()


async def project(work: Work, id: str) -> Projection | None:
    album = await work.load(ALBUMS, id)
    if album is None:
        return None
    done = await attaching.completeness(work, ("album", id), album.blobs)
    body: dict[str, Any] = {
        "outlet": album.outlet,
        "line": album.line,
        "manifest": {"blobs": album.blobs},
        "evidence": done,
        "complete": done.complete,
    }
    return Projection(body, frozenset(album.buckets))


async def _album(work: Work, ctx: Context) -> Album:
    album = await work.load(ALBUMS, ctx.rec[1])
    if album is None:
        raise problem.not_found()
    return album


ALBUM = Manifest(
    name="album",
    tables=(AlbumTable,),
    commands=(
        Command("album.begin", Begin, begin),
        Command("album.attach", Attach, attach, prepare=preparing.captures),
        Command("album.detach", Detach, detach),
        Command("album.share", Share, share),
        Command("album.expect", Expect, expect),
        Command("album.borrow", Borrow, borrow),
        Command("album.erase", Erase, erase),
        Command("album.seal", Seal, seal),
    ),
    kinds=(Kind("album", project),),
)
