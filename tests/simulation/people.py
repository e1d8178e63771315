"""The few people and outlets of every world, and what each may see."""

from backend.foundation.database.engine import database_for
from backend.foundation.journal.catalogue import Catalogue
from backend.foundation.journal.execute import Journal
from backend.foundation.journal.tables import TABLES
from tests.kit.schema import create_all
from tests.simulation.clocks import WorldClock
from tests.simulation.server import MANIFESTS

OUTLETS = ("lake", "gate", "atm")
LINES = ("service", "toys")
HEADS = {"head-lake": "lake", "head-gate": "gate"}  # the outlet each one runs
INSPECTORS = ("ana", "bo", "chen")
MANAGER = "wei"
PEOPLE = (*INSPECTORS, *HEADS, MANAGER)


def _words(text: str) -> dict[str, object]:
    return {"zh": text, "en": text}


async def furnish(url: str) -> None:
    """An empty database becomes a small branch with its people, by the house's own commands."""
    database = database_for(url)
    await database.open()
    tables = tuple(table for manifest in MANIFESTS for table in manifest.tables)
    await create_all(database, (*TABLES, *tables))
    journal = Journal(database, Catalogue(MANIFESTS), WorldClock())
    unit = {"code": "1", "name": _words("分行"), "level": "branch"}
    await journal.command("organisation.add_unit", ("unit", "city"), unit)
    for line in LINES:
        await journal.command("organisation.add_line", ("line", line), {"name": _words(line)})
    for outlet in OUTLETS:
        fields = {"code": outlet, "name": _words(outlet), "unit": "city"}
        await journal.command("organisation.add_outlet", ("outlet", outlet), fields)
    for person in PEOPLE:
        named = dict[str, object](username=person, name=person)
        await journal.command("identity.add_person", ("person", person), named)
        await journal.command("identity.hold_post", ("person", person), post_of(person))
    await database.close()


def post_of(person: str, number: int = 0) -> dict[str, object]:
    """The arguments that give this person their usual post."""
    post: dict[str, object] = {"post": f"{person}-{number}", "title": _words("岗位")}
    if person in HEADS:
        return post | {"role": "outlet_head", "outlet": HEADS[person]}
    if person == MANAGER:
        return post | {"role": "manager", "unit": "city"}
    return post | {"role": "inspector", "unit": "city"}
