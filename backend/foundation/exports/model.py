"""An order for a file, and how far it has come."""

from typing import Any, Literal

import msgspec

FileKind = Literal["csv", "xlsx"]
Language = Literal["zh", "en"]
State = Literal["ordered", "made", "failed"]


class Export(msgspec.Struct, frozen=True):
    """`list` is the name of a listing, `query` its filter as it was asked. `rows` are written so
    far. When it is made: `reach` says what the person saw (a digest of their grants), `size` and
    `sha256` are the file's, `until` is when it goes. `problem` is the code of what went wrong."""

    id: str
    list: str
    query: dict[str, Any]
    kind: FileKind
    language: Language
    by: str
    ordered_at: str
    state: State = "ordered"
    rows: int = 0
    reach: str = ""
    size: int = 0
    sha256: str = ""
    until: str | None = None
    problem: str | None = None
