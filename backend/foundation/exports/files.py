"""The files of exports in the store. It knows no right: whoever asks has looked first."""

from collections.abc import AsyncIterator
from pathlib import Path

from backend.foundation.evidence.problems import store_unreachable
from backend.foundation.exports.model import Export
from backend.foundation.exports.problems import export_gone
from media.store import Missing, ObjectStore, StoreUnreachable

PIECE_BYTES = 1024 * 1024


class ExportFiles:
    """The store, seen by who makes files and who hands them out."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, export: Export, file: Path, sha256: str) -> None:
        """Keeps the file. What a worker that died left there goes: nobody was told of it."""
        await self.erase(export)
        await self._store.put(_key(export), file, sha256=sha256)

    async def erase(self, export: Export) -> None:
        """Takes it away, in every version. Nothing there is no error."""
        await self._store.erase(_key(export))

    async def pieces(self, export: Export) -> AsyncIterator[bytes]:
        """The file in pieces, once the first of them is here. Raises `export_gone` and
        `store_unreachable`."""
        try:
            first = await self._store.get(_key(export), 0, PIECE_BYTES - 1)
        except Missing:
            raise export_gone() from None
        except StoreUnreachable:
            raise store_unreachable() from None
        return self._rest(export, first)

    async def _rest(self, export: Export, piece: bytes) -> AsyncIterator[bytes]:
        yield piece
        for at in range(PIECE_BYTES, export.size, PIECE_BYTES):
            yield await self._store.get(_key(export), at, at + PIECE_BYTES - 1)


def _key(export: Export) -> str:
    return f"exports/{export.id}.{export.kind}"
