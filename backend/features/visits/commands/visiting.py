"""What the two staff record while they are there."""

from typing import Annotated, Literal

import msgspec

from backend.features.visits.model.codes import About, Business, Clear, Relationship, Scope, Topic
from backend.foundation.evidence.commands import Capture, Geo
from backend.foundation.kernel.asked import Asked, Day, Id, Instant, Reason, Text
from backend.foundation.kernel.sealed_text import SealedText
from backend.foundation.privacy.commands import Giving, Sighted

# Seals, receipts and the bank's own references. Room for no sentence.
Number = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9-]{3,40}$")]
Holder = Annotated[str, msgspec.Meta(pattern="^(customer|counter|vault|[0-9a-f-]{36})$")]
BUSINESS_MAX = 6  # more is a general power of attorney, which is no business of a home visit
TOPICS_MAX = 10
MINUTES_MAX = 8 * 60
Businesses = Annotated[tuple[Business, ...], msgspec.Meta(min_length=1, max_length=BUSINESS_MAX)]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=MINUTES_MAX)]


class MakeRemark(Asked, frozen=True):
    """Somebody writes down in their own words what no list says."""

    about: About
    text: Reason


class SignIn(Asked, frozen=True):
    """One of the two staff is there: on their own phone, or by PIN on their colleague's."""

    person: Id | None = None
    pin: SealedText | None = None


class Locate(Asked, frozen=True):
    """Where somebody signed in."""

    geo: Geo
    person: Id | None = None


class Sign(Asked, frozen=True):
    """The customer's signature or thumbprint, for the consent that will name it."""

    photo: Capture


class TakeConsent(Asked, frozen=True):
    """What the customer answered to the notice, purpose by purpose."""

    consent: Giving
    minor: bool = False


class Sight(Asked, frozen=True):
    """An identity document was looked at and given back."""

    of: Literal["principal", "agent"]
    document: Sighted


class NoteAgent(Asked, frozen=True):
    """Whether the person who is to act is there, and how they are related."""

    present: bool
    relationship: Relationship


class Observe(Asked, frozen=True):
    """What the staff see of the customer's condition; a doubt is for a supervisor to decide."""

    responds_to_name: Clear
    states_purpose: Clear
    doubt: bool
    note: Text = ""


class RecordIntention(Asked, frozen=True):
    """What the customer says they want, in their words."""

    words: Reason


class NoteRecording(Asked, frozen=True):
    """Under which number the bank's own recorder has the customer's confirmation."""

    recorder: Number
    number: Number


class Attach(Asked, frozen=True):
    """A photo taken at the visit, which the customer agreed to."""

    photo: Capture


class Detach(Asked, frozen=True):
    """Whoever took a photo removes it before the visit is handed in."""

    photo: Id


class Authorise(Asked, frozen=True):
    """What the customer wants their agent to be able to do, and until when."""

    business: Businesses
    scope: Scope
    until: Day


class Guide(Asked, frozen=True):
    """What the customer was shown, from a list, and how long it took."""

    topics: Annotated[tuple[Topic, ...], msgspec.Meta(min_length=1, max_length=TOPICS_MAX)]
    minutes: Minutes


class GiveOver(Asked, frozen=True):
    """A sealed bag or a receipt goes from one holder to the next."""

    id: Id
    what: Literal["sealed_bag", "receipt"]
    number: Number
    giver: Holder
    taker: Holder
    at: Instant


class Submit(Asked, frozen=True):
    """One of the two staff hands the visit in for review."""
