"""The few people and outlets of every world, and what each may see."""

from backend.foundation.database.engine import database_for
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.tables import TABLES
from tests.kit.schema import create_all
from tests.kit.sealing import KEY
from tests.simulation import attendance, homes
from tests.simulation.chance import made_id
from tests.simulation.clocks import WorldClock
from tests.simulation.server import MANIFESTS

OUTLETS = ("lake", "gate", "atm")
LINES = ("service", "toys")
_NAMES = ("ana", "bo", "chen", "head-lake", "head-gate", "wei")
NAMES = {made_id("person", name): name for name in _NAMES}
PEOPLE = tuple(NAMES)
HEADS = {"head-lake": "lake", "head-gate": "gate"}  # the outlet each one runs
MANAGER = "wei"


def _words(text: str) -> dict[str, object]:
    return {"zh": text, "en": text}


async def furnish(url: str) -> None:
    """An empty database becomes a small branch with its people, by the house's own commands."""
    database = database_for(url)
    await database.open()
    tables = tuple(table for manifest in MANIFESTS for table in manifest.tables)
    await create_all(database, (*TABLES, *tables))
    journal = Journal(database, Catalogue(MANIFESTS), WorldClock(), KEY)
    unit = {"code": "1", "name": _words("分行"), "level": "branch"}
    await journal.command("organisation.add_unit", ("unit", "city"), unit)
    for line in LINES:
        await journal.command("organisation.add_line", ("line", line), {"name": _words(line)})
    for outlet in OUTLETS:
        fields = {"code": outlet, "name": _words(outlet), "unit": "city"}
        await journal.command("organisation.add_outlet", ("outlet", outlet), fields)
    for person, name in NAMES.items():
        named = dict[str, object](username=name, name=name)
        await journal.command("identity.add_person", ("person", person), named)
        await journal.command("identity.hold_post", ("person", person), post_of(person))
    staff = [person for person in PEOPLE if HEADS.get(NAMES[person], "lake") == "lake"]
    head = made_id("person", "head-lake")
    await attendance.lay(journal, head, made_id("person", MANAGER), staff)
    ana, bo, chen = PEOPLE[:3]
    await homes.lay(journal, [(ana, bo), (bo, chen), (ana, chen)])
    await database.close()


def post_of(person: str) -> dict[str, object]:
    """The arguments that give this person their usual post."""
    name = NAMES[person]
    post: dict[str, object] = {"post": f"{name}-0", "title": _words("岗位")}
    if name in HEADS:
        return post | {"role": "outlet_head", "outlet": HEADS[name]}
    if name == MANAGER:
        return post | {"role": "manager", "unit": "city"}
    return post | {"role": "outreach", "unit": "city"}
