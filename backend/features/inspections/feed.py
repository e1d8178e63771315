"""What phones receive of rounds and sheets, and who receives them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from backend.features.inspections.model import Round, shots
from backend.features.inspections.rules.counting import counts_of
from backend.features.inspections.rules.decision import bucket_of, buckets_of
from backend.features.inspections.tables import ROUNDS
from backend.features.inspections.tables.sheets import found_in, photos_in, sheet_of
from backend.foundation.checklists.answering import version_of
from backend.foundation.checklists.demands import progress
from backend.foundation.checklists.sheet import Sheet
from backend.foundation.checklists.template import Item
from backend.foundation.evidence.attaching import completeness
from backend.foundation.evidence.model import Completeness
from backend.foundation.journal.manifest import Projection
from backend.foundation.journal.search import Sought
from backend.foundation.journal.work import Work

FIELDS = (
    "template",
    "title",
    "outlet",
    "line",
    "rhythm",
    "assignee",
    "assigned_by",
    "opens_at",
    "due_at",
    "unscheduled",
    "state",
    "made_at",
    "late_template",
    "reason",
    "opened_at",
    "submitted_at",
    "received_at",
    "submitted_by",
    "score",
    "manifest",
    "late",
    "amendments",
    "contributions",
)


async def round_(work: Work, id: str) -> Projection | None:
    """The round for those who fill it and for the desk of its outlet and line."""
    found = await work.load(ROUNDS, id)
    if found is None:
        return None
    buckets = frozenset({bucket_of(id), f"desk:{found.outlet}:{found.line}"})
    amended = [text for one in found.amendments for text in (one.note, one.reason)]
    sought = _sought(found, (found.reason, *amended))
    return Projection(await _body(work, found), buckets, sought, counts_of(found))


async def sheet(work: Work, id: str) -> Projection | None:
    """Answers and findings: for those who fill it, and for the desk once it is submitted."""
    found = await work.load(ROUNDS, id)
    if found is None:
        return None
    filled = await sheet_of(work, found, found.signature)
    # A draft is for those who fill it, so no desk finds it by what it says.
    sought = None
    if found.state == "submitted":
        items = (await version_of(work, found.template)).items
        sought = _sought(found, _written(filled, items))
    return Projection(filled, buckets_of(found), sought)


def _sought(found: Round, texts: Iterable[str]) -> Sought:
    at = found.received_at or found.made_at
    return Sought(found.outlet, found.line, at, ("round", found.id), tuple(texts))


def _written(filled: Sheet, items: Mapping[str, Item]) -> Iterator[str]:
    """What people wrote into a sheet. An answer that was chosen is no word of theirs."""
    for one in filled.findings.values():
        yield from (one.text, one.cause, one.measure)
    for key, answer in filled.answers.items():
        yield answer.note
        item = items.get(key.partition("@")[0])
        if item is not None and item.type == "text" and isinstance(answer.value, str):
            yield answer.value


async def _body(work: Work, found: Round) -> dict[str, Any]:
    body: dict[str, Any] = {name: getattr(found, name) for name in FIELDS}
    body["progress"] = await _progress(work, found)
    body["findings"] = len(await found_in(work, found))
    listed = found.manifest.blobs if found.manifest else ()
    evidence = await completeness(work, ("round", found.id), listed)
    submitted = found.state == "submitted"
    body["complete"] = submitted and evidence.complete
    body["verified"] = submitted and evidence.complete and found.hash_equal
    body["hash_equal"] = found.hash_equal
    body["evidence"] = _counted(evidence)
    return body


async def _progress(work: Work, found: Round) -> dict[str, int]:
    version = await version_of(work, found.template)
    photos = await photos_in(work, found)
    filled = await sheet_of(work, found, found.signature)
    told = progress(version.doc, filled, shots(photos, await found_in(work, found)))
    return {"answered": told.answered, "total": told.total}


def _counted(evidence: Completeness) -> dict[str, int]:
    return {
        "expected": evidence.expected,
        "accepted": evidence.accepted,
        "refused": evidence.refused,
        "waived": evidence.waived,
        "awaited": evidence.awaited,
    }
