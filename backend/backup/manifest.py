"""What a backup says of itself. Everything else in it is named here with its SHA-256; the digest of
this file lies beside it and is printed, so that it can be kept elsewhere."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from backend.backup.failing import CopyFailed

FORMAT = 1
MANIFEST, DIGEST = "manifest.json", "manifest.sha256"
DATABASE, OBJECTS, ERASURES = "database.db", "objects.txt", "erasures.json"
_READ_BYTES = 1 << 20


class File(msgspec.Struct, frozen=True):
    """A file of the backup: SHA-256 in hex, size in bytes."""

    sha256: str
    size: int


class Entry(msgspec.Struct, frozen=True):
    """One object of the store: the SHA-256 of its bytes, its size, and the key under which the
    store has it."""

    sha256: str
    size: int
    key: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`installation` is the hash of the house's first fact, `tables` the last migration, `seal` the
    fingerprint of the house's key, `missing` digests that the store had lost already."""

    format: int
    number: int
    made_at: str
    installation: str
    engine: str
    tables: str
    epoch: str
    head: int
    chain_seq: int
    chain_hash: str
    seal: str
    database: File
    objects: File
    erasures: File
    count: int
    bytes: int
    missing: list[str]


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Both files, on the disk. The digest of the manifest."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    digest = hashlib.sha256(text).hexdigest()
    write_whole(folder / MANIFEST, text)
    write_whole(folder / DIGEST, f"{digest}  {MANIFEST}\n".encode())
    return digest


def read_manifest(folder: Path) -> tuple[Manifest, str]:
    """The manifest and its digest. Raises CopyFailed when it is not what was written."""
    try:
        text = (folder / MANIFEST).read_bytes()
        noted = (folder / DIGEST).read_text().split()[:1]
    except FileNotFoundError as gone:
        raise CopyFailed(f"{folder} is no whole backup: take another one") from gone
    digest = hashlib.sha256(text).hexdigest()
    if noted != [digest]:
        raise CopyFailed(f"the manifest of {folder} was changed: take another backup")
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except msgspec.DecodeError as wrong:
        raise CopyFailed(
            f"the manifest of {folder} was made by another version: {wrong}"
        ) from wrong
    if manifest.format != FORMAT:
        raise CopyFailed(f"{folder} has format {manifest.format}: use the version that made it")
    return manifest, digest


def write_entries(folder: Path, entries: Iterable[Entry]) -> File:
    """The list of objects, sorted by key, one a line."""
    lines = [f"{one.sha256} {one.size} {one.key}\n" for one in sorted(entries, key=_key)]
    write_whole(folder / OBJECTS, "".join(lines).encode())
    return measured(folder / OBJECTS)


def read_entries(folder: Path) -> Iterator[Entry]:
    """In the order of keys. Raises CopyFailed on a line that nobody wrote like this."""
    with (folder / OBJECTS).open() as file:
        for line in file:
            try:
                sha256, size, key = line.split()
                yield Entry(sha256, int(size), key)
            except ValueError as wrong:
                raise CopyFailed(f"the list of objects in {folder} was changed") from wrong


def measured(path: Path) -> File:
    """Size and digest, read from the medium as far as the kernel can be told to forget."""
    found, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(_READ_BYTES):
            found.update(piece)
            size += len(piece)
    return File(found.hexdigest(), size)


def write_whole(path: Path, data: bytes) -> None:
    """A new file whose bytes are on the disk when this returns."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _key(entry: Entry) -> str:
    return entry.key
