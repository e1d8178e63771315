"""Reviewing a visit, and using or ending the authorisation that came of it."""

from typing import Annotated

import msgspec

from backend.features.visits.commands.visiting import Number
from backend.features.visits.model.codes import Business, Point, Revoking
from backend.foundation.kernel.asked import Asked, Digest


class Accept(Asked, frozen=True):
    """Somebody who was not there accepts what they saw; a verification is authorised by it."""

    content_digest: Digest


class Return(Asked, frozen=True):
    """Somebody who was not there wants more, and says where."""

    content_digest: Digest
    points: Annotated[tuple[Point, ...], msgspec.Meta(min_length=1, max_length=10)]


class Use(Asked, frozen=True):
    """Business is done for the customer by their agent."""

    business: Business
    reference: Number


class Revoke(Asked, frozen=True):
    """An authorisation ends before its time."""

    reason: Revoking
