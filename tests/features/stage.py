"""The Riverside stage: one city branch, its people, one checklist; every part of it is real.

Set up by the same commands as everywhere, on either engine. A `Hand` is a person with a phone.
"""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from backend.app import FOUNDATION
from backend.features import discover
from backend.features.rectifications.reactions import case_id
from backend.foundation.checklists.sheet import Sheet, manifest_hash
from backend.foundation.checklists.template import TemplateDoc, template_id
from backend.foundation.database.engine import Database
from backend.foundation.database.transaction import Tx
from backend.foundation.identity.access import Access, read_network
from backend.foundation.identity.grants import buckets_of_grants
from backend.foundation.journal.batch import Batch
from backend.foundation.journal.envelope import Answer, Envelope
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.members import buckets_by_name
from backend.foundation.journal.pull import pull
from backend.foundation.kernel.actor import SYSTEM, Actor
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import new_id
from tests.features.setting import (
    CITY,
    HILLTOP,
    OPERATIONS,
    POSTS,
    RIVERSIDE,
    Asked,
    document,
    fixed,
    item,
    passing,
    people,
    picture,
    setting,
    words,
)
from tests.kit.clock import FakeClock
from tests.kit.world import Ground, Phone, journal_on, opened, standing

# A test that plays on the stage finds here what it stands on.
__all__ = [
    "CITY",
    "HILLTOP",
    "MANIFESTS",
    "OPERATIONS",
    "POSTS",
    "RIVERSIDE",
    "Hand",
    "Stage",
    "document",
    "fixed",
    "item",
    "passing",
    "picture",
    "stage",
    "words",
]
MANIFESTS = (*FOUNDATION, *discover())


class Hand(Phone):
    """A named person with a phone of their own."""

    def __init__(self, stage: "Stage", actor: Actor) -> None:
        super().__init__(stage.journal, actor)
        self.stage = stage

    @property
    def id(self) -> str:
        return self.actor.id

    async def must(self, op: str, rec: tuple[str, str], args: Any = None, **more: Any) -> Answer:
        """Does it and expects that it is taken."""
        answer = await self.do(op, rec, args, **more)
        assert answer.s in ("applied", "merged"), (op, answer.code, answer.detail)
        return answer

    async def refused(
        self, op: str, rec: tuple[str, str], args: Any = None, **more: Any
    ) -> str | None:
        """Does it and gives the code of the refusal."""
        answer = await self.do(op, rec, args, **more)
        assert answer.s in ("rejected", "conflict"), (op, answer.s)
        return answer.code

    async def receives(self, tx: Tx) -> frozenset[str]:
        """The buckets of this person's posts, and those they belong to by name."""
        granted = buckets_of_grants(self.actor, await read_network(tx))
        return granted.union(await buckets_by_name(tx, self.actor.id))

    async def sees(self) -> dict[tuple[str, str], Any]:
        """Everything this person's phone receives when it starts from nothing; it has then seen
        the head of that moment."""
        actor = await self.stage.access.actor_of(self.actor.id)
        assert actor is not None
        async with self.stage.database.reading() as tx:
            network = await read_network(tx)
            granted = buckets_of_grants(actor, network) | set(
                await buckets_by_name(tx, self.actor.id)
            )
            pulled = await pull(tx, frozenset(granted), dict.fromkeys(granted, 0))
        self.saw = pulled.head
        rows = (msgspec.json.decode(r) for p in pulled.scopes.values() for r in p.rows)
        return {(row[0], row[1]): row[4] for row in rows}


