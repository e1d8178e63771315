"""One series of the drill: work, back up or die over it, work on, lose all, restore, compare.

Each run goes on in the house that the last one restored, so epochs and backups pile up as they do
in years. The points of loss are drawn from the seed; what threads do between them is not.
"""

import asyncio
import contextlib
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from backend.foundation.database.engine import database_for
from backend.foundation.journal.failpoints import COPYING
from backend.foundation.journal.failpoints import RESTORING as RESTORE_POINTS
from media.store import open_store
from tests.kills.history import Counted, counted
from tests.restore.hands import Eraser, Inspector
from tests.restore.phones import Phone
from tests.restore.places import PASSWORD, Place, Places, places

INSPECTORS = ("inspector", "inspector2", "inspector")
QUIET_SECONDS = 120
_AT_WORK = "SELECT count(*) FROM blob WHERE order_id IS NOT NULL OR state = 'stored'"


@dataclass
class Series:
    """What a series came to. `lost_photos` were acknowledged and are not there with their bytes;
    `came_back` were erased and are."""

    engine: str
    runs: int = 0
    sums: Counted = field(default_factory=Counted)
    photos: int = 0
    lost_photos: int = 0
    erased: int = 0
    came_back: int = 0
    places: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        return self.sums.is_clean and not (self.lost_photos or self.came_back)

    def text(self) -> str:
        sums = self.sums
        placed = ", ".join(f"{name} {number}" for name, number in sorted(self.places.items()))
        return (
            f"{self.engine:9} restores {self.runs}  acknowledged {sums.acknowledged}  "
            f"lost {sums.lost}  doubled {sums.doubled}  verdicts changed {sums.changed}  "
            f"chain breaks {sums.broken_chain}  double versions {sums.double_versions}\n"
            f"          photos {self.photos}  lost {self.lost_photos}  erased {self.erased}  "
            f"came back {self.came_back}\n          {placed}"
        )


