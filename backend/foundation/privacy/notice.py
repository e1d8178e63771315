"""One version of a notice as a frozen document: what a person is told before anything is recorded.

Every field is always present, so the document has one canonical form and the digest of that form is
the version's id. The points are a list because the law wants items one by one (PIPL 17, 30; Network
Data Security Regulations 2025): each says one thing, in both languages.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from backend.foundation.checklists.template import Key, Words
from backend.foundation.journal.purpose import Purpose
from backend.foundation.kernel import canonical, limits

PointKind = Literal[
    "who", "purpose", "method", "kinds", "retention", "rights", "effect", "contact", "other"
]
DEMANDED: tuple[PointKind, ...] = ("who", "purpose", "method", "kinds", "retention", "rights")
POINTS_MAX = 40  # read aloud at a kitchen table; longer is not listened to
PURPOSES_MAX = 20
PurposeCode = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=64)]


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing the person is told. `effect` says why sensitive data is needed and what it does."""

    kind: PointKind
    text: Words


class NoticeDoc(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole notice, and the purposes that it speaks of."""

    code: Key
    edition: Annotated[str, Meta(min_length=1, max_length=limits.CODE_MAX)]
    title: Words
    points: Annotated[tuple[Point, ...], Meta(max_length=POINTS_MAX)]
    purposes: Annotated[tuple[PurposeCode, ...], Meta(max_length=PURPOSES_MAX)]


# What can be wrong with a notice: in English, in Chinese.
REASONS: dict[str, tuple[str, str]] = {
    "words_missing": ("both Chinese and English words are needed", "中文和英文都要写"),
    "point_missing": (
        "one of who, purpose, method, kinds, retention and rights is not told",
        "处理者、目的、方式、种类、保存期限、权利六项中缺少一项",
    ),
    "effect_missing": (
        "sensitive data is asked for, but not why it is needed and what that means",
        "涉及敏感个人信息，却没有说明必要性和影响",
    ),
    "no_purposes": ("it covers no purpose", "没有列出任何处理目的"),
    "purpose_twice": ("a purpose is named twice", "同一目的列了两次"),
}


def notice_id(doc: NoticeDoc) -> str:
    """The name of this version: SHA-256 of its canonical JSON."""
    return canonical.digest(doc)


def faults(doc: NoticeDoc, known: Mapping[str, Purpose]) -> list[str]:
    """Codes of `REASONS`, in order; empty for a notice that tells everything."""
    return list(_faults(doc, known))


def unknown_purpose(doc: NoticeDoc, known: Mapping[str, Purpose]) -> str | None:
    """The first purpose that its package does not declare. A package that is not here yet may come
    later: its notices are read and approved before it is rolled out."""
    here = {code.split(".")[0] for code in known}
    for code in doc.purposes:
        if code not in known and code.split(".")[0] in here:
            return code
    return None


def _faults(doc: NoticeDoc, known: Mapping[str, Purpose]) -> Iterator[str]:
    if not all(_spoken(words) for words in (doc.title, *(point.text for point in doc.points))):
        yield "words_missing"
    told = {point.kind for point in doc.points}
    if not told.issuperset(DEMANDED):
        yield "point_missing"
    sensitive = any(code in known and known[code].sensitive for code in doc.purposes)
    if sensitive and "effect" not in told:
        yield "effect_missing"
    if not doc.purposes:
        yield "no_purposes"
    if len(set(doc.purposes)) < len(doc.purposes):
        yield "purpose_twice"


def _spoken(words: Words) -> bool:
    return bool(words.zh.strip()) and bool(words.en.strip())
