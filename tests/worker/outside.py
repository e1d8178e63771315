"""The Riverside stage with a way out: what happens there, and who outside hears of it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from backend.foundation.identity.seal import SealKey
from backend.foundation.kernel.actor import Actor, Grant
from backend.foundation.kernel.ids import new_id
from backend.foundation.notices.reading import MailRow, TargetRow, deliveries, mail, targets
from backend.house import House
from backend.settings import Settings
from backend.worker.mailing import Mailing, MailServer
from backend.worker.posting import Posting
from backend.worker.sending import Sending
from tests.features.stage import MANIFESTS, Stage, fixed
from tests.kit.sealing import KEY, sealed_text
from tests.kit.world import opened
from tests.worker.receivers import SECRET, Post, Receiver


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """On SQLite: what a receiver answers knows no engine. Where leases, locks and order decide, a
    test asks for `either`."""
    async with opened(f"sqlite:///{tmp_path / 'test.db'}", MANIFESTS) as database:
        made = Stage(database)
        await made.furnish()
        yield made


KEEPER = Actor(fixed("keeper"), "Keeper", (Grant("admin"),), "keeper-desk")
CASE_KINDS = ("rectifications.Reported", "rectifications.Assigned", "inspections.Assigned")
ROUND = ("inspections.Assigned",)


class Outside:
    """Everything that leaves the stage, sent when a test says so."""

    def __init__(self, stage: Stage, post: Post | None, public_url: str | None) -> None:
        self.stage = stage
        self.settings = Settings(
            "unused",
            "unused",
            Path("unused"),
            public_url=public_url,
            mail_from="巡访 <xunfang@bank.example>",
            webhook_hosts=("127.0.0.1",),
        )
        self.house = cast(
            House,
            SimpleNamespace(
                database=stage.database,
                journal=stage.journal,
                clock=stage.clock,
                catalogue=stage.journal.catalogue,
                settings=self.settings,
                seal=KEY,
            ),
        )
        server = MailServer("127.0.0.1", post.port, "none", None, None) if post else None
        self.mailing = Mailing(server) if server else None
        self.sending = self.worker()

    def worker(self) -> Sending:
        """Another process."""
        return Sending(self.house, Posting(self.settings.webhook_hosts), self.mailing)

    async def turn(self, **later: float) -> None:
        """Some time passes, then everything whose turn it is is tried."""
        self.stage.clock.pass_(**later)
        await self.sending.turn()

    async def order(self, op: str, target: str, **args: Any) -> None:
        await self.stage.journal.command(op, ("target", target), args, actor=KEEPER)

    async def target(self, receiver: Receiver, name: str = "Hook", **more: Any) -> str:
        """A target at this receiver, told of rounds that are given to somebody; its id."""
        return await self.target_at(receiver.url, receiver.kind, name, **more)

    async def target_at(
        self, url: str, kind: str = "webhook", name: str = "Hook", **more: Any
    ) -> str:
        id, command = new_id(), new_id()
        args = {"name": name, "kind": kind, "kinds": ROUND, "sealed": seal(url, id, command)}
        await self.stage.journal.command(
            "notices.add_target", ("target", id), args | more, actor=KEEPER, command_id=command
        )
        return id

    async def address(self, who: str, address: str | None) -> None:
        rec = ("inbox", fixed(who))
        await self.stage.journal.command(
            "notices.set_address", rec, {"address": address}, actor=KEEPER
        )

    async def stands(self, target: str) -> TargetRow:
        async with self.stage.database.reading() as tx:
            return next(row for row in await targets(tx) if row.id == target)

    async def states(self, target: str) -> list[str]:
        """Of its messages, oldest first."""
        async with self.stage.database.reading() as tx:
            found = await deliveries(tx, target, self.sending.kinds)
        return [one.state for one in reversed(found)]

    async def mail_of(self, who: str) -> MailRow:
        async with self.stage.database.reading() as tx:
            return (await mail(tx, fixed(who)))[0]


def seal(url: str, target: str, command: str, secret: str = SECRET, key: SealKey = KEY) -> str:
    """As the administrator's browser does."""
    said = {"url": url, "secret": secret, "target": target, "command": command}
    return sealed_text(json.dumps(said).encode(), key)


@asynccontextmanager
async def outside(
    stage: Stage, post: Post | None = None, public_url: str | None = "https://xunfang.bank.example"
) -> AsyncIterator[Outside]:
    """Opened before anything is told: old news goes nowhere."""
    made = Outside(stage, post, public_url)
    await made.turn()
    try:
        yield made
    finally:
        await made.sending.close()
