"""Editions of standards are in force one after another; checklists quote them word for word."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from backend.foundation.checklists.manifest import MANIFEST
from backend.foundation.checklists.tables import EDITIONS
from backend.foundation.evidence.manifest import MANIFEST as EVIDENCE
from backend.foundation.journal.chain import ENTRIES
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.ids import new_id
from tests.foundation.checklists import sheets
from tests.foundation.checklists.test_publishing import DESK
from tests.kit.world import Phone, journal_on, opened

RAMP = {
    "no": "3.1",
    "kind": "hard",
    "text": {"zh": "有坡道", "en": "There is a ramp"},
    "points": 20,
}
SMILE = {"no": "4.1", "kind": "soft", "text": {"zh": "微笑", "en": "A smile"}, "points": 10}


def edition(name: str, since: str, until: str | None = None, **more: Any) -> dict[str, Any]:
    asked = {
        "code": "NET",
        "title": {"zh": "网点标准", "en": "Outlet standard"},
        "edition": name,
        "line": "service",
        "effective_from": since,
        "effective_to": until,
        "clauses": [RAMP, SMILE],
    }
    return asked | more


@pytest.fixture
async def journal(engine_url: str) -> AsyncIterator[Journal]:
    async with opened(engine_url, (EVIDENCE, MANIFEST, DESK)) as database:
        made = journal_on(database, EVIDENCE, MANIFEST, DESK)
        for line in ("service", "security"):
            await made.command("desks.begin", ("line", line), {})
        yield made


def office(journal: Journal, role: str = "secretariat", line: str | None = "service") -> Phone:
    return Phone(journal, Actor(id=new_id(), name="文书", grants=(Grant(role, None, line),)))


async def put_in_force(desk: Phone, id: str, asked: dict[str, Any]) -> str | None:
    return (await desk.do("checklists.publish_edition", ("standard_edition", id), asked)).code


async def spans(journal: Journal) -> dict[str, tuple[str, str | None]]:
    async with journal.database.reading() as tx:
        found = await EDITIONS.where(tx, "1 = 1")
    return {one.id: (one.effective_from, one.effective_to) for one in found}


async def test_an_open_edition_ends_when_the_next_one_begins(journal: Journal) -> None:
    desk = office(journal)
    assert await put_in_force(desk, "e1", edition("2026", "2026-01-01")) is None
    assert await put_in_force(desk, "e2", edition("2027", "2027-03-01")) is None
    assert await spans(journal) == {"e1": ("2026-01-01", "2027-02-28"), "e2": ("2027-03-01", None)}
    async with journal.database.reading() as tx:
        types = [one.type.removeprefix("checklists.") for one in await ENTRIES.where(tx, "1 = 1")]
        buckets = await tx.tuples("SELECT bucket FROM sync_row WHERE kind = 'standard_edition'")
    assert types == ["EditionPublished", "EditionPublished", "EditionEnded"]
    assert set(buckets) == {("line:service",)}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (edition("2026", "2028-01-01"), "edition_taken"),
        (edition("2025", "2025-01-01"), "edition_overlap"),
        (edition("2025", "2025-01-01", "2026-01-01"), "edition_overlap"),
        (edition("2025", "2025-01-01", "2025-12-31"), None),
        (edition("2025", "2025-02-02", "2025-02-01"), "edition_days"),
        (edition("2025", "2025-02-30"), "args_invalid"),
        (edition("2028", "2028-01-01", clauses=[RAMP, RAMP]), "clause_doubled"),
        (
            edition("2028", "2028-01-01", clauses=[RAMP | {"text": {"zh": "有", "en": " "}}]),
            "clause_words",
        ),
        (edition("2028", "2028-01-01", clauses=[]), "args_invalid"),
        (edition("2028", "2028-01-01", title={"zh": "标准", "en": ""}), "args_invalid"),
        (edition("2028", "2028-01-01", line="moon"), "forbidden"),
    ],
)
async def test_what_an_edition_may_not_be(
    journal: Journal, asked: dict[str, Any], code: str | None
) -> None:
    desk = office(journal)
    await put_in_force(desk, "e1", edition("2026", "2026-01-01"))
    assert await put_in_force(desk, "e2", asked) == code


async def test_an_edition_ends_on_a_day_and_its_words_stay(journal: Journal) -> None:
    desk = office(journal)
    await put_in_force(desk, "e1", edition("2026", "2026-01-01"))
    await put_in_force(desk, "e2", edition("2027", "2027-01-01"))
    rec = ("standard_edition", "e1")
    codes = [
        (await desk.do("checklists.end_edition", rec, {"effective_to": day})).code
        for day in ("2025-12-31", "2027-01-01", "2026-11-30")
    ]
    assert codes == ["edition_days", "edition_overlap", None]
    assert (await spans(journal))["e1"] == ("2026-01-01", "2026-11-30")
    assert await put_in_force(desk, "e1", edition("2030", "2030-01-01")) == "id_taken"


async def test_only_the_line_and_the_office_put_standards_in_force(journal: Journal) -> None:
    asked = edition("2026", "2026-01-01")
    assert await put_in_force(office(journal, "inspector"), "e1", asked) == "forbidden"
    guard = office(journal, "line_lead", "security")
    assert await put_in_force(guard, "e1", asked) == "forbidden"
    await put_in_force(office(journal), "e1", asked)
    rec = ("standard_edition", "e1")
    ended = await guard.do("checklists.end_edition", rec, {"effective_to": "2027-01-01"})
    assert ended.code == "edition_unknown"


def quoting(id: str, clause: dict[str, Any]) -> dict[str, Any]:
    quoted = {
        "standard": "网点标准",
        "edition": id,
        **{name: clause[name] for name in ("no", "kind", "text", "points")},
    }
    return sheets.plain_template([{"key": "ramp", "points": 20, "clause": quoted}])


async def test_a_checklist_quotes_word_for_word_and_keeps_the_words_of_its_day(
    journal: Journal,
) -> None:
    """Two years later another edition says something else; the version still says what it said."""
    desk = office(journal)
    await put_in_force(desk, "e1", edition("2026", "2026-01-01"))
    wrong = quoting("e1", RAMP | {"points": 30})
    doc = quoting("e1", RAMP)
    asked = {"code": "SQ", "edition": "2026", "line": "service", "rhythm": "daily"}

    async def publish(of: dict[str, Any]) -> str | None:
        rec = ("template", digest(of))
        return (await desk.do("checklists.publish_template", rec, asked | {"doc": of})).code

    codes = [await publish(wrong), await publish(quoting("e9", RAMP)), await publish(doc)]
    assert codes == ["clause_differs", "clause_unknown", None]
    later = edition("2028", "2028-01-01", clauses=[RAMP | {"points": 50}])
    assert await put_in_force(desk, "e2", later) is None
    async with journal.database.reading() as tx:
        rows = await tx.tuples("SELECT body FROM record WHERE kind = 'template'")
    item = msgspec.json.decode(rows[0][0])["doc"]["sections"][0]["items"][0]
    assert (item["clause"]["text"], item["clause"]["points"]) == (RAMP["text"], 20)
