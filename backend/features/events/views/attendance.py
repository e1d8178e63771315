"""Who was there, a row for each person, for Excel and CSV. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from backend.features.events.model import Event
from backend.features.events.model.people import CheckIn, Invited
from backend.features.events.rules.counting import CODE, GUEST, STAFF, joined
from backend.features.events.views.words import BANDS, PEOPLE, TOPICS, YES, said, spoken
from backend.foundation.documents.tables import Column, Link
from backend.foundation.kernel.clock import parse

COLUMNS = (
    Column("到场", "Who", width=18),
    Column("姓名", "Name", width=16),
    Column("分组", "Group", width=16),
    Column("编码", "Code", width=14),
    Column("年龄段", "Age", width=14),
    Column("关注", "Interests", width=24),
    Column("首次签到", "First seen", "moment", width=20),
    Column("签到次数", "Sightings", "integer", width=10),
    Column("经办", "Seen by", width=14),
    Column("备注", "Remark", width=14),
    Column("活动", "Event", "link", width=24, opens="/events"),
)


class Attendee(msgspec.Struct, frozen=True):
    """One person: the key that stands for them, their sightings, and the line they have."""

    key: str
    seen: tuple[CheckIn, ...]
    entry: Invited | None
    late: bool

    @property
    def who(self) -> str:
        """As what they came."""
        keys = [one.key for one in self.seen]
        for prefix, name in ((STAFF, "staff"), (GUEST, "guest"), (CODE, "code")):
            if any(key.startswith(prefix) for key in keys):
                return name
        return "walk_in"


def attendees(
    event: Event, sightings: Sequence[CheckIn], entries: Iterable[Invited]
) -> list[Attendee]:
    """Everybody who counts, in the order in which they were first seen; then those who only came
    late."""
    lines = {one.id: one for one in entries}
    same = joined(sightings, event.judged)
    counting = _persons([one for one in sightings if one.counts], same)
    late = _persons([one for one in sightings if one.late and one.void is None], same)
    found = [_attendee(key, seen, lines, late=False) for key, seen in counting.items()]
    rest = {key: seen for key, seen in late.items() if key not in counting}
    return [*found, *(_attendee(key, seen, lines, late=True) for key, seen in rest.items())]


def rows(
    event: Event, people: Iterable[Attendee], names: Mapping[str, str], tongue: str
) -> Iterable[list[Any]]:
    """Cells for `COLUMNS`. `names` are those of staff by id."""
    for one in people:
        first, entry = one.seen[0], one.entry
        staff = next((seen.person for seen in one.seen if seen.person is not None), None)
        band = next((seen.age_band for seen in one.seen if seen.age_band is not None), None)
        topics = dict.fromkeys(topic for seen in one.seen for topic in seen.interests)
        yield [
            said(PEOPLE, one.who, tongue),
            names.get(staff or "", "") or (entry.name if entry else ""),
            entry.group if entry else "",
            (entry.code if entry else first.code) or "",
            said(BANDS, band, tongue) if band else "",
            "; ".join(said(TOPICS, topic, tongue) for topic in topics),
            _moment(first.at),
            len(one.seen),
            names.get(first.by, ""),
            spoken(YES, tongue) if one.late else "",
            Link(event.id, event.theme),
        ]


def _persons(seen: Iterable[CheckIn], same: Mapping[str, str]) -> dict[str, list[CheckIn]]:
    persons: dict[str, list[CheckIn]] = {}
    for one in sorted(seen, key=lambda one: (one.at, one.id)):
        persons.setdefault(same.get(one.key, one.key), []).append(one)
    return persons


def _attendee(
    key: str, seen: list[CheckIn], lines: Mapping[str, Invited], *, late: bool
) -> Attendee:
    named = (lines.get(one.entry or "") for one in seen)
    entry = next((line for line in named if line is not None), None)
    return Attendee(key, tuple(seen), entry, late)


def _moment(at: str) -> datetime:
    return parse(at)
