"""What a sweep finishes, removes and leaves alone."""

from datetime import timedelta

import pytest

from media.staging import Declared, Finished, Leftovers, sweep
from media.staging.sweep import FAILURES_MAX
from tests.media.begun import NOW, PHOTO, area_at, begun, photo


async def test_a_sweep_publishes_what_is_whole_and_removes_what_is_not_coming(area):
    await begun(area, len(PHOTO), photo("whole"))
    await begun(area, 1000, photo("half"))
    damaged = Declared("damaged", "ana", "0" * 64, "image/jpeg", 1000)
    await begun(area, 1000, damaged)
    (area.root / "ana" / "orphan.part").write_bytes(b"never announced")
    (area.root / "ana" / "stray.info").write_text("{}")
    published: list[str] = []

    async def publish(declared: Declared, finished: Finished) -> None:
        assert finished.path.read_bytes() == PHOTO
        published.append(declared.id)

    restarted = area_at(area.root)
    assert await sweep(restarted, NOW, publish) == Leftovers(published=1, damaged=1, orphaned=1)
    assert published == ["whole"]
    assert await sweep(restarted, NOW, publish) == Leftovers()
    assert await sweep(restarted, NOW + timedelta(days=8), publish) == Leftovers(expired=1)
    assert list(area.root.glob("*/*")) == []


async def test_what_cannot_be_published_stays_and_keeps_nothing_else_waiting(area):
    for name in ("a", "b", "c"):
        await begun(area, len(PHOTO), photo(name))
    tried: list[str] = []
    broken = {"a"}

    async def publish(declared: Declared, _finished: Finished) -> None:
        tried.append(declared.id)
        if declared.id in broken:
            raise OSError("the store has other bytes under this name")

    with pytest.raises(OSError, match="other bytes"):
        await sweep(area_at(area.root), NOW, publish)
    assert tried == ["a", "b", "c"]
    assert [declared.id for declared in area.unfinished("ana")] == ["a"]
    broken.clear()
    assert await sweep(area_at(area.root), NOW, publish) == Leftovers(published=1)


async def test_a_sweep_gives_up_when_nothing_can_be_published(area):
    for number in range(9):
        await begun(area, len(PHOTO), photo(f"u{number}"))
    tried: list[str] = []

    async def publish(declared: Declared, _finished: Finished) -> None:
        tried.append(declared.id)
        raise OSError("the store is away")

    with pytest.raises(OSError, match="away"):
        await sweep(area_at(area.root), NOW, publish)
    assert len(tried) == FAILURES_MAX
    assert len(area.unfinished("ana")) == 9


async def test_a_sweep_leaves_alone_what_somebody_is_writing(area):
    with area.create(photo(), NOW) as upload:
        append = upload.append(0)
        append.write(PHOTO)

        async def publish(_declared: Declared, _finished: Finished) -> None:
            pytest.fail("it is not ours")

        assert await sweep(area_at(area.root), NOW, publish) == Leftovers()
        assert await append.acknowledge(NOW) == len(PHOTO)
