"""Bytes that come with commands for an album that is erased: they are not kept either."""

from backend.foundation.kernel.ids import new_id
from tests.foundation.evidence.conftest import digest


async def test_bytes_of_refused_and_of_late_commands_go_too(album, ana):
    """They came before the command, and no photo ever had them."""
    early, late = b"came with a refused command", b"came with a late one"
    await album.arrive(early)
    await album.arrive(late)
    args = {"photo": {"id": "nonsense"}}
    assert (await ana.do("album.attach", album.rec, args, blobs=[digest(early)])).s == "rejected"
    await album.erase()
    assert await album.blob(early) == "erasing"
    assert await album.blob(late) == "stored"
    answer = await ana.do("album.attach", album.rec, args, blobs=[digest(late), "no digest"])
    assert answer.code == "record_erased"
    assert await album.blob(late) == "erasing"


async def test_bytes_of_every_late_command_of_a_group_go_too(album, ana):
    """Taking back the group's steps must not take back that these bytes go."""
    first, second = b"came with the group", b"came with its last"
    for bytes_ in (first, second):
        await album.arrive(bytes_)
    await album.erase()
    group, args = {"group": new_id()}, {"photo": {"id": "nonsense"}}
    answers = await ana.push(
        ana.ask("album.attach", album.rec, args, blobs=[digest(first)], **group),
        ana.ask("album.attach", album.rec, args, blobs=[digest(second)], **group),
    )
    assert {one.code for one in answers.answers} == {"record_erased"}
    assert [await album.blob(one) for one in (first, second)] == ["erasing", "erasing"]


async def test_a_late_command_does_not_erase_what_somebody_else_brought(album, ana, stranger):
    theirs = b"somebody else's picture"
    await album.arrive(theirs, by=stranger)
    await album.erase()
    await ana.do("album.attach", album.rec, {}, blobs=[digest(theirs)])
    assert await album.blob(theirs) == "stored"
