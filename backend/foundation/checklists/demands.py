"""What an answer asks for in addition, and what a sheet still lacks before it can be submitted."""

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from backend.foundation.checklists.conditions import tokens, visible_items
from backend.foundation.checklists.sheet import Finding, Sheet, Shot, values_of
from backend.foundation.checklists.template import EVIDENCE, Item, TemplateDoc

What = Literal[
    "answer",
    "photos",
    "note",
    "finding",
    "cause",
    "measure",
    "before",
    "after",
    "distinct",
    "signature",
]
_GRAVE = frozenset({"serious", "danger"})
_FINDING_TYPES = frozenset({"pass_fail", "single", "multiple"})


class Need(msgspec.Struct, frozen=True):
    """Photos and note that one answer demands."""

    photos: int = 0
    note: bool = False


class Missing(msgspec.Struct, frozen=True):
    """One thing that submit waits for. `count` is how many more."""

    item: str
    what: What
    count: int = 1
    finding: str | None = None


class Progress(msgspec.Struct, frozen=True):
    """Items answered of items shown."""

    answered: int
    total: int


def demanded(item: Item, value: Any) -> Need:
    """The strictest of the demands that this answer meets."""
    given = tokens(item, value)
    met = [demand for demand in item.demand if not given.isdisjoint(demand.when)]
    return Need(
        photos=max((demand.photos for demand in met), default=0),
        note=any(demand.note for demand in met),
    )


def missing(doc: TemplateDoc, sheet: Sheet, shots: Iterable[Shot] = ()) -> list[Missing]:
    """Everything that is still lacking, in the order of the paper; empty when ready to submit."""
    pictures = list(shots)
    values = values_of(sheet)
    lacking: list[Missing] = []
    for item in visible_items(doc, values):
        lacking += _item_lacks(item, sheet, values, pictures)
    for key in sorted(sheet.findings):
        lacking += _finding_lacks(key, sheet.findings[key], pictures)
    return lacking


def progress(doc: TemplateDoc, sheet: Sheet, shots: Iterable[Shot] = ()) -> Progress:
    """How far the sheet is, by the items shown now."""
    pictures = list(shots)
    values = values_of(sheet)
    shown = visible_items(doc, values)
    answered = sum(1 for item in shown if _is_answered(item, sheet, values, pictures))
    return Progress(answered=answered, total=len(shown))


def counting_shots(item: Item, shots: Iterable[Shot]) -> set[str]:
    """Digests that count as evidence of the item: each picture once, and only from the in-page
    camera where the item insists on it."""
    return {
        shot.sha256
        for shot in shots
        if shot.item == item.key
        and shot.purpose != "after"
        and (shot.source == "camera" or shot.purpose == "signature" or not item.camera_only)
    }


def _is_answered(item: Item, sheet: Sheet, values: dict[str, Any], shots: list[Shot]) -> bool:
    if item.type == "signature" and sheet.signature is not None:
        return True
    if item.type in EVIDENCE:
        return bool(counting_shots(item, shots))
    return item.key in values


def _item_lacks(
    item: Item, sheet: Sheet, values: dict[str, Any], shots: list[Shot]
) -> list[Missing]:
    if not _is_answered(item, sheet, values, shots):
        return [Missing(item.key, _unanswered(item))] if item.required else []
    value = values.get(item.key)
    need = demanded(item, value)
    lacking: list[Missing] = []
    photos = need.photos - len(counting_shots(item, shots))
    if photos > 0:
        lacking.append(Missing(item.key, "photos", photos))
    if need.note and not _note(item, sheet):
        lacking.append(Missing(item.key, "note"))
    if _wants_finding(item, value) and not _has_finding(item, sheet):
        lacking.append(Missing(item.key, "finding"))
    return lacking


def _unanswered(item: Item) -> What:
    if item.type == "photo":
        return "photos"
    return "signature" if item.type == "signature" else "answer"


def _note(item: Item, sheet: Sheet) -> str:
    answer = sheet.answers.get(item.key)
    return answer.note.strip() if answer else ""


def _wants_finding(item: Item, value: Any) -> bool:
    # A failed item without a finding would end there: nobody would be asked to put it right.
    # Points taken off a score are a judgement of degree; the inspector may raise a finding.
    return item.type in _FINDING_TYPES and "fail" in tokens(item, value)


def _has_finding(item: Item, sheet: Sheet) -> bool:
    return any(finding.item == item.key for finding in sheet.findings.values())


def _finding_lacks(key: str, finding: Finding, shots: list[Shot]) -> list[Missing]:
    lacking: list[Missing] = []
    if finding.severity in _GRAVE:
        if not finding.cause.strip():
            lacking.append(Missing(finding.item, "cause", finding=key))
        if not finding.measure.strip():
            lacking.append(Missing(finding.item, "measure", finding=key))
    if finding.on_spot:
        lacking += _pair_lacks(key, finding, shots)
    return lacking


def _pair_lacks(key: str, finding: Finding, shots: list[Shot]) -> list[Missing]:
    own = [shot for shot in shots if shot.finding == key]
    before = {shot.sha256 for shot in own if shot.purpose in ("before", "finding")}
    after = {shot.sha256 for shot in own if shot.purpose == "after"}
    if not before or not after:
        absent: list[What] = [
            *(["before"] if not before else []),
            *(["after"] if not after else []),
        ]
        return [Missing(finding.item, what, finding=key) for what in absent]
    # The same picture twice is not a before and an after.
    return [] if after - before else [Missing(finding.item, "distinct", finding=key)]
