"""The folder in which uploads wait until they are whole.

What it promises: an offset told to a sender is on the disk; the offset is the size of the data
file and nothing else, so there is no second number that could disagree with it after a crash; one
writer at a time (within the process by a table, between processes by an advisory file lock, which
the kernel releases when a process dies); what is whole after a restart is finished, what was left
alone for too long is removed. An upload belongs to one owner and is unknown to all others.

What it knowingly does not handle: two machines without a shared disk (the sender finds its upload
unknown and starts again); a killed process may leave the beginning of a chunk whose checksum was
not yet compared, and then the SHA-256 of the whole is the judge.
"""

import contextlib
import fcntl
import hashlib
import os
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from media.staging.declared import Declared, is_name, read_declared
from media.staging.failpoints import Failpoint, passing
from media.staging.problems import Expired, Locked, TooLong, TooMany, Unknown
from media.staging.upload import Upload, info_path, stamp
from media.store.folder import fsync_folder

# Waiting for the disk overlaps for a handful of uploads; a fifth would only queue at the disk.
THREADS = 4

# Running hashes kept between two requests of one upload, some 200 bytes each.
RUNNING_MAX = 1000

# Unfinished uploads of one owner. A phone has four at work; the rest are what broken lines left in
# a week, and 200 of the largest photos are 4 GB of disk that one person can hold.
BEGUN_MAX = 200


class StagingArea:
    def __init__(
        self,
        root: Path,
        *,
        length_max: int,
        keep: timedelta,
        begun_max: int = BEGUN_MAX,
        failpoint: Failpoint = passing,
    ) -> None:
        self.root = root
        self.length_max = length_max
        self.keep = keep
        self.begun_max = begun_max
        self.failpoint = failpoint
        self._held: dict[Path, Upload] = {}
        self._running: OrderedDict[Path, tuple[int, Any]] = OrderedDict()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="staging")
        root.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def create(self, declared: Declared, now: datetime) -> Iterator[Upload]:
        """A new, empty upload, held. Unless announced it is gone when the block ends.

        Raises TooLong, and TooMany when the owner left too many others unfinished."""
        if declared.length > self.length_max:
            raise TooLong(self.length_max)
        path = self._path(declared.owner, declared.id)
        self._make_owner(path.parent)
        if sum(1 for _ in os.scandir(path.parent)) >= 2 * self.begun_max:
            raise TooMany(self.begun_max)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_APPEND, 0o600)
        with self._holding(declared, path, handle, announced=False) as upload:
            stamp(handle, now)
            upload.running = hashlib.sha256()
            yield upload

    @contextlib.contextmanager
    def hold(self, owner: str, id: str, now: datetime) -> Iterator[Upload]:
        """An upload known from before, held. Raises Unknown, Expired (removed) or Locked."""
        declared = self.declared(owner, id)
        path = self._path(owner, id)
        try:
            handle = os.open(path, os.O_RDWR | os.O_APPEND)
        except FileNotFoundError:
            raise Unknown(id) from None
        with self._holding(declared, path, handle, announced=True) as upload:
            if now >= self._expires(handle):
                upload.discard()
                raise Expired(id)
            offset, running = self._running.pop(path, (0, None))
            if running is not None and offset == upload.offset:
                upload.running = running
            elif upload.offset == 0:
                upload.running = hashlib.sha256()
            yield upload

    def ask_to_let_go(self, owner: str, id: str) -> None:
        """Tell the request of this process that holds this upload, if any, to end."""
        upload = self._held.get(self._path(owner, id)) if is_name(owner) and is_name(id) else None
        if upload is not None and upload.let_go is not None:
            upload.let_go()

    def declared(self, owner: str, id: str) -> Declared:
        """What was said at creation. Raises Unknown, for a foreign upload too."""
        if not is_name(owner) or not is_name(id):
            raise Unknown(id)
        found = read_declared(info_path(self._path(owner, id)))
        if found is None:
            raise Unknown(id)
        return found

    def offset(self, owner: str, id: str) -> tuple[int, datetime]:
        """Where the bytes end and when the upload expires, without holding it. Raises Unknown."""
        try:
            state = self._path(owner, id).stat()
        except FileNotFoundError:
            raise Unknown(id) from None
        return state.st_size, self._after(state.st_mtime)

    def unfinished(self, owner: str) -> list[Declared]:
        """The owner's announced uploads; reads one small file each."""
        folder = self.root / owner
        if not is_name(owner) or not folder.is_dir():
            return []
        found = (read_declared(path) for path in sorted(folder.glob("*.info")))
        return [declared for declared in found if declared is not None]

    def announced(self) -> list[Declared]:
        """Everybody's announced uploads; reads one small file each."""
        found = (read_declared(path) for path in sorted(self.root.glob("*/*.info")))
        return [declared for declared in found if declared is not None]

    def forget(self, sha256: str, now: datetime) -> None:
        """Throws away what was begun of these bytes, by anybody. What is being filled at this
        moment stays: whoever publishes it is asked again then."""
        for declared in self.announced():
            if declared.sha256 == sha256:
                with (
                    contextlib.suppress(Unknown, Expired, Locked),
                    self.hold(declared.owner, declared.id, now) as upload,
                ):
                    upload.discard()

    def waiting(self) -> list[tuple[str, str]]:
        """Owner and id of every data file that nobody in this process is filling."""
        paths = sorted(self.root.glob("*/*.part"))
        return [(path.parent.name, path.stem) for path in paths if path not in self._held]

    def remove_orphan(self, owner: str, id: str) -> bool:
        """Remove a data file without information, unless a living process is filling it."""
        path = self._path(owner, id)
        try:
            handle = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            if not _lock(handle):
                return False
            path.unlink(missing_ok=True)
            return True
        finally:
            os.close(handle)

    def remove_strays(self) -> None:
        """Remove information files, whole or half written, whose data file is gone."""
        for pattern in ("*/*.info", "*/*.tmp"):
            for path in self.root.glob(pattern):
                if not path.with_suffix(".part").exists():
                    path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _holding(
        self, declared: Declared, path: Path, handle: int, *, announced: bool
    ) -> Iterator[Upload]:
        try:
            if path in self._held or not _lock(handle):
                raise Locked(declared.id)
            if os.fstat(handle).st_nlink == 0:
                raise Unknown(declared.id)
            upload = Upload(
                declared,
                path,
                handle,
                announced=announced,
                threads=self._threads,
                failpoint=self.failpoint,
            )
            self._held[path] = upload
            try:
                yield upload
            finally:
                del self._held[path]
                self._remember(upload)
        finally:
            os.close(handle)

    def _remember(self, upload: Upload) -> None:
        if not upload.announced and not upload.discarded:
            upload.discard()
        if upload.discarded:
            self._running.pop(upload.path, None)
        elif upload.running is not None:
            self._running[upload.path] = (upload.offset, upload.running)
            while len(self._running) > RUNNING_MAX:
                self._running.popitem(last=False)

    def _path(self, owner: str, id: str) -> Path:
        return self.root / owner / f"{id}.part"

    def _make_owner(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            fsync_folder(self.root)

    def _expires(self, handle: int) -> datetime:
        return self._after(os.fstat(handle).st_mtime)

    def _after(self, last_byte: float) -> datetime:
        return datetime.fromtimestamp(last_byte, UTC) + self.keep


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
