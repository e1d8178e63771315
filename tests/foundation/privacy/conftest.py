"""A small office: an officer, staff of two outlets, an administrator, and a call at a home."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from backend.foundation.checklists.manifest import MANIFEST as CHECKLISTS
from backend.foundation.evidence.facts import Erased
from backend.foundation.evidence.manifest import MANIFEST as EVIDENCE
from backend.foundation.evidence.tables import BLOBS
from backend.foundation.identity.manifest import MANIFEST as IDENTITY
from backend.foundation.journal.chain import ENTRIES, first_break
from backend.foundation.journal.envelope import Answer, Context, Outcome
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.manifest import Command, Manifest
from backend.foundation.journal.work import Work
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import derived_id, new_id
from backend.foundation.organisation.manifest import MANIFEST as ORGANISATION
from backend.foundation.privacy.manifest import MANIFEST
from tests.foundation.evidence.conftest import capture
from tests.foundation.privacy.care import ADDRESS, CARE, PHOTOS
from tests.kit.clock import FakeClock
from tests.kit.world import Phone, journal_on, opened

ROOT = "0198c0de-0000-7000-8000-00000000ca11"
POSTS = {
    "dpo": Grant("dpo"),
    "admin": Grant("admin"),
    "outreach": Grant("outreach", "o1", "community"),
    "partner": Grant("outreach", "o1", "community"),
    "head": Grant("outlet_head", "o1"),
    "manager": Grant("manager", "o1", "community"),
    "stranger": Grant("manager", "o2", "community"),
    "inspector": Grant("inspector", "o1", "community"),
}


class Gone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The worker removed the bytes."""


async def gone(work: Work, _asked: Gone, ctx: Context) -> Outcome:
    blob = await work.load(BLOBS, ctx.rec[1])
    if blob is not None:
        work.remove(BLOBS, blob.id)
    return Outcome((Erased(ctx.rec[1]),))


WORKER = Manifest(name="worker", commands=(Command("worker.gone", Gone, gone),))
MANIFESTS = (ORGANISATION, IDENTITY, EVIDENCE, CHECKLISTS, MANIFEST, CARE, WORKER)


def fixed(name: str) -> str:
    """Always the same id for the same person."""
    return derived_id(ROOT, name)


def words(text: str) -> dict[str, str]:
    return {"zh": f"{text}（中文）", "en": text}


def notice(**more: Any) -> dict[str, Any]:
    """A notice that tells everything, for both purposes of a call."""
    kinds = ("who", "purpose", "method", "kinds", "retention", "rights", "effect")
    told = {
        "code": "home_visit",
        "edition": "2026-1",
        "title": words("Before we begin"),
        "points": [{"kind": kind, "text": words(kind)} for kind in kinds],
        "purposes": [ADDRESS, PHOTOS],
    }
    return told | more


