"""The counter's one row, made once per database. Its epoch names this history of versions."""

from backend.foundation.database.transaction import Tx
from backend.foundation.journal.chain import GENESIS
from backend.foundation.kernel.ids import new_id


async def ensure_counter(tx: Tx) -> None:
    """Makes the row if there is none. Safe at every start."""
    await tx.run(
        "INSERT INTO sync_counter (id, head, epoch, horizon, durable, chain_seq, chain_hash) "
        "VALUES (1, 0, ?, 0, 0, 0, ?) ON CONFLICT (id) DO NOTHING",
        new_id(),
        GENESIS,
    )
