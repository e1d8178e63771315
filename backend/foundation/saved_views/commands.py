"""What people can ask of their saved views. `view` is made by the phone, like every id."""

from typing import Annotated

import msgspec

from backend.foundation.exports.commands import Query
from backend.foundation.kernel.asked import Asked, Id, Key, Text

Place = Annotated[int, msgspec.Meta(ge=0, le=1000)]


class Add(Asked, frozen=True):
    """Save the filter of a list under a name."""

    view: Id
    name: Text
    list: Key
    query: Query


class Change(Asked, frozen=True):
    """Give a saved view another name, or another filter; what is left out stays as it is."""

    view: Id
    name: Text | None = None
    query: Query | None = None


class Move(Asked, frozen=True):
    """Put a saved view at another place among one's own; 0 is the first."""

    view: Id
    place: Place


class Prefer(Asked, frozen=True):
    """Let a list open with this saved view, or not any more."""

    view: Id
    standard: bool


class Remove(Asked, frozen=True):
    """Delete a saved view."""

    view: Id
