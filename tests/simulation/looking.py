"""What the worker sees in a photo of a world: chance by its digest decides, no decoder runs."""

from pathlib import Path

from media.photo import Examined, Quality, RefusedPhoto, SandboxFailed
from tests.simulation.chance import chance

REFUSED_SHARE = 0.12


def is_refused(digest: str) -> bool:
    """Whether the look inside ends in a refusal, the same in every process."""
    return chance("look", digest).random() < REFUSED_SHARE


class Glance:
    """In the place of the sandbox. Now and then the child dies, as decoders do."""

    def __init__(self) -> None:
        self._died: set[str] = set()

    async def examine(self, path: Path, type: str) -> Examined:
        digest = path.name  # the store names its files by content
        if chance("died", digest).random() < 0.05 and digest not in self._died:
            self._died.add(digest)
            raise SandboxFailed("died")
        if is_refused(digest):
            raise RefusedPhoto("unreadable")
        small = b"RIFF" + digest.encode()
        hashes = digest[:16], digest[16:32]
        return Examined(type, 200, 150, None, Quality(90, 120, 80), *hashes, {320: small})

    async def close(self) -> None:
        return None
