"""What happened to saved views: that there is one, and no more. Its name is somebody's own words
and its filter what they look at, and the chain keeps neither."""

from backend.foundation.journal.envelope import Fact


class Added(Fact, frozen=True):
    """A person saved a view of this list."""

    list: str


class Changed(Fact, frozen=True):
    """It has another name or filter."""

    view: str


class Removed(Fact, frozen=True):
    """It is deleted."""

    view: str


ALL = (Added, Changed, Removed)
