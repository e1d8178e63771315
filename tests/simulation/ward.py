"""One more feature of the simulated house: albums with photos, and a mistake of our own.

The toys of the other tests carry no photos. An album does, by the same way as every real record:
`evidence.attaching`. Its caption is a register, so that a phone may make one command of several
edits; its fact repeats the words in its personal half, so that a lost last edit shows. An album can
be erased by anybody who sees it.
"""

import msgspec
from piccolo.columns import Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.evidence import attaching, erasing
from backend.foundation.evidence.commands import Capture
from backend.foundation.journal.envelope import Context, Fact, Outcome
from backend.foundation.journal.manifest import Command, Kind, Manifest, Projection
from backend.foundation.journal.work import Work
from backend.foundation.kernel import problem


class AlbumTable(Table, tablename="ward_album"):
    id = Text(primary_key=True)
    place = Text()
    caption = Text()
    by = Text()


class Album(msgspec.Struct, frozen=True):
    """`by`: everybody who put something in."""

    id: str
    place: str
    caption: str
    by: list[str]


ALBUMS = Rows(AlbumTable, Album)


class Begin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new album at a place."""

    place: str


class Caption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Writes under the album."""

    text: str


class Attach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Puts a photo in."""

    photo: Capture


class Erase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The album goes, from everywhere."""


class Explode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nobody can carry this out: the handler has a mistake."""


class Captioned(Fact, frozen=True):
    text: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"text"})


class TakenAway(Fact, frozen=True):
    pass


class Attached(Fact, frozen=True):
    sha256: str


async def begin(work: Work, asked: Begin, ctx: Context) -> Outcome:
    if await work.load(ALBUMS, ctx.rec[1]) is not None:
        raise problem.not_found()
    work.save(ALBUMS, Album(ctx.rec[1], asked.place, "", [ctx.actor.id]))
    work.touch("album", ctx.rec[1])
    return Outcome()


async def caption(work: Work, asked: Caption, ctx: Context) -> Outcome:
    album = await _album(work, ctx)
    work.save(ALBUMS, msgspec.structs.replace(album, caption=asked.text))
    work.touch("album", album.id)
    return Outcome((Captioned(asked.text),))


async def attach(work: Work, asked: Attach, ctx: Context) -> Outcome:
    album = await _album(work, ctx)
    album = msgspec.structs.replace(album, by=sorted({*album.by, ctx.actor.id}))
    rec, buckets = ("album", album.id), _buckets(album)
    await attaching.attach(work, asked.photo, ctx, parent=rec, buckets=buckets, purpose="answer")
    await attaching.publish_under(work, rec, buckets)
    work.save(ALBUMS, album)
    work.touch(*rec)
    return Outcome((Attached(asked.photo.sha256),))


async def erase(work: Work, asked: Erase, ctx: Context) -> Outcome:
    album = await _album(work, ctx)
    await erasing.erase(work, await attaching.photos_of(work, ctx.rec))
    work.remove(ALBUMS, album.id)
    work.erase(*ctx.rec)
    return Outcome((TakenAway(),))


async def explode(work: Work, asked: Explode, ctx: Context) -> Outcome:
    raise AssertionError("the mistake that this command is for")


async def project(work: Work, id: str) -> Projection | None:
    album = await work.load(ALBUMS, id)
    if album is None:
        return None
    photos = await attaching.photos_of(work, ("album", id))
    here = await attaching.completeness(work, ("album", id))
    body = {
        "place": album.place,
        "caption": album.caption,
        "by": album.by,
        "photos": [photo.id for photo in photos],
        "complete": here.complete,
        "good": sorted({photo.sha256 for photo in photos if photo.state == "accepted"}),
    }
    return Projection(body, _buckets(album))


def _buckets(album: Album) -> frozenset[str]:
    return frozenset({f"desk:{album.place}:toys", *(f"user:{person}" for person in album.by)})


async def _album(work: Work, ctx: Context) -> Album:
    album = await work.load(ALBUMS, ctx.rec[1])
    if album is None:
        raise problem.not_found()
    return album


MANIFEST = Manifest(
    name="ward",
    tables=(AlbumTable,),
    commands=(
        Command("ward.begin", Begin, begin),
        Command("ward.caption", Caption, caption),
        Command("ward.attach", Attach, attach),
        Command("ward.erase", Erase, erase),
        Command("ward.explode", Explode, explode),
    ),
    facts=(Captioned, Attached, TakenAway),
    kinds=(Kind("album", project),),
)
