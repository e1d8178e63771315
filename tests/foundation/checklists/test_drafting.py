"""Drafts of checklists lose nothing: not between two devices, not after they were thrown away."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from backend.foundation.checklists.manifest import MANIFEST
from backend.foundation.checklists.tables import DRAFTS
from backend.foundation.evidence.manifest import MANIFEST as EVIDENCE
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel import limits
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import new_id
from tests.kit.world import Phone, journal_on, opened

REC = ("template_draft", "d1")


@pytest.fixture
async def journal(engine_url: str) -> AsyncIterator[Journal]:
    async with opened(engine_url, (EVIDENCE, MANIFEST)) as database:
        yield journal_on(database, EVIDENCE, MANIFEST)


def writer(journal: Journal, role: str = "secretariat", id: str = "") -> Phone:
    return Phone(
        journal, Actor(id=id or new_id(), name="文书", grants=(Grant(role, None, "service"),))
    )


def words(text: str) -> dict[str, Any]:
    return {"code": "SQ", "doc": {"title": {"zh": text, "en": ""}}}


async def drafts(journal: Journal) -> dict[str, str]:
    async with journal.database.reading() as tx:
        found = await DRAFTS.where(tx, "1 = 1")
    return {one.id: one.doc["title"]["zh"] for one in found}


async def test_a_draft_is_kept_as_it_is_and_seen_by_its_author_alone(journal: Journal) -> None:
    desk = writer(journal)
    first = await desk.do("checklists.keep_draft", REC, words("门"))
    second = await desk.do("checklists.keep_draft", REC, words("门口"), base=1)
    assert (first.s, second.s) == ("applied", "applied")
    async with journal.database.reading() as tx:
        rows = await tx.tuples("SELECT body FROM record WHERE kind = 'template_draft'")
        buckets = await tx.tuples("SELECT bucket FROM sync_row WHERE kind = 'template_draft'")
    body = msgspec.json.decode(rows[0][0])
    assert (body["rev"], body["doc"]["title"]["zh"]) == (2, "门口")
    assert buckets == [(f"user:{desk.actor.id}",)]


async def test_another_device_that_had_not_seen_it_gets_a_draft_of_its_own(
    journal: Journal,
) -> None:
    """Desk and laptop write offline; both hand in."""
    desk = writer(journal)
    laptop = writer(journal, id=desk.actor.id)
    await desk.do("checklists.keep_draft", REC, words("第一句"))
    await desk.do("checklists.keep_draft", REC, words("书桌"), base=1)
    late = await laptop.do("checklists.keep_draft", REC, words("手提"), base=1)
    assert late.s == "merged"
    assert sorted((await drafts(journal)).values()) == sorted(["书桌", "手提"])
    # Who has seen what the other wrote goes on in the same draft, and one's own is never stale.
    seen = await laptop.do("checklists.keep_draft", REC, words("接着写"), base=2)
    own = await laptop.do("checklists.keep_draft", REC, words("再写"), base=2)
    assert (seen.s, own.s) == ("applied", "applied")
    assert (await drafts(journal))["d1"] == "再写"


async def test_what_comes_after_it_was_dropped_is_a_draft_again(journal: Journal) -> None:
    desk = writer(journal)
    laptop = writer(journal, id=desk.actor.id)
    await desk.do("checklists.keep_draft", REC, words("门"))
    gone = await desk.do("checklists.drop_draft", REC)
    assert (gone.s, await drafts(journal)) == ("applied", {})
    again = await desk.do("checklists.drop_draft", REC)
    assert again.code == "not_found"
    late = await laptop.do("checklists.keep_draft", REC, words("晚到的话"), base=1)
    assert (late.s, await drafts(journal)) == ("applied", {"d1": "晚到的话"})


async def test_nobody_writes_or_drops_the_draft_of_somebody_else(journal: Journal) -> None:
    desk, other = writer(journal), writer(journal)
    await desk.do("checklists.keep_draft", REC, words("门"))
    codes = [
        (await other.do("checklists.keep_draft", REC, words("x"), base=1)).code,
        (await writer(journal).do("checklists.drop_draft", REC)).code,
        (await writer(journal, "inspector").do("checklists.keep_draft", REC, words("x"))).code,
    ]
    assert codes == ["id_taken", "not_found", "forbidden"]
    assert await drafts(journal) == {"d1": "门"}


@pytest.mark.parametrize("doc", [{"points": 0.5}, {"points": 2**60}, []])
async def test_what_can_have_no_digest_is_refused(journal: Journal, doc: Any) -> None:
    answer = await writer(journal).do("checklists.keep_draft", REC, {"doc": doc})
    assert answer.code == "args_invalid"


async def test_drafts_have_an_end(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DRAFTS_MAX", 2)
    desk = writer(journal)
    codes = [
        (await desk.do("checklists.keep_draft", ("template_draft", f"d{n}"), words("门"))).code
        for n in range(3)
    ]
    assert codes == [None, None, "drafts_full"]
