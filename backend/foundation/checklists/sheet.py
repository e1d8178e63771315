"""The answer sheet of one round: answers, findings, signature; and what submit freezes.

On the wire a sheet is one record. In storage every answer is a register of its own (see
`registers`), so two devices that fill different items never meet. The manifest hash is computed by
the phone before it sends and by the server after it received: equal means nothing was lost between.
"""

from typing import Any, Literal

import msgspec

from backend.foundation.checklists.answers import Value
from backend.foundation.kernel import canonical

Severity = Literal["minor", "major", "serious", "danger"]
MAIN = "main"


class PastAnswer(msgspec.Struct, frozen=True):
    """An answer that gave way to a newer arrival, kept where everybody can see it."""

    value: Value
    note: str
    by: str
    at: str


class Answer(msgspec.Struct, frozen=True):
    """One register as people see it. `rev` is what the next change must name as its `base`."""

    slot: str
    value: Value
    note: str
    by: str
    at: str
    rev: int
    history: tuple[PastAnswer, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """A nonconformity against one item. `before` and `after` are photo ids."""

    item: str
    severity: Severity
    text: str
    cause: str
    measure: str
    on_spot: bool
    by: str
    at: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Sheet(msgspec.Struct, frozen=True):
    """The wire body of kind `sheet`. Its id is the round's id."""

    template: str
    answers: dict[str, Answer] = {}
    findings: dict[str, Finding] = {}
    signature: str | None = None


class Shot(msgspec.Struct, frozen=True):
    """What demands need to know about a photo: where it belongs and which picture it is."""

    item: str
    finding: str | None
    purpose: str
    sha256: str
    source: str = "camera"


def answer_key(item: str, slot: str = MAIN) -> str:
    """Where a register stands in `Sheet.answers`: the bare item for the main slot."""
    return item if slot == MAIN else f"{item}@{slot}"


def values_of(sheet: Sheet) -> dict[str, Value]:
    """Agreed answers by item, as conditions and scoring take them."""
    return {key: answer.value for key, answer in sheet.answers.items() if answer.slot == MAIN}


def canonical_answers(sheet: Sheet) -> dict[str, Any]:
    """What the manifest covers: every answer and finding as judged, and the signature."""
    return {
        "answers": {
            key: {"value": answer.value, "note": answer.note}
            for key, answer in sheet.answers.items()
        },
        "findings": {
            key: {
                "item": finding.item,
                "severity": finding.severity,
                "text": finding.text,
                "on_spot": finding.on_spot,
            }
            for key, finding in sheet.findings.items()
        },
        "signature": sheet.signature,
    }


def manifest_hash(sheet: Sheet) -> str:
    """SHA-256 of the canonical answers, 64 hex digits."""
    return canonical.digest(canonical_answers(sheet))
