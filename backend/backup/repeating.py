"""Erasing again, in a restored house, what was erased after the backup was made.

Promises: every record that a list names is erased here as it was there, by a command of the house
itself that phones hear of; one that the backup does not know is refused to whoever brings it; its
bytes never reach the store. Repeated after a kill, it goes on.

What no list tells cannot be repeated: erasures between the last list and the loss. Consents that
were taken back on a phone which still has that command erase again by themselves. Certificates of
what is repeated are those of the lost house: the facts here say that it was done once more.
"""

from backend.backup.telling import Erasures
from backend.foundation.journal.copies import still_there
from backend.foundation.privacy.commands import RepeatErasure
from backend.house import House

OP = "privacy.repeat_erasure"


async def repeat(house: House, known: Erasures) -> int:
    """How many records it was. One command each."""
    async with house.database.reading() as tx:
        left = await still_there(tx, known.erased)
    for one in left:
        asked = RepeatErasure(
            digests=tuple(one.digests),
            within=one.within,
            people=tuple(one.people),
        )
        await house.journal.command(OP, one.of, asked)
    return len(left)
