"""The bank built once for each engine, and the real application standing on it.

Everybody is signed in by a session as sign-in makes it. Whatever the matrix asks is taken back:
the journal writes into a transaction that is never committed, so one bank serves every question.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
from litestar import Litestar

from backend.app import create_app
from backend.foundation.database.transaction import Tx
from backend.foundation.documents.orders import FormRead
from backend.foundation.documents.sheet import Imported
from backend.foundation.identity import devices, sessions
from backend.foundation.identity.access import Signed
from backend.foundation.journal.batch import Batch
from backend.foundation.journal.envelope import Answer, Envelope
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.canonical import digest
from backend.foundation.kernel.clock import wire
from backend.foundation.kernel.ids import new_id
from backend.house import House
from backend.settings import Settings
from media.store import open_store
from tests.access.bank import ASKED, CAST, FAMILIES, LOST, Bank
from tests.access.living import PURPOSES, Lives, live
from tests.access.questions import parts
from tests.features.stage import MANIFESTS, POSTS, fixed, words
from tests.features.visits.builders import notice as visit_notice
from tests.kit.clock import FakeClock
from tests.kit.sealing import sealed_pin
from tests.kit.world import opened

KINDS = ("who", "purpose", "method", "kinds", "retention", "rights", "effect")
SIGNED_IN = (*ASKED, *POSTS, *CAST)


@dataclass(frozen=True)
class Built:
    """A bank that lies ready: where, its records by family, and everybody's token."""

    settings: Settings
    lives: dict[str, Lives]
    tokens: dict[str, str]
    clock: FakeClock
    spare: dict[str, str]


def build(url: str, folder: Path) -> Built:
    """The bank on an empty database, with its bytes in the folder."""
    return asyncio.run(_built(Settings(url, f"file://{folder / 'objects'}", folder)))


RETIRED = ("guo_qiang", "shi_lei")  # whose phones are to erase themselves, one in each family


async def _built(settings: Settings) -> Built:
    store = open_store(settings.store_url)
    async with opened(settings.database_url, MANIFESTS) as database:
        bank = Bank(database)
        await bank.furnish()
        bank.visit_notice = await _notices(bank)
        told = await _event_notice(bank)
        lives = {line: await live(bank, store, line, told) for line in FAMILIES}
        for one in lives.values():
            for part in parts():
                if hasattr(part, "live"):
                    await part.live(bank, one)
        await _officers_work(bank, lives)
        tokens, spare = await _sessions(bank, "phone"), await _sessions(bank, "spare")
    await store.close()
    return Built(settings, lives, tokens, bank.clock, spare)


async def _notices(bank: Bank) -> str:
    id = digest(visit_notice())
    officer = bank.who("officer")
    await officer.must("privacy.publish_notice", ("privacy_notice", id), {"doc": visit_notice()})
    return id


async def _event_notice(bank: Bank) -> str:
    doc = {
        "code": "event",
        "edition": "2026-1",
        "title": words("Before we begin"),
        "points": [{"kind": kind, "text": words(kind)} for kind in KINDS],
        "purposes": list(PURPOSES),
    }
    rec = ("privacy_notice", digest(doc))
    await bank.who("officer").must("privacy.publish_notice", rec, {"doc": doc})
    return rec[1]


async def _officers_work(bank: Bank, lives: dict[str, Lives]) -> None:
    """A hold on each family's visit; a certificate of what one of its customers took back; a photo
    sealed, because what it belongs to is held; and a PIN of the head's."""
    officer = bank.who("officer")
    for one in lives.values():
        rec = one.recs["hold"] = ("hold", new_id())
        asked = {"parent": one.recs["visit submitted"], "why": f"court, {one.line}"}
        await officer.must("privacy.hold", rec, asked)
        taken = {"channel": "phone", "asked_by": "person", "purposes": ["visits.photos"]}
        await officer.must("privacy.withdraw", one.recs["consent accepted"], taken)
        await officer.must("privacy.withdraw", one.recs["consent submitted"], taken)
        one.ids["seen visit submitted"] = await bank.seen(one.recs["visit submitted"])
    head = bank.who("wang_fang")
    rec, command = ("pin", head.id), new_id()
    sealed = {"sealed": sealed_pin("305714", head.id, rec, command)}
    await head.must("identity.set_pin", rec, sealed, id=command)


async def _sessions(bank: Bank, kind: str) -> dict[str, str]:
    tokens: dict[str, str] = {}
    now = bank.clock.now()
    async with bank.database.unit_of_work() as tx:
        for name in SIGNED_IN:
            device = f"{name}-{kind}"
            await devices.register(tx, device, name, now)
            await devices.allow_upload(tx, device, fixed(name), now, delegated=False)
            tokens[name], _ = await sessions.begin(tx, fixed(name), device, now)
        await devices.register(tx, "decoy-phone", "decoy", now)
        for name in RETIRED:
            await devices.register(tx, f"{bank.who(name).id}-meant", name, now)
    stops = {f"{LOST}-{kind}": "suspended"} | {
        f"{bank.who(name).id}-meant": "wipe_after_push" for name in RETIRED
    }
    for device, state in stops.items():
        asked = {"state": state, "reason": "lost"}
        await bank.who("keeper").must("identity.set_device_state", ("device", device), asked)
    return tokens


class _Undone(Exception):
    """Nothing of it shall stay."""