class Office:
    """The people, the clock, and one call with a notice in force."""

    def __init__(self, journal: Journal, clock: FakeClock) -> None:
        self.journal = journal
        self.clock = clock
        self.phones = {
            name: Phone(journal, Actor(fixed(name), name, (grant,), new_id()))
            for name, grant in POSTS.items()
        }
        self.notice = digest(notice())
        self.call: tuple[str, str] = ("call", new_id())

    async def open(self) -> "Office":
        for name in POSTS:
            told: dict[str, object] = {"username": name, "name": name}
            await self.journal.command("identity.add_person", ("person", fixed(name)), told)
        answer = await self.publish(notice())
        assert answer.s == "applied", answer
        answer = await self.do("outreach", "care.begin", self.call, {"address": "湖滨路 8 号"})
        assert answer.s == "applied", answer
        return self

    async def do(self, who: str, op: str, rec: tuple[str, str], args: Any, **more: Any) -> Answer:
        return await self.phones[who].do(op, rec, args, **more)

    async def publish(self, doc: dict[str, Any], who: str = "dpo", id: str = "") -> Answer:
        rec = ("privacy_notice", id or digest(doc))
        return await self.do(who, "privacy.publish_notice", rec, {"doc": doc})

    async def photo(self, data: bytes = b"a signature on glass", **more: Any) -> str:
        told = capture(data, **more)
        answer = await self.do("outreach", "care.attach", self.call, {"photo": told})
        assert answer.s == "applied", answer
        return told["id"]

    async def give(self, who: str = "outreach", *, minor: bool = False, **more: Any) -> Answer:
        """Signed, both purposes agreed to, unless told otherwise."""
        told = {"consent": await self.giving(**more), "minor": minor}
        return await self.do(who, "care.consent", self.call, told)

    async def giving(self, **more: Any) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": new_id(),
            "notice": self.notice,
            "principal": "person",
            "answers": [{"purpose": code, "given": True} for code in (ADDRESS, PHOTOS)],
            "how": "signature",
            "staff": [fixed("outreach"), fixed("partner")],
        }
        if "how" not in more and "photo" not in more:
            told["photo"] = await self.photo()
        return told | more

    async def consent(self, **more: Any) -> tuple[str, str]:
        """A consent that was taken, by its record."""
        rec = ("consent", new_id())
        answer = await self.give(id=rec[1], **more)
        assert answer.s == "applied", answer
        return rec

    async def withdraw(self, rec: tuple[str, str], who: str = "dpo", **more: Any) -> Answer:
        told = {"channel": "phone", "asked_by": "person"} | more
        return await self.do(who, "privacy.withdraw", rec, told)

    async def hold(self, why: str = "法院来函", who: str = "dpo") -> tuple[Answer, tuple[str, str]]:
        rec = ("hold", new_id())
        told = {"parent": self.call, "why": why}
        return await self.do(who, "privacy.hold", rec, told), rec

    async def erased(self, digest: str) -> None:
        """The worker reports that the bytes are gone."""
        await self.journal.command("worker.gone", ("blob", digest), {})

    async def expire(self, klass: str = "care_year") -> Answer:
        return await self.journal.command("privacy.expire", self.call, {"klass": klass})

    async def body(self, rec: tuple[str, str]) -> dict[str, Any]:
        async with self.journal.database.reading() as tx:
            sql = "SELECT body FROM record WHERE id = ?"
            rows = await tx.tuples(sql, f"{rec[0]}:{rec[1]}")
        return msgspec.json.decode(rows[0][0])

    async def bodies(self, kind: str) -> list[dict[str, Any]]:
        async with self.journal.database.reading() as tx:
            sql = "SELECT body FROM record WHERE kind = ? ORDER BY id"
            return [msgspec.json.decode(row[0]) for row in await tx.tuples(sql, kind)]

    async def buckets(self, rec: tuple[str, str]) -> set[str]:
        async with self.journal.database.reading() as tx:
            sql = "SELECT bucket FROM sync_row WHERE rec_key = ? AND NOT gone"
            return {row[0] for row in await tx.tuples(sql, f"{rec[0]}:{rec[1]}")}

    async def facts(self) -> list[tuple[str, dict[str, Any]]]:
        """Types and public halves of the chain, which must be whole."""
        async with self.journal.database.reading() as tx:
            entries = await ENTRIES.where(tx, "1 = 1 ORDER BY seq")
        assert first_break(entries) is None
        return [(entry.type, msgspec.json.decode(entry.payload)) for entry in entries]

    async def fact(self, name: str) -> list[dict[str, Any]]:
        payloads = [payload for type, payload in await self.facts() if type == f"privacy.{name}"]
        return [payload["values"] for payload in payloads]

    def at(self) -> str:
        return wire(self.clock.now())


@pytest.fixture
async def office(engine_url: str) -> AsyncIterator[Office]:
    clock = FakeClock()
    async with opened(engine_url, MANIFESTS) as database:
        yield await Office(journal_on(database, *MANIFESTS, clock=clock), clock).open()
