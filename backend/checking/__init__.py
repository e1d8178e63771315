"""`xunfang check`: what can be looked at from inside, and said in one line each."""

from backend.checking import objects, standing, tables
from backend.checking.desks import desks
from backend.checking.finding import Finding
from backend.checking.index import change_index
from backend.foundation.database.schema import Schema, pending_changes
from backend.house import House

__all__ = ["Finding", "look"]


async def look(house: House, schema: Schema, *, quick: bool = False) -> list[Finding]:
    """Every finding, good or bad. Reads the whole fact chain, every published record and, unless
    `quick`, every byte of the store; of all that only sums are held in memory."""
    pending = await pending_changes(schema)
    return [
        Finding("tables", not pending, "as declared" if not pending else "; ".join(pending)),
        await tables.database(house.database),
        await tables.references(house.database),
        await tables.facts(house.database),
        await change_index(house.database, house.catalogue),
        await desks(house.database, house.catalogue),
        await objects.store(house.database, house.store, house.settings.store_url, quick=quick),
        await standing.jobs(house.database),
        await standing.erasure(house.database),
    ]