class Unkept:
    """Stands where the journal's database stands: what is written is gone when it was answered."""

    def __init__(self, tx: Tx) -> None:
        self.tx, self.dialect = tx, tx.dialect

    @asynccontextmanager
    async def unit_of_work(self, names: Iterable[str] = ()) -> AsyncIterator[Tx]:
        try:
            async with self.tx.savepoint():
                yield self.tx
                raise _Undone
        except _Undone:
            return


class Standing:
    """The application on the bank, and what people are told by it."""

    def __init__(self, app: Litestar, built: Built) -> None:
        self.app, self.built = app, built
        self.house: House = app.state.house
        self.lives = built.lives
        self.signed: dict[str, Signed] = {}

    async def actor(self, name: str) -> Actor:
        """The person on their phone, with the rights that their session has now."""
        signed = await self.house.access.of_token(self.built.tokens[name])
        self.signed[signed.actor.id] = signed
        return signed.actor

    @asynccontextmanager
    async def trying(self) -> AsyncIterator["Trial"]:
        """Commands that are carried out, answered and taken back."""
        try:
            async with self.house.database.unit_of_work() as tx:
                yield Trial(self, tx)
                raise _Undone
        except _Undone:
            return

    async def call(self, name: str | None, method: str, path: str, **more: Any) -> httpx.Response:
        """One request of this person; None is somebody who is not signed in."""
        transport = httpx.ASGITransport(cast(Any, self.app), raise_app_exceptions=False)
        headers = {"Tus-Resumable": "1.0.0"} | more.pop("headers", {})
        tokens = self.built.spare if more.pop("spare", False) else self.built.tokens
        if name is not None:
            headers["Authorization"] = f"Bearer {tokens[name]}"
        async with httpx.AsyncClient(transport=transport, base_url="http://bank") as client:
            return await client.request(method, path, headers=headers, **more)

    async def pulled(self, name: str) -> tuple[list[str], dict[tuple[str, str], Any]]:
        """The buckets this person's phone is granted, and every row in them, over HTTP."""
        asked: dict[str, Any] = {"req": "r", "scopes": {}}
        first = await self.call(name, "POST", "/v1/sync/pull", json=asked)
        granted = first.json()["add"]
        rows: dict[tuple[str, str], Any] = {}
        cursors = dict.fromkeys(granted, 0)
        while cursors:
            more = asked | {"scopes": cursors}
            answer = await self.call(name, "POST", "/v1/sync/pull", json=more)
            told = answer.json()["scopes"]
            for page in told.values():
                rows |= {(row[0], row[1]): row[4] for row in page["rows"]}
            cursors = {one: page["next"] for one, page in told.items() if page["more"]}
        return granted, rows


class Plain:
    """Documents without a child process: a sheet is its cells, a page what it is filled with."""

    async def pdf(self, template: str, data: Any, **more: Any) -> bytes:
        return repr(data).encode()

    async def xlsx(self, columns: Any, rows: Iterable[list[Any]], **more: Any) -> Any:
        async def pieces() -> AsyncIterator[bytes]:
            for row in rows:
                yield repr(row).encode()

        return pieces()

    async def table(self, kind: str, columns: Any, rows: Iterable[list[Any]], **more: Any) -> Any:
        return await self.xlsx(columns, rows)

    async def binder(self, tabs: Iterable[Any], **more: Any) -> Any:
        return await self.xlsx((), [row for tab in tabs for row in tab.rows])

    async def read(self, body: bytes, sheet: Any) -> Imported:
        return Imported(rows=[], problems=[], ignored=[], tab="", is_cut=False)

    async def read_tabs(self, body: bytes, sheets: Iterable[Any]) -> list[Imported]:
        return [await self.read(body, sheet) for sheet in sheets]

    async def read_form(self, body: bytes) -> FormRead:
        return FormRead([], [], {}, [])


class Trial:
    """One transaction in which many people ask, each as if the others had not."""

    def __init__(self, standing: Standing, tx: Tx) -> None:
        house = standing.house
        self.clock, self.access, self.signed = house.clock, house.access, standing.signed
        self.journal = Journal(cast(Any, Unkept(tx)), house.catalogue, house.clock, house.seal)

    async def ask(self, actor: Actor, op: str, rec: tuple[str, str], args: Any = None) -> Answer:
        """The verdict on one command, as if it were this phone's next."""
        envelope = Envelope(
            id=new_id(),
            op=op,
            rec=rec,
            at=wire(self.clock.now()),
            args=msgspec.Raw(msgspec.json.encode({} if args is None else args)),
        )
        signed = self.signed.get(actor.id)
        buckets = None if signed is None else lambda tx: self.access.buckets_of(tx, signed)
        device = actor.device_id or "house"
        batch = Batch(actor, device, (envelope,), saw=2**40, new=True, buckets=buckets)
        return (await self.journal.execute(batch)).answers[0]


@asynccontextmanager
async def standing_on(built: Built) -> AsyncIterator[Standing]:
    """The application, open. Only who types its documents is another one: whose they are is asked
    before, and the cells of a workbook are read here as they are."""
    app = create_app(built.settings, clock=built.clock, worker=False)
    app.state.house.workshop = Plain()
    async with app.lifespan():
        yield Standing(app, built)


__all__ = ["Built", "Standing", "build", "standing_on"]
