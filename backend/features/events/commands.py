"""What people can ask of an event. The phone's types are generated from these."""

from typing import Annotated, Literal

import msgspec

from backend.foundation.evidence.commands import Capture
from backend.foundation.kernel.asked import Asked, Day, Digest, Id, Key, Reason, Text
from backend.foundation.kernel.limits import NAME_MAX
from backend.foundation.organisation.lunar import YEAR_MAX, YEAR_MIN, FestivalCode
from backend.foundation.organisation.model import RecordId
from backend.foundation.privacy.commands import Giving

EventKind = Literal["festival", "community", "kindness", "children", "training", "meeting"]
AgeBand = Literal["under_14", "14_17", "18_39", "40_59", "60_up"]
How = Literal["code", "roster", "walk_in", "staff"]
EntryKind = Literal["staff", "guest", "child"]
People = Literal["nobody", "covered", "shown"]  # who can be recognised on a photo
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=NAME_MAX)]  # one line of writing
LocalTime = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Code = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z._/-]{0,39}$")]
Hmac = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Telephone = Annotated[str, msgspec.Meta(pattern=r"^[0-9+ -]{5,20}$")]
Pieces = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Step = Annotated[int, msgspec.Meta(ge=-10_000, le=10_000)]
STAFF_MAX = 40  # more hold a fair, not an event
TOPICS_MAX = 30
MATERIALS_MAX = 30
ENTRIES_MAX = 100  # of one part of a roster: an edit publishes a part, not five hundred people
VOIDS_MAX = 200
POINTS_MAX = 20
CHOSEN_MAX = 6  # photos that fit on the one page of a report
Staff = Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=STAFF_MAX)]
Topics = Annotated[tuple[Key, ...], msgspec.Meta(max_length=TOPICS_MAX)]


class Festival(Asked, frozen=True):
    """A day of the lunar calendar, or a solar term. `year` is the one in which that lunar year
    begins."""

    code: FestivalCode
    year: Annotated[int, msgspec.Meta(ge=YEAR_MIN, le=YEAR_MAX)]


class Goals(Asked, frozen=True):
    """What is hoped for. 0 says nothing."""

    people: Pieces = 0
    follow_ups: Pieces = 0
    other: Text = ""


class Material(Asked, frozen=True):
    """Something handed out, and how many there are at first."""

    key: Key
    name: Line
    n: Pieces


class Plan(Asked, frozen=True, kw_only=True):
    """Somebody plans an event. Either a `day` or a `festival`, whose day is then computed;
    `until_day` is the last day of a standing service."""

    kind: EventKind
    theme: Line
    outlet: RecordId
    line: Key
    place: Line
    starts: LocalTime
    ends: LocalTime
    staff: Staff
    day: Day | None = None
    festival: Festival | None = None
    until_day: Day | None = None
    goals: Goals = Goals()
    topics: Topics = ()
    materials: Annotated[tuple[Material, ...], msgspec.Meta(max_length=MATERIALS_MAX)] = ()
    budget: Text = ""
    minor_safe: bool = False


class Revise(Plan, frozen=True, kw_only=True):
    """Whoever planned it changes the draft as a whole; outlet and line stay."""


class Propose(Asked, frozen=True):
    """Whoever planned it asks for approval; `approver` hears of it."""

    approver: Id | None = None


class Approve(Asked, frozen=True):
    """A manager who did not plan it approves the plan that they looked at."""

    content_digest: Digest
    note: Text = ""


class Point(Asked, frozen=True):
    """What a remark is about (a field of the plan, or `result`), and the remark."""

    about: Key
    comment: Reason


class Return(Asked, frozen=True):
    """A manager sends the plan, or after the event its result, back with remarks."""

    content_digest: Digest
    points: Annotated[tuple[Point, ...], msgspec.Meta(min_length=1, max_length=POINTS_MAX)]


class Cancel(Asked, frozen=True):
    """A manager or whoever planned it calls the event off and says why."""

    reason: Reason


class AssignStaff(Asked, frozen=True):
    """Whoever planned it or a manager says who works at the event."""

    staff: Staff


class Entry(Asked, frozen=True):
    """Somebody on the roster. `code` is what their card shows; a child has no name here;
    `person` is set for staff of the house."""

    id: Id
    kind: EntryKind = "guest"
    name: Annotated[str, msgspec.Meta(max_length=NAME_MAX)] = ""
    code: Code | None = None
    group: Annotated[str, msgspec.Meta(max_length=NAME_MAX)] = ""
    person: Id | None = None