class Stage:
    """The house, its clock and its people."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FakeClock()
        self.journal: Journal = journal_on(database, *MANIFESTS, clock=self.clock)
        self.access = Access(database, self.clock, seats=self.journal.catalogue.seats)
        self.template = ""
        self.hands: dict[str, Hand] = {}

    async def furnish(self) -> None:
        """Units, outlets, lines, people, the checklist; then the actors."""
        await self.house(*setting(), *people())
        await self.publish(document(), "2026")
        await self.enter()

    async def enter(self) -> None:
        """Everybody with a phone, in a house that is furnished."""
        self.template = template_id(msgspec.convert(document(), TemplateDoc))
        for name in POSTS:
            await self.hand(name)

    def __getattr__(self, name: str) -> Hand:
        if name in POSTS:
            return self.hands[name]
        raise AttributeError(name)

    async def hand(self, name: str, device: str = "") -> Hand:
        """The person with a phone; a second device has its own order of commands."""
        actor = await self.access.actor_of(fixed(name), device or f"{name}-phone")
        assert actor is not None
        hand = Hand(self, actor)
        self.hands.setdefault(name, hand)
        return hand

    async def house(self, *asked: Asked) -> None:
        """Commands of the house itself, all of which have to be taken."""
        envelopes = tuple(
            Envelope(
                id=new_id(),
                op=op,
                rec=rec,
                at=wire(self.clock.now()),
                args=msgspec.Raw(msgspec.json.encode(args)),
            )
            for op, rec, args in asked
        )
        result = await self.journal.execute(Batch(SYSTEM, SYSTEM.device_id, envelopes))
        bad = [(a.code, a.detail) for a in result.answers if a.s != "applied"]
        assert not bad, bad

    async def publish(
        self, doc: dict[str, Any], edition: str, rhythm: str = "monthly", line: str = "service"
    ) -> str:
        """A checklist version in force; its id."""
        id = template_id(msgspec.convert(doc, TemplateDoc))
        args = {"code": "SQ", "edition": edition, "line": line, "rhythm": rhythm, "doc": doc}
        editor = Actor(SYSTEM.id, "Office", (_grant("admin"),), "office")
        await self.journal.command(
            "checklists.publish_template", ("template", id), args, actor=editor
        )
        return id

    async def retire(self, id: str, **asked: object) -> None:
        """The version is taken out of use, at once or after a last day."""
        editor = Actor(SYSTEM.id, "Office", (_grant("admin"),), "office")
        rec = ("template", id)
        await self.journal.command("checklists.retire_template", rec, asked, actor=editor)

    async def arrive(self, *photos: dict[str, Any], by: Hand, accept: bool = True) -> None:
        """The bytes of these photos reach the server and are looked into."""
        for photo in photos:
            blob = ("blob", photo["sha256"])
            args = {"size": photo["size"], "type": photo["type"], "by": by.id}
            await self.house(("evidence.receive", blob, args))
            if accept:
                seen = {"sharpness": 9, "brightness": 9, "contrast": 9}
                look = {"type": photo["type"], "width": 40, "height": 30, **seen}
                marks = {"fingerprint": "0" * 16, "gradient": "0" * 16}
                await self.house(("evidence.accept", blob, look | marks))
            else:
                await self.house(("evidence.refuse", blob, {"reason": "cut_short"}))

    async def body(self, kind: str, id: str) -> dict[str, Any]:
        """The record as it is published."""
        async with self.database.reading() as tx:
            rows = await tx.fetch("SELECT body FROM record WHERE id = ?", f"{kind}:{id}")
        assert rows, f"no {kind} {id}"
        return msgspec.json.decode(rows[0]["body"])

    async def facts(self, name: str) -> list[dict[str, Any]]:
        """The public halves of the facts of this name, in order."""
        async with self.database.reading() as tx:
            rows = await tx.fetch("SELECT payload FROM fact WHERE type = ? ORDER BY seq", name)
        return [msgspec.json.decode(row["payload"])["values"] for row in rows]

    async def kept(self, code: str) -> list[dict[str, Any]]:
        """Commands that were not applied, as they were kept: nothing a person sent is dropped."""
        async with self.database.reading() as tx:
            rows = await tx.fetch("SELECT payload FROM verdict WHERE code = ?", code)
        return [msgspec.json.decode(row["payload"]) for row in rows]

    # Rounds and cases in one line each

    async def round(self, who: str = "li_na", **args: Any) -> tuple[str, str]:
        """A round that Chen Jie gives to somebody."""
        rec = ("round", new_id())
        usual = {
            "template": self.template,
            "outlet": RIVERSIDE,
            "assignee": fixed(who),
            "opens_at": "2026-11-24T00:00:00.000Z",
            "due_at": "2026-11-27T10:00:00.000Z",
            "rhythm": "monthly",
        }
        await self.chen_jie.must("inspections.assign", rec, usual | args)
        return rec

    async def filled(self, who: str = "li_na", **answers: Any) -> tuple[str, str]:
        """A round with every required item answered, all passing unless said otherwise."""
        rec = await self.round(who)
        hand = self.hands[who]
        for key, value in (passing() | answers).items():
            await hand.must("inspections.set_answer", rec, {"item": key, "value": value})
        return rec

    async def submit(self, hand: Hand, rec: tuple[str, str], **more: Any) -> Answer:
        """Hands the round in with the manifest that an honest phone makes."""
        return await hand.do("inspections.submit", rec, await self.manifest_of(rec) | more)

    async def manifest_of(self, rec: tuple[str, str]) -> dict[str, Any]:
        """What the phone would say it sent: from the sheet and photos as they are published."""
        body = await self.body("sheet", rec[1])
        sheet = msgspec.convert(body, Sheet)
        async with self.database.reading() as tx:
            photos = await tx.fetch(
                "SELECT sha256, size FROM photo WHERE parent_id = ? ORDER BY id", rec[1]
            )
        blobs = [[photo["sha256"], photo["size"]] for photo in photos]
        manifest = {"answers": len(sheet.answers), "hash": manifest_hash(sheet), "blobs": blobs}
        return {"manifest": manifest}

    async def finding(
        self, hand: Hand, rec: tuple[str, str], photo: dict[str, Any] | None = None, **args: Any
    ) -> str:
        """A finding about the ramp with its photo."""
        id = new_id()
        usual = {"finding": id, "item": "i_ramp", "severity": "major", "text": "Blocked by boxes"}
        await hand.must("inspections.record_finding", rec, usual | args)
        shown = {"photo": photo or picture(f"ramp {id}"), "purpose": "finding", "finding": id}
        await hand.must("inspections.attach", rec, shown)
        return id

    async def case(self, **finding: Any) -> tuple[str, str]:
        """An open case at Riverside, found by Li Na."""
        rec = await self.filled(i_ramp="fail")
        id = await self.finding(self.li_na, rec, **finding)
        answer = await self.submit(self.li_na, rec)
        assert answer.s == "applied", (answer.code, answer.detail, answer.facts)
        return ("rectification", case_id(id))

    async def reported(self, photo: dict[str, Any] | None = None) -> tuple[str, str]:
        """A case that Wang Fang took on and reported, its photo arrived."""
        rec = await self.case()
        await self.wang_fang.must("rectifications.accept", rec)
        shot = photo or picture("after")
        await self.wang_fang.must("rectifications.attach", rec, {"photo": shot})
        await self.wang_fang.must("rectifications.report", rec, {"note": "Moved the boxes"})
        await self.arrive(shot, by=self.wang_fang)
        return rec

    async def seen(self, rec: tuple[str, str]) -> str:
        """The digest that a manager looks at."""
        return (await self.body(*rec))["content_digest"]


def _grant(role: str) -> Any:
    return SYSTEM.grants[0].__class__(role)


async def _furnished(url: str) -> None:
    async with opened(url, MANIFESTS) as database:
        await Stage(database).furnish()


@pytest.fixture
async def stage(ground: Ground) -> AsyncIterator[Stage]:
    """Everything and everybody, on each engine in turn."""
    async with standing(await ground.laid("the Riverside stage", _furnished)) as database:
        made = Stage(database)
        await made.enter()
        yield made
