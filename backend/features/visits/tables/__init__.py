"""Where visits lie. Lists inside a row are JSON: a visit is read whole, its parts apart."""

from piccolo.columns import Boolean, Text
from piccolo.table import Table

from backend.features.visits.model.authorisation import Authorisation
from backend.features.visits.model.parts import Answer, Person
from backend.features.visits.model.visit import Route, Visit
from backend.foundation.database.rows import Rows


class VisitTable(Table, tablename="visit"):
    """One row per visit. Nothing personal."""

    id = Text(primary_key=True)
    kind = Text()
    outlet = Text(index=True)
    line = Text()
    asked_by = Text()
    channel = Text()
    business = Text()
    day = Text(index=True)
    begins = Text()
    ends = Text()
    state = Text(index=True)
    requested_by = Text()
    requested_at = Text()
    staff = Text()
    earlier = Text()
    scheduled_by = Text(null=True, default=None)
    presences = Text()
    authority = Text(null=True, default=None)
    guidance = Text(null=True, default=None)
    hand_overs = Text()
    delays = Text()
    refusal = Text(null=True, default=None)
    cancelled = Text(null=True, default=None)
    submitted_by = Text(null=True, default=None)
    submitted_at = Text(null=True, default=None)
    reviewed_by = Text(null=True, default=None)
    decided_at = Text(null=True, default=None)
    returns = Text()
    events = Text()
    forgotten = Text()
    authorisation = Text(null=True, default=None)


class VisitPersonTable(Table, tablename="visit_person"):
    """Who is visited. The row goes when the person says so, or when its time has come."""

    id = Text(primary_key=True)
    name = Text()
    address_as = Text()
    address = Text()
    why = Text()
    phone = Text(null=True, default=None)
    agent = Text(null=True, default=None)
    remarks = Text()
    places = Text()
    sealed = Boolean()


class VisitAnswerTable(Table, tablename="visit_answer"):
    """One row for each purpose of a visit. Goes alone."""

    id = Text(primary_key=True)
    visit = Text(index=True)
    aspect = Text()
    sightings = Text()
    agent = Text(null=True, default=None)
    observed = Text()
    intention = Text()
    recording = Text(null=True, default=None)
    photos = Text()
    late = Text()
    sealed = Boolean()


class VisitAuthorisationTable(Table, tablename="visit_authorisation"):
    """One row per authorisation. Names nobody."""

    id = Text(primary_key=True)
    visit = Text(index=True)
    outlet = Text(index=True)
    line = Text()
    number = Text(unique=True)
    business = Text()
    scope = Text()
    until = Text(index=True)
    issued_by = Text()
    issued_at = Text()
    staff = Text()
    state = Text(index=True)
    uses = Text()
    revoked = Text(null=True, default=None)
    aside = Text()


class VisitRouteTable(Table, tablename="visit_route"):
    """One row per person and day."""

    id = Text(primary_key=True)
    person = Text(index=True)
    day = Text()
    order = Text()


VISITS = Rows(VisitTable, Visit)
PERSONS = Rows(VisitPersonTable, Person)
ANSWERS = Rows(VisitAnswerTable, Answer)
AUTHORISATIONS = Rows(VisitAuthorisationTable, Authorisation)
ROUTES = Rows(VisitRouteTable, Route)
