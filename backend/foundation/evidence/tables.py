"""Where evidence is kept. Bytes never lie in the database."""

from piccolo.columns import BigInt, Text
from piccolo.table import Table

from backend.foundation.database.rows import Rows
from backend.foundation.evidence.model import Blob, Bringer, Photo, Place, Waiver


class PhotoTable(Table, tablename="photo"):
    """One row per photo of a record."""

    id = Text(primary_key=True)
    parent_kind = Text()
    parent_id = Text()
    parent = Text(index=True)
    item = Text(null=True, default=None)
    finding = Text(null=True, default=None)
    purpose = Text()
    sha256 = Text(index=True)
    thumb = Text(null=True, default=None, index=True)
    size = BigInt()
    type = Text()
    width = BigInt()
    height = BigInt()
    source = Text()
    by = Text()
    device = Text()
    taken_at = Text()
    offset_ms = BigInt()
    error_ms = BigInt()
    received_at = Text()
    geo = Text(null=True, default=None)
    token = Text(null=True, default=None)
    page = Text(null=True, default=None)
    derived_from = Text(null=True, default=None)
    state = Text(index=True)  # the console asks for what is still awaited, among years of photos
    reason = Text(null=True, default=None)
    retention = Text()


class PlaceTable(Table, tablename="photo_place"):
    """Which records show a photo, in which buckets."""

    id = Text(primary_key=True)
    photo = Text(index=True)
    rec = Text(index=True)
    buckets = Text()


class BlobTable(Table, tablename="blob"):
    """Bytes in the store, by digest."""

    id = Text(primary_key=True)
    size = BigInt()
    type = Text()
    stored_at = Text()
    state = Text()
    reason = Text(null=True, default=None)
    width = BigInt()
    height = BigInt()
    tail = Text(null=True, default=None)
    fingerprint = Text()
    gradient = Text()
    sharpness = BigInt()
    brightness = BigInt()
    contrast = BigInt()
    order_id = Text(null=True, default=None)


class BringerTable(Table, tablename="blob_bringer"):
    """Who brought which digest."""

    id = Text(primary_key=True)
    digest = Text(index=True)
    person = Text()
    at = Text()


class WaiverTable(Table, tablename="waiver"):
    """Photos given up by a person, per record."""

    id = Text(primary_key=True)
    rec = Text(index=True)
    digest = Text()
    by = Text()
    at = Text()
    reason = Text()


PHOTOS = Rows(PhotoTable, Photo)
PLACES = Rows(PlaceTable, Place)
BLOBS = Rows(BlobTable, Blob)
BRINGERS = Rows(BringerTable, Bringer)
WAIVERS = Rows(WaiverTable, Waiver)
TABLES = (PhotoTable, PlaceTable, BlobTable, BringerTable, WaiverTable)
