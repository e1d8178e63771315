"""The workshop beside the server: the loop goes on, nothing stays, nothing heavy is loaded."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import uvloop

from backend.foundation.documents import problems
from backend.foundation.documents.process import WorkshopFailed, made_by
from backend.foundation.documents.tables import Column
from backend.foundation.documents.workshop import Workshop
from tests.foundation.documents import paper
from tests.foundation.documents.files import ROSTER, rows_of
from tests.kit.clock import MORNING

HEAVY = ("typst", "xlsxwriter", "python_calamine", "fontTools", "pylopdf_fonts_zh_cn")


def children() -> set[str]:
    """Ids of the living children of this process that make documents."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = folder.joinpath("cmdline").read_bytes()
            parent = int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if b"backend.foundation.documents.children" in line and parent == os.getpid():
            found.add(folder.name)
    return found


async def make_paper(shop: Workshop) -> bytes:
    return await shop.pdf(
        paper.TEMPLATE, paper.data(), tongue="zh", made_at=MORNING, photos=paper.photos()
    )


def test_the_server_does_not_carry_what_only_documents_need():
    """Its limit of memory at rest leaves no room for them."""
    program = f"import sys, backend.app; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


async def test_the_loop_goes_on_while_a_document_is_made():
    shop = Workshop()
    turns = 0
    work = asyncio.ensure_future(make_paper(shop))
    while not work.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert turns >= 5, "a page takes some hundred milliseconds; on the loop it would be one turn"


def test_it_works_on_the_loop_that_the_server_runs_on():
    async def both() -> tuple[bytes, int]:
        shop = Workshop()
        found = await shop.read(rows_of(("王芳",)), ROSTER)
        return await make_paper(shop), len(found.rows)

    pdf, rows = uvloop.run(both())
    assert pdf.startswith(b"%PDF-")
    assert rows == 1


async def test_whoever_leaves_ends_the_child():
    before = children()
    entered = asyncio.Event()

    async def never() -> AsyncIterator[tuple[str]]:
        yield ("王芳",)
        entered.set()
        await asyncio.sleep(60)

    column = (Column("姓名", "Name"),)
    work = asyncio.ensure_future(
        Workshop().xlsx(column, never(), title="x", tongue="zh", made_at=MORNING)
    )
    await entered.wait()
    assert children() - before
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert children() - before == set()


async def test_one_hand_makes_one_document_after_the_other():
    shop = Workshop(hands=1)
    before = children()
    most = 0
    works = [asyncio.ensure_future(make_paper(shop)) for _ in range(3)]
    while not all(work.done() for work in works):
        most = max(most, len(children() - before))
        await asyncio.sleep(0.01)
    assert most == 1
    assert len({work.result() for work in works}) == 1


async def test_a_failure_gives_the_place_back():
    shop = Workshop(hands=1)
    for _ in range(2):
        with pytest.raises(WorkshopFailed, match="died"):
            await shop.pdf("tests.foundation.documents:files.py", {}, tongue="zh", made_at=MORNING)
    assert (await make_paper(shop)).startswith(b"%PDF-")


async def test_a_table_that_broke_off_is_no_table():
    """The child of a server that was killed must not write the half it got as if it were whole."""

    async def halves() -> AsyncIterator[bytes]:
        yield b"\x80"  # an order without anything in it
        yield msgspec.msgpack.encode([])

    with pytest.raises(WorkshopFailed, match="died"):
        await made_by("workbook", halves(), wall_seconds=10)


@pytest.mark.parametrize("kind", problems.ALL, ids=lambda kind: kind.code)
def test_every_refusal_asks_a_person_and_speaks_both_tongues(kind: problems.ProblemType):
    assert kind.cls == "needs_person"
    assert kind.words_en.isascii() or "“" in kind.words_en
    assert any("\u4e00" <= character <= "\u9fff" for character in kind.words_zh)
