"""How long what is kept of visitors stays, as their notice promises, and how it goes."""

from collections.abc import Iterable

import msgspec

from backend.features.events.model.people import CheckIn
from backend.features.events.rules.counting import CODE, GUEST, HASH, ONE
from backend.foundation.journal.purpose import Retention

ATTENDANCE_KEPT = Retention(
    "event_attendance",
    180,
    "erase",
    "名单和签到保留半年，供核对人数；之后只留人数。",
    "Rosters and check-ins are kept half a year, to look into the figures; then only figures stay.",
)
CONTACT_KEPT = Retention(
    "event_contact",
    180,
    "erase",
    "电话只留到约好的联系做完，最长半年。",
    "A telephone number stays until the contact was made, half a year at most.",
)
PHOTOS_KEPT = Retention(
    "event_photos",
    365,
    "erase",
    "活动照片保留到总结完成后一年。",
    "Photos of an event are kept for a year after its report.",
)
ALL = (ATTENDANCE_KEPT, CONTACT_KEPT, PHOTOS_KEPT)


def unnamed(sightings: Iterable[CheckIn]) -> tuple[CheckIn, ...]:
    """Those sightings that held a code or the hash of a number, without it. Which of them were one
    person can still be told, so that the figures stay what they are."""
    stands: dict[str, str] = {}
    changed = []
    for one in sorted(sightings, key=lambda one: one.id):
        if not one.key.startswith((CODE, HASH)):
            continue
        prefix = GUEST if one.key.startswith(CODE) else ONE
        key = stands.setdefault(one.key, f"{prefix}{one.id}")
        changed.append(msgspec.structs.replace(one, key=key, code=None))
    return tuple(changed)
