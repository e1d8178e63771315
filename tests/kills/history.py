"""After the kills: what the tables say, against what the phones were told."""

from dataclasses import dataclass

from backend.foundation.database.engine import database_for
from backend.foundation.database.transaction import Tx
from backend.foundation.journal.chain import ENTRIES, first_break
from tests.kills.phones import Told


@dataclass
class Counted:
    """The sums that are printed."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    repeats: int = 0
    changed: int = 0
    broken_chain: int = 0
    double_versions: int = 0

    def add(self, other: "Counted") -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def is_clean(self) -> bool:
        return not (
            self.lost or self.doubled or self.changed or self.broken_chain or self.double_versions
        )


async def counted(url: str, told: list[Told]) -> Counted:
    """Looks at the database as the last server left it."""
    database = database_for(url)
    await database.open()
    try:
        async with database.reading() as tx:
            return await _count(tx, told)
    finally:
        await database.close()


async def _count(tx: Tx, told: list[Told]) -> Counted:
    stored = {id: status for id, status in await tx.tuples("SELECT id, status FROM verdict")}
    effects: dict[str, int] = {}
    for (cause,) in await tx.tuples("SELECT cause FROM fact WHERE type = 'inspections.AnswerSet'"):
        effects[cause] = effects.get(cause, 0) + 1
    sums = Counted()
    for phone in told:
        sums.acknowledged += len(phone.verdicts)
        sums.repeats += phone.repeats
        for id, status in phone.verdicts.items():
            applied = status in ("applied", "merged")
            sums.lost += id not in stored or (applied and effects.get(id, 0) == 0)
            sums.doubled += effects.get(id, 0) > 1
            sums.changed += id in stored and stored[id] != status
    entries = await ENTRIES.where(tx, "1 = 1 ORDER BY seq")
    sums.broken_chain = int(first_break(entries) is not None)
    versions = await tx.tuples("SELECT count(*), count(DISTINCT ver) FROM sync_row")
    sums.double_versions = versions[0][0] - versions[0][1]
    return sums
