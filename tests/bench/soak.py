"""Many phones for a while, against two servers and a worker on PostgreSQL: errors, memory, waiting.

Each phone is one person with a round of its own. It answers some items, pulls what is new, now and
then brings a photo, and listens all the time; between two turns it thinks. Half of the phones are
at each server. What it shows: whether anything fails, whether any process grows, how long a push
waits. What it does not: a network (all is loopback) and browsers.
"""

import contextlib
import itertools
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.bench.branch_of_many import PASSWORD, employ
from tests.bench.installation import Ground
from tests.bench.processor import cpu_seconds, own_memory_bytes
from tests.bench.soak_phone import Ear, Phone, Said
from tests.bench.table import Figure
from tests.kit.served import Served
from tests.restore.places import Place

SAMPLE_SECONDS = 2.0
START_AT_ONCE = 4  # sign-ins; more wait for the two that may hash at once
GROWTH_MEGABYTES_MAX = 12


@dataclass
class Size:
    """What a soak is made of; `python -m tests.bench soak --phones 30 --seconds 30` is a taste."""

    phones: int = 300
    seconds: float = 600
    think_seconds: float = 5.0
    photo_every: int = 12  # turns


SIZE = Size()


@dataclass
class Watched:
    """One process, and how much memory it had at each look."""

    name: str
    pid: int
    bytes: list[int] = field(default_factory=list)
    cpu: float = 0.0

    def look(self) -> None:
        # Not its children: one that looks into a photo comes and goes, with half a gigabyte.
        self.bytes.append(own_memory_bytes(self.pid))

    @property
    def growth(self) -> float:
        """Bytes from the middle of the third tenth to that of the last: what is loaded once, and
        what each phone costs, is there by then."""
        tenth = max(1, len(self.bytes) // 10)
        early, late = self.bytes[2 * tenth : 3 * tenth], self.bytes[-tenth:]
        return statistics.median(late) - statistics.median(early or self.bytes[:1])


def figures(ground: Ground) -> Iterator[Figure]:
    """Errors first: whatever else is told means little if there were any."""
    size = SIZE
    with _house(ground) as (servers, worker), _threads(servers, size) as said:
        watched = [Watched(f"serve {at}", one.pid) for at, one in enumerate(servers, 1)]
        watched.append(Watched("worker", worker))
        before = [cpu_seconds(one.pid) for one in watched]
        until = time.monotonic() + size.seconds
        while time.monotonic() < until:
            time.sleep(SAMPLE_SECONDS)
            for one in watched:
                one.look()
        for one, spent in zip(watched, before, strict=True):
            one.cpu = cpu_seconds(one.pid) - spent
    yield from _told(size, said, watched)


def _told(size: Size, said: Said, watched: list[Watched]) -> Iterator[Figure]:
    head = f"soak, {size.phones} phones for {size.seconds:.0f} s:"
    first = f"first: {said.errors[0]}" if said.errors else f"{len(said.pushes)} pushes"
    yield Figure(f"{head} errors", len(said.errors), "", 0, first)
    for share, name in ((50, "median"), (99, "p99")):
        yield Figure(f"{head} {name} of push", said.share(said.pushes, share) * 1000, "ms")
    yield Figure(f"{head} p99 of pull", said.share(said.pulls, 99) * 1000, "ms")
    photos = f"{len(said.uploads)} photos"
    yield Figure(f"{head} p99 of upload", said.share(said.uploads, 99) * 1000, "ms", None, photos)
    heard = f"{said.heard} events heard, {said.cut} streams cut"
    yield Figure(f"{head} streams cut", said.cut, "", 0, heard)
    for one in watched:
        beside = f"{one.bytes[-1] / 1e6:.0f} MB at the end, {one.cpu:.0f} s of processor"
        growth = one.growth / 1e6
        yield Figure(f"{head} growth of {one.name}", growth, "MB", GROWTH_MEGABYTES_MAX, beside)


@contextlib.contextmanager
def _house(ground: Ground) -> Iterator[tuple[list[Served], int]]:
    """Two servers with one folder, and a worker. The demo is played and the branch has people."""
    with ground.installation("postgres") as one:
        employ(one.served, SIZE.phones)
        other = Served(one.served.folder, **{
            name: value for name, value in one.served.environment.items()
            if name != "XUNFANG_DATA_DIR"
        })  # fmt: skip
        worker = Place(one.served).spawn("worker")
        try:
            other.start()
            yield [one.served, other], worker.pid
        finally:
            other.stop()
            worker.terminate()
            worker.wait(60)


@contextlib.contextmanager
def _threads(servers: list[Served], size: Size) -> Iterator[Said]:
    """All phones are signed in and at work for as long as the block lasts."""
    said, stopping, ear = Said(), threading.Event(), Ear()
    phones: list[Phone] = []
    gate = threading.Semaphore(START_AT_ONCE)
    numbers = itertools.count()

    def begin(number: int) -> None:
        with gate:
            at = servers[number % len(servers)]
            phone = Phone(at.port, f"soak{number}", PASSWORD, said, stopping, number)
            ear.hear(at.port, phone.token)
            phones.append(phone)

    beginning = [threading.Thread(target=begin, args=(next(numbers),)) for _ in range(size.phones)]
    for thread in beginning:
        thread.start()
    for thread in beginning:
        thread.join()
    assert len(phones) == size.phones, said.errors[:3] or "some could not sign in; see above"
    for phone in phones:
        phone.think_seconds, phone.photo_every = size.think_seconds, size.photo_every
        phone.start()
    try:
        yield said
    finally:
        stopping.set()
        said.heard, said.cut = ear.end()
        for phone in phones:
            phone.join(90)
            if phone.is_alive():
                said.errors.append(f"{phone.username} was never answered")
