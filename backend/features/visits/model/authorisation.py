"""What may be done for a customer by their agent. Names nobody."""

import msgspec

from backend.features.visits.model.codes import Business, Revoking, Scope


class Use(msgspec.Struct, frozen=True):
    """Business that was done with an authorisation."""

    id: str
    business: Business
    reference: str
    by: str
    occurred_at: str
    received_at: str


class UseAside(msgspec.Struct, frozen=True):
    """A use that was refused, and why: somebody may have done the business all the same."""

    id: str
    code: str
    business: Business
    reference: str
    by: str
    occurred_at: str
    received_at: str


class Revocation(msgspec.Struct, frozen=True):
    by: str
    reason: Revoking
    at: str


class Authorisation(msgspec.Struct, frozen=True):
    """What may be done for the customer by their agent, and what was done. Names nobody."""

    id: str
    visit: str
    outlet: str
    line: str
    number: str
    business: tuple[Business, ...]
    scope: Scope
    until: str
    issued_by: str
    issued_at: str
    staff: tuple[str, ...]
    state: str = "issued"
    uses: tuple[Use, ...] = ()
    revoked: Revocation | None = None
    aside: tuple[UseAside, ...] = ()

    def is_expired(self, today: str) -> bool:
        """Whether its last day is over on this local day. Never stored."""
        return today > self.until
