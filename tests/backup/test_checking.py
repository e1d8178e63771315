"""`xunfang check` sees what it says it looks at: each planted fault is a line that says BAD."""

from pathlib import Path

import pytest

from backend.app import schema
from backend.checking import look
from backend.foundation.evidence.holdings import holdings
from backend.house import House
from media.store import original_key, rendition_key
from tests.backup.conftest import command
from tests.backup.test_taking import some_digest


async def bad(house: House, *, quick: bool = False) -> dict[str, str]:
    found = await look(house, schema(), quick=quick)
    assert [one.what for one in found] == [
        "tables",
        "database",
        "foreign keys",
        "facts",
        "change index",
        "desks",
        "store",
        "jobs",
        "erasure",
    ]
    assert all("\n" not in str(one) for one in found)
    return {one.what: one.said for one in found if not one.good}


async def path_of(house: House) -> Path:
    return house.store.path_of(original_key(await some_digest(house)))  # type: ignore[union-attr]


async def test_a_branch_at_work_is_sound(house: House):
    assert await bad(house) == await bad(house, quick=True) == {}


async def test_bytes_that_changed_are_seen_by_hashing_alone(house: House):
    path = await path_of(house)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert "holds other bytes" in (await bad(house))["store"]
    assert await bad(house, quick=True) == {}


async def test_a_photo_that_is_gone_or_cut_short_is_seen_at_once(house: House):
    path = await path_of(house)
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    assert f"{len(data) - 1} bytes and not {len(data)}" in (await bad(house, quick=True))["store"]
    path.unlink()
    assert "is missing" in (await bad(house, quick=True))["store"]


async def test_a_small_picture_that_is_gone_or_cut_short_is_seen(house: House):
    async with house.database.reading() as tx:
        pages = [page async for page in holdings(tx)]
    held = next(one for page in pages for one in page if one.state == "accepted")
    path = house.store.path_of(rendition_key(held.digest, 320))  # type: ignore[union-attr]
    path.write_bytes(path.read_bytes()[:-2])
    assert "is damaged" in (await bad(house))["store"]
    path.unlink()
    assert "no small picture" in (await bad(house, quick=True))["store"]


async def test_bytes_that_are_erased_and_still_there_are_seen(house: House):
    digest = await some_digest(house)
    async with house.database.unit_of_work() as tx:
        await tx.run("UPDATE blob SET state = 'erased' WHERE id = ?", digest)
    assert "still there" in (await bad(house, quick=True))["store"]


PLANTED = {
    "a record left one of its places": (
        "change index",
        "UPDATE sync_row SET gone = 1 WHERE ver = "
        "(SELECT MAX(ver) FROM sync_row WHERE kind = 'round' AND NOT gone)",
    ),
    "a record lies where it does not belong": (
        "change index",
        "INSERT INTO sync_row SELECT rec_key || ':org', rec_key, kind, rec_id, 'org', 0, 0, h64 "
        "FROM sync_row WHERE kind = 'visit_person' AND NOT gone LIMIT 1",
    ),
    "a record without its body": (
        "change index",
        "UPDATE record SET body = 'null' WHERE id = (SELECT MAX(id) FROM record WHERE "
        "kind = 'round')",
    ),
    "a number that phones fold differently": (
        "change index",
        "UPDATE sync_row SET h64 = '0' WHERE ver = (SELECT MIN(ver) FROM sync_row)",
    ),
    "a record that is found by other words": (
        "desks",
        "UPDATE search SET mark = 'x' WHERE id = (SELECT MAX(id) FROM search)",
    ),
    "a record that no desk finds": (
        "desks",
        "DELETE FROM search WHERE id = (SELECT MAX(id) FROM search)",
    ),
    "words of no record": (
        "desks",
        "INSERT INTO search SELECT 'round:nobody', kind, opens_kind, opens_id, outlet, line, at, "
        "text, words, mark FROM search LIMIT 1",
    ),
    "a record that is not counted": (
        "desks",
        "DELETE FROM tallied WHERE id = (SELECT MAX(id) FROM tallied)",
    ),
    "a figure that is one too high": (
        "desks",
        "UPDATE tally SET n0 = n0 + 1 WHERE id = (SELECT MAX(id) FROM tally)",
    ),
    "a figure that is gone": (
        "desks",
        "DELETE FROM tally WHERE id = (SELECT MAX(id) FROM tally WHERE n0 > 0)",
    ),
    "a figure of nothing": (
        "desks",
        "INSERT INTO tally SELECT 'x', tally, span, outlet, line, key, 1, 0, 0, 0, 0, 0, 0 "
        "FROM tally LIMIT 1",
    ),
    "a version beyond the head": ("database", "UPDATE sync_counter SET head = head - 1"),
    "a place without its record": (
        "foreign keys",
        "UPDATE sync_row SET rec_key = 'round:nobody' WHERE ver = (SELECT MAX(ver) FROM sync_row)",
    ),
    "an end of the chain that is not its end": (
        "facts",
        "UPDATE sync_counter SET chain_hash = '0'",
    ),
    "facts that were cut off": ("database", "UPDATE sync_counter SET chain_seq = chain_seq + 1"),
}


@pytest.mark.parametrize("planted", PLANTED)
async def test_a_planted_fault_is_seen(house: House, planted: str):
    what, sql = PLANTED[planted]
    async with house.database.unit_of_work() as tx:
        assert await tx.run(sql) == 1
    assert what in await bad(house, quick=True)


async def test_the_command_ends_with_one_when_anything_is_bad(house: House):
    folder = house.settings.data_dir
    code, said = command(folder, "check", "--quick")
    assert (code, "BAD" in said) == (0, False), said
    (await path_of(house)).unlink()
    code, said = command(folder, "check", "--quick")
    assert (code, "BAD  store" in said) == (1, True), said
