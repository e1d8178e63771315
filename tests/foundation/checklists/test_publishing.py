"""Checklist versions are published once, named by their content, and never changed."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from piccolo.columns import Text
from piccolo.table import Table

from backend.foundation.checklists.answering import (
    answers_of,
    clear_answer,
    set_answer,
    version_of,
)
from backend.foundation.checklists.facts import FindingRaised, TemplatePublished
from backend.foundation.checklists.manifest import MANIFEST
from backend.foundation.checklists.template import template_id
from backend.foundation.database.rows import Rows
from backend.foundation.evidence.manifest import MANIFEST as EVIDENCE
from backend.foundation.journal.chain import ENTRIES
from backend.foundation.journal.envelope import Context, Outcome
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.manifest import Command, Kind, Manifest, Projection
from backend.foundation.journal.work import Work
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.ids import new_id
from tests.foundation.checklists import sheets
from tests.kit.world import Phone, journal_on, opened


class LineTable(Table, tablename="desk_line"):
    id = Text(primary_key=True)
    template = Text()


class Desk(msgspec.Struct, frozen=True):
    id: str
    template: str


DESKS = Rows(LineTable, Desk)


class Begin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lay a checklist on the desk (or name a line, which has none)."""

    template: str = ""


class Put(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answer an item of the checklist on the desk."""

    item: str
    value: Any
    note: str = ""
    clear: bool = False


async def begin(work: Work, asked: Begin, ctx: Context) -> Outcome:
    work.save(DESKS, Desk(ctx.rec[1], asked.template))
    work.touch(*ctx.rec)
    return Outcome()


async def put(work: Work, asked: Put, ctx: Context) -> Outcome:
    desk = await work.load(DESKS, ctx.rec[1])
    assert desk is not None
    version = await version_of(work, desk.template)
    if asked.clear:
        written = await clear_answer(work, version, desk.id, asked.item, ctx)
    else:
        written = await set_answer(work, version, desk.id, asked.item, asked.value, asked.note, ctx)
    work.touch("desk", desk.id)
    return Outcome(status=written.status)


async def desk_body(work: Work, id: str) -> Projection | None:
    answers = await answers_of(work, id)
    return Projection({"answers": answers}, frozenset({"org"}))


DESK = Manifest(
    name="desks",
    tables=(LineTable,),
    commands=(Command("desks.begin", Begin, begin), Command("desks.put", Put, put)),
    kinds=(Kind("desk", desk_body), Kind("line", desk_body)),
)
PLAIN = sheets.plain_template([{"key": "exit", "points": 60}, {"key": "lamp", "points": 20}])
ID = template_id(msgspec.convert(PLAIN, sheets.TemplateDoc))
ASKED = {"code": "service", "edition": "2026", "line": "service", "rhythm": "daily", "doc": PLAIN}


@pytest.fixture
async def journal(engine_url: str) -> AsyncIterator[Journal]:
    async with opened(engine_url, (EVIDENCE, MANIFEST, DESK)) as database:
        made = journal_on(database, EVIDENCE, MANIFEST, DESK)
        await made.command("desks.begin", ("line", "service"), {})
        yield made


def phone(journal: Journal, role: str, line: str | None = None) -> Phone:
    return Phone(journal, Actor(id=new_id(), name="文书", grants=(Grant(role, None, line),)))


async def test_the_secretariat_publishes_and_the_id_is_the_digest(journal: Journal) -> None:
    assert digest(PLAIN) == ID
    answer = await phone(journal, "secretariat").do(
        "checklists.publish_template", ("template", ID), ASKED
    )
    assert answer.s == "applied"
    async with journal.database.reading() as tx:
        rows = await tx.tuples("SELECT body FROM record WHERE kind = 'template'")
        types = [entry.type for entry in await ENTRIES.where(tx, "1 = 1")]
    body = msgspec.json.decode(rows[0][0])
    assert (body["title"], body["doc"], body["retired_at"]) == (PLAIN["title"], PLAIN, None)
    assert types == ["checklists.TemplatePublished"]


@pytest.mark.parametrize(
    ("role", "line", "verdict"),
    [
        ("admin", None, "applied"),
        ("line_lead", "service", "applied"),
        ("line_lead", "retail", "rejected"),
        ("inspector", None, "rejected"),
        ("manager", None, "rejected"),
    ],
)
async def test_only_the_office_and_the_line_publish(
    journal: Journal, role: str, line: str | None, verdict: str
) -> None:
    answer = await phone(journal, role, line).do(
        "checklists.publish_template", ("template", ID), ASKED
    )
    assert answer.s == verdict
    assert answer.code == (None if verdict == "applied" else "forbidden")


@pytest.mark.parametrize(
    ("change", "id", "code"),
    [
        ({}, "0" * 64, "template_id_mismatch"),
        ({"line": "moon"}, ID, "args_invalid"),
        ({"doc": {"title": PLAIN["title"], "sections": []}}, None, "template_invalid"),
        ({"colour": "red"}, ID, "args_invalid"),
    ],
)
async def test_a_wrong_publication_is_refused(
    journal: Journal, change: dict[str, Any], id: str | None, code: str
) -> None:
    asked = {**ASKED, **change}
    answer = await phone(journal, "admin").do(
        "checklists.publish_template", ("template", id or digest(asked["doc"])), asked
    )
    assert (answer.s, answer.code) == ("rejected", code)


def test_what_came_later_leaves_the_digest_of_older_checklists_alone() -> None:
    """Rounds know their checklist by its digest; both new fields are left out where they are not
    needed, and have one spelling where they are."""
    old = msgspec.convert(PLAIN, sheets.TemplateDoc)
    assert (old.persons, old.assessment) == (False, None)
    assert template_id(old) == digest(PLAIN)
    visit = PLAIN | {"persons": True, "assessment": "PIA-2026-03"}
    assert template_id(msgspec.convert(visit, sheets.TemplateDoc)) == digest(visit)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"persons": True}, "assessment_missing"),
        ({"persons": True, "assessment": "  "}, "assessment_missing"),
        ({"persons": True, "assessment": ""}, "args_invalid"),
        ({"persons": True, "assessment": "PIA-2026-03"}, None),
        ({"assessment": "PIA-2026-03"}, None),
    ],
)
async def test_a_checklist_for_visits_of_persons_names_its_impact_assessment(
    journal: Journal, told: dict[str, Any], code: str | None
) -> None:
    doc = PLAIN | told
    asked = {**ASKED, "doc": doc}
    rec = ("template", digest(doc))
    answer = await phone(journal, "admin").do("checklists.publish_template", rec, asked)
    assert answer.code == code


async def test_a_version_is_published_once_and_retired_once(journal: Journal) -> None:
    office = phone(journal, "admin")
    rec = ("template", ID)
    asked = ["publish_template", "publish_template", "retire_template", "retire_template"]
    codes = []
    for op in asked:
        args = ASKED if op == "publish_template" else {}
        codes.append((await office.do(f"checklists.{op}", rec, args)).code)
    assert codes == [None, "template_exists", None, "template_retired"]


async def test_an_edition_has_one_content(journal: Journal) -> None:
    office = phone(journal, "admin")
    await office.do("checklists.publish_template", ("template", ID), ASKED)
    other = sheets.plain_template([{"key": "exit", "points": 50}])
    asked = {**ASKED, "doc": other}
    answer = await office.do("checklists.publish_template", ("template", digest(other)), asked)
    assert answer.code == "template_edition_taken"


async def test_reference_pictures_come_first_and_go_to_the_line(journal: Journal) -> None:
    office = phone(journal, "admin")
    picture = "ab" * 32
    doc = sheets.plain_template([{"key": "exit", "points": 60, "reference": [picture]}])
    asked = {**ASKED, "doc": doc}
    rec = ("template", digest(doc))
    early = await office.do("checklists.publish_template", rec, asked)
    brought = {"size": 5, "type": "image/jpeg", "by": office.actor.id}
    await journal.command("evidence.receive", ("blob", picture), brought)
    late = await office.do("checklists.publish_template", rec, asked)
    assert (early.code, late.s) == ("reference_missing", "applied")
    async with journal.database.reading() as tx:
        rows = await tx.tuples("SELECT body FROM record WHERE kind = 'photo'")
        buckets = await tx.tuples("SELECT bucket FROM sync_row WHERE kind = 'photo'")
    body = msgspec.json.decode(rows[0][0])
    assert (body["purpose"], body["sha256"], body["state"]) == ("reference", picture, "stored")
    assert buckets == [("line:service",)]


async def test_two_phones_answer_one_item_and_nothing_is_lost(journal: Journal) -> None:
    office, other = phone(journal, "admin"), phone(journal, "inspector")
    await office.do("checklists.publish_template", ("template", ID), ASKED)
    desk = ("desk", new_id())
    await office.do("desks.begin", desk, {"template": ID})
    first = await office.do("desks.put", desk, {"item": "exit", "value": "pass"})
    lost = await other.do("desks.put", desk, {"item": "exit", "value": "fail", "note": "锁着"})
    fresh = await office.do("desks.put", desk, {"item": "exit", "value": "na"}, base=2)
    own = await office.do("desks.put", desk, {"item": "lamp", "value": "pass"})
    assert [one.s for one in (first, lost, fresh, own)] == [
        "applied",
        "merged",
        "applied",
        "applied",
    ]
    answers = await _answers(journal)
    assert answers["exit"]["value"] == "na"
    assert [past["value"] for past in answers["exit"]["history"]] == ["pass"]
    assert answers["exit"]["rev"] == 3


async def test_a_cleared_answer_is_gone_and_a_wrong_one_never_comes(journal: Journal) -> None:
    office = phone(journal, "admin")
    await office.do("checklists.publish_template", ("template", ID), ASKED)
    desk = ("desk", new_id())
    codes = [
        (await office.do(op, desk, args)).code
        for op, args in (
            ("desks.begin", {"template": ID}),
            ("desks.put", {"item": "exit", "value": "pass"}),
            ("desks.put", {"item": "exit", "value": None, "clear": True}),
            ("desks.put", {"item": "lamp", "value": "maybe"}),
            ("desks.put", {"item": "cellar", "value": "pass"}),
        )
    ]
    assert codes == [None, None, None, "args_invalid", "template_item_unknown"]
    assert await _answers(journal) == {}


async def test_no_checklist_no_answer(journal: Journal) -> None:
    office = phone(journal, "admin")
    desk = ("desk", new_id())
    await office.do("desks.begin", desk, {"template": "f" * 64})
    answer = await office.do("desks.put", desk, {"item": "exit", "value": "pass"})
    assert answer.code == "template_unknown"


def test_words_of_a_finding_are_personal() -> None:
    assert FindingRaised.personal() == {"text", "cause", "measure"}
    assert TemplatePublished.personal() == frozenset()


async def _answers(journal: Journal) -> dict[str, Any]:
    async with journal.database.reading() as tx:
        rows = await tx.tuples("SELECT body FROM record WHERE kind = 'desk'")
    return msgspec.json.decode(rows[0][0])["answers"]
