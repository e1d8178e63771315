"""Receiving a file in pieces over a line that breaks."""

import asyncio
import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest

from media.staging import (
    Checksum,
    ChunkMismatch,
    Declared,
    DigestMismatch,
    Expired,
    Locked,
    OffsetMoved,
    StagingArea,
    TooLong,
    TooMany,
    Unknown,
    UnknownAlgorithm,
)
from tests.media.begun import NOW, PHOTO, area_at, begun, photo


async def test_a_photo_in_three_pieces_is_whole_and_verified(area):
    await begun(area, 1000)
    for start, end in ((1000, 60_000), (60_000, len(PHOTO))):
        with area.hold("ana", "u1", NOW) as upload:
            append = upload.append(start)
            append.write(PHOTO[start:end])
            assert await append.acknowledge(NOW) == end
            if upload.complete:
                finished = await upload.finish()
                assert finished.path.read_bytes() == PHOTO
                assert finished.sha256 == photo().sha256
                upload.discard()
    assert list(area.root.glob("*/*")) == []


async def test_after_a_restart_the_file_is_read_once_more(area):
    """The new process did not see the first bytes, so it cannot continue their hash."""
    await begun(area, 1000)
    again = area_at(area.root)
    with again.hold("ana", "u1", NOW) as upload:
        assert upload.offset == 1000
        append = upload.append(1000)
        append.write(PHOTO[1000:])
        await append.acknowledge(NOW)
        assert (await upload.finish()).sha256 == photo().sha256


async def test_a_wrong_place_to_continue_is_answered_with_the_right_one(area):
    await begun(area, 1000)
    with area.hold("ana", "u1", NOW) as upload:
        with pytest.raises(OffsetMoved) as moved:
            upload.append(999)
        assert moved.value.offset == 1000


async def test_a_torn_piece_keeps_what_came(area):
    await begun(area, 1000)
    with area.hold("ana", "u1", NOW) as upload:
        append = upload.append(1000)
        append.write(PHOTO[1000:5000])
        assert await append.keep_torn(NOW) == 5000
    assert area.offset("ana", "u1")[0] == 5000


async def test_a_torn_piece_with_a_checksum_keeps_nothing_of_it(area):
    await begun(area, 1000)
    with area.hold("ana", "u1", NOW) as upload:
        append = upload.append(1000, Checksum("sha1", hashlib.sha1(PHOTO[1000:]).digest()))
        append.write(PHOTO[1000:5000])
        assert await append.keep_torn(NOW) == 1000
    assert area.offset("ana", "u1")[0] == 1000


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
async def test_a_damaged_piece_is_taken_back_and_the_right_one_completes_the_photo(area, algorithm):
    await begun(area, 1000)
    checksum = Checksum(algorithm, hashlib.new(algorithm, PHOTO[1000:]).digest())
    with area.hold("ana", "u1", NOW) as upload:
        append = upload.append(1000, checksum)
        append.write(b"x" * 50)
        with pytest.raises(ChunkMismatch):
            await append.acknowledge(NOW)
        assert upload.offset == 1000
    with area.hold("ana", "u1", NOW) as upload:
        append = upload.append(1000, checksum)
        append.write(PHOTO[1000:])
        await append.acknowledge(NOW)
        assert (await upload.finish()).size == len(PHOTO)


def test_a_checksum_nobody_can_compute_is_refused():
    with pytest.raises(UnknownAlgorithm):
        Checksum("crc32", b"1234")


async def test_more_bytes_than_declared_are_refused_and_taken_back(area):
    await begun(area, 1000)
    with area.hold("ana", "u1", NOW) as upload:
        append = upload.append(1000)
        append.write(PHOTO[1000:])
        with pytest.raises(TooLong):
            append.write(b"x")
        assert upload.offset == 1000


def test_a_photo_over_the_limit_is_refused_at_the_door(area):
    declared = Declared("u1", "ana", "0" * 64, "image/jpeg", (1 << 20) + 1)
    with pytest.raises(TooLong), area.create(declared, NOW):
        pass


