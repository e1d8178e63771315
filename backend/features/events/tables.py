"""Where events and what belongs to them lie."""

from piccolo.columns import BigInt, Boolean, Text
from piccolo.table import Table

from backend.features.events import model
from backend.features.events.model import people
from backend.foundation.database.rows import Rows


class EventTable(Table, tablename="event"):
    """One row per event, its counts inside."""

    id = Text(primary_key=True)
    kind = Text()
    theme = Text()
    outlet = Text(index=True)
    line = Text()
    place = Text()
    day = Text(index=True)
    until_day = Text(null=True, default=None)
    starts = Text()
    ends = Text()
    starts_at = Text()
    ends_at = Text()
    festival = Text(null=True, default=None)
    goals = Text()
    topics = Text()
    stock = Text()
    budget = Text()
    minor_safe = Boolean()
    staff = Text()
    planned_by = Text(index=True)
    made_at = Text()
    state = Text(index=True)
    approver = Text(null=True, default=None)
    approved_by = Text(null=True, default=None)
    opened_at = Text(null=True, default=None)
    closed_at = Text(null=True, default=None)
    reason = Text()
    counts = Text()
    sums = Text()
    judged = Text()
    photos = Text()
    questions = Text()
    contacts = Text()
    result = Text(null=True, default=None)
    acts = Text()


class CheckInTable(Table, tablename="event_check_in"):
    """One row per sighting. Found by `key` when the same person is seen again."""

    id = Text(primary_key=True)
    event = Text(index=True)
    key = Text(index=True)
    how = Text()
    entry = Text(null=True, default=None)
    code = Text(null=True, default=None)
    person = Text(null=True, default=None)
    age_band = Text(null=True, default=None)
    interests = Text()
    by = Text()
    device = Text()
    at = Text()
    occurred_at = Text()
    received_at = Text()
    late = Boolean()
    void = Text(null=True, default=None)


class RosterTable(Table, tablename="event_roster"):
    """One row per part of a roster."""

    id = Text(primary_key=True)
    event = Text(index=True)


class EntryTable(Table, tablename="event_entry"):
    """One row per line of a roster."""

    id = Text(primary_key=True)
    event = Text(index=True)
    roster = Text(index=True)
    kind = Text()
    name = Text()
    code = Text(null=True, default=None)
    code_key = Text(null=True, default=None, index=True)
    group = Text()
    person = Text(null=True, default=None)
    removed = Boolean()


class FollowUpTable(Table, tablename="event_follow_up"):
    """One row per contact that is still to be made."""

    id = Text(primary_key=True)
    event = Text(index=True)
    consent = Text(index=True)
    name = Text()
    phone = Text()
    topic = Text()
    note = Text()
    check_in = Text(null=True, default=None)
    entry = Text(null=True, default=None)
    by = Text()
    at = Text()
    done = Boolean()
    sealed = Boolean()


class KeyTable(Table, tablename="event_key"):
    """One row per open event; none once it is closed."""

    id = Text(primary_key=True)
    key = Text()


class AgreedTable(Table, tablename="event_consent"):
    """One row per consent given at an event."""

    id = Text(primary_key=True)
    event = Text(index=True)
    entry = Text(null=True, default=None)


class MovementTable(Table, tablename="event_movement"):
    """One row per step of a tally or a stock."""

    id = Text(primary_key=True)
    event = Text(index=True)
    what = Text()
    key = Text()
    n = BigInt()
    by = Text()
    device = Text()
    day = Text(index=True)
    at = Text()
    late = Boolean()
    note = Text()


ALL = (
    EventTable,
    CheckInTable,
    RosterTable,
    EntryTable,
    FollowUpTable,
    KeyTable,
    AgreedTable,
    MovementTable,
)
EVENTS = Rows(EventTable, model.Event)
CHECK_INS = Rows(CheckInTable, people.CheckIn)
ROSTERS = Rows(RosterTable, people.Roster)
ENTRIES = Rows(EntryTable, people.Invited)
FOLLOW_UPS = Rows(FollowUpTable, people.FollowUp)
KEYS = Rows(KeyTable, people.EventKey)
CONSENTS = Rows(AgreedTable, people.Agreed)
MOVEMENTS = Rows(MovementTable, people.Movement)