def drill(engine: str, number: int, seed: int = 1) -> Series:
    """So many restores on one engine. Raises AssertionError when a phone or a server got stuck."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xunfang-drill-")))
        ground = stack.enter_context(places(engine, folder))
        stack.callback(lambda: ground.here.kill())
        run = _Drill(engine, ground, folder, seed)
        stack.callback(run.end)
        for _ in range(number):
            run.once()
        run.last_words()
        return run.series


class _Drill:
    def __init__(self, engine: str, ground: Places, folder: Path, seed: int) -> None:
        self.series = Series(engine)
        self.ground = ground
        self.backups = folder / "backups"
        self.erasures = folder / "erasures.json"
        self.rng = random.Random(f"{engine}{seed}")
        self.erased: dict[str, str] = {}
        # Their phones live on: until a backup holds it, an erasure is known to them alone.
        self.erasers: list[Eraser] = []
        self.here.served.run("demo")
        self.here.start()
        port = self.here.served.port
        self.inspectors = [
            Inspector(port, name, PASSWORD, seed + at) for at, name in enumerate(INSPECTORS)
        ]
        for phone in self.inspectors:
            phone.start()
        with self._working():
            time.sleep(1)
        self.here.served.run("backup", str(self.backups), "--keep", "3")

    @property
    def here(self) -> Place:
        return self.ground.here

    def once(self) -> None:
        """One loss and one restore."""
        eraser = Eraser(self.here.served.port, "outlet", PASSWORD, self.rng.randrange(10**6))
        eraser.start()
        with self._working(eraser):
            self._pause()
            for _ in range(self.rng.randint(1, 2)):
                self._back_up()
                self._pause()
            self.here.kill()
        sinks = self.rng.random() < 0.5
        if sinks:
            # The phone of whoever erased is lost as well: only the list knows. The server's disk
            # could still be read.
            eraser.ended.set()
            eraser.join(90)
            self.here.served.run("erasures", str(self.erasures))
        else:
            self.erasers.append(eraser)
        # Whoever runs the house keeps the last list that was written.
        known = ["--erasures", str(self.erasures)] if self.erasures.exists() else []
        self._restore(*known)
        self.here.start()
        self._until_quiet([*self.inspectors, *self.erasers])
        self.erased |= eraser.erased
        self.series.runs += 1
        self.series.places["phone of the eraser lost" if sinks else "phone came back"] += 1
        self._compare()

    def last_words(self) -> None:
        """One more backup; then the folder holds nothing of what was erased."""
        self.here.served.run("backup", str(self.backups), "--keep", "1")
        names = {path.name for path in (self.backups / "pool").rglob("*")}
        self.series.came_back += len(names & set(self.erased.values()))
        for phone in (*self.inspectors, *self.erasers):
            phone.ended.set()
            phone.join(90)
        self.here.stop()
        url = self.here.database_url
        self.series.sums = asyncio.run(counted(url, [phone.told for phone in self.inspectors]))
        self.series.sums.acknowledged += sum(len(one.others.verdicts) for one in self.inspectors)
        stored = {id for (id,) in asyncio.run(self._rows("SELECT id FROM verdict"))}
        for phone in self.inspectors:
            self.series.sums.lost += len(phone.others.verdicts.keys() - stored)

    def end(self) -> None:
        for phone in (*self.inspectors, *self.erasers):
            phone.ended.set()

    @contextlib.contextmanager
    def _working(self, *more: Phone) -> Iterator[None]:
        phones = [*self.inspectors, *more]
        for phone in phones:
            phone.working.set()
        yield
        for phone in phones:
            phone.working.clear()

    def _pause(self) -> None:
        time.sleep(self.rng.uniform(0.2, 1.5))

    def _back_up(self) -> None:
        """Whole, killed at a named place, or killed whenever."""
        words = ("backup", str(self.backups), "--keep", "3")
        fate = self.rng.choice(("whole", "named", "named", "at random"))
        if fate == "named":
            place = self.rng.choice(COPYING)
            died = self.here.run_killed(*words, failpoint=f"{place}:{self._turn(place)}")
            fate = f"backup killed {place}" if died else "backup whole"
        elif fate == "whole":
            self.here.served.run(*words)
            fate = "backup whole"
        else:
            process = self.here.spawn(*words)
            time.sleep(self.rng.uniform(0.5, 3))
            process.kill()
            process.wait()
            fate = "backup killed at random"
        self.series.places[fate] += 1

    def _turn(self, place: str) -> int:
        return self.rng.randint(1, 5) if place.startswith("while") else 1

    def _restore(self, *list_of_erasures: str) -> None:
        words = ["restore", str(self.backups), *list_of_erasures]
        self.ground.move()
        if self.rng.random() < 0.4:
            place = self.rng.choice(RESTORE_POINTS)
            if self.here.run_killed(*words, failpoint=f"{place}:{self._turn(place)}"):
                self.series.places[f"restore killed {place}"] += 1
        if not (self.here.served.folder / "restoring.json").exists() and self._is_restored():
            return
        self.here.served.run(*words)

    def _is_restored(self) -> bool:
        """A failpoint nobody came by (a store without photos) has left a whole house."""
        return (self.here.served.folder / "staging").exists()

    def _until_quiet(self, phones: list[Phone]) -> None:
        until = time.monotonic() + QUIET_SECONDS
        epoch = asyncio.run(self._rows("SELECT epoch FROM sync_counter"))[0][0]
        while time.monotonic() < until:
            for phone in phones:
                if phone.failed is not None:
                    raise phone.failed
            # A phone that has not noticed the new epoch yet is quiet about all that it will offer.
            quiet = all(phone.epoch == epoch and phone.is_quiet for phone in phones)
            if quiet and not asyncio.run(self._rows(_AT_WORK))[0][0]:
                return
            time.sleep(0.2)
        log = self.here.served.log.read_text()[-3000:]
        raise AssertionError(f"not quiet after {QUIET_SECONDS} s:\n{log}")

    async def _rows(self, sql: str) -> Sequence[Sequence[Any]]:
        database = database_for(self.here.database_url)
        await database.open()
        try:
            async with database.reading() as tx:
                return await tx.tuples(sql)
        finally:
            await database.close()

    def _compare(self) -> None:
        """What phones were told against what is there."""
        said = self.here.served.run("check")
        assert "BAD" not in said, said
        with patch.dict(os.environ, self.here.environment):
            there = asyncio.run(self._digests())
        kept = {digest for phone in self.inspectors for digest in phone.kept}
        self.series.photos = len(kept)
        self.series.lost_photos += len(kept - there)
        self.series.erased = len(self.erased)
        self.series.came_back += len(there & set(self.erased.values()))
        gone = {id for (id,) in asyncio.run(self._rows("SELECT id FROM tombstone"))}
        self.series.came_back += sum(f"photo:{id}" not in gone for id in self.erased)

    async def _digests(self) -> set[str]:
        store = open_store(self.here.store_url)
        try:
            names = {one.key.rsplit("/", 1)[-1] async for one in store.list("")}
        finally:
            await store.close()
        return {name.split(".")[0] for name in names}
