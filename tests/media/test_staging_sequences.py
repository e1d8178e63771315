"""Any sequence of good, wrong, torn and damaged pieces, and of restarts, against a plain model."""

import asyncio
import hashlib
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from media.staging import (
    Checksum,
    ChunkMismatch,
    Declared,
    OffsetMoved,
    StagingArea,
    TooLong,
)

NOW = datetime(2026, 5, 4, 9, 12, tzinfo=UTC)
PHOTO = hashlib.shake_256(b"photo").digest(5000)


class Sequences(RuleBasedStateMachine):
    """`known` is how many bytes the sender was told are safe."""

    @initialize()
    def create(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.known = 0
        self.restart()
        digest = hashlib.sha256(PHOTO).hexdigest()
        with self.area.create(Declared("u", "ana", digest, "image/jpeg", 5000), NOW) as upload:
            asyncio.run(upload.announce())

    @rule()
    def restart(self) -> None:
        self.area = StagingArea(Path(self.folder.name), length_max=10_000, keep=timedelta(days=1))

    @rule(count=st.integers(0, 3000), algorithm=st.sampled_from([None, "sha1", "sha256"]))
    def send(self, count: int, algorithm: str | None) -> None:
        piece = PHOTO[self.known : self.known + count]
        with self.area.hold("ana", "u", NOW) as upload:
            append = upload.append(self.known, _checksum(algorithm, piece))
            for start in range(0, len(piece), 700):
                append.write(piece[start : start + 700])
            self.known = asyncio.run(append.acknowledge(NOW))

    @rule(count=st.integers(0, 3000), checked=st.booleans())
    def tear(self, count: int, checked: bool) -> None:
        piece = PHOTO[self.known : self.known + count]
        with self.area.hold("ana", "u", NOW) as upload:
            append = upload.append(self.known, _checksum("sha1" if checked else None, PHOTO))
            append.write(piece)
            kept = asyncio.run(append.keep_torn(NOW))
        assert kept == (self.known if checked else self.known + len(piece))
        self.known = kept

    @rule(noise=st.binary(min_size=1, max_size=900))
    def damage(self, noise: bytes) -> None:
        with self.area.hold("ana", "u", NOW) as upload:
            append = upload.append(self.known, Checksum("sha256", b"\0" * 32))
            try:
                append.write(noise)
                asyncio.run(append.acknowledge(NOW))
            except (ChunkMismatch, TooLong):
                return
        raise AssertionError("damage was taken for a photo")

    @rule(away=st.integers(1, 4000))
    def continue_elsewhere(self, away: int) -> None:
        with self.area.hold("ana", "u", NOW) as upload, pytest.raises(OffsetMoved) as moved:
            upload.append(self.known + away)
        assert moved.value.offset == self.known

    @precondition(lambda self: getattr(self, "known", 0) == len(PHOTO))
    @rule()
    def finish(self) -> None:
        with self.area.hold("ana", "u", NOW) as upload:
            assert asyncio.run(upload.finish()).path.read_bytes() == PHOTO

    @invariant()
    def everything_promised_is_there_and_nothing_else(self) -> None:
        if hasattr(self, "area"):
            assert self.area.offset("ana", "u")[0] == self.known
            data = Path(self.folder.name, "ana", "u.part").read_bytes()
            assert data == PHOTO[: self.known]

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()


def _checksum(algorithm: str | None, piece: bytes) -> Checksum | None:
    return Checksum(algorithm, hashlib.new(algorithm, piece).digest()) if algorithm else None


TestSequences = Sequences.TestCase
TestSequences.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
