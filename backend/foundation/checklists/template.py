"""One version of a checklist as a frozen document: sections, items, points, conditions, demands.

Every field is always present (null where it says so; what came later is left out where it says
nothing), so the document has one canonical form and the digest of that form is the version's id.
What the shape alone cannot say is in `soundness`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from backend.foundation.kernel import canonical, limits

ItemType = Literal[
    "pass_fail",
    "score",
    "number",
    "single",
    "multiple",
    "text",
    "photo",
    "signature",
    "location",
    "datetime",
]
SCORED = frozenset({"pass_fail", "score", "single", "multiple"})
CHOOSING = frozenset({"single", "multiple"})
EVIDENCE = frozenset({"photo", "signature"})  # answered by a picture, not by a value

Key = Annotated[str, Meta(min_length=1, max_length=limits.CODE_MAX)]
Tenths = Annotated[int, Meta(ge=0, le=10_000)]  # of a point; a whole checklist is 1,000 points


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the document: nothing optional, nothing unknown."""


class Words(_Part, frozen=True):
    """The same thing said in both languages."""

    zh: Annotated[str, Meta(max_length=limits.TEXT_MAX)]
    en: Annotated[str, Meta(max_length=limits.TEXT_MAX)]


class Deduction(_Part, frozen=True):
    """A reason for which points are taken off."""

    code: Key
    text: Words
    points: Tenths


class Choice(_Part, frozen=True):
    """One of the answers on offer. `fail` makes it a nonconformity."""

    key: Key
    text: Words
    fail: bool


class Number(_Part, frozen=True):
    """What may be entered: decimal strings, both ends included."""

    min: str
    max: str
    unit: Words
    decimals: Annotated[int, Meta(ge=0, le=4)]


class Condition(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"in_": "in", "all_": "all", "any_": "any"},
):
    """Either an earlier item answered with one of `in`, or `all` of, or `any` of, conditions."""

    item: str | None = None
    in_: tuple[str, ...] | None = None
    all_: "tuple[Condition, ...] | None" = None
    any_: "tuple[Condition, ...] | None" = None


class Demand(_Part, frozen=True):
    """What an answer asks for in addition."""

    when: tuple[str, ...]
    photos: Annotated[int, Meta(ge=0, le=limits.PHOTOS_PER_ITEM_MAX)]
    note: bool


ClauseKind = Literal["hard", "soft"]


class Clause(_Part, frozen=True, omit_defaults=True):
    """Where the demand is written down; `hard` is about things, `soft` about conduct.

    With `edition`, the id of a standard's edition that lies here, `text` and `points` are what
    that edition says, word for word: a round shows them for ever, whatever becomes of the
    standard. Left out where they say nothing, as older versions have none."""

    standard: str
    no: str
    kind: ClauseKind
    edition: Key | None = None
    text: Words | None = None
    points: Tenths | None = None


class Item(_Part, frozen=True, omit_defaults=True):
    """One thing to look at. `key` is stable over versions; `no` is only for display.

    `code_list` names the list whose codes of the day of publishing the choices are; the version
    keeps them for ever, whatever becomes of the list. Left out where there is none, as older
    versions have none."""

    key: Key
    no: Key
    text: Words
    hint: Words | None
    type: ItemType
    points: Tenths
    veto: bool
    required: bool
    deductions: tuple[Deduction, ...]
    choices: Annotated[tuple[Choice, ...], Meta(max_length=limits.CHOICES_MAX)]
    number: Number | None
    show_when: Condition | None
    demand: tuple[Demand, ...]
    reference: Annotated[tuple[str, ...], Meta(max_length=4)]
    clause: Clause | None
    camera_only: bool
    code_list: Key | None = None


class Section(_Part, frozen=True):
    """A group of items under one heading."""

    key: Key
    no: Key
    title: Words
    items: tuple[Item, ...]


class TemplateDoc(_Part, frozen=True, omit_defaults=True):
    """The whole checklist. `persons` says that it is filled in at a visit of a person; such a one
    names its impact assessment.

    Both are left out of the document where they say nothing: every checklist published before
    there were visits keeps the digest that rounds know it by."""

    title: Words
    sections: tuple[Section, ...]
    persons: bool = False
    assessment: Annotated[str, Meta(min_length=1, max_length=limits.CODE_MAX)] | None = None


def items_of(doc: TemplateDoc) -> Iterator[Item]:
    """Every item in the order of the paper."""
    for section in doc.sections:
        yield from section.items


def item_index(doc: TemplateDoc) -> dict[str, Item]:
    """Items by key."""
    return {item.key: item for item in items_of(doc)}


def template_id(doc: TemplateDoc) -> str:
    """The name of this version: SHA-256 of its canonical JSON."""
    return canonical.digest(doc)
