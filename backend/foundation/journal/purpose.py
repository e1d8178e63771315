"""What a package keeps about people, as data: what for, on which ground, for how long.

Declared in the manifest, so that a notice can be held against it, the data-protection officer can
read it in the catalogue, and a test finds the personal field that nobody gave a reason for.
"""

from dataclasses import dataclass
from typing import Literal

Basis = Literal["consent", "contract", "statutory"]
AtEnd = Literal["erase", "seal"]


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a class of things is kept, in days from the moment its owner names, and what
    happens then. `seal` is for what another law still demands: kept, but used no more (PIPL 47)."""

    code: str
    days: int
    at_end: AtEnd
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """One kind of personal field: `visits.address`. `fields` are `Fact.field` or `table.column` of
    the package that declares it; `retention` is the code of a class; `sensitive` as in PIPL 28."""

    code: str
    fields: tuple[str, ...]
    basis: Basis
    retention: str
    zh: str
    en: str
    sensitive: bool = False