async def test_nobody_fills_the_disk_with_uploads_they_never_finish(tmp_path):
    area = StagingArea(
        tmp_path / "staging", length_max=1 << 20, keep=timedelta(days=7), begun_max=3
    )
    for number in range(3):
        await begun(area, 10, photo(f"u{number}"))
    with pytest.raises(TooMany), area.create(photo("u3"), NOW):
        pass
    with area.create(Declared("u3", "bo", "0" * 64, "image/jpeg", 5), NOW):
        pass
    with area.hold("ana", "u0", NOW) as upload:
        upload.discard()
    with area.create(photo("u3"), NOW):
        pass


async def test_a_whole_that_is_something_else_is_discarded(area):
    declared = Declared("u1", "ana", "0" * 64, "image/jpeg", len(PHOTO))
    with area.create(declared, NOW) as upload:
        append = upload.append(0)
        append.write(PHOTO)
        await append.acknowledge(NOW)
        await upload.announce()
        with pytest.raises(DigestMismatch) as mismatch:
            await upload.finish()
        assert mismatch.value.received == photo().sha256
    with pytest.raises(Unknown):
        area.declared("ana", "u1")
    assert list(area.root.glob("*/*")) == []


async def test_two_writers_never_meet(area):
    await begun(area, 1000)
    other_process = area_at(area.root)
    with area.hold("ana", "u1", NOW):
        for same_or_other in (area, other_process):
            with pytest.raises(Locked), same_or_other.hold("ana", "u1", NOW):
                pass
    with other_process.hold("ana", "u1", NOW) as upload:
        assert upload.offset == 1000


async def test_a_late_writer_can_be_asked_to_let_go(area):
    await begun(area, 1000)
    asked = asyncio.Event()
    with area.hold("ana", "u1", NOW) as upload:
        upload.let_go = asked.set
        area.ask_to_let_go("ana", "u1")
        area.ask_to_let_go("ana", "unknown")
    assert asked.is_set()


async def test_an_upload_left_alone_expires_counting_from_its_last_byte(area):
    await begun(area, 1000)
    later = NOW + timedelta(days=6)
    with area.hold("ana", "u1", later) as upload:
        append = upload.append(1000)
        append.write(PHOTO[1000:2000])
        await append.acknowledge(later)
    assert area.offset("ana", "u1")[1] == later + timedelta(days=7)
    with area.hold("ana", "u1", later + timedelta(days=7, seconds=-1)):
        pass
    with pytest.raises(Expired), area.hold("ana", "u1", later + timedelta(days=7)):
        pass
    with pytest.raises(Unknown), area.hold("ana", "u1", later):
        pass


@pytest.mark.parametrize(("owner", "id"), [("bo", "u1"), ("ana", "u2"), ("..", "u1"), ("ana", "")])
async def test_an_upload_is_known_to_its_owner_alone(area, owner, id):
    await begun(area, 1000)
    with pytest.raises(Unknown), area.hold(owner, id, NOW):
        pass
    area.ask_to_let_go(owner, id)
    assert [declared.id for declared in area.unfinished("ana")] == ["u1"]
    assert area.unfinished("bo") == []


async def test_what_was_never_announced_is_gone_with_its_request(area):
    with area.create(photo(), NOW) as upload:
        append = upload.append(0)
        append.write(PHOTO[:1000])
        await append.keep_torn(NOW)
    assert list(area.root.glob("*/*")) == []


async def test_nothing_is_acknowledged_before_it_is_on_the_disk(area, monkeypatch):
    """The order itself is asserted, because a kill is not a power cut."""
    order: list[str] = []
    real_fsync, real_rename = os.fsync, os.rename

    def fsync(handle: int) -> None:
        order.append(f"fsync {Path(f'/proc/self/fd/{handle}').readlink().name}")
        real_fsync(handle)

    def rename(source: Path, target: Path) -> None:
        order.append(f"rename {Path(target).name}")
        real_rename(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "rename", rename)
    with area.create(photo(), NOW) as upload:
        await upload.announce()
        order.append("announced")
        append = upload.append(0)
        append.write(PHOTO)
        await append.acknowledge(NOW)
        order.append("acknowledged")
    assert order == [
        "fsync staging",
        "fsync u1.tmp",
        "rename u1.info",
        "fsync ana",
        "announced",
        "fsync u1.part",
        "acknowledged",
    ]
