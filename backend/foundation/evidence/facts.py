"""What happened to evidence."""

from backend.foundation.journal.envelope import Fact


class Stored(Fact, frozen=True):
    """The bytes of this digest are here, whole. This entry is the proof of arrival."""

    digest: str
    size: int
    by: str


class Accepted(Fact, frozen=True):
    """The bytes were looked into and are a photo."""

    digest: str
    type: str
    width: int
    height: int


class Refused(Fact, frozen=True):
    """The bytes were looked into and are not kept in sight. `photos` and `authors` go together."""

    digest: str
    reason: str
    photos: tuple[str, ...]
    authors: tuple[str, ...]


class Waived(Fact, frozen=True):
    """A person declared that this digest will not come."""

    digest: str
    photos: tuple[str, ...]
    authors: tuple[str, ...]
    reason: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"reason"})


class Erased(Fact, frozen=True):
    """The bytes are gone from the store, every size of them."""

    digest: str


class SealedOpened(Fact, frozen=True):
    """A sealed photo was looked at; by whom, the context says."""

    digest: str
    reason: str

    @classmethod
    def personal(cls) -> frozenset[str]:
        return frozenset({"reason"})


ALL = (Stored, Accepted, Refused, Waived, Erased, SealedOpened)
