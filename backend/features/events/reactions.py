"""What goes when somebody takes a consent back, or when the time has come. The figures stay."""

from collections.abc import Iterable

import msgspec

from backend.features.events.handlers.loading import (
    CHECK_IN,
    FOLLOW_UP,
    KIND,
    ROSTER,
    publish,
)
from backend.features.events.model import Event
from backend.features.events.model.people import FollowUp
from backend.features.events.rules.inviting import nameless
from backend.features.events.rules.keeping import (
    ATTENDANCE_KEPT,
    PHOTOS_KEPT,
    unnamed,
)
from backend.features.events.rules.recording import (
    ATTENDANCE,
    CHILDREN,
    CONTACT,
    PHOTOS,
    contact_ended,
    without_photos,
)
from backend.features.events.tables import (
    CHECK_INS,
    CONSENTS,
    ENTRIES,
    EVENTS,
    FOLLOW_UPS,
    ROSTERS,
)
from backend.foundation.evidence import erasing
from backend.foundation.evidence.model import Photo
from backend.foundation.evidence.tables import PHOTOS as TAKEN
from backend.foundation.journal.envelope import Context, Outcome, RecKey
from backend.foundation.journal.work import Work
from backend.foundation.privacy import certifying
from backend.foundation.privacy.facts import ConsentWithdrawn, RetentionEnded

CONTACT_FIELDS = 4  # name, number, topic, note
LINE_FIELDS = 3  # name, code, group


class _Going(msgspec.Struct):
    """What was found to go, for the certificate."""

    event: Event
    records: list[RecKey] = []
    digests: list[str] = []
    fields: int = 0


async def forget(work: Work, fact: ConsentWithdrawn, ctx: Context) -> Outcome:
    """Erases the contact, the line of the roster and the photos that the consent allowed, or seals
    them while the event is held."""
    if fact.parent_kind != KIND:
        return Outcome()
    rec = (KIND, fact.parent_id)
    event = await _held(work, fact.parent_id)
    going, purposes = _Going(event), frozenset(fact.purposes)
    seals = fact.action == "seal"
    if purposes & {CONTACT, CHILDREN}:
        for contact in await work.find(FOLLOW_UPS, consent=fact.consent):
            _end_contact(work, going, contact, seals=seals)
    if purposes & {PHOTOS, CHILDREN}:
        shown = [one.id for one in going.event.photos if one.consent == fact.consent]
        await _end_photos(work, going, shown, seals=seals)
    if purposes & {ATTENDANCE, CHILDREN}:
        await _end_line(work, going, fact.consent, seals=seals)
    if going.event is not event:
        publish(work, going.event)
    made = await certifying.order(
        work,
        rec,
        "withdrawal",
        going.records,
        going.digests,
        ctx=ctx,
        rule=":".join(fact.purposes),
        fields=going.fields,
        action=fact.action,
        erase_by=fact.erase_by,
    )
    return Outcome(made.facts)


async def end(work: Work, fact: RetentionEnded, ctx: Context) -> Outcome:
    """Erases the roster, the photos of an event, or a contact, when its time has come."""
    rec = (fact.parent_kind, fact.parent_id)
    if fact.parent_kind == FOLLOW_UP:
        contact = await work.load(FOLLOW_UPS, fact.parent_id)
        going = _Going(await _held(work, contact.event)) if contact is not None else None
        if contact is not None and going is not None:
            _end_contact(work, going, contact, seals=False)
    elif fact.parent_kind == KIND:
        going = _Going(await _held(work, fact.parent_id))
        if fact.klass == ATTENDANCE_KEPT.code:
            await _end_attendance(work, going)
        elif fact.klass == PHOTOS_KEPT.code:
            await _end_photos(work, going, [one.id for one in going.event.photos], seals=False)
    else:
        return Outcome()
    if going is not None:
        publish(work, going.event)
    made = await certifying.order(
        work,
        rec,
        "retention",
        going.records if going else [],
        going.digests if going else [],
        ctx=ctx,
        rule=fact.klass,
        fields=going.fields if going else 0,
        action=fact.action,
    )
    return Outcome(made.facts)


def _end_contact(work: Work, going: _Going, contact: FollowUp, *, seals: bool) -> None:
    if not contact.sealed and not contact.done:
        going.event = contact_ended(going.event)
    if seals:
        work.save(FOLLOW_UPS, msgspec.structs.replace(contact, sealed=True))
        work.touch(FOLLOW_UP, contact.id)
    else:
        work.remove(FOLLOW_UPS, contact.id)
        work.erase(FOLLOW_UP, contact.id)
    going.records.append((FOLLOW_UP, contact.id))
    going.fields += CONTACT_FIELDS


async def _end_photos(work: Work, going: _Going, ids: Iterable[str], *, seals: bool) -> None:
    photos = await work.load_many(TAKEN, ids)
    if seals:
        await erasing.seal(work, photos, "withdrawn")
    else:
        # First the event, so that it is published without them.
        going.event = without_photos(going.event, frozenset(photo.id for photo in photos))
        publish(work, going.event)
        await erasing.erase(work, photos)
    going.records += [("photo", photo.id) for photo in photos]
    going.digests += _bytes_of(photos) if not seals else []


async def _end_line(work: Work, going: _Going, consent: str, *, seals: bool) -> None:
    agreed = await work.load(CONSENTS, consent)
    line = None if agreed is None or agreed.entry is None else agreed.entry
    entry = None if line is None else await work.load(ENTRIES, line)
    if entry is None:
        return
    hidden = msgspec.structs.replace(entry, removed=True)
    work.save(ENTRIES, hidden if seals else nameless(entry))
    work.touch(ROSTER, entry.roster)
    going.records.append((ROSTER, entry.roster))
    going.fields += LINE_FIELDS


async def _end_attendance(work: Work, going: _Going) -> None:
    event = going.event
    for roster in await work.find(ROSTERS, event=event.id):
        entries = await work.find(ENTRIES, roster=roster.id)
        for entry in entries:
            work.remove(ENTRIES, entry.id)
        work.remove(ROSTERS, roster.id)
        work.erase(ROSTER, roster.id)
        going.records.append((ROSTER, roster.id))
        going.fields += LINE_FIELDS * len(entries)
    for one in unnamed(await work.find(CHECK_INS, event=event.id)):
        work.save(CHECK_INS, one)
        work.touch(CHECK_IN, one.id)
        going.records.append((CHECK_IN, one.id))
        going.fields += 1


async def _held(work: Work, id: str) -> Event:
    await work.hold(KIND, id)
    event = await work.load(EVENTS, id)
    assert event is not None, f"there is no event {id} of which something could end"
    return event


def _bytes_of(photos: Iterable[Photo]) -> list[str]:
    return [
        digest for photo in photos for digest in (photo.sha256, photo.thumb) if digest is not None
    ]
