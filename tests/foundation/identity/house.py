"""A small organisation and its people, set up by the same commands as everywhere."""

from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher

from backend.foundation.database.engine import Database
from backend.foundation.identity.access import Access
from backend.foundation.identity.manifest import MANIFEST as IDENTITY
from backend.foundation.identity.model import DeviceState
from backend.foundation.identity.passwords import Passwords
from backend.foundation.identity.sign_in import Opened, SignIn, SigningDevice, sign_in
from backend.foundation.journal.execute import Journal
from backend.foundation.organisation.manifest import MANIFEST as ORGANISATION
from tests.kit.clock import FakeClock
from tests.kit.world import journal_on

MANIFESTS = (ORGANISATION, IDENTITY)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
PASSWORD = "correct horse battery"
PHONE = "device-of-ana"
TITLE = {"zh": "岗位", "en": "Post"}


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


@dataclass
class House:
    """One installation: a city branch with a sub-branch, two outlets and a self-service point."""

    database: Database
    journal: Journal
    clock: FakeClock
    passwords: Passwords
    access: Access

    async def do(self, op: str, rec: tuple[str, str], **args: Any) -> None:
        await self.journal.command(op, rec, args)

    async def person(self, username: str, *, password: str = PASSWORD, **post: Any) -> str:
        """Adds a person who can sign in; their id is their user name."""
        await self.do("identity.add_person", ("person", username), username=username, name=username)
        if post:
            await self.post(username, **post)
        await self.set_password(username, password)
        return username

    async def post(self, person: str, post: str = "", **fields: Any) -> None:
        fields = {"title": TITLE, "post": post or f"{person}-post"} | fields
        await self.do("identity.hold_post", ("person", person), **fields)

    async def set_password(self, person: str, password: str) -> None:
        hashed = CHEAP.hash(password)
        await self.do("identity.set_password", ("person", person), password_hash=hashed)

    async def stop(self, device: str, state: DeviceState, reason: str = "lost") -> None:
        rec = ("device", device)
        await self.do("identity.set_device_state", rec, state=state, reason=reason)

    async def sign_in(
        self,
        username: str,
        password: str = PASSWORD,
        *,
        device: str = PHONE,
        address: str = "10.0.0.7",
        delegate_upload: bool = True,
    ) -> Opened:
        asked = SignIn(username, password, SigningDevice(device, "Phone"), delegate_upload)
        return await sign_in(self.database, self.passwords, self.clock, asked, address)


def house_on(database: Database) -> House:
    """The house as the database has it."""
    clock, passwords = FakeClock(), Passwords(CHEAP)
    return House(
        database=database,
        journal=journal_on(database, *MANIFESTS, clock=clock),
        clock=clock,
        passwords=passwords,
        access=Access(database, clock, passwords),
    )


async def furnish(database: Database) -> House:
    """The organisation without any people."""
    house = house_on(database)
    await house.do(
        "organisation.add_unit", ("unit", "city"), code="1", name=words("分行"), level="branch"
    )
    west = {"code": "2", "name": words("西支行"), "level": "sub_branch", "parent": "city"}
    await house.do("organisation.add_unit", ("unit", "west"), **west)
    for outlet, kind in (("lake", "outlet"), ("gate", "outlet"), ("atm", "self_service")):
        fields = {"code": outlet, "name": words(outlet), "unit": "west", "kind": kind}
        await house.do("organisation.add_outlet", ("outlet", outlet), **fields)
    for line in ("retail", "security", "service"):
        await house.do("organisation.add_line", ("line", line), name=words(line))
    return house
