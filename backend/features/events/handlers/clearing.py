"""What an event keeps of a record that is erased, whoever erases it. After the event's own handlers
there is nothing left to do; it is for erasures that are repeated after a restore."""

from backend.features.events.handlers.loading import FOLLOW_UP, KEY, KIND, ROSTER, publish
from backend.features.events.model import Event
from backend.features.events.rules.recording import contact_ended, without_photos
from backend.features.events.tables import ENTRIES, EVENTS, FOLLOW_UPS, KEYS, ROSTERS
from backend.foundation.evidence.tables import PHOTOS
from backend.foundation.journal.manifest import LeftBehind
from backend.foundation.journal.work import Work


async def clear(work: Work, left: LeftBehind) -> None:
    """Its rows go; an event that counted or showed it does so no more."""
    kind, id = left.rec
    if not left.ended:
        return
    if kind == FOLLOW_UP:
        await _contact(work, id)
    elif kind == ROSTER:
        for entry in await work.find(ENTRIES, roster=id):
            work.remove(ENTRIES, entry.id)
        work.remove(ROSTERS, id)
    elif kind == KEY:
        work.remove(KEYS, id)
    elif kind == "photo":
        await _photo(work, id)


async def _contact(work: Work, id: str) -> None:
    contact = await work.load(FOLLOW_UPS, id)
    if contact is None:
        return
    work.remove(FOLLOW_UPS, id)
    event = await _event(work, contact.event)
    if event is not None and not contact.sealed and not contact.done:
        publish(work, contact_ended(event))


async def _photo(work: Work, id: str) -> None:
    photo = await work.load(PHOTOS, id)
    if photo is None or photo.parent_kind != KIND:
        return
    event = await _event(work, photo.parent_id)
    if event is not None and any(one.id == id for one in event.photos):
        publish(work, without_photos(event, frozenset({id})))


async def _event(work: Work, id: str) -> Event | None:
    if work.is_erased((KIND, id)):
        return None
    await work.hold(KIND, id)
    return await work.load(EVENTS, id)
