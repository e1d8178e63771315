"""What a sender said about an upload before its bytes, and the small file that remembers it."""

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from media.store.folder import fsync_folder

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Declared:
    """`length` in bytes, `sha256` in hex over the whole, `type` as the sender named it."""

    id: str
    owner: str
    sha256: str
    type: str
    length: int

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.id) or not _NAME.fullmatch(self.owner):
            raise ValueError(f"not a name for an upload: {self.owner!r}/{self.id!r}")
        if not _DIGEST.fullmatch(self.sha256):
            raise ValueError(f"not a SHA-256 in hex: {self.sha256!r}")
        if self.length < 0:
            raise ValueError(f"not a length: {self.length}")


def is_name(text: str) -> bool:
    """Whether a text may name an upload or an owner; anything else is simply unknown."""
    return _NAME.fullmatch(text) is not None


def write_declared(path: Path, declared: Declared) -> None:
    """Write it so that after a crash there is the whole file or none."""
    scratch = path.with_suffix(".tmp")
    with scratch.open("w", encoding="utf-8") as file:
        json.dump(asdict(declared), file)
        file.flush()
        os.fsync(file.fileno())
    scratch.rename(path)
    fsync_folder(path.parent)


def read_declared(path: Path) -> Declared | None:
    """What the file says; None when there is none, or none that can be understood."""
    try:
        return Declared(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
