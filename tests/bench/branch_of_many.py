"""A branch with as many inspectors as a soak has phones, added before anybody works."""

import asyncio

from backend import serving
from backend.app import catalogue
from backend.foundation.identity import accounts
from backend.foundation.identity.commands import HoldPost
from backend.foundation.identity.passwords import Passwords
from backend.foundation.kernel.ids import new_id
from backend.foundation.organisation.model import Words
from backend.house import build
from backend.settings import Settings, read
from tests.kit.served import Served

PASSWORD = "a soak has no secrets either"


def employ(served: Served, count: int) -> None:
    """`soak0`, `soak1` and so on, in the department of the demo's own inspectors."""
    settings = read(served.environment)
    assert settings.data_dir == served.folder.absolute(), "not the house of this checkout"
    asyncio.run(_employ(settings, count))


async def _employ(settings: Settings, count: int) -> None:
    async with serving.opened(build(settings, catalogue())) as house:
        async with house.database.reading() as tx:
            ((department,),) = await tx.tuples("SELECT id FROM unit WHERE code = 'LX-KF'")
        passwords = Passwords()
        for number in range(count):
            post = HoldPost(
                post=new_id(),
                role="inspector",
                unit=department,
                title=Words(zh="巡查员", en="Inspector"),
            )
            await accounts.add(
                house.journal,
                passwords,
                username=f"soak{number}",
                name=f"巡查员{number}",
                posts=(post,),
                password=PASSWORD,
            )