class Invite(Asked, frozen=True):
    """People are put on the roster, in a new part of it or in one with room left."""

    event: Id
    entries: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1, max_length=ENTRIES_MAX)]


class Uninvite(Asked, frozen=True):
    """People are taken off the roster; who was there still counts, without a name."""

    entries: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=ENTRIES_MAX)]


class Open(Asked, frozen=True):
    """Staff open the event; from here on people can be checked in."""


class Close(Asked, frozen=True):
    """Staff close the event: what comes later is listed apart, and the event's key is gone."""


class Reopen(Asked, frozen=True):
    """Whoever planned it or a manager opens a closed event again; what came late then counts."""

    reason: Reason


class WalkIn(Asked, frozen=True):
    """Somebody who gives no name. `phone_hash` is the HMAC-SHA256 of their telephone number under
    the event's key, made on the phone; the number itself stays there and goes."""

    age_band: AgeBand
    interests: Topics = ()
    phone_hash: Hmac | None = None


class CheckIn(Asked, frozen=True):
    """One person was seen at the event: by their code, on the roster, as staff, or just as
    somebody who walked in."""

    event: Id
    how: How
    entry: Id | None = None
    code: Code | None = None
    person: Id | None = None
    walk_in: WalkIn | None = None


class Void(Asked, frozen=True):
    """Staff take back sightings that they name; another sighting of the same person stays."""

    check_ins: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=VOIDS_MAX)]
    reason: Reason


class JudgeDuplicate(Asked, frozen=True):
    """Somebody looked at two sightings side by side: the same person, or two."""

    a: Id
    b: Id
    same: bool


class Tally(Asked, frozen=True):
    """Staff count people without knowing who they are; negative takes back what this phone
    counted."""

    counter: Key
    n: Step


class HandOut(Asked, frozen=True):
    """Staff hand out something; negative takes back what this phone handed out."""

    material: Key
    n: Step


class Restock(Asked, frozen=True):
    """More of a material came, or some went elsewhere."""

    material: Key
    n: Step
    note: Text = ""


class CountStock(Asked, frozen=True):
    """Staff counted what is left of a material, as at the end of a month."""

    material: Key
    counted: Pieces


class Ask(Asked, frozen=True):
    """A question that a visitor asked, without saying who."""

    id: Id
    text: Reason
    topic: Annotated[str, msgspec.Meta(max_length=64)] = ""


class Consent(Asked, frozen=True):
    """What somebody at the event agreed to, or a child's guardian; `entry` if they are on the
    roster. `proof` is the photo of signature or thumbprint, if there is one."""

    consent: Giving
    minor: bool = False
    entry: Id | None = None
    proof: Capture | None = None


class FollowUp(Asked, frozen=True):
    """Somebody asks to be contacted and agreed to it; where they are reached is kept apart and
    goes when it is done."""

    event: Id
    consent: Giving
    name: Line
    phone: Telephone
    topic: Annotated[str, msgspec.Meta(max_length=64)] = ""
    note: Text = ""
    minor: bool = False
    check_in: Id | None = None
    entry: Id | None = None
    proof: Capture | None = None


class DoneFollowUp(Asked, frozen=True):
    """The contact was made: name and number are erased, only the outcome stays."""

    outcome: Literal["reached", "not_reached", "not_wanted"]


class Attach(Asked, frozen=True):
    """Staff add a photo and say who can be recognised on it; `consent` is a guardian's where a
    child is shown."""

    photo: Capture
    people: People
    boxes: Annotated[int, msgspec.Meta(ge=0, le=200)] = 0
    consent: Id | None = None


class Detach(Asked, frozen=True):
    """Staff take a photo away for good."""

    photo: Id


class Conclude(Asked, frozen=True):
    """Staff hand in the result: what it cost, what was learned, the photos for the report."""

    cost: Text = ""
    lessons: Text = ""
    topics: Topics = ()
    photos: Annotated[tuple[Id, ...], msgspec.Meta(max_length=CHOSEN_MAX)] = ()


class AcceptResult(Asked, frozen=True):
    """A manager who did not hand it in accepts the result."""

    content_digest: Digest
    note: Text = ""
