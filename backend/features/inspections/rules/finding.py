"""Findings while the sheet is open: written down, changed, withdrawn, and danger told at once."""

from collections.abc import Iterable

from backend.features.inspections import problems
from backend.features.inspections.commands import RecordFinding
from backend.features.inspections.facts import FindingDropped, FindingRecorded
from backend.features.inspections.model import Found, Round
from backend.features.inspections.rules.decision import place
from backend.foundation.checklists.facts import FindingRaised
from backend.foundation.checklists.template import Item
from backend.foundation.evidence.model import Photo
from backend.foundation.journal.when import When
from backend.foundation.kernel.actor import Actor
from backend.foundation.kernel.limits import ITEMS_MAX
from backend.foundation.kernel.problem import id_taken, too_large


def record(
    round_: Round,
    asked: RecordFinding,
    current: Found | None,
    count: int,
    actor: Actor,
    when: When,
) -> tuple[Found, FindingRecorded]:
    """The finding as it now reads. The first author and moment stay; the words are the newest."""
    if current is not None and current.round != round_.id:
        raise id_taken()
    if current is None and count >= ITEMS_MAX:
        raise too_large(what="findings", limit=ITEMS_MAX)
    found = Found(
        id=asked.finding,
        round=round_.id,
        item=asked.item,
        severity=asked.severity,
        text=asked.text,
        cause=asked.cause,
        measure=asked.measure,
        on_spot=asked.on_spot,
        by=current.by if current else actor.id,
        at=current.at if current else when.occurred_at,
        raised=bool(current and current.raised) or asked.severity == "danger",
    )
    fact = FindingRecorded(
        **place(round_),
        finding=found.id,
        item=found.item,
        severity=found.severity,
        on_spot=found.on_spot,
        text=found.text,
    )
    return found, fact


def drop(round_: Round, found: Found | None) -> FindingDropped:
    """Withdrawn, unless it was danger: that one is a case already, and cases end as cases do."""
    if found is None or found.round != round_.id:
        raise problems.finding_unknown()
    if found.raised:
        raise problems.already_raised()
    return FindingDropped(**place(round_), finding=found.id)


def raised(
    round_: Round, one: Found, item: Item, photos: Iterable[Photo], *, on_spot: bool
) -> FindingRaised:
    """The finding as neighbours hear of it. Without a picture of its own it is recognised by
    those of its item."""
    told = one.in_sheet(photos)
    of_item = tuple(
        photo.id
        for photo in photos
        if photo.item == one.item and photo.finding is None and photo.purpose == "answer"
    )
    return FindingRaised(
        finding=one.id,
        origin=("round", round_.id),
        outlet=round_.outlet,
        line=round_.line,
        item=item.key,
        no=item.no,
        item_text={"zh": item.text.zh, "en": item.text.en},
        severity=one.severity,
        on_spot=on_spot,
        text=one.text,
        cause=one.cause,
        measure=one.measure,
        before=told.before or of_item,
        after=told.after,
    )
